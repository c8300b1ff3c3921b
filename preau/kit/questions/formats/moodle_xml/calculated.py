"""Calculated questions: formulas, and the values that Moodle draws beforehand."""

from xml.etree.ElementTree import SubElement

from preau.kit.questions.formats.moodle_xml.formulas import as_ours, as_theirs, inside, of_choice
from preau.kit.questions.formats.moodle_xml.node import Node
from preau.kit.questions.formats.moodle_xml.reading import Reading
from preau.kit.questions.formats.moodle_xml.words import plain_word
from preau.kit.questions.formats.moodle_xml.writing import Writing
from preau.kit.questions.formula import FormulaError
from preau.kit.questions.types import Body
from preau.kit.questions.types.calculated import Calculated, Formula, Variable

_RELATIVE, _NOMINAL, _GEOMETRIC = "1", "2", "3"
_TOLERANCES = {
    "relative": _RELATIVE, "nominal": _NOMINAL, "geometric": _GEOMETRIC,
    _RELATIVE: _RELATIVE, _NOMINAL: _NOMINAL, _GEOMETRIC: _GEOMETRIC,
}  # fmt: skip
_DECIMALS, _SIGNIFICANT = 1, 2
_UNROUNDED = 17  # figures: as many as a number has; Moodle's form allows 9
_ITEMS = 20  # sets of values that are written
# Of one question, whose formulas are tried with many values: no real one comes near.
_MOST_FORMULAS, _MOST_LETTERS, _MOST_VARIABLES, _MOST_ITEMS = 20, 2000, 100, 1000


def read(it: Reading) -> Body:
    """calculated, calculatedsimple"""
    formulas = []
    for answer, share in it.answers():
        text = answer.content() or "*"  # as for Moodle
        feedback = it.texts.html(answer, "feedback")
        if text == "*":
            _settings(it, answer)
            if share or feedback:
                it.dropped.append("The answer “*”, any other number, has no place here.")
            continue
        formulas.append(_formula(it, answer, text, share, feedback))
    return _body(it, formulas)


def read_choices(it: Reading) -> Body:
    """calculatedmulti, as far as its choices are formulas."""
    if not it.node.flag("single", default=True):
        raise ValueError("several formulas may be chosen, and here numbers are typed")
    it.dropped.append("The number is typed, not chosen from several.")
    formulas = []
    for answer, share in it.answers():
        words, _whole = plain_word(it.texts.of(answer))
        feedback = it.texts.html(answer, "feedback")
        text = of_choice(words)
        if text is not None:
            formulas.append(_formula(it, answer, text, share, feedback))
        elif share > 0:
            raise ValueError(f"the choice “{words[:40]}” is not a formula alone")
        else:
            _settings(it, answer)
            it.dropped.append(f"The choice “{words[:40]}” is left out: it is no formula.")
    return _body(it, formulas)


def _formula(it: Reading, answer: Node, text: str, share: float, feedback: str) -> Formula:
    ours, said = as_ours(text)
    it.dropped += said
    tolerance, relative, digits, significant = _settings(it, answer)
    return Formula(ours, tolerance, relative, share, feedback, digits, significant)


def _settings(it: Reading, answer: Node) -> tuple[float, bool, int, bool]:
    """The tolerance, whether it is a share of the value; the digits, whether they are all."""
    given = answer.text("tolerancetype") or _RELATIVE
    kind = _TOLERANCES.get(given.lower(), "")
    if kind == _GEOMETRIC:
        it.dropped.append("A geometric tolerance becomes a relative one, as wide above the value.")
    elif not kind:
        it.dropped.append(f"The tolerance {given[:40]} is not known: it is a relative one.")
    digits = answer.whole("correctanswerlength", 2)
    if digits < 0:
        raise ValueError(f"there can't be {digits} digits")
    significant = answer.whole("correctanswerformat", _SIGNIFICANT) == _SIGNIFICANT
    tolerance = abs(answer.number("tolerance", 0.0))
    return tolerance, kind != _NOMINAL, -1 if digits >= _UNROUNDED else digits, significant


