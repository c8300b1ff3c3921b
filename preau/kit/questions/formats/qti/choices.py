"""Choices: of one option or of several, in a list or in the text."""

from collections.abc import Sequence
from decimal import Decimal
from xml.etree.ElementTree import Element

from preau.kit.questions.formats.qti.node import Node
from preau.kit.questions.formats.qti.processing import Value
from preau.kit.questions.formats.qti.reading import Asked, share
from preau.kit.questions.types import Body
from preau.kit.questions.types.choice import Choice, Option
from preau.kit.questions.types.true_false import TrueFalse

LABELS = {
    "qti-labels-lower-alpha": "abc", "qti-labels-upper-alpha": "ABCD",
    "qti-labels-decimal": "123", "qti-labels-none": "none",
}  # fmt: skip
_TRUE = frozenset(["true", "vrai", "wahr", "verdadero", "vero", "waar", "verdadeiro"])
_FALSE = frozenset(["false", "faux", "falsch", "falso", "onwaar"])
_MANY = 50  # options whose worth is found one by one in each other's company


def choice(it: Asked) -> Body:
    """choiceInteraction"""
    nodes = list(it.node.all("simpleChoice"))
    for node in nodes:
        node.ignore("templateIdentifier", "showHide")
        node.take_all()
    texts = [it.item.texts.html(node.element) for node in nodes]
    shuffle = it.node.flag("shuffle")
    if shuffle and sum(node.flag("fixed") for node in nodes) not in (0, len(nodes)):
        it.tell("A choice that stays in its place among others that are shuffled is shuffled too.")
    for node in nodes:
        node.ignore("fixed")
    several = it.response.cardinality == "multiple" and it.node.whole("maxChoices", 0) != 1
    numbering, instruction = _labels(it)
    if not it.alone or not _is_true_false(it, nodes):
        options = _options(it, nodes, texts, several=several)
        _limits(it, len(nodes), several=several)
        return Choice(options, several, shuffle, numbering, instruction)
    options = _options(it, nodes, texts, several=several)
    it.node.ignore("maxChoices", "minChoices")
    if sorted(option.share for option in options) != [0.0, 1.0] or several:
        return Choice(options, several, shuffle, numbering, instruction)
    if it.item.texts.plain(nodes[0].element).lower().strip(". ") in _FALSE:
        options = (options[1], options[0])
    right, wrong = options
    return TrueFalse(right.share == 1, right.feedback, wrong.feedback)


def inline_choice(it: Asked) -> Choice:
    """inlineChoiceInteraction"""
    nodes = list(it.node.all("inlineChoice"))
    for node in nodes:
        node.ignore("fixed", "templateIdentifier", "showHide")
        node.take_all()
    texts = [it.item.texts.words(node.element) for node in nodes]
    it.node.ignore("required", "minChoices", "maxChoices")
    numbering, instruction = _labels(it)
    shuffle = it.node.flag("shuffle")
    return Choice(_options(it, nodes, texts, several=False), False, shuffle, numbering, instruction)


def hottext(it: Asked, nodes: Sequence[Element]) -> Body:
    """hottextInteraction: its words are the options, and stand in the text too."""
    it.tell("The words to be chosen in the text are a list of choices below it.")
    options = [Node(node) for node in nodes]
    texts = [it.item.texts.html(node) for node in nodes]
    several = it.response.cardinality == "multiple" and it.node.whole("maxChoices", 0) != 1
    found = _options(it, options, texts, several=several)
    _limits(it, len(nodes), several=several)
    return Choice(found, several, shuffle=False)


def _is_true_false(it: Asked, nodes: Sequence[Node]) -> bool:
    """Whether there are just the words for true and false to be chosen from."""
    if len(nodes) != 2 or it.item.kind == Choice.TYPE:
        return False
    one, other = (it.item.texts.plain(node.element).lower().strip(". ") for node in nodes)
    return (one in _TRUE and other in _FALSE) or (one in _FALSE and other in _TRUE)


