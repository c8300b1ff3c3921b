"""What enrolments keep of a person."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from preau.learn.accounts.leaver import Found, Leaver, OwnFile, table
from preau.learn.enrolments.models import Completion, Enrolment, Mark, RunRole, Watching

MODELS = (Enrolment, Completion, Watching, Mark)
GOES = {
    "enrolments": _("enrolments in courses, and roles there"),
    "completions": _("activities completed"),
    "videos": _("how far videos were watched"),
    "marks": _("private notes and bookmarks"),
}
STAYS = {
    "taught": (
        _("sessions taught or tutored"),
        _(
            "What is in them is the course's and its learners'; the role there ends. Where the "
            "name stands among the course's teachers, who keeps the course has to take it off."
        ),
    ),
    "without-teacher": (
        _("sessions that have no teacher now"),
        _("Only a manager of the site can name another."),
    ),
}
_TEACHING = (RunRole.TEACHER, RunRole.TUTOR)


def found(who: Leaver) -> Iterator[Found]:
    """Rows, all of them below the enrolments."""
    yield Found("enrolments", Enrolment.objects.filter(person=who.id).count())
    below = {"enrolment__person": who.id}
    yield Found("completions", Completion.objects.filter(**below).count())
    yield Found("videos", Watching.objects.filter(**below).count())
    yield Found("marks", Mark.objects.filter(**below).count())


def staying(who: Leaver) -> Iterator[Found]:
    """The runs where they taught."""
    mine = Enrolment.objects.filter(person=who.id, active=True, role__in=_TEACHING)
    taught = tuple(mine.order_by("run__key").values_list("run__key", flat=True))
    others = Enrolment.objects.filter(active=True, role=RunRole.TEACHER).exclude(person=who.id)
    led = set(others.filter(run__key__in=taught).values_list("run__key", flat=True))
    own = mine.filter(role=RunRole.TEACHER).order_by("run__key")
    alone = [key for key in own.values_list("run__key", flat=True) if key not in led]
    yield Found("taught", len(taught), taught)
    yield Found("without-teacher", len(alone), tuple(alone))


def erase(who: Leaver) -> None:
    """The enrolments, and what is below."""
    Enrolment.objects.filter(person=who.id).delete()


def export(who: Leaver) -> Iterator[OwnFile]:
    """A file for each kind of row; what one wrote stands in ``notes.csv``."""
    rows = Enrolment.objects.filter(person=who.id).order_by("pk")
    columns = ("run__key", "role", "active", "group", "enrolled_at", "last_at", "finished_at")
    header = ("session", "role", "active", "group", "enrolled", "last_work", "finished")
    yield table("courses.csv", header, rows.values_list(*columns))
    of = ("enrolment__run__key", "activity__key")
    where = ("session", "activity")
    for path, model, more in (
        ("completed.csv", Completion, ("how", "completed_at")),
        ("videos.csv", Watching, ("position", "duration", "seen", "updated_at")),
        ("notes.csv", Mark, ("bookmarked", "note", "updated_at")),
    ):
        found = model._default_manager.filter(enrolment__person=who.id).order_by("pk")
        yield table(path, (*where, *more), found.values_list(*of, *more))
