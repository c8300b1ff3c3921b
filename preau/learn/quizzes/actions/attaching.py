"""Files handed in with an answer."""

from datetime import datetime
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from preau.kit.errors import PreauError
from preau.kit.questions.types.essay import Essay
from preau.learn.courses.storage import ANSWERS, content_path, keep_bytes
from preau.learn.quizzes.actions.answering import lock_open
from preau.learn.quizzes.answers import FILES
from preau.learn.quizzes.marking import share_of
from preau.learn.quizzes.models import Attachment, Attempt, Response
from preau.learn.quizzes.questions import Version
from preau.learn.quizzes.rules import Rules

MOST_FILES = 20  # of one answer, where the question sets no bound


class FileRefusedError(PreauError):
    """Why a file was not taken, in a sentence for the learner."""


def attach(
    attempt: Attempt,
    slot: int,
    version: Version,
    files: list[UploadedFile],
    rules: Rules,
    now: datetime,
) -> None:
    """Keep the files with the answer, all or none; one of the same name takes its place.

    Raises ``FileRefusedError``, and ``AttemptClosedError`` as answers do.
    """
    body = version.body
    if not isinstance(body, Essay) or not body.attachments:
        raise FileRefusedError(_("This question takes no files."))
    kept = [
        (_checked(file, body), keep_bytes(file.read(), ANSWERS), file.size or 0) for file in files
    ]
    with transaction.atomic():
        locked = lock_open(attempt, rules, now)
        rows = Attachment.objects.filter(attempt=locked, slot=slot)
        rows.filter(name__in=[name for name, _digest, _size in kept]).delete()
        most = body.attachments if body.attachments > 0 else MOST_FILES
        if rows.count() + len(kept) > most:
            raise FileRefusedError(
                _("At most %(most)s files can be handed in here; remove one first.")
                % {"most": most}
            )
        for name, digest, size in kept:
            Attachment.objects.create(
                attempt=locked, slot=slot, name=name, digest=digest, size=size
            )
        _tell(locked, slot, version, now)
    for file, (_name, digest, _size) in zip(files, kept, strict=True):
        if not content_path(digest, ANSWERS).exists():  # who had the same one was just erased
            file.seek(0)
            keep_bytes(file.read(), ANSWERS)


def detach(
    attempt: Attempt, attachment_id: int, versions: dict[int, Version], rules: Rules, now: datetime
) -> None:
    """Take a file away again."""
    with transaction.atomic():
        locked = lock_open(attempt, rules, now)
        row = Attachment.objects.filter(attempt=locked, pk=attachment_id).first()
        if row is not None and row.slot in versions:
            row.delete()
            _tell(locked, row.slot, versions[row.slot], now)


def _checked(file: UploadedFile, body: Essay) -> str:
    """The name it is kept under."""
    name = "".join(it for it in PurePath(file.name or "").name if it.isprintable())[-200:]
    ending = PurePath(name).suffix.lower()
    wanted = {f".{it.lower().lstrip('.')}" for it in body.file_types}
    if wanted and ending not in wanted:
        said = _("“%(name)s” is of another kind; this question takes %(wanted)s.")
        raise FileRefusedError(said % {"name": name[:60], "wanted": ", ".join(sorted(wanted))})
    return name or "file"


def _tell(attempt: Attempt, slot: int, version: Version, now: datetime) -> None:
    """Write into the answer which files there are."""
    names = list(
        Attachment.objects.filter(attempt=attempt, slot=slot)
        .order_by("pk")
        .values_list("name", flat=True)
    )
    row = Response.objects.filter(attempt=attempt, slot=slot).first()
    row = row or Response(attempt=attempt, slot=slot, version_id=version.id)
    answer = {name: values for name, values in row.answer.items() if name != FILES}
    row.answer = answer | ({FILES: names} if names else {})
    row.share = share_of(attempt, slot, version, row.answer, row.tries)
    row.to_mark, row.saved_at = row.share is None, now
    row.revision += 1
    row.save()
