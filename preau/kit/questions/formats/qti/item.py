"""One item: what it becomes, and what of it is left out."""

import posixpath
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from preau.kit.errors import PreauError
from preau.kit.questions.fidelity import Item
from preau.kit.questions.formats.qti.bodies import ItemBody, body_of
from preau.kit.questions.formats.qti.declarations import declarations_of
from preau.kit.questions.formats.qti.feedback import HINT, Saying, Sayings
from preau.kit.questions.formats.qti.formulas import drawn_from
from preau.kit.questions.formats.qti.names import TYPE
from preau.kit.questions.formats.qti.node import Node, as_number
from preau.kit.questions.formats.qti.package import Package, inside
from preau.kit.questions.formats.qti.processing import Unfollowed
from preau.kit.questions.formats.qti.reading import Reading
from preau.kit.questions.formats.qti.scoring import Scoring
from preau.kit.questions.formats.qti.source import Placed, tree
from preau.kit.questions.formats.qti.texts import Texts
from preau.kit.questions.question import Hint, Question
from preau.kit.questions.types.calculated import Calculated

_CHOICES = ("simpleChoice", "inlineChoice", "hottext", "gapText", "simpleAssociableChoice")
_NOT_ASKED = ("endAttemptInteraction", "mediaInteraction")
_SAID = ("feedbackInline", "feedbackBlock")
_NOT_UNDERSTOOD = (
    ValueError, KeyError, IndexError, TypeError, ArithmeticError, RecursionError, PreauError,
)  # fmt: skip
_MOST = 1000  # choices, interactions or texts of feedback in one item
_ELSE = "assessmentItem"
_PLACE = "data-stimulus-idref"  # where in the body a shared text stands


@dataclass(frozen=True)
class Found:
    """An item as it lies in its file, with what the package says of it."""

    element: Element
    path: str = ""
    line: int = 0
    category: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    number: str = ""
    files: tuple[str, ...] = ()  # that belong to it, whether it names them or not
    dropped: tuple[str, ...] = ()
    package: Mapping[str, bytes] | Package = field(default_factory=dict)


def item_of(found: Found) -> Item:
    """What becomes of it."""
    node = Node(found.element)
    name = " ".join(node.attribute("title").split()) or node.attribute("identifier")
    kind = ", ".join(dict.fromkeys(it.tag for it in _body(node).interactions)) or _ELSE
    try:
        try:
            question, dropped, missing = _question(found, name)
        except Unfollowed as reason:
            question, dropped, missing = _question(found, name, str(reason))
    except _NOT_UNDERSTOOD as error:
        sentence = f"It can't be understood: {str(error).rstrip('.')}."
        return Item(name, kind, None, (sentence,), line=found.line)
    if problems := question.problems():
        return Item(name, kind, None, tuple(problems), line=found.line)
    return Item(
        name, kind, question.type, tuple(dict.fromkeys([*found.dropped, *dropped])), question,
        line=found.line, images=len(question.files), missing=tuple(dict.fromkeys(missing)),
    )  # fmt: skip


def _question(
    found: Found, name: str, unfollowed: str = ""
) -> tuple[Question, list[str], list[str]]:
    """The question, what was left out of it, and the files that are missing."""
    node = Node(found.element)
    node.ignore("title")
    texts, body = Texts(found.path, found.package), _body(node)
    _check_sizes(node)
    declared = declarations_of(node)
    drawn = drawn_from(node)
    if drawn.trouble:
        raise ValueError(drawn.trouble)
    texts.variables = set(drawn.variables)
    asked = [it.get("responseIdentifier", "") for it in body.interactions]
    scoring = Scoring(node, declared, asked, unfollowed)
    item = Reading(node, declared, scoring, texts, Sayings(), kind=body.kind, drawn=drawn)
    _sayings(item, body)
    passage = _stimuli(found, item, body)
    answered, stem = body_of(item, body)
    stem = passage + stem
    if (drawn.variables or drawn.correct) and not isinstance(answered, Calculated):
        raise ValueError("its values differ from attempt to attempt, which only numbers may")
    feedback = item.sayings.feedback()
    for path in found.files:
        texts.keep(path)
    _heed(item, body)
    body.node.ignore(TYPE)
    mark = declared.maximum if declared.maximum is not None else item.best or 1
    penalty = body.node.own("penalty")
    question = Question(
        name, stem, answered, float(mark), float(as_number(penalty)) if penalty else 1 / 3,
        feedback, item.sayings.hints(), found.category, found.tags, found.number, texts.files,
    )  # fmt: skip
    dropped = [
        *item.dropped, *scoring.dropped, *drawn.dropped, *texts.dropped, *item.sayings.left(),
        *body.node.left(), *node.left(),
    ]  # fmt: skip
    return question, dropped, texts.missing


