"""What became of each question of a file that was read: the fidelity report."""

from dataclasses import dataclass
from typing import Any

from preau.kit.questions.question import Question


@dataclass(frozen=True)
class Item:
    """One question of the file.

    ``type`` is the file's own name for it, ``mapped_to`` ours, or None where the question could
    not be taken. ``dropped`` says in a sentence each what was left out and why.
    """

    name: str
    type: str
    mapped_to: str | None
    dropped: tuple[str, ...] = ()
    question: Question | None = None
    line: int = 0  # where it begins in the file, from 1; 0 where lines mean nothing
    images: int = 0  # embedded
    missing: tuple[str, ...] = ()  # images that it names and the file does not have

    @property
    def lost(self) -> bool:
        """Whether anything of it did not come along."""
        return self.mapped_to is None or bool(self.dropped or self.missing)


@dataclass(frozen=True)
class Fidelity:
    """The whole file."""

    format: str
    items: tuple[Item, ...] = ()

    @property
    def questions(self) -> list[Question]:
        """Those that were taken."""
        return [item.question for item in self.items if item.question is not None]

    @property
    def taken(self) -> int:
        """How many questions were taken, whole or in part."""
        return len(self.questions)

    @property
    def lost(self) -> int:
        """How many questions lost something, or all."""
        return sum(item.lost for item in self.items)

    def to_data(self) -> dict[str, Any]:
        """What ``preau questions check --json`` prints."""
        items = [
            {
                "name": item.name, "type": item.type, "mapped_to": item.mapped_to,
                "dropped": list(item.dropped), "line": item.line, "images": item.images,
                "missing": list(item.missing),
            }
            for item in self.items
        ]  # fmt: skip
        return {"format": self.format, "items": items, "taken": self.taken, "lost": self.lost}


def lines_of(report: Fidelity) -> list[str]:
    """The report for people: a line a question, what was lost below it, the sum at the end."""
    lines = []
    for item in report.items:
        sign = "-" if item.mapped_to is None else "~" if item.lost else "+"
        where = f" (line {item.line})" if item.line else ""
        to = item.mapped_to or "not taken"
        lines.append(f"  {sign} {item.name or 'without a name'}{where}: {item.type} → {to}")
        lines += [f"      {sentence}" for sentence in item.dropped]
        lines += [f"      The image “{name}” is not in the file." for name in item.missing]
    count = len(report.items)
    lines.append(f"{report.format}: {report.taken} of {count} taken, {report.lost} with losses.")
    return lines
