"""Questions inside a text: gaps and embedded answers."""

from decimal import Decimal
from xml.etree.ElementTree import Element

from preau.kit.errors import PreauError
from preau.kit.questions.formats.qti.elements import base, put, q, value, variable
from preau.kit.questions.formats.qti.names import OWN
from preau.kit.questions.formats.qti.scoring import SCORE
from preau.kit.questions.formats.qti.write_choices import choice, inline_choice
from preau.kit.questions.formats.qti.write_entries import numerical, short_answer
from preau.kit.questions.formats.qti.writing import Slot, Writing, data, mapping, plain, replaced
from preau.kit.questions.types.cloze import Cloze, Part
from preau.kit.questions.types.gaps import GAP, Gaps


def gaps(it: Writing, body: Gaps) -> list[Element]:
    """A gapMatchInteraction, or an inlineChoiceInteraction for each gap."""
    if any(number > len(body.words) for number in body.gaps):
        raise PreauError("A gap has no word.")
    text = it.part("text", body.text)
    every = [it_[0] for it_ in GAP.finditer(body.text)]
    words = data([[word.text, word.group, word.unlimited] for word in body.words])
    if body.drag:
        _each(text, every, [q("gap", {"identifier": f"gap-{n + 1}"}) for n in range(len(every))])
        return [_dragged(it, body, text, words)]
    it.body.set(f"{OWN}words", words)
    _each(text, every, [_list(it, body, number) for number in range(len(every))])
    earned = [q("mapResponse", {"identifier": f"RESPONSE_{n + 1}"}) for n in range(len(every))]
    it.even(len(every), q("sum", None, *earned))
    return [text]


def _dragged(it: Writing, body: Gaps, text: Element, words: str) -> Element:
    slot = Slot(it.scale)
    right = [f"word-{number} gap-{gap}" for gap, number in enumerate(body.gaps, 1)]
    entries = [
        (f"word-{same} gap-{gap}", "1")
        for gap, number in enumerate(body.gaps, 1)
        for same in _alike(body, number)
    ]
    it.respond(slot, ("multiple", "directedPair"), right, mapping(entries))
    it.even(len(right), q("mapResponse", {"identifier": slot.response}))
    interaction = q(
        "gapMatchInteraction",
        {
            "responseIdentifier": slot.response, "shuffle": body.shuffle,
            "maxAssociations": 0, f"{OWN}words": words,
        },
    )  # fmt: skip
    grouped = len({word.group for word in body.words}) > 1
    for number, word in enumerate(body.words, 1):
        own = [f"gap-{n}" for n, wanted in enumerate(body.gaps, 1)
               if body.words[wanted - 1].group == word.group]  # fmt: skip
        named = {
            "identifier": f"word-{number}", "matchMax": 0 if word.unlimited else 1,
            "matchGroup": " ".join(own) or None if grouped else None,
        }  # fmt: skip
        interaction.append(value("gapText", word.text, named))
    interaction.append(text)
    return interaction


def _alike(body: Gaps, number: int) -> list[int]:
    """The words of the same group that read the same: one is as right as the other."""
    wanted = body.words[number - 1]
    return [
        other
        for other, word in enumerate(body.words, 1)
        if (word.text, word.group) == (wanted.text, wanted.group)
    ]


def _list(it: Writing, body: Gaps, number: int) -> Element:
    slot, wanted = Slot(it.scale, number + 1), body.gaps[number]
    entries = [(f"word-{same}", "1") for same in _alike(body, wanted)]
    it.respond(slot, ("single", "identifier"), [f"word-{wanted}"], mapping(entries))
    group = body.words[wanted - 1].group
    offered = [
        value("inlineChoice", word.text, {"identifier": f"word-{other}"})
        for other, word in enumerate(body.words, 1)
        if word.group == group
    ]
    named = {"responseIdentifier": slot.response, "shuffle": body.shuffle}
    return q("inlineChoiceInteraction", named, *offered)


def _each(text: Element, signs: list[str], elements: list[Element]) -> None:
    """Put each element into the place of its sign: a sign may be there several times."""
    own: dict[str, list[Element]] = {}
    for sign, element in zip(signs, elements, strict=True):
        own.setdefault(sign, []).append(element)
    replaced(text, own)


def cloze(it: Writing, body: Cloze) -> list[Element]:
    """An interaction for each part, in the text."""
    text = it.part("text", body.text)
    total = sum((Decimal(repr(part.weight)) for part in body.parts), Decimal(0))
    if total <= 0:
        raise PreauError("The weights of the parts are 0.")
    signs = {
        f"{{#{number}}}": [_part(it, Slot(Decimal(1), number), part)]
        for number, part in enumerate(body.parts, 1)
    }
    replaced(text, signs)
    earned = [
        q(
            "product", None, base("float", plain(Decimal(repr(part.weight)))),
            q("max", None, base("float", 0), variable(f"{SCORE}_{number}")),
        )
        for number, part in enumerate(body.parts, 1)
    ]  # fmt: skip
    points = q("product", None, base("float", plain(it.scale)), q("sum", None, *earned))
    it.rules.append(put(SCORE, q("divide", None, points, base("float", plain(total)))))
    return [text]


def _part(it: Writing, slot: Slot, part: Part) -> Element:
    outcome = {"identifier": slot.outcome, "cardinality": "single", "baseType": "float"}
    it.outcomes.append(
        q("outcomeDeclaration", outcome, q("defaultValue", None, value("value", "0")))
    )
    listed = part.layout != "inline" or (part.choice is not None and part.choice.several)
    if part.choice is not None:
        element = (choice if listed else inline_choice)(it, slot, part.choice)
        if listed:
            across = part.layout == "horizontal"
            element.set("orientation", "horizontal" if across else "vertical")
    elif part.short_answer is not None:
        element = short_answer(it, slot, part.short_answer)
    elif part.numerical is not None:
        element = numerical(it, slot, part.numerical)
    else:
        raise PreauError("A part is not one question.")
    element.set(f"{OWN}weight", repr(part.weight))
    element.set(f"{OWN}layout", part.layout)
    return element
