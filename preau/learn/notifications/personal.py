"""What the queue of letters, and the folder of letters, keep of a person."""

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from preau.learn.accounts.leaver import Found, Leaver, OwnFile
from preau.learn.events.folder import replace_safely
from preau.learn.notifications.mail import deliver

MODELS = (DBTaskResult,)
GOES = {
    "letters": _("letters that were queued or sent, as the site kept them"),
    "letter-files": _("letters in the site's folder"),
}
STAYS = {
    "sent": (
        _("letters that were sent"),
        _("They are where they arrived, out of this site's reach."),
    ),
}
_LINE = b"-" * 79 + b"\n"  # that Django's folder writes after each letter
_BETWEEN = re.compile(rb"^-{79}\n", re.MULTILINE)
_BEING_SENT = TaskResultStatus.RUNNING


def found(who: Leaver) -> Iterator[Found]:
    """Rows of the task queue, and files."""
    yield Found("letters", sum(1 for _row in _letters(who)))
    yield Found("letter-files", sum(len(mine) for _path, mine, _rest in _files(who)))


def staying(who: Leaver) -> Iterator[Found]:
    """What went out."""
    yield Found("sent", 0)


def erase(who: Leaver) -> None:
    """All but a letter that is being sent at this moment: its worker wants its row back."""
    gone = [row.pk for row in _letters(who) if row.status != _BEING_SENT]
    DBTaskResult.objects.filter(pk__in=gone).exclude(status=_BEING_SENT).delete()
    for path, mine, rest in _files(who):
        if mine and rest:
            made = path.with_suffix(".tmp")
            made.write_bytes(b"".join(part + _LINE for part in rest))
            replace_safely(made, path)
        elif mine:
            path.unlink(missing_ok=True)


def export(who: Leaver) -> Iterator[OwnFile]:
    """None: the person has them."""
    yield from ()


def _letters(who: Leaver) -> "Iterator[DBTaskResult[Any, Any]]":
    """Letters to the person, and those to others that have their address and are sent already."""
    rows = DBTaskResult.objects.filter(task_path=deliver.module_path)
    for row in rows.order_by("pk").iterator(500):
        raw, _sender, recipients, *_tries = row.args_kwargs["args"]
        waiting = row.status == TaskResultStatus.READY
        if who.is_in(" ".join(recipients)) or (not waiting and _names(raw.encode("latin-1"), who)):
            yield row


def _files(who: Leaver) -> Iterator[tuple[Path, list[bytes], list[bytes]]]:
    """The files of letters, with the letters that name the person and the others."""
    folder = Path(settings.EMAIL_FILE_PATH)
    for path in sorted(folder.glob("*.log")):
        parts = [part for part in _BETWEEN.split(path.read_bytes()) if part.strip()]
        mine = [part for part in parts if _names(part, who)]
        yield path, mine, [part for part in parts if part not in mine]


def _names(raw: bytes, who: Leaver) -> bool:
    """Whether a letter names the person, however its text is encoded."""
    letter = email.message_from_bytes(raw, policy=email.policy.default)
    told = [str(value) for _name, value in letter.items()]
    told += [
        str(part.get_content())
        for part in letter.walk()
        if isinstance(part, EmailMessage) and part.get_content_maintype() == "text"
    ]
    return any(who.is_in(text) for text in told)