def _check_sizes(node: Node) -> None:
    """What is held against each other must be few. Raises ``ValueError``."""
    counts = Counter(element.tag for element in node.element.iter())
    for tag in ("mapEntry", "modalFeedback", "responseDeclaration", *_CHOICES, *_SAID):
        if counts[tag] > _MOST:
            raise ValueError(f"there are more than {_MOST:,} <{tag}>")


def _body(node: Node) -> ItemBody:
    """The body, and the interactions in the order of the text."""
    found = node.first("itemBody") or Node(Placed("itemBody"))
    body = ItemBody(found)
    found.take_all()
    waiting = [found.element]
    while waiting:
        element = waiting.pop()
        asked = element.tag.endswith("Interaction") and element.tag not in _NOT_ASKED
        if asked or element.tag == "positionObjectStage":
            body.interactions.append(element)
            body.parents |= {child: parent for parent in element.iter() for child in parent}
            continue
        for child in reversed(element):
            body.parents[child] = element
            waiting.append(child)
    return body


def _stimuli(found: Found, item: Reading, body: ItemBody) -> str:
    """The texts that several items share, where the body wants them or else before it."""
    before = ""
    for node in item.node.all("assessmentStimulusRef"):
        href, name = node.attribute("href"), node.attribute("identifier")
        node.ignore("title")
        path = inside(posixpath.dirname(found.path), href)
        if path not in found.package:
            item.texts.missing.append(href)
            continue
        files = found.package
        root = tree(files.shared(path) if isinstance(files, Package) else files[path])
        with item.texts.seen_from(path):
            text = "".join(item.texts.html(part) for part in root.iterfind("stimulusBody"))
        left = sorted({child.tag for child in root} - {"stimulusBody"})
        item.dropped += [f"<{tag}> of a shared text has no place here." for tag in left]
        places = [it for it in body.node.element.iter() if it.get(_PLACE) == name]
        if places:
            item.texts.tokens[places[0]] = text
        else:
            before += text
    return before


def _heed(item: Reading, body: ItemBody) -> None:
    """Say what of the item as a whole has no place here."""
    node = item.node
    if node.flag("adaptive"):
        item.dropped.append("The item is adaptive; here it is marked after one answer.")
    if node.flag("timeDependent"):
        item.dropped.append("The item depends on the time it takes; here it does not.")
    asked = {it.get("responseIdentifier", "") for it in body.node.element.iter()}
    item.dropped += [
        f"The response “{name[:40]}” belongs to nothing that is asked."
        for name in item.declared.responses
        if name not in asked
    ]
    if item.notes:
        item.dropped.append("<rubricBlock> for those who mark: only essays have notes for them.")


def _sayings(item: Reading, body: ItemBody) -> None:
    """Take the feedback and the rubrics out of the item, wherever they stand."""
    for element in reversed(list(body.node.element.iter())):  # what is inside others first
        if element.tag in _SAID:
            text = Node(element)
            text.take_all()
            _say(item, text, _host(body, element))
            item.texts.tokens[element] = ""
            item.dropped += text.left()
        elif element.tag == "rubricBlock":
            _rubric(item, element)
        elif element.tag == "endAttemptInteraction":
            item.texts.tokens[element] = ""
            item.dropped.append("<endAttemptInteraction>: a button of its own has no place here.")
        elif element.tag == "mediaInteraction":
            item.texts.tokens[element] = item.texts.html(element)
            item.dropped.append("<mediaInteraction>: that it was played has no place here.")
    item.sayings.every.reverse()
    for said in item.node.all("modalFeedback"):
        said.take_all()
        _say(item, said, "")


def _say(item: Reading, node: Node, host: str) -> None:
    text = item.texts.html(node.element)
    outcome = node.attribute("outcomeIdentifier")
    node.ignore("showHide")
    hint = None
    if HINT in (outcome, node.element.get("identifier", "").upper()):
        hint = Hint(text, node.own("show-right") == "true", node.own("clear-wrong") == "true")
    shown = node.element.get("showHide", "show") != "hide"
    item.sayings.every.append(
        Saying(outcome, node.attribute("identifier"), shown, text, host, hint)
    )


def _host(body: ItemBody, element: Element) -> str:
    parent = body.parents.get(element)
    while parent is not None:
        if parent.tag in _CHOICES:
            return parent.get("identifier", "")
        parent = body.parents.get(parent)
    return ""


def _rubric(item: Reading, element: Element) -> None:
    views = element.get("view", "candidate").split()
    text = item.texts.html(element)
    if "candidate" in views:
        item.texts.tokens[element] = text
        return
    item.texts.tokens[element] = ""
    if "scorer" in views:
        item.notes += text
    else:
        item.dropped.append(f"<rubricBlock> for {' '.join(views)[:40]} has no place here.")
