"""Runs with their courses, kept in memory by version.

Nearly every page needs both, and they change only when their versions rise; so a request reads
two numbers of them instead of thirty columns.
"""

from preau.kit.errors import PreauError
from preau.learn.courses.models import Run
from preau.learn.theme.stencil import Shelf

_NOT_NEEDED = ("course__about", "course__folded", "course__teachers")
_kept: Shelf[Run] = Shelf(400)


def run_at(run_id: int, run_version: int, course_version: int) -> Run:
    """The run with its course as they stand in these versions.

    The object is shared by all threads of the process: who wants to change the run changes its
    row, and raises the version.
    """

    def read() -> Run:
        return Run.objects.select_related("course").defer(*_NOT_NEEDED).get(pk=run_id)

    return _kept.take((run_id, run_version, course_version), read)


def run_named(key: str) -> Run:
    """The run of that key with its course. Raises ``PreauError`` that names those there are."""
    run = Run.objects.select_related("course").filter(key=key).first()
    if run is None:
        known = ", ".join(Run.objects.order_by("key").values_list("key", flat=True)[:20])
        raise PreauError(f"There is no run “{key}” on this site. Known runs: {known or 'none'}.")
    return run
