"""What quizzes keep of a person."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from preau.learn.accounts.leaver import Found, Leaver, OwnFile, document
from preau.learn.courses.storage import ANSWERS, content_path, forget_content
from preau.learn.quizzes.models import Attachment, Attempt, Override, Response

MODELS = (Attempt, Response, Attachment, Override)
GOES = {
    "attempts": _("attempts at quizzes"),
    "answers": _("answers to questions"),
    "files": _("files handed in with answers"),
    "rules": _("rules of quizzes for this person alone: more time, other dates"),
    "marker": _("the name on answers that this person marked"),
}
STAYS = {
    "marked": (
        _("marks and comments given to learners"),
        _("They are the learners'. They no longer say who gave them."),
    ),
}


def found(who: Leaver) -> Iterator[Found]:
    """Attempts with all that is in them, and marks given to others."""
    yield Found("attempts", Attempt.objects.filter(enrolment__person=who.id).count())
    below = {"attempt__enrolment__person": who.id}
    yield Found("answers", Response.objects.filter(**below).count())
    yield Found("files", _attachments(who).count())
    yield Found("rules", Override.objects.filter(enrolment__person=who.id).count())
    yield Found("marker", Response.objects.filter(marked_by=who.id).count())


def staying(who: Leaver) -> Iterator[Found]:
    """What they marked."""
    yield Found("marked", Response.objects.filter(marked_by=who.id).count())


def erase(who: Leaver) -> None:
    """Contents of files before their rows: a row is how they are found again."""
    mine = _attachments(who)
    for digest in set(mine.values_list("digest", flat=True)):
        others = Attachment.objects.filter(digest=digest).exclude(attempt__enrolment__person=who.id)
        forget_content(digest, ANSWERS, others.exists)
    Attempt.objects.filter(enrolment__person=who.id).delete()
    Override.objects.filter(enrolment__person=who.id).delete()
    Response.objects.filter(marked_by=who.id).update(marked_by=None)


def export(who: Leaver) -> Iterator[OwnFile]:
    """Every attempt with its answers, and the files that were handed in."""
    rows = Attempt.objects.filter(enrolment__person=who.id).order_by("pk")
    rows = rows.select_related("enrolment__run", "activity").prefetch_related("responses")
    yield document("quizzes.json", [_told(attempt) for attempt in rows])
    for it in _attachments(who).select_related("attempt__activity").order_by("pk"):
        path = content_path(it.digest, ANSWERS)
        if path.exists():
            key = it.attempt.activity.key
            yield OwnFile(f"files/{key}-{it.attempt.number}-{it.slot}-{it.pk}-{it.name}", path)


def _attachments(who: Leaver) -> QuerySet[Attachment]:
    return Attachment.objects.filter(attempt__enrolment__person=who.id)


def _told(attempt: Attempt) -> dict[str, Any]:
    """An attempt; its marks only once it is handed in, and all are there."""
    return {
        "session": attempt.enrolment.run.key,
        "quiz": attempt.activity.key,
        "number": attempt.number,
        "started": attempt.started_at,
        "handed_in": attempt.submitted_at,
        "answers": [
            {"question": it.slot, "answer": it.answer, "saved": it.saved_at}
            for it in sorted(attempt.responses.all(), key=lambda it: it.slot)
        ],
    }
