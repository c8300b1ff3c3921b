"""What the interactions of an item become, alone or together."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from xml.etree.ElementTree import Element

from preau.kit.questions.formats.qti import areas, choices, entries, pairs
from preau.kit.questions.formats.qti.essays import essay
from preau.kit.questions.formats.qti.names import PART
from preau.kit.questions.formats.qti.node import Node, as_number
from preau.kit.questions.formats.qti.processing import Value
from preau.kit.questions.formats.qti.reading import Asked, Reading
from preau.kit.questions.types import Body
from preau.kit.questions.types.choice import Choice
from preau.kit.questions.types.cloze import LAYOUTS, PLACE, Cloze, Part
from preau.kit.questions.types.description import Description
from preau.kit.questions.types.gaps import GAP, Gaps, Word
from preau.kit.questions.types.numerical import Numerical
from preau.kit.questions.types.short_answer import ShortAnswer

BLANK = "_____"  # stands in a text where something is typed
_STRANGE = "\x7f"  # an answer that nobody gives
_APART = "How the parts depend on each other has no place here: each earns what it declares."
_INLINE = ("inlineChoiceInteraction", "textEntryInteraction")
_IN_TEXTS = frozenset({*_INLINE, "choiceInteraction", "sliderInteraction"})
_READERS: dict[str, Callable[[Asked], Body]] = {
    "choiceInteraction": choices.choice,
    "inlineChoiceInteraction": choices.inline_choice,
    "textEntryInteraction": entries.entry,
    "sliderInteraction": entries.slider,
    "matchInteraction": pairs.matching,
    "associateInteraction": pairs.associate,
    "orderInteraction": pairs.ordering,
    "hotspotInteraction": areas.hotspot,
    "selectPointInteraction": areas.select_point,
    "graphicGapMatchInteraction": areas.graphic_gap_match,
}


@dataclass
class ItemBody:
    """The body of an item, and what of it is asked."""

    node: Node
    interactions: list[Element] = field(default_factory=list)
    parents: dict[Element, Element] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The type that we wrote, if we did."""
        return self.node.own("type") or ""

    @property
    def alone(self) -> bool:
        """Whether there is one interaction, which is the whole question."""
        return len(self.interactions) == 1 and self.kind != Cloze.TYPE

    def asked(self, item: Reading, element: Element) -> Asked:
        """One of the interactions with its response. Raises ``ValueError``."""
        node = Node(element)
        if element.tag == "positionObjectStage":
            inner = element.findall("positionObjectInteraction")
            if len(inner) != 1:
                raise ValueError("a stage with several objects")
            node = Node(inner[0])
        name = node.attribute("responseIdentifier")
        if name not in item.declared.responses:
            raise ValueError(f"<{element.tag}> has no response “{name[:40]}”")
        return Asked(item, node, item.declared.responses[name], self.alone)


def body_of(item: Reading, body: ItemBody) -> tuple[Body, str]:
    """The question's own part and its stem. Raises ``ValueError`` for what can't be said."""
    tags = [element.tag for element in body.interactions]
    if not tags:
        return Description(), text_of(item, body)
    if all(tag in ("extendedTextInteraction", "uploadInteraction") for tag in tags):
        return essay(
            item, [body.asked(item, it) for it in body.interactions], body_text(item, body)
        )
    if tags == ["gapMatchInteraction"]:
        return _gap_match(item, body)
    if body.kind != Cloze.TYPE and all(tag == "inlineChoiceInteraction" for tag in tags):
        found = _inline_gaps(item, body)
        if found is not None:
            return found
    if body.alone and tags[0] != "inlineChoiceInteraction":
        return _alone(item, body)
    strange = [tag for tag in tags if tag not in _IN_TEXTS]
    if strange:
        raise ValueError(f"<{strange[0]}> beside others has no type of question here")
    return _cloze(item, body)


