"""What Moodle's types of questions become."""

from preau.kit.questions.formats.moodle_xml.node import as_number
from preau.kit.questions.formats.moodle_xml.reading import Reading
from preau.kit.questions.types import Body
from preau.kit.questions.types.choice import Choice, Option
from preau.kit.questions.types.description import Description
from preau.kit.questions.types.essay import Essay
from preau.kit.questions.types.matching import Matching, Pair
from preau.kit.questions.types.numerical import Numerical, Value
from preau.kit.questions.types.ordering import Ordering
from preau.kit.questions.types.short_answer import Pattern, ShortAnswer
from preau.kit.questions.types.true_false import TrueFalse

GRADINGS = {
    "ALL_OR_NOTHING": "all-or-nothing",
    "ABSOLUTE_POSITION": "place",
    "RELATIVE_NEXT_EXCLUDE_LAST": "neighbour",
}
_SHORT_GRADINGS = {"ABSOLUTE": "ABSOLUTE_POSITION", "RELATIVE": "RELATIVE_NEXT_EXCLUDE_LAST"}
FORMATS = {"editor": "rich", "plain": "plain", "monospaced": "code", "noinline": "none"}


def choice(it: Reading) -> Body:
    """multichoice"""
    options = tuple(
        Option(it.texts.of(answer), share, it.texts.html(answer, "feedback"))
        for answer, share in it.answers()
    )
    return Choice(
        options,
        several=not it.node.flag("single", default=True),
        shuffle=it.node.flag("shuffleanswers"),
        numbering=it.node.text("answernumbering") or "abc",
        instruction=it.node.flag("showstandardinstruction", default=True),
    )


def true_false(it: Reading) -> Body:
    """truefalse"""
    rows = [
        (answer.content().lower(), share, it.texts.html(answer, "feedback"))
        for answer, share in it.answers()
    ]
    it.node.ignore("showstandardinstruction")
    if len(rows) != 2 or sorted(share == 1 for _word, share, _said in rows) != [False, True]:
        raise ValueError("there are not two answers, one of them worth 100")
    if {word for word, _share, _said in rows} == {"true", "false"}:
        rows.sort(key=lambda row: row[0], reverse=True)
    # Moodle once wrote its own words for them in the language of the site, true always first.
    (_true, share, if_true), (_false, other, if_false) = rows
    if min(share, other) != 0:
        it.dropped.append("The wrong answer earns nothing and takes nothing off.")
    return TrueFalse(share == 1, if_true, if_false)


def short_answer(it: Reading) -> Body:
    """shortanswer"""
    patterns = tuple(
        Pattern(answer.text("text"), share, it.texts.html(answer, "feedback"))
        for answer, share in it.answers()
    )
    return ShortAnswer(patterns, heed_case=it.node.flag("usecase"))


def numerical(it: Reading) -> Body:
    """numerical"""
    values = tuple(
        Value(
            None if answer.text("text") == "*" else as_number(answer.text("text")),
            abs(answer.number("tolerance", 0.0)),  # as for Moodle
            share,
            it.texts.html(answer, "feedback"),
        )
        for answer, share in it.answers()
    )
    units, penalty = it.units()
    return Numerical(values, units, penalty)


def matching(it: Reading) -> Body:
    """matching, match"""
    pairs = tuple(
        Pair(it.texts.of(row), answer.text("text") if (answer := row.first("answer")) else "")
        for row in it.node.all("subquestion")
    )
    return Matching(pairs, shuffle=it.node.flag("shuffleanswers", default=True))


def ordering(it: Reading) -> Body:
    """ordering"""
    it.node.ignore("selectcount")
    it.heed("layouttype", "VERTICAL", "0", else_="Items stand below each other")
    it.heed("selecttype", "ALL", "0", else_="All items are put in order, not some of them")
    it.heed("showgrading", "SHOW", "1", else_="Whoever answers sees how it was marked")
    it.heed("numberingstyle", "none", else_="Items have no number")
    given = it.node.text("gradingtype") or "RELATIVE"  # as for Moodle
    given = _SHORT_GRADINGS.get(given, given)
    if given not in GRADINGS:
        it.dropped.append(f"The grading {given} is not known: each item in its place counts.")
    items = []
    for answer in it.node.all("answer"):
        answer.attribute("fraction")  # its place, which is where it stands
        items.append(it.texts.of(answer))
        answer.ignore_blank("feedback")  # which Moodle cannot show either
    return Ordering(tuple(items), GRADINGS.get(given, "place"))


def essay(it: Reading) -> Body:
    """essay"""
    node = it.node
    given = node.text("responseformat") or "editor"
    if given not in (*FORMATS, "editorfilepicker"):
        it.dropped.append(f"The format of answers {given[:40]} is not known: it is rich text.")
    if given == "editorfilepicker":
        it.dropped.append("Files are handed in beside the text, not inside it.")
    if node.whole("maxbytes"):
        it.dropped.append("The largest size of a file is the site's.")
    types = node.text("filetypeslist").replace(";", ",").split(",")
    return Essay(
        format=FORMATS.get(given, "rich"),
        required=node.flag("responserequired", default=True),
        lines=node.whole("responsefieldlines", 15),
        words=(node.whole("minwordlimit"), node.whole("maxwordlimit")),
        attachments=node.whole("attachments"),
        attachments_required=node.whole("attachmentsrequired"),
        file_types=tuple(type_.strip() for type_ in types if type_.strip()),
        template=it.texts.html(node, "responsetemplate"),
        notes=it.texts.html(node, "graderinfo"),
    )


def description(_it: Reading) -> Body:
    """description"""
    return Description()
