"""Matching, ordering, and words for gaps."""

import json
from collections import deque
from collections.abc import Iterable, Sequence
from decimal import Decimal
from xml.etree.ElementTree import Element

from preau.kit.questions.formats.qti.node import Node
from preau.kit.questions.formats.qti.reading import Asked
from preau.kit.questions.types import Body
from preau.kit.questions.types.gaps import Word
from preau.kit.questions.types.matching import Matching, Pair
from preau.kit.questions.types.ordering import GRADINGS, Ordering

WHOLE = "Only the whole answer earns the mark in the file; here each part of it earns its."


def matching(it: Asked) -> Body:
    """matchInteraction"""
    sets = [list(node.all("simpleAssociableChoice")) for node in it.node.all("simpleMatchSet")]
    if len(sets) != 2:
        raise ValueError("a matching without two sets")
    it.node.ignore("maxAssociations", "minAssociations")
    phrases, answers = _texts(it, sets[0]), _texts(it, sets[1])
    wanted = _pairs(it)
    firsts, seconds = [one for one, _other in wanted], [other for _one, other in wanted]
    if len(set(firsts)) < len(firsts):
        if len(set(seconds)) < len(seconds):
            raise ValueError("a phrase has several right answers, and an answer several phrases")
        it.tell("A phrase has several right answers: the answers are the phrases here.")
        phrases, answers = answers, phrases
        wanted = [(other, one) for one, other in wanted]
    return _matching(it, phrases, answers, wanted)


def associate(it: Asked) -> Body:
    """associateInteraction"""
    it.node.ignore("maxAssociations", "minAssociations")
    texts = _texts(it, list(it.node.all("simpleAssociableChoice")))
    wanted = _pairs(it)
    it.tell(
        "Any two could be joined in the file; here the second of each right pair is its answer."
    )
    firsts = dict.fromkeys(one for one, _other in wanted)
    if len(firsts) < len(wanted):
        raise ValueError("something belongs to several others")
    answers = {name: node for name, node in texts.items() if name not in firsts}
    if any(other not in answers for _one, other in wanted):
        raise ValueError("something is in several pairs")
    return _matching(it, {name: texts[name] for name in firsts}, answers, wanted)


def _matching(
    it: Asked,
    phrases: dict[str, Element],
    answers: dict[str, Element],
    wanted: Sequence[tuple[str, str]],
) -> Matching:
    even(it, [f"{one} {other}" for one, other in _pairs(it)])
    right = {one: other for one, other in wanted if one in phrases and other in answers}
    if len(right) < len(phrases):
        it.tell("A phrase without a right answer is left out.")
    words = {name: it.item.texts.plain(node) for name, node in answers.items()}
    places = {name: place for place, name in enumerate(answers)}
    used = set(right.values())
    spare = deque(name for name in answers if name not in used)
    pairs: list[Pair] = []
    for name in (phrase for phrase in phrases if phrase in right):
        while spare and places[spare[0]] < places[right[name]]:
            pairs.append(Pair("", words[spare.popleft()]))
        pairs.append(Pair(it.item.texts.html(phrases[name]), words[right[name]]))
    pairs += [Pair("", words[name]) for name in spare]
    return Matching(tuple(pairs), it.node.flag("shuffle"))


def _texts(it: Asked, nodes: Iterable[Node]) -> dict[str, Element]:
    found = {}
    for node in nodes:
        node.ignore("matchMax", "matchMin", "fixed", "matchGroup", "templateIdentifier", "showHide")
        node.take_all()
        found[node.attribute("identifier")] = node.element
    return found


def _pairs(it: Asked) -> list[tuple[str, str]]:
    """The right pairs: those that are declared, or else those that earn something."""
    texts = it.response.correct
    if not texts and it.response.mapping is not None:
        texts = tuple(entry.key for entry in it.response.mapping.entries if entry.value > 0)
    pairs = [tuple(text.split()) for text in dict.fromkeys(texts)]
    found = [(pair[0], pair[1]) for pair in pairs if len(pair) == 2]
    if not found:
        raise ValueError("no right pair is named")
    return found


def even(it: Asked, right: Sequence[str]) -> None:
    """Find what all right values earn, and say so if one earns more than another."""
    full = it.score(tuple(right))
    it.scale(full)
    wrong = tuple("\x7f \x7f" for _one in right[:1])
    it.whole(tuple(right), wrong, tuple(right[:1]) if len(right) > 1 else None)
    first = [it.score((one,)) for one in right[:50]]
    if not any(first) and len(right) > 1:
        it.tell(WHOLE)
    elif max(first) - min(first) > full / 1000 and len(right) > 1:
        it.tell("All parts of the answer earn the same here.")
    mapping = it.response.mapping
    if mapping and (mapping.default < 0 or any(entry.value < 0 for entry in mapping.entries)):
        it.tell("Wrong parts of an answer take nothing off here.")


def ordering(it: Asked) -> Body:
    """orderInteraction"""
    nodes = list(it.node.all("simpleChoice"))
    texts = {}
    for node in nodes:
        node.ignore("fixed", "templateIdentifier", "showHide")
        node.take_all()
        texts[node.attribute("identifier")] = it.item.texts.html(node.element)
    it.node.ignore("shuffle", "minChoices", "maxChoices")
    if it.node.attribute("orientation") == "horizontal":
        it.tell("Items stand below each other.")
    right = [name for name in it.response.correct if name in texts]
    if len(set(right)) < len(texts):
        raise ValueError("its right answer does not put all items in order")
    full = it.scale(it.score(tuple(right)))
    swapped = (right[1], right[0], *right[2:]) if len(right) > 1 else tuple(right)
    it.whole(tuple(right), tuple(reversed(right)), swapped if len(right) > 2 else None)
    return Ordering(tuple(texts[name] for name in right), _grading(it, right, swapped, full))


def _grading(it: Asked, right: list[str], swapped: tuple[str, ...], full: Decimal) -> str:
    own = it.own("grading")
    if own in GRADINGS:
        return own
    earned, count = it.score(swapped), len(right)
    if earned == 0:
        return "all-or-nothing"
    if abs(earned - full * (count - 2) / count) > full / 1000:
        it.tell("What an order that is right in part earns is counted in our way, by places.")
    return "place"


def gap_words(it: Asked) -> list[Word]:
    """The words of a gapMatchInteraction, in their order; their groups as the gaps name them."""
    words, groups = [], dict[str, int]()
    for child in it.node.element:
        if child.tag not in ("gapText", "gapImg"):
            continue
        node = Node(child)
        group = groups.setdefault(node.attribute("matchGroup"), len(groups) + 1)
        image = child.tag == "gapImg"
        if image:
            it.tell("An image for a gap is a word here.")
        text = label_of(child) if image else it.item.texts.plain(child)
        words.append(Word(text, group, node.whole("matchMax", 1) != 1))
    it.node.ignore("minAssociations", "maxAssociations")
    return words


def label_of(node: Element) -> str:
    """The words that stand for an image."""
    label = node.get("objectLabel", "") or " ".join("".join(node.itertext()).split())
    images = [child.get("alt", "") for child in node.iter("img")]
    return label or next((alt for alt in images if alt), "") or node.get("identifier", "")


def own_words(text: str | None) -> list[Word]:
    """The words of all groups as we wrote them, or none."""
    try:
        rows = json.loads(text or "[]")
        return [Word(str(word), int(group), bool(unlimited)) for word, group, unlimited in rows]
    except (ValueError, TypeError):
        return []