def _alone(item: Reading, body: ItemBody) -> tuple[Body, str]:
    (element,) = body.interactions
    if element.tag not in (*_READERS, "positionObjectStage", "hottextInteraction"):
        raise ValueError(f"<{element.tag}> has no type of question here")
    it = body.asked(item, element)
    if element.tag == "hottextInteraction":
        found: Body = _hottext(item, it, element)
    elif element.tag == "positionObjectStage":
        stage = Node(element)
        found = areas.position_object(it, stage)
        stage.take(it.node.element)
        item.dropped += stage.left()
    else:
        found = _READERS[element.tag](it)
    item.texts.tokens.setdefault(element, _prompt(item, it.node) or _blank(body, element))
    item.dropped += it.node.left()
    return found, text_of(item, body)


def _hottext(item: Reading, it: Asked, element: Element) -> Body:
    """Its words are choices, and stay in the text."""
    words = list(element.iter("hottext"))
    found = choices.hottext(it, words)
    prompt = _prompt(item, it.node)
    item.texts.tokens |= {node: item.texts.html(node) for node in words}
    item.texts.tokens |= dict.fromkeys(element.iterfind("prompt"), "")
    item.texts.tokens[element] = prompt + item.texts.html(element)
    it.node.take_all()
    return found


def _prompt(item: Reading, node: Node) -> str:
    prompt = node.first("prompt")
    if prompt is None:
        return ""
    prompt.take_all()
    text = item.texts.html(prompt.element)
    return f"<p>{text}</p>" if text and not text.startswith("<p") else text


def _blank(body: ItemBody, element: Element) -> str:
    """A line where something is typed inside a sentence."""
    parent = body.parents.get(element, body.node.element)
    words = "".join([parent.text or "", *((child.tail or "") for child in parent)]).strip()
    return BLANK if element.tag == "textEntryInteraction" and words else ""


def body_text(item: Reading, body: ItemBody) -> Callable[[], str]:
    """The stem, once all is said of the interactions in it."""

    def text() -> str:
        for element in body.interactions:
            node = Node(element)
            item.texts.tokens.setdefault(element, _prompt(item, node))
        return text_of(item, body)

    return text


def text_of(item: Reading, body: ItemBody, part: str = "stem") -> str:
    """The text of the body: our own part of that name, and whatever stands beside our parts."""
    parts = {node.get(PART, ""): node for node in body.node.element.iter() if node.get(PART)}
    own = item.texts.html(parts[part]) if part in parts else ""
    if part != "stem":
        return own
    item.texts.tokens |= dict.fromkeys(parts.values(), "")
    for element in body.interactions:
        item.texts.tokens.setdefault(element, "")
    return own + item.texts.html(body.node.element)


def _gap_match(item: Reading, body: ItemBody) -> tuple[Body, str]:
    (element,) = body.interactions
    it = body.asked(item, element)
    offered = [node for node in element if node.tag in ("gapText", "gapImg")]
    names = {node.get("identifier", ""): number for number, node in enumerate(offered, 1)}
    words = pairs.gap_words(it)
    own = pairs.own_words(it.own("words"))
    if [word.text for word in own] == [word.text for word in words]:
        words = own
    right: dict[str, int] = {}
    for text in it.response.correct:
        word, _space, place = text.partition(" ")
        if word in names:
            right.setdefault(place.strip(), names[word])
    pairs.even(it, it.response.correct)
    _hide(body.node.element, GAP)
    for gap in element.iter("gap"):
        name = gap.get("identifier", "")
        if name not in right:
            raise ValueError(f"the gap “{name[:40]}” has no right word")
        item.texts.tokens[gap] = f"[[{right[name]}]]"
    for node in element:
        if node.tag in ("gapText", "gapImg"):
            item.texts.tokens[node] = ""
    shuffle = it.node.flag("shuffle")
    prompt = _prompt(item, it.node)
    item.texts.tokens |= dict.fromkeys(element.iterfind("prompt"), "")
    it.node.take_all()
    item.dropped += it.node.left()
    return _gaps(item, body, element, words, drag=True, shuffle=shuffle, prompt=prompt)


