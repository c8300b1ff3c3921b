"""Certificates for those who earned one before it was given, or while it could not be issued."""

from preau.learn.certificates.actions import issue
from preau.learn.certificates.conditions import standings_of
from preau.learn.certificates.models import Conditions
from preau.learn.courses.models import Run
from preau.learn.courses.outline import outline_of
from preau.learn.enrolments.models import Enrolment, RunRole

_AT_ONCE = 200  # enrolments read together


def catch_up_with(run_id: int, most: int) -> bool:
    """Look at about ``most`` enrolments of the run and issue what is earned; whether some are left.

    It goes on where it stopped, and from the start when the conditions changed meanwhile.
    """
    for _number in range(-(-most // _AT_ONCE)):
        conditions = Conditions.objects.filter(
            run=run_id, given=True, looked_to__isnull=False
        ).first()
        if conditions is None:
            return False
        run = Run.objects.select_related("course").get(pk=run_id)
        rows = Enrolment.objects.filter(run=run, active=True, pk__gt=conditions.looked_to)
        enrolments = list(rows.order_by("pk")[:_AT_ONCE])
        _issue_to(run, conditions, enrolments)
        _go_on(conditions, enrolments[-1].pk if enrolments else None)
    return Conditions.objects.filter(run=run_id, given=True, looked_to__isnull=False).exists()


def _issue_to(run: Run, conditions: Conditions, enrolments: list[Enrolment]) -> None:
    total = len(outline_of(run.course).to_complete)
    near = [
        it for it in enrolments if it.role == RunRole.LEARNER and 0 < total <= it.completed_count
    ]
    standings = standings_of(run, conditions, near)
    for enrolment in near:
        if standings[enrolment.pk].earned:
            enrolment.run = run
            issue(enrolment)


def _go_on(conditions: Conditions, looked_to: int | None) -> None:
    """Only if nobody moved it meanwhile: another catch-up, or a teacher who changed something."""
    rows = Conditions.objects.filter(
        pk=conditions.pk, version=conditions.version, looked_to=conditions.looked_to
    )
    rows.update(looked_to=looked_to)


def begin_again() -> list[int]:
    """Every run that gives certificates is looked at once more; their ids."""
    rows = Conditions.objects.filter(given=True)
    rows.filter(looked_to=None).update(looked_to=0)
    return list(rows.order_by("run").values_list("run", flat=True))
