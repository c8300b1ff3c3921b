"""What grades keep of a person."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from preau.learn.accounts.leaver import Found, Leaver, OwnFile, Words, table
from preau.learn.grades.models import Grade

MODELS = (Grade,)
GOES = {"grades": _("marks of activities")}
STAYS: dict[str, tuple[Words, Words]] = {}


def found(who: Leaver) -> Iterator[Found]:
    """A row for each graded activity."""
    yield Found("grades", Grade.objects.filter(enrolment__person=who.id).count())


def staying(who: Leaver) -> Iterator[Found]:
    """Nothing."""
    yield from ()


def erase(who: Leaver) -> None:
    """All of them."""
    Grade.objects.filter(enrolment__person=who.id).delete()


def export(who: Leaver) -> Iterator[OwnFile]:
    """The marks that count."""
    rows = Grade.objects.filter(enrolment__person=who.id).order_by("pk")
    columns = ("enrolment__run__key", "activity__key", "mark", "out_of", "updated_at")
    header = ("session", "activity", "mark", "out_of", "changed")
    yield table("marks.csv", header, rows.values_list(*columns))