def _body(it: Reading, formulas: list[Formula]) -> Calculated:
    # Of no meaning where a number is typed; the types share one form in Moodle.
    it.node.ignore("single", "answernumbering", "shuffleanswers", "showstandardinstruction")
    root = it.node.first("dataset_definitions")
    rows = list(root.all("dataset_definition")) if root is not None else []
    letters = sum(len(formula.text) for formula in formulas)
    if len(formulas) > _MOST_FORMULAS or len(rows) > _MOST_VARIABLES or letters > _MOST_LETTERS:
        raise ValueError(
            f"there are more than {_MOST_FORMULAS} formulas, {_MOST_LETTERS} letters in them or "
            f"{_MOST_VARIABLES} values"
        )
    if it.node.whole("synchronize") or any(row.text("status") == "shared" for row in rows):
        it.dropped.append("The values are this question's own, not shared with others.")
    units, penalty = it.units()
    body = Calculated(tuple(formulas), tuple(_variable(it, row) for row in rows), units, penalty)
    items = [_items(row) for row in rows]
    if any(items) and items != _drawn(body):
        count = max(map(len, items))
        it.dropped.append(
            f"The file's values ({count} of each) are left out: an attempt draws its own."
        )
    _say_what_is_in_texts(it)
    return body


def _variable(it: Reading, row: Node) -> Variable:
    row.text("status")
    row.ignore("type", "itemcount", "number_of_items")
    name, kind = row.text("name"), row.text("distribution") or "uniform"
    if kind != "uniform":
        it.dropped.append(f"“{name[:40]}” is drawn evenly, not by the distribution {kind[:40]}.")
    return Variable(
        name, row.number("minimum", 1.0), row.number("maximum", 10.0), row.whole("decimals", 1)
    )


def _items(row: Node) -> dict[str, str]:
    """The values by their numbers."""
    root = row.first("dataset_items")
    if root is None:
        return {}
    count = len(root.element)
    if count > _MOST_ITEMS:  # they are not ours, so that none is looked at
        root.ignore("dataset_item")
        return dict.fromkeys(map(str, range(count)), "")
    return {item.text("number"): item.text("value") for item in root.all("dataset_item")}


def _drawn(body: Calculated) -> list[dict[str, str]]:
    """The values of the first seeds, as they are written; none for what cannot be drawn."""
    if body.problems():
        return []
    try:
        drawn = [body.draw(seed) for seed in range(_ITEMS)]
    except FormulaError:
        return []
    return [
        {
            str(number): f"{values[variable.name]:.{variable.decimals}f}"
            for number, values in enumerate(drawn, 1)
        }
        for variable in body.variables
    ]


def _say_what_is_in_texts(it: Reading) -> None:
    root = it.node.element
    choices = set(root.iterfind("answer/text"))
    texts = [element.text or "" for element in root.iter("text") if element not in choices]
    found = dict.fromkeys(formula for text in texts for formula in inside(text))
    it.dropped += [
        f"The formula “{formula[:60]}” in a text is shown as it is written."
        for formula in list(found)[:5]
    ]


def write(it: Writing, body: Calculated) -> None:
    """calculatedsimple, with values for Moodle to take."""
    it.plain("synchronize", 0)
    it.plain("single", 0)
    it.plain("answernumbering", "abc")
    it.plain("shuffleanswers", 0)
    for formula in body.formulas:
        theirs, said = as_theirs(formula.text)
        it.dropped += said
        child = it.answer(formula.share, theirs, formula.feedback, "moodle_auto_format")
        if formula.digits >= _UNROUNDED:
            it.dropped.append(f"Numbers have fewer than {_UNROUNDED} digits in Moodle.")
        it.plain("tolerance", repr(formula.tolerance), child)
        it.plain("tolerancetype", _RELATIVE if formula.relative else _NOMINAL, child)
        it.plain("correctanswerformat", _SIGNIFICANT if formula.significant else _DECIMALS, child)
        digits = formula.digits if 0 <= formula.digits < _UNROUNDED else _UNROUNDED
        it.plain("correctanswerlength", digits, child)
    it.units(body.units, body.unit_penalty)
    _write_variables(it, body)


def _write_variables(it: Writing, body: Calculated) -> None:
    drawn = _drawn(body)
    if not drawn and body.variables:
        it.dropped.append("No values can be drawn, and Moodle takes no question without them.")
    root = SubElement(it.element, "dataset_definitions")
    for place, variable in enumerate(body.variables):
        row = SubElement(root, "dataset_definition")
        it.text("status", "private", row)
        it.text("name", variable.name, row)
        it.plain("type", "calculatedsimple", row)
        it.text("distribution", "uniform", row)
        it.text("minimum", repr(variable.low), row)
        it.text("maximum", repr(variable.high), row)
        it.text("decimals", str(variable.decimals), row)
        items = drawn[place] if drawn else {}
        it.plain("itemcount", len(items), row)
        values = SubElement(row, "dataset_items")
        for number, value in items.items():
            item = SubElement(values, "dataset_item")
            it.plain("number", number, item)
            it.plain("value", value, item)
        it.plain("number_of_items", len(items), row)
