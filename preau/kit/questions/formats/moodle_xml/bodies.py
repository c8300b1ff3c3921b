"""What Moodle's types of questions become."""

from collections.abc import Callable
from dataclasses import dataclass, field

from preau.kit.questions.formats.moodle_xml.node import Node, as_number, as_share
from preau.kit.questions.formats.moodle_xml.texts import Texts
from preau.kit.questions.types import Body
from preau.kit.questions.types.choice import Choice, Option
from preau.kit.questions.types.description import Description
from preau.kit.questions.types.essay import Essay
from preau.kit.questions.types.gaps import Gaps, Word
from preau.kit.questions.types.matching import Matching, Pair
from preau.kit.questions.types.numerical import Numerical, Unit, Value
from preau.kit.questions.types.ordering import Ordering
from preau.kit.questions.types.short_answer import Pattern, ShortAnswer
from preau.kit.questions.types.true_false import TrueFalse

GRADINGS = {
    "ALL_OR_NOTHING": "all-or-nothing",
    "ABSOLUTE_POSITION": "place",
    "RELATIVE_NEXT_EXCLUDE_LAST": "neighbour",
}
_SHORT_GRADINGS = {"ABSOLUTE": "ABSOLUTE_POSITION", "RELATIVE": "RELATIVE_NEXT_EXCLUDE_LAST"}
OF_ANSWER, OF_MARK = 1, 2  # what a wrong unit takes a share of
FORMATS = {"editor": "rich", "plain": "plain", "monospaced": "code", "noinline": "none"}


@dataclass
class Reading:
    """One question being read: its element, its texts, and what had to be left out."""

    node: Node
    texts: Texts
    stem: str
    dropped: list[str] = field(default_factory=list)

    def answers(self) -> list[tuple[Node, float]]:
        """The answers and their shares."""
        return [(it, as_share(it.attribute("fraction") or "0")) for it in self.node.all("answer")]

    def heed(self, tag: str, *usual: str, else_: str) -> None:
        """Say so if a child has another value than the usual ones."""
        if (said := self.node.text(tag)) and said not in usual:
            self.dropped.append(f"{else_} (<{tag}>{said[:40]}</{tag}>).")


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
    shares, said = {}, {}
    for answer, share in it.answers():
        word = answer.content().lower()
        shares[word], said[word] = share, it.texts.html(answer, "feedback")
    it.node.ignore("showstandardinstruction")
    if set(shares) != {"true", "false"} or sorted(shares.values()) != [0.0, 1.0]:
        raise ValueError("the answers are not true and false, one of them worth 100")
    return TrueFalse(shares["true"] == 1, said["true"], said["false"])


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
            answer.number("tolerance", 0.0),
            share,
            it.texts.html(answer, "feedback"),
        )
        for answer, share in it.answers()
    )
    units, penalty = _units(it)
    return Numerical(values, units, penalty)


def _units(it: Reading) -> tuple[tuple[Unit, ...], float]:
    rows = it.node.first("units")
    units = tuple(
        Unit(row.text("unit_name"), row.number("multiplier", 1.0))
        for row in (rows.all("unit") if rows is not None else ())
    )
    grading = it.node.whole("unitgradingtype")
    penalty = it.node.number("unitpenalty", 0.1)
    shown, left = it.node.whole("showunits"), it.node.flag("unitsleft")
    if units and shown in (1, 2):
        it.dropped.append("Units are typed behind the number, not chosen from a list.")
    if units and left:
        it.dropped.append("Units stand behind the number, not before it.")
    partly = any(0 < share < 1 for _answer, share in it.answers())
    if units and grading == OF_ANSWER and penalty and partly:
        it.dropped.append("What a wrong unit costs is a share of the mark, not of the answer's.")
    return units, penalty if units and grading else 0.0


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
        _no_feedback(answer)
    return Ordering(tuple(items), GRADINGS.get(given, "place"))


def _no_feedback(answer: Node) -> None:
    """An item's own feedback, which Moodle cannot show either, is forgotten if empty."""
    feedback = answer.element.find("feedback")
    if feedback is not None and not "".join(feedback.itertext()).strip():
        answer.ignore("feedback")


def gaps(it: Reading) -> Body:
    """gapselect, ddwtos"""
    drag = it.node.first("dragbox") is not None
    words = tuple(
        Word(
            row.text("text"),
            row.whole("group", 1),
            drag and row.first("infinite") is not None,
        )
        for row in it.node.all("dragbox" if drag else "selectoption")
    )
    text, it.stem = it.stem, ""
    return Gaps(text, words, drag, it.node.flag("shuffleanswers", default=False))


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


READERS: dict[str, Callable[[Reading], Body]] = {
    "multichoice": choice,
    "truefalse": true_false,
    "shortanswer": short_answer,
    "numerical": numerical,
    "matching": matching,
    "match": matching,
    "ordering": ordering,
    "gapselect": gaps,
    "ddwtos": gaps,
    "essay": essay,
    "description": description,
}