def _gaps(
    item: Reading,
    body: ItemBody,
    element: Element | None,
    words: Sequence[Word],
    *,
    drag: bool,
    shuffle: bool,
    prompt: str = "",
) -> tuple[Body, str]:
    if any(node.get(PART) for node in body.node.element.iter()):
        text = text_of(item, body, "text")
        if element is not None:
            item.texts.tokens[element] = ""
        stem = text_of(item, body)
    else:
        if element is not None:
            item.texts.tokens[element] = prompt + item.texts.html(element)
        text, stem = text_of(item, body), ""
    return Gaps(_shown(text), tuple(words), drag, shuffle), stem


def _hide(root: Element, sign: "re.Pattern[str]") -> None:
    """Keep what looks like our sign for a place in a text from being taken for one."""
    for node in root.iter():
        for name in ("text", "tail"):
            said = getattr(node, name)
            if said and sign.search(said):
                setattr(node, name, sign.sub(lambda it: it[0][0] + "\0" + it[0][1:], said))


def _shown(text: str) -> str:
    return text.replace("[\0[", "[&#91;").replace("{\0#", "{&#35;")


def _inline_gaps(item: Reading, body: ItemBody) -> tuple[Body, str] | None:
    """Gaps with a list each, if there is just one right word in each; or None."""
    every = [body.asked(item, element) for element in body.interactions]
    lists = [_listed(it) for it in every]
    right = [_right(it, rows) for it, rows in zip(every, lists, strict=True)]
    if None in right:
        return None
    words: list[Word] = []
    starts: dict[tuple[tuple[str, str], ...], int] = {}
    places = []
    for rows, name in zip(lists, right, strict=True):
        key = tuple(rows)
        if key not in starts:
            starts[key] = len(words)
            words += [Word(text, len(starts)) for _name, text in rows]
        places.append(starts[key] + [row[0] for row in rows].index(name or "") + 1)
    own = pairs.own_words(body.node.own("words"))
    if (numbers := _own_places(own, lists, right)) is not None:
        words, places = own, numbers
    shuffles = {it.node.flag("shuffle") for it in every}
    if len(shuffles) > 1:
        item.dropped.append("Either all lists of words are shuffled or none.")
    _hide(body.node.element, GAP)
    for it, element, place in zip(every, body.interactions, places, strict=True):
        it.node.ignore("required", "minChoices", "maxChoices", "class")
        _prompt(item, it.node)
        item.dropped += it.node.left()
        item.texts.tokens[element] = f"[[{place}]]"
    _even_parts(item, every, [(name or "",) for name in right])
    return _gaps(item, body, None, words, drag=False, shuffle=True in shuffles)


def _listed(it: Asked) -> list[tuple[str, str]]:
    rows = []
    for node in it.node.all("inlineChoice"):
        node.ignore("fixed", "templateIdentifier", "showHide")
        node.take_all()
        rows.append((node.attribute("identifier"), it.item.texts.plain(node.element)))
    return rows


def _right(it: Asked, rows: Sequence[tuple[str, str]]) -> str | None:
    """The one right choice; None if others earn something too."""
    names = [name for name, _text in rows]
    if it.response.mapping is None and len(it.response.correct) == 1:
        (right,) = it.response.correct
        return right if right in names else None
    scores = {name: it.score((name,)) for name in names}
    earning = [name for name, score in scores.items() if score != 0]
    if len({text for name, text in rows if name in earning}) != 1:
        return None
    return next((name for name in it.response.correct if name in earning), earning[0])


def _own_places(
    own: Sequence[Word],
    lists: Sequence[Sequence[tuple[str, str]]],
    right: Sequence[str | None],
) -> list[int] | None:
    """The numbers of the right words, if the words that we wrote are still those of the lists."""
    found = []
    for rows, name in zip(lists, right, strict=True):
        number = (name or "").rpartition("-")[2]
        if not own or not number.isascii() or not number.isdigit():
            return None
        if not 1 <= int(number[:6]) <= len(own):
            return None
        group = own[int(number) - 1].group
        if [text for _name, text in rows] != [word.text for word in own if word.group == group]:
            return None
        found.append(int(number))
    return found


