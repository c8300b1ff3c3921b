"""Other rules for a learner, a group or a whole run."""

from typing import Any

from django.db import transaction
from django.db.models import F

from preau.learn.courses.models import Run
from preau.learn.enrolments.models import Enrolment
from preau.learn.quizzes.actions.handing_in import move_due
from preau.learn.quizzes.models import Override


def set_override(
    run: Run, activity_id: int, enrolment: Enrolment | None, group: str, rules: dict[str, Any]
) -> Override:
    """Give other rules; attempts that are open get the time they have now."""
    scope = f"learner:{enrolment.pk}" if enrolment else f"group:{group}" if group else ""
    with transaction.atomic():
        override, _new = Override.objects.update_or_create(
            run=run,
            activity_id=activity_id,
            scope=scope,
            defaults={"enrolment": enrolment, **rules},
        )
        Run.objects.filter(pk=run.pk).update(version=F("version") + 1)
    move_due(run.pk, activity_id)
    return override


def remove_override(run: Run, activity_id: int, override_id: int) -> bool:
    """Take them away; False when there are none such."""
    with transaction.atomic():
        gone, _by_model = Override.objects.filter(
            run=run, activity=activity_id, pk=override_id
        ).delete()
        Run.objects.filter(pk=run.pk).update(version=F("version") + 1)
    move_due(run.pk, activity_id)
    return gone > 0
