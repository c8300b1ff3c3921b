"""A picture, its table, and the exact definition of what it counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from preau.kit.charts import Svg


@dataclass(frozen=True)
class Figure:
    """``key`` names it in addresses; ``rows`` are what the picture shows, as texts and numbers."""

    key: str
    title: str
    definition: str
    head: Sequence[str]
    rows: Sequence[Sequence[object]]
    picture: Svg | None = None

    @property
    def svg(self) -> str:
        """The picture, for a page."""
        return str(self.picture) if self.picture is not None else ""