def _labels(it: Asked) -> tuple[str, bool]:
    """How the options are numbered, and whether it is said how many to take."""
    numbering, left = "abc", []
    for name in it.node.attribute("class").split():
        if name in LABELS:
            numbering = LABELS[name]
        else:
            left.append(name)
    if left:
        it.tell(f"How the choices are laid out ({' '.join(left)[:80]}) has no place here.")
    return it.own("numbering") or numbering, it.own("instruction") != "false"


def _limits(it: Asked, count: int, *, several: bool) -> None:
    most, fewest = it.node.whole("maxChoices", 0), it.node.whole("minChoices", 0)
    if several and 0 < most < count:
        it.tell(f"Any number of choices may be taken, not {most} at most.")
    if several and fewest > 1:
        it.tell(f"Any number of choices may be taken, not {fewest} at least.")


def _options(
    it: Asked, nodes: Sequence[Node], texts: Sequence[str], *, several: bool
) -> tuple[Option, ...]:
    names = [node.attribute("identifier") for node in nodes]
    shares = _several(it, names) if several else _one(it, names)
    probes: list[Value] = [(name,) for name in names]
    worth = list(shares)
    if several:
        right = tuple(name for name, part in zip(names, shares, strict=True) if part > 0)
        if len(right) > 1:
            probes.append(right)
            worth.append(1.0)
            worth[: len(names)] = [min(part, 0.5) for part in shares]
    said = it.settle(probes, worth, len(names))
    return tuple(Option(*one) for one in zip(texts, shares, said, strict=True))


def _one(it: Asked, names: Sequence[str]) -> list[float]:
    scores = [it.score((name,)) for name in names]
    scale = it.scale(max(scores, default=Decimal(0)))
    return [share(score, scale) for score in scores]


def _several(it: Asked, names: Sequence[str]) -> list[float]:
    """Each option's part of the mark: as it is mapped, or what it changes beside the right ones."""
    mapping = it.response.mapping
    if mapping is not None and it.item.scoring.by_mapping:
        values = {entry.key: entry.value for entry in mapping.entries}
        worth = [values.get(name, mapping.default) for name in names]
        best = tuple(name for name, value in zip(names, worth, strict=True) if value > 0)
        total = sum((value for value in worth if value > 0), Decimal(0))
        if total > 0 and it.score(best) > 0:
            factor = it.score(best) / mapping.bounded(total)
            if mapping.bounded(total) != total:
                it.tell("The right choices together earn more than the mark; each earns its part.")
            it.scale(it.score(best))
            scale = total if abs(total - _most(it, factor)) > total / 50 else _most(it, factor)
            return [share(value, scale) for value in worth]
    return _in_company(it, names)


def _most(it: Asked, factor: Decimal) -> Decimal:
    most = it.item.declared.maximum
    return most / factor if most and it.alone else Decimal(0)


def _in_company(it: Asked, names: Sequence[str]) -> list[float]:
    offered = set(names)
    right = [name for name in it.response.correct if name in offered]
    if not right:
        right = [name for name in names if it.score((name,)) > 0]
    full = it.score(tuple(right))
    scale = it.scale(full)
    if len(names) > _MANY:
        it.tell("There are too many choices to find what each earns; the right ones earn the same.")
        return _evenly(names, right)
    alone = {name: it.score((name,)) for name in right}
    if len(right) > 1 and sum(alone.values(), Decimal(0)) != full:
        it.tell("Only all right choices together earn the mark in the file; here each its part.")
        return _evenly(names, right)
    lost = {name: it.score((*right, name)) - full for name in names if name not in alone}
    worth = {**alone, **lost}
    if any(value == -full for value in lost.values()) and not any(
        it.score((name,)) < 0 for name in lost
    ):
        it.tell("A wrong choice takes the whole mark.")
    return [share(worth[name], scale) for name in names]


def _evenly(names: Sequence[str], right: Sequence[str]) -> list[float]:
    among = set(right)
    return [1 / len(right) if name in among else 0.0 for name in names]
