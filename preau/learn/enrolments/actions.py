"""What learners do in a run. Each action is one transaction and safe to repeat."""

from django.db import transaction
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from preau.kit.errors import PreauError
from preau.learn.accounts.models import Person
from preau.learn.courses.models import Activity, Course, Run
from preau.learn.courses.outline import OutlineActivity, outline_of
from preau.learn.enrolments import signals
from preau.learn.enrolments.models import Completion, Enrolment, Mark, RunRole, Watching
from preau.learn.enrolments.watched import Interval, merged, share
from preau.learn.prepared import Prepared

_locked = Prepared(lambda pk: Enrolment.objects.select_for_update().filter(pk=pk), int)


class EnrolmentRefusedError(PreauError):
    """Why somebody can't enrol; ``reason`` is closed, key or guessing."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"enrolment refused: {reason}")
        self.reason = reason


def enrol(person: Person, run: Run, key: str = "") -> tuple[Enrolment, bool]:
    """Enrol somebody, or take them back; False when they were enrolled already.

    Raises ``EnrolmentRefusedError`` when enrolment is closed or the key is not the run's.
    """
    if not run.enrolment_is_open():
        raise EnrolmentRefusedError("closed")
    if run.asks_for_key and not (
        run.enrolment_key and constant_time_compare(key.strip(), run.enrolment_key)
    ):
        raise EnrolmentRefusedError("key")
    return place_in_run(person, run)


def place_in_run(person: Person, run: Run, role: RunRole | None = None) -> tuple[Enrolment, bool]:
    """Give somebody a place in a run, whatever its enrolment rules (roles, demonstration)."""
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)  # two requests at once: one by one
        enrolment, created = Enrolment.objects.get_or_create(
            run=run, person=person, defaults={"role": role or RunRole.LEARNER}
        )
        news = created or not enrolment.active
        if not created and (news or role not in {None, enrolment.role}):
            enrolment.active = True
            enrolment.role = role or enrolment.role
            enrolment.save(update_fields=["active", "role"])
    if news:
        signals.enrolled.send(sender=Enrolment, enrolment=enrolment)
    return enrolment, news


def unenrol(enrolment: Enrolment) -> None:
    """Leave the run, and whatever role one had there.

    What was done stays and is there again on coming back, as a learner.
    """
    enrolment.active = False
    enrolment.role = RunRole.LEARNER
    enrolment.save(update_fields=["active", "role"])


def lock(enrolment: Enrolment) -> Enrolment:
    """The enrolment's row, locked before anything else.

    Rows that point to it are written after: a database that checks the reference at once would
    take a lesser lock first, and two requests wanting more would wait for each other.
    """
    found = _locked.first(enrolment.pk)
    if found is None:
        raise Enrolment.DoesNotExist
    return found


def complete(enrolment: Enrolment, activity: OutlineActivity, how: Completion.How) -> bool:
    """Note that the activity is complete; False when it was already."""
    with transaction.atomic():
        locked = lock(enrolment)
        if activity.id in locked.done:
            return False
        row = Completion(enrolment=locked, activity_id=activity.id, how=how)
        Completion.objects.bulk_create([row], ignore_conflicts=True)
        _roll_up(locked, enrolment, activity, {*locked.done, activity.id})
    signals.completed.send(sender=Completion, enrolment=enrolment, activity_id=activity.id, how=how)
    if enrolment.finished_at is not None and enrolment.finished_at == enrolment.last_at:
        signals.finished.send(sender=Enrolment, enrolment=enrolment)
    return True


def uncomplete(enrolment: Enrolment, activity: OutlineActivity) -> bool:
    """Take a tick away again; False when there was none."""
    with transaction.atomic():
        locked = lock(enrolment)
        gone, _by_model = Completion.objects.filter(
            enrolment=enrolment, activity_id=activity.id
        ).delete()
        _roll_up(locked, enrolment, activity, {*locked.done} - {activity.id})
    return gone > 0


def _roll_up(
    locked: Enrolment, enrolment: Enrolment, activity: OutlineActivity, done: set[int]
) -> None:
    """Keep what is complete, in the locked row and in the object at hand."""
    counting = outline_of(enrolment.run.course).to_complete
    locked.done = sorted(done)
    locked.completed_count = len(counting.intersection(locked.done))
    locked.last_activity_id = activity.id
    locked.last_at = timezone.now()
    if counting and locked.completed_count == len(counting):
        locked.finished_at = locked.finished_at or locked.last_at
    rolled_up = ("done", "completed_count", "last_activity_id", "last_at", "finished_at")
    locked.save(update_fields=rolled_up)
    for name in rolled_up:
        setattr(enrolment, name, getattr(locked, name))


def recount(course: Course) -> None:
    """Count again for everybody what is complete in the course as it stands now.

    Whoever lacked only what the course no longer has, has finished it.
    """
    counting = [
        pk
        for pk, completion in Activity.objects.filter(course=course, hidden=False).values_list(
            "pk", "completion"
        )
        if completion.get("rule", "none") != "none"
    ]
    done = (
        Completion.objects.filter(enrolment=OuterRef("pk"), activity__in=counting)
        .order_by()
        .values("enrolment")
        .annotate(count=Count("pk"))
        .values("count")
    )
    runs = list(Run.objects.filter(course=course).values_list("pk", flat=True))
    enrolments = Enrolment.objects.filter(run__in=runs)
    enrolments.update(completed_count=Coalesce(Subquery(done), 0))
    if counting:
        _finish(enrolments.filter(completed_count=len(counting), finished_at=None))


def _finish(enrolments: QuerySet[Enrolment]) -> None:
    for enrolment in enrolments:
        enrolment.finished_at = timezone.now()
        enrolment.save(update_fields=["finished_at"])
        signals.finished.send(sender=Enrolment, enrolment=enrolment)


def watch(
    enrolment: Enrolment,
    activity: OutlineActivity,
    position: float,
    seen: list[Interval],
    duration: float,
) -> float:
    """Add what was seen of a video; answers the share seen so far, in per cent.

    Two devices may report at once: parts are merged one report after the other, never replaced.
    The position is that of the report that came last, whichever device sent it.
    """
    with transaction.atomic():
        locked = lock(enrolment)
        row, _created = Watching.objects.get_or_create(enrolment=locked, activity_id=activity.id)
        row.position = min(position, duration)
        row.duration = duration
        row.seen = merged([*((start, end) for start, end in row.seen), *seen])
        row.save()
        locked.last_activity_id, locked.last_at = activity.id, timezone.now()
        locked.save(update_fields=["last_activity_id", "last_at"])
    so_far = share(row.seen, duration)
    rule = activity.completion
    if rule.get("rule") == "watched" and so_far >= rule.get("share", 80):
        complete(enrolment, activity, Completion.How.WATCHED)
    return so_far


def set_bookmark(enrolment: Enrolment, activity: OutlineActivity, bookmarked: bool) -> None:
    """Bookmark the activity, or not."""
    with transaction.atomic():
        Mark.objects.update_or_create(
            enrolment=lock(enrolment),
            activity_id=activity.id,
            defaults={"bookmarked": bookmarked},
        )


class NoteChangedError(PreauError):
    """A note that somebody would overwrite was changed meanwhile; ``mark`` is as it stands."""

    def __init__(self, mark: Mark) -> None:
        super().__init__("the note was changed meanwhile")
        self.mark = mark


def set_note(
    enrolment: Enrolment, activity: OutlineActivity, note: str, seen: str | None = None
) -> None:
    """Keep a private note beside the activity; an empty one takes it away.

    ``seen`` is the fingerprint (``Mark.fingerprint``) of the note that was being changed. Raises
    ``NoteChangedError`` when another one stands there now: nothing is overwritten unseen.
    """
    with transaction.atomic():
        locked = lock(enrolment)
        mark, _created = Mark.objects.get_or_create(enrolment=locked, activity_id=activity.id)
        if seen is not None and mark.note not in {"", note} and mark.fingerprint != seen:
            raise NoteChangedError(mark)
        mark.note = note
        mark.save(update_fields=["note", "updated_at"])


def set_role(enrolment: Enrolment, role: RunRole) -> None:
    """Make somebody learner, tutor or teacher of the run."""
    enrolment.role = role
    enrolment.save(update_fields=["role"])


def set_group(enrolment: Enrolment, group: str) -> None:
    """Put somebody into the group of that name; an empty one takes them out."""
    enrolment.group = group
    enrolment.save(update_fields=["group"])


def set_enrolment_key(run: Run, key: str) -> None:
    """Ask for this key on enrolling, or for none when it is empty."""
    Run.objects.filter(pk=run.pk).update(enrolment_key=key, version=F("version") + 1)
