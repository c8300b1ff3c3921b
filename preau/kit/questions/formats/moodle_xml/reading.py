"""One question being read."""

from dataclasses import dataclass, field

from preau.kit.questions.formats.moodle_xml.node import Node, as_share
from preau.kit.questions.formats.moodle_xml.texts import Texts
from preau.kit.questions.types.numerical import Unit

OF_ANSWER, OF_MARK = 1, 2  # what a wrong unit takes a share of


@dataclass
class Reading:
    """Its element, its texts, and what had to be left out.

    ``raw`` is the question's own text as it is written. A reader of bodies that takes it into the
    body empties ``stem``; it gives the ``mark`` where Moodle has a rule for questions that do not
    name theirs.
    """

    node: Node
    texts: Texts
    raw: str
    stem: str | None = None
    mark: float = 1.0
    dropped: list[str] = field(default_factory=list)

    def own_text(self) -> str:
        """The question's own text as HTML."""
        return self.texts.piece(self.raw, self.texts.format)

    def answers(self) -> list[tuple[Node, float]]:
        """The answers and their shares."""
        return [(it, as_share(it.attribute("fraction") or "0")) for it in self.node.all("answer")]

    def heed(self, tag: str, *usual: str, else_: str) -> None:
        """Say so if a child has another value than the usual ones."""
        if (said := self.node.text(tag)) and said not in usual:
            self.dropped.append(f"{else_} (<{tag}>{said[:40]}</{tag}>).")

    def units(self) -> tuple[tuple[Unit, ...], float]:
        """The units of numbers, and what a wrong one costs."""
        node = self.node
        node.ignore_blank("instructions")
        rows = node.first("units")
        units = tuple(
            Unit(row.text("unit_name"), row.number("multiplier", 1.0))
            for row in (rows.all("unit") if rows is not None else ())
        )
        grading = node.whole("unitgradingtype")
        penalty = node.number("unitpenalty", 0.1)
        shown, left = node.whole("showunits"), node.flag("unitsleft")
        if units and shown in (1, 2):
            self.dropped.append("Units are typed behind the number, not chosen from a list.")
        if units and left:
            self.dropped.append("Units stand behind the number, not before it.")
        partly = any(0 < share < 1 for _answer, share in self.answers())
        if units and grading == OF_ANSWER and penalty and partly:
            self.dropped.append(
                "What a wrong unit costs is a share of the mark, not of the answer's."
            )
        return units, penalty if units and grading else 0.0