def _even_parts(item: Reading, every: Sequence[Asked], right: Sequence[Value]) -> None:
    """Find what all right answers earn together, and what is said to them."""
    answers = {it.response.identifier: value for it, value in zip(every, right, strict=True)}
    full = item.scoring.score(answers)
    alone = [
        item.scoring.score({it.response.identifier: value})
        for it, value in zip(every, right, strict=True)
    ]
    if full <= 0:
        raise ValueError("no answer earns anything")
    item.best += full
    if len(every) > 1 and not any(alone):
        item.dropped.append(pairs.WHOLE)
    elif max(alone) - min(alone) > full / 1000:
        item.dropped.append("All parts of the answer earn the same here.")
    probes = [item.scoring.outcomes(answers), item.scoring.outcomes({})]
    shares = [1.0, 0.0]
    if len(every) > 1:
        first = every[0].response.identifier
        probes.append(item.scoring.outcomes({first: answers[first]}))
        shares.append(0.5)
    item.sayings.settle(probes, shares, 0)


def _cloze(item: Reading, body: ItemBody) -> tuple[Body, str]:
    every = [body.asked(item, element) for element in body.interactions]
    _each_counts(item, every)
    parts = []
    _hide(body.node.element, PLACE)
    for number, (it, element) in enumerate(zip(every, body.interactions, strict=True), 1):
        before = item.best
        found = _READERS[element.tag](it)
        worth = _weight(it, item.best - before)
        layout = it.own("layout")
        if layout not in LAYOUTS:
            across = it.node.attribute("orientation") == "horizontal"
            listed = element.tag == "choiceInteraction"
            layout = "inline" if not listed else "horizontal" if across else "vertical"
        it.node.ignore("orientation")
        parts.append(_part(found, worth, layout))
        item.texts.tokens[element] = _prompt(item, it.node) + f"{{#{number}}}"
        item.dropped += it.node.left()
    right = {it.response.identifier: _best(it) for it in every}
    probes = [item.scoring.outcomes(right), item.scoring.outcomes({})]
    item.sayings.settle(probes, [1.0, 0.0], 0)
    if any(node.get(PART) for node in body.node.element.iter()):
        text = text_of(item, body, "text")
        stem = text_of(item, body)
    else:
        text, stem = text_of(item, body), ""
    return Cloze(_shown(text), tuple(parts)), stem


def _weight(it: Asked, scale: Decimal) -> float:
    """What the part counts among all: as we wrote, or what it adds to the item's score."""
    own = it.node.own("weight")
    if own:
        return float(as_number(own))
    answers = {**it.company, it.response.identifier: _best(it)}
    added = it.item.scoring.score(answers) - it.base
    return float(added if added > 0 else scale)


def _part(found: Body, weight: float, layout: str) -> Part:
    if isinstance(found, Choice):
        return Part(choice=found, weight=weight, layout=layout)
    if isinstance(found, ShortAnswer):
        return Part(short_answer=found, weight=weight, layout=layout)
    if isinstance(found, Numerical):
        return Part(numerical=found, weight=weight, layout=layout)
    raise ValueError(f"a question of type {found.TYPE} inside a text")


def _each_counts(item: Reading, every: Sequence[Asked]) -> None:
    """See to it that each part earns something when the others are not answered.

    Where that is not so, the others are answered right; and where only all together earn
    something, each earns its part by its declaration.
    """
    right = {it.response.identifier: _best(it) for it in every}
    if len(every) < 2 or all(it.score(right[it.response.identifier]) > 0 for it in every):
        return
    full = item.scoring.score(right)
    others = [
        {name: value for name, value in right.items() if name != it.response.identifier}
        for it in every
    ]
    bases = [
        item.scoring.score({**other, it.response.identifier: (_STRANGE,)})
        for it, other in zip(every, others, strict=True)
    ]
    if full > 0 and sum((full - base for base in bases), Decimal(0)) == full:
        for it, other, base in zip(every, others, bases, strict=True):
            it.company, it.base = other, base
    elif all(right.values()):
        item.dropped.append(pairs.WHOLE if full > 0 else _APART)
        item.scoring.by_declarations()


def _best(it: Asked) -> Value:
    """The right answer that is declared, or the one that is mapped to the most."""
    mapping = it.response.mapping
    if it.response.correct or mapping is None or not mapping.entries:
        return it.response.correct
    return (max(mapping.entries, key=lambda entry: entry.value).key,)
