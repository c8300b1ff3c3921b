"""What certificates have done in the background."""

from datetime import timedelta

from django_tasks import task

from preau.learn.certificates.catching_up import begin_again, catch_up_with
from preau.learn.notifications.schedule import Entry

_MOST = 5000  # enrolments that one task looks at; then others have their turn


@task()
def catch_up(run_id: int) -> None:
    """Issue to whoever has earned a certificate of the run and has none."""
    if catch_up_with(run_id, _MOST):
        catch_up.enqueue(run_id)


@task()
def look_again() -> int:
    """Find what a full disk or a kill kept from being issued; answers how many runs."""
    runs = begin_again()
    for run_id in runs:
        catch_up.enqueue(run_id)
    return len(runs)


SCHEDULE = (Entry("look-for-certificates", look_again, timedelta(days=1)),)
