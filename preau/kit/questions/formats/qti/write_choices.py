"""Choices as interactions."""

from xml.etree.ElementTree import Element

from preau.kit.questions.formats.qti.choices import LABELS
from preau.kit.questions.formats.qti.elements import put, q, variable
from preau.kit.questions.formats.qti.markup import clean, rendered, words_of
from preau.kit.questions.formats.qti.names import OWN, SOURCE
from preau.kit.questions.formats.qti.writing import SAID, Slot, Writing, mapping
from preau.kit.questions.types.choice import Choice
from preau.kit.questions.types.true_false import TrueFalse

_CLASSES = {ours: theirs for theirs, ours in LABELS.items() if ours != "abc"}


def choice(it: Writing, slot: Slot, body: Choice) -> Element:
    """choiceInteraction"""
    return _offered(it, slot, body, "choiceInteraction", "simpleChoice")


def inline_choice(it: Writing, slot: Slot, body: Choice) -> Element:
    """inlineChoiceInteraction: only words may stand in its list."""
    return _offered(it, slot, body, "inlineChoiceInteraction", "inlineChoice")


def true_false(it: Writing, slot: Slot, body: TrueFalse) -> Element:
    """choiceInteraction with the choices ``true`` and ``false``."""
    right = str(body.right).lower()
    entries = [(name, slot.points(float(name == right))) for name in ("true", "false")]
    it.respond(slot, ("single", "identifier"), [right], mapping(entries))
    _earn(it, slot, [it.say("true", body.if_true), it.say("false", body.if_false)])
    choices = []
    for name in ("true", "false"):
        choices.append(q("simpleChoice", {"identifier": name}))
        choices[-1].text = name.capitalize()
    named = {"responseIdentifier": slot.response, "shuffle": False, "maxChoices": 1}
    return q("choiceInteraction", named, *choices)


def _offered(it: Writing, slot: Slot, body: Choice, tag: str, inner: str) -> Element:
    names = [f"{slot.prefix}choice-{number}" for number in range(1, len(body.options) + 1)]
    pairs = list(zip(names, body.options, strict=True))
    best = max((option.share for option in body.options), default=0.0)
    right = [name for name, option in pairs if option.share > 0 and body.several]
    right = right or [name for name, option in pairs if option.share == best][:1]
    it.respond(
        slot,
        ("multiple" if body.several else "single", "identifier"),
        right,
        mapping(
            [(name, slot.points(option.share)) for name, option in pairs],
            lower="0" if body.several else None,
            upper=slot.points(1.0),
        ),
    )
    _earn(it, slot, [it.say(name, option.feedback) for name, option in pairs])
    interaction = q(
        tag,
        {
            "responseIdentifier": slot.response,
            "shuffle": body.shuffle,
            "maxChoices": None if tag.startswith("inline") else 0 if body.several else 1,
            "class": _CLASSES.get(body.numbering),
            f"{OWN}numbering": None if body.numbering in LABELS.values() else body.numbering,
            f"{OWN}instruction": None if body.instruction else "false",
        },
    )
    for name, option in pairs:
        child = it.text(q(inner, {"identifier": name}), option.text)
        if inner == "inlineChoice":
            _only_words(child, option.text)
        interaction.append(child)
    return interaction


def _earn(it: Writing, slot: Slot, said: list[bool]) -> None:
    it.rules.append(put(slot.outcome, q("mapResponse", {"identifier": slot.response})))
    if any(said):  # a choice and what is said to it have the same identifier
        both = q("multiple", None, variable(SAID), variable(slot.response))
        it.rules.append(put(SAID, both))


def _only_words(child: Element, text: str) -> None:
    words = words_of(rendered(child))
    child[:] = []
    child.text = words
    child.attrib.pop(SOURCE, None)
    if text != rendered(child):
        child.set(SOURCE, clean(text))
