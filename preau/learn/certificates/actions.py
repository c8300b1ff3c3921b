"""Issuing certificates, and what may change about them later. Each action is one transaction."""

import logging
import time
import uuid

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from preau.kit.certificate_file import canonical
from preau.kit.errors import PreauError
from preau.learn.accounts.models import Person
from preau.learn.certificates.conditions import Standing, conditions_of, standings_of
from preau.learn.certificates.keys import site_key
from preau.learn.certificates.models import Certificate, Conditions
from preau.learn.certificates.says import content_of
from preau.learn.courses.models import Run
from preau.learn.courses.outline import outline_of
from preau.learn.enrolments.actions import lock
from preau.learn.enrolments.models import Enrolment, RunRole
from preau.learn.events.record import recorder
from preau.learn.events.schema import VERSION

logger = logging.getLogger(__name__)


def set_conditions(run: Run, *, given: bool, least: int | None, with_marks: bool) -> None:
    """What the run asks from now on; whoever has earned one already gets it in the background."""
    from preau.learn.certificates.tasks import catch_up

    with transaction.atomic():
        Conditions.objects.get_or_create(run=run)
        Conditions.objects.filter(run=run).update(
            given=given,
            least=least,
            with_marks=with_marks,
            looked_to=0 if given else None,
            version=F("version") + 1,
        )
        Run.objects.filter(pk=run.pk).update(version=F("version") + 1)
        if given:
            catch_up.enqueue(run.pk)


def look_at(enrolment: Enrolment) -> None:
    """Issue a certificate if one is earned now, whatever else is under way.

    What goes wrong here never fails what the learner did: it is logged, and tried again each day.
    """
    if enrolment.role != RunRole.LEARNER or not conditions_of(enrolment.run).given:
        return
    if enrolment.completed_count < len(outline_of(enrolment.run.course).to_complete):
        return
    try:
        issue(enrolment)
    except (OSError, PreauError) as error:
        logger.warning("Enrolment %s has no certificate yet: %s", enrolment.pk, error)


def issue(enrolment: Enrolment) -> Certificate | None:
    """Give somebody their certificate; None if it is not earned, or was given already.

    The enrolment, which comes with its run and course, is locked: of two at once, one issues.
    """
    with transaction.atomic():
        locked = lock(enrolment)
        locked.run = enrolment.run
        conditions = Conditions.objects.filter(run=locked.run_id, given=True).first()
        if conditions is None or not locked.active or locked.role != RunRole.LEARNER:
            return None
        standing = standings_of(locked.run, conditions, [locked])[locked.pk]
        if not standing.earned or Certificate.objects.filter(enrolment=locked).exists():
            return None
        made = _issue(locked, standing, with_marks=conditions.with_marks)
        transaction.on_commit(lambda: _note(made))
    return made


def _issue(enrolment: Enrolment, standing: Standing, *, with_marks: bool) -> Certificate:
    key, name, now = site_key(), uuid.uuid4(), timezone.now()
    says = canonical(content_of(enrolment, standing, name, now, with_marks=with_marks))
    return Certificate.objects.create(
        uuid=name,
        enrolment=enrolment,
        run=enrolment.run,
        says=says.decode(),
        key=key.public,
        signature=key.sign(says),
        issued_at=now,
    )


def _note(certificate: Certificate) -> None:
    """In the record it is theirs; it came by no page, for the background issues them too."""
    enrolment = certificate.enrolment
    recorder().append(
        {
            "v": VERSION, "t": time.time_ns() // 1_000_000, "verb": "certified", "page": "",
            "person": enrolment.person_id, "session": "", "address": "", "request": "",
            "role": "learner", "run": enrolment.run_id, "course": enrolment.run.course_id,
            "result": {"uuid": str(certificate.uuid)},
        }
    )  # fmt: skip


def set_public(certificate: Certificate, public: bool) -> None:
    """Let anyone with the link see it, or nobody."""
    Certificate.objects.filter(pk=certificate.pk).update(public=public)


def revoke(certificate: Certificate, reason: str, by: Person) -> bool:
    """Take it back, with a reason; False when it was taken back already."""
    rows = Certificate.objects.filter(pk=certificate.pk, revoked_at=None)
    return bool(rows.update(revoked_at=timezone.now(), revoked_by=by, reason=reason))


def restore(certificate: Certificate) -> bool:
    """Let it hold again, as it was; False when it was never taken back."""
    rows = Certificate.objects.filter(pk=certificate.pk, revoked_at__isnull=False)
    return bool(rows.update(revoked_at=None, revoked_by=None, reason=""))
