"""Reading enrolments."""

from typing import Any, TypedDict, cast

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Concat

from preau.learn.accounts.models import Person
from preau.learn.courses.models import Activity, Run
from preau.learn.courses.outline import Outline
from preau.learn.courses.runs import run_at
from preau.learn.courses.texts import in_language
from preau.learn.enrolments.models import Enrolment, Mark, Watching
from preau.learn.prepared import Prepared


class NotebookEntry(TypedDict):
    """What somebody keeps beside one activity."""

    key: str  # of the activity; empty once the course no longer has it
    title: str
    mark: Mark


def notebook_of(enrolment: Enrolment, outline: Outline) -> list[NotebookEntry]:
    """Bookmarks and notes in the course's order; last the notes on what it no longer has."""
    marks = {
        mark.activity_id: mark
        for mark in Mark.objects.filter(enrolment=enrolment)
        if mark.bookmarked or mark.note
    }
    entries: list[NotebookEntry] = [
        {"key": it.key, "title": in_language(it.title), "mark": marks.pop(it.id)}
        for it in outline.pages
        if it.id in marks
    ]
    gone = Activity.objects.filter(pk__in=marks).order_by("position") if marks else ()
    return entries + [
        {"key": "", "title": in_language(it.title), "mark": marks[it.pk]}
        for it in gone
        if marks[it.pk].note
    ]


def with_versions(rows: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """The enrolments, each with the versions by which ``bring_run`` finds its run."""
    return rows.annotate(run_version=F("run__version"), course_version=F("run__course__version"))


def with_beside(rows: QuerySet[Enrolment], activity_key: str) -> QuerySet[Enrolment]:
    """The enrolments, each with what is kept beside the activity of that key.

    ``mark`` is None, or the note behind 1 for a bookmark and 0 for none; ``position`` None, or
    the second at which a video was left.
    """
    here = {
        "enrolment": OuterRef("pk"),
        "activity__key": activity_key,
        # Said again so that PostgreSQL begins with the one activity instead of a merge of all.
        "activity__course": OuterRef("run__course_id"),
    }
    # One text and no JSON: whether SQLite has JSON, Django asks in a transaction, and a locked
    # database would say no for as long as the process lives.
    bookmark = Case(When(bookmarked=True, then=Value("1")), default=Value("0"))
    mark = Mark.objects.filter(**here).values(it=Concat(bookmark, "note", output_field=TextField()))
    return rows.annotate(
        mark=Subquery(mark[:1]),
        position=Subquery(Watching.objects.filter(**here).values("position")[:1]),
    )


def bring_run(enrolment: Any) -> Enrolment:
    """Give an enrolment of ``with_versions`` its run and course."""
    enrolment.run = run_at(enrolment.run_id, enrolment.run_version, enrolment.course_version)
    return cast("Enrolment", enrolment)


MOST_RUNS = 100  # that a dashboard shows

_enrolments_of = Prepared(
    lambda person_id: with_versions(
        Enrolment.objects.filter(person_id=person_id, active=True).order_by(
            F("last_at").desc(nulls_last=True), "-id"
        )[:MOST_RUNS]
    ),
    int,
)


def enrolments_of(person: Person) -> list[Enrolment]:
    """The runs somebody follows, those they worked in last first."""
    return [bring_run(enrolment) for enrolment in _enrolments_of.all(person.pk)]


def people_of(run: Run, after: int = 0, count: int = 50, words: str = "") -> list[Enrolment]:
    """The people of a run, ``count`` at a time, those enrolled first first.

    ``after`` is the id of the last enrolment of the page before: the cost of a page is the
    same for the first and for the thousandth. ``words`` finds those whose name has them or
    whose address begins with them.
    """
    rows = Enrolment.objects.filter(run=run, active=True, pk__gt=after)
    if words:
        found = Q(person__name__icontains=words) | Q(person__email__startswith=words.lower())
        rows = rows.filter(found)
    return list(rows.select_related("person").order_by("pk")[:count])
