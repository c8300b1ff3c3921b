"""A rubric for marking by hand, read from the notes for those who mark.

It is a table of the class ``rubric`` in the notes' HTML, so every format that carries the notes
carries it, and people who read them elsewhere see a table: a row for each criterion, which the
first cell names; each further cell is a level and begins with its points, ``2: every step said``.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from preau.kit.questions.markup import Piece, Tag, pieces
from preau.kit.questions.plain import words_of

_POINTS = re.compile(r"(\d{1,4}(?:[.,]\d{1,3})?)(?![.,]?\d)\s*[:–—-]?\s*(.*)", re.DOTALL)
_OF_TABLE = frozenset({"tr", "td", "th"})
_MOST = 50  # criteria, and levels of each


@dataclass(frozen=True)
class Level:
    """How well a criterion is met, and what that is worth."""

    points: float
    text: str


@dataclass(frozen=True)
class Criterion:
    """One thing that is looked at."""

    name: str
    levels: tuple[Level, ...]

    @property
    def most(self) -> float:
        """The points of its best level."""
        return max(level.points for level in self.levels)


def rubric_in(notes: str) -> tuple[Criterion, ...]:
    """The criteria of the first rubric in some HTML; none where there is none.

    Never raises; takes time in proportion to the text.
    """
    found = []
    for cells in _rows(notes)[:_MOST]:
        levels = tuple(level for level in map(_level, cells[1 : _MOST + 1]) if level is not None)
        if cells and cells[0] and levels and max(level.points for level in levels) > 0:
            found.append(Criterion(cells[0], levels))
    return tuple(found)


def share_of(criteria: tuple[Criterion, ...], chosen: list[int]) -> float:
    """The share of the mark, 0 to 1, for the level chosen of each criterion, by its number from 0.

    There is a criterion.
    """
    earned = sum(it.levels[level].points for it, level in zip(criteria, chosen, strict=True))
    return earned / sum(it.most for it in criteria)


def _level(text: str) -> Level | None:
    match = _POINTS.fullmatch(text)
    return Level(float(match[1].replace(",", ".")), match[2].strip()) if match else None


def _inside(source: Iterable[Piece]) -> Iterator[Piece]:
    """What is in the first table of that class; of the tables inside of it their words."""
    depth = 0
    for piece in source:
        if isinstance(piece, Tag) and piece.name == "table" and (depth or _is_rubric(piece)):
            depth += -1 if piece.closes else 1
            if depth == 0:
                return
        elif depth:
            yield piece if depth == 1 or isinstance(piece, str) else " "


def _is_rubric(table: Tag) -> bool:
    return not table.closes and "rubric" in table.attribute("class").split()


def _rows(notes: str) -> list[list[str]]:
    """The words of the table's cells."""
    rows: list[list[list[Piece]]] = []
    cell: list[Piece] | None = None
    for piece in _inside(pieces(notes)):
        if isinstance(piece, Tag) and piece.name in _OF_TABLE:
            cell = None
            if not piece.closes and (piece.name == "tr" or not rows):
                rows.append([])
            if not piece.closes and piece.name != "tr":
                cell = []
                rows[-1].append(cell)
        elif cell is not None:
            cell.append(piece)
    return [[words_of(cell) for cell in row] for row in rows]
