"""What a run asks for a certificate, and how far somebody is from it."""

from collections.abc import Collection
from dataclasses import dataclass

from preau.learn.certificates.models import Conditions
from preau.learn.courses.models import Run
from preau.learn.courses.outline import outline_of
from preau.learn.enrolments.models import Enrolment
from preau.learn.grades.queries import shares_of
from preau.learn.theme.stencil import Shelf

_kept: Shelf[Conditions] = Shelf(400)


def conditions_of(run: Run) -> Conditions:
    """The run's conditions, kept in memory; who changes them raises the run's version."""
    return _kept.take((run.pk, run.version), lambda: read_conditions(run))


def read_conditions(run: Run) -> Conditions:
    """The same as the database has them now; not given where nobody said anything."""
    return Conditions.objects.filter(run=run).first() or Conditions(run=run)


@dataclass(frozen=True)
class Standing:
    """How far somebody is: activities still to complete, and per cent of all marks."""

    total: int
    left: int
    least: int | None = None
    percent: int | None = None  # None where nobody asks for it

    @property
    def earned(self) -> bool:
        """Whether nothing is missing."""
        enough = self.least is None or (self.percent is not None and self.percent >= self.least)
        return self.total > 0 and self.left == 0 and enough


def standings_of(
    run: Run, conditions: Conditions, enrolments: Collection[Enrolment]
) -> dict[int, Standing]:
    """By enrolment. Per cent are rounded down: nobody is told more than they earned."""
    total = len(outline_of(run.course).to_complete)
    asks_marks = conditions.least is not None or conditions.with_marks
    shares = shares_of(run.course, [it.pk for it in enrolments]) if asks_marks else {}
    return {
        it.pk: Standing(
            total=total,
            left=max(0, total - it.completed_count),
            least=conditions.least,
            percent=int(100 * shares[it.pk] + 1e-6) if it.pk in shares else None,
        )
        for it in enrolments
    }
