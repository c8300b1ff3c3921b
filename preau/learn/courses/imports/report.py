"""What an import did, item by item."""

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

What = Literal["added", "changed", "removed", "hidden", "retired", "restored"]
Noun = Literal["course", "section", "activity", "run", "file"]


@dataclass(frozen=True)
class Change:
    """One thing that was, or would be, changed."""

    what: What
    noun: Noun
    key: str
    detail: str = ""


@dataclass
class ImportReport:
    """All changes of one import.

    ``unused`` files were left out of the course; ``losses`` says what others lost on the way in,
    as their author accepted.
    """

    course: str
    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    unused: list[str] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)
    version: int = 0

    def note(self, what: What, noun: Noun, key: str, detail: str = "") -> None:
        """Add one change."""
        self.changes.append(Change(what, noun, key, detail))

    def as_json(self) -> dict[str, Any]:
        """The report as plain data."""
        return asdict(self)
