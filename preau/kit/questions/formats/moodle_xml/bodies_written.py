"""What our types of questions become in Moodle's file."""

from xml.etree.ElementTree import SubElement

from preau.kit.questions.formats.moodle_xml.bodies import FORMATS, GRADINGS
from preau.kit.questions.formats.moodle_xml.writing import Writing
from preau.kit.questions.types import Body
from preau.kit.questions.types.choice import Choice
from preau.kit.questions.types.essay import Essay
from preau.kit.questions.types.matching import Matching
from preau.kit.questions.types.numerical import Numerical
from preau.kit.questions.types.ordering import Ordering
from preau.kit.questions.types.short_answer import ShortAnswer
from preau.kit.questions.types.true_false import TrueFalse

_MOODLE_GRADINGS = {ours: theirs for theirs, ours in GRADINGS.items()}
_MOODLE_FORMATS = {ours: theirs for theirs, ours in FORMATS.items()}


def choice(it: Writing, body: Choice) -> None:
    """multichoice"""
    it.plain("single", str(not body.several).lower())
    it.plain("shuffleanswers", str(body.shuffle).lower())
    it.plain("answernumbering", body.numbering)
    it.plain("showstandardinstruction", int(body.instruction))
    for option in body.options:
        it.answer(option.share, option.text, option.feedback, "html")


def true_false(it: Writing, body: TrueFalse) -> None:
    """truefalse"""
    it.answer(float(body.right), "true", body.if_true, "moodle_auto_format")
    it.answer(float(not body.right), "false", body.if_false, "moodle_auto_format")


def short_answer(it: Writing, body: ShortAnswer) -> None:
    """shortanswer"""
    it.plain("usecase", int(body.heed_case))
    if not body.heed_accents:
        it.dropped.append("Moodle heeds accents.")
    for pattern in body.patterns:
        it.answer(pattern.share, pattern.text, pattern.feedback, "moodle_auto_format")


def numerical(it: Writing, body: Numerical) -> None:
    """numerical"""
    for value in body.values:
        text = "*" if value.value is None else repr(value.value)
        child = it.answer(value.share, text, value.feedback, "moodle_auto_format")
        room = value.tolerance
        if value.relative and value.value is not None:
            room *= abs(value.value)
            it.dropped.append("A relative tolerance becomes an absolute one.")
        it.plain("tolerance", repr(room), child)
    it.units(body.units, body.unit_penalty)


def matching(it: Writing, body: Matching) -> None:
    """matching"""
    it.plain("shuffleanswers", str(body.shuffle).lower())
    for pair in body.pairs:
        it.text("answer", pair.answer, it.html("subquestion", pair.phrase))


def ordering(it: Writing, body: Ordering) -> None:
    """ordering"""
    it.plain("layouttype", "VERTICAL")
    it.plain("selecttype", "ALL")
    it.plain("selectcount", 0)
    it.plain("gradingtype", _MOODLE_GRADINGS[body.grading])
    for place, item in enumerate(body.items, 1):
        child = SubElement(it.element, "answer", {"fraction": f"{place}.0000000", "format": "html"})
        it.fill(child, item)


def essay(it: Writing, body: Essay) -> None:
    """essay"""
    least, most = body.words
    it.plain("responseformat", _MOODLE_FORMATS[body.format])
    it.plain("responserequired", int(body.required))
    it.plain("responsefieldlines", body.lines)
    it.plain("minwordlimit", least or "")
    it.plain("maxwordlimit", most or "")
    it.plain("attachments", body.attachments)
    it.plain("attachmentsrequired", body.attachments_required)
    it.plain("filetypeslist", ",".join(body.file_types))
    it.html("graderinfo", body.notes)
    it.html("responsetemplate", body.template)


def description(_it: Writing, _body: Body) -> None:
    """Nothing is asked."""
