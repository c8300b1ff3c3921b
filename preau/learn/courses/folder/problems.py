"""What is wrong in a course folder, and where."""

from collections.abc import Iterable
from dataclasses import dataclass

from preau.kit.errors import PreauError


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend. ``file`` is relative to the course folder; ``line`` counts from 1."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class CourseFolderError(PreauError):
    """The folder can't be taken as it is; ``problems`` says everything there is to mend."""

    exit_code = 2

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        lines = "\n".join(f"  {problem}" for problem in self.problems)
        count = len(self.problems)
        noun = "problem" if count == 1 else "problems"
        super().__init__(f"{count} {noun} in the course folder; nothing was changed.\n{lines}")
