"""The letters that the site sends, as their readers get them."""

import email
import email.policy
import re
from email.message import EmailMessage
from pathlib import Path

from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

_BETWEEN = re.compile(rb"^-{79}\n", re.MULTILINE)  # what Django's folder writes after each letter

# Its own loop would close the connection between two tasks, and a test's transaction with it.
_WORKER = Worker(
    queue_names=["default"],
    interval=0,
    batch=True,
    backend_name="default",
    startup_delay=False,
    max_tasks=None,
    worker_id="tests",
    excluded_queue_names=[],
)


class Letters:
    """Lets the task worker do what is queued and reads what it delivered."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def arrived(self) -> list[EmailMessage]:
        """The letters delivered since the last time, in no certain order."""
        for waiting in DBTaskResult.objects.ready():
            waiting.claim(_WORKER.worker_id)
            _WORKER.run_task(waiting)
        found = []
        for path in sorted(self.folder.glob("*.log")):
            parts = [part for part in _BETWEEN.split(path.read_bytes()) if part.strip()]
            found += [email.message_from_bytes(it, policy=email.policy.default) for it in parts]
            path.unlink()
        return found

    def only(self) -> EmailMessage:
        """The one letter delivered since the last time."""
        (letter,) = self.arrived()
        return letter


def text(letter: EmailMessage) -> str:
    """What the letter says, on one line: where it is broken is its writer's business."""
    return " ".join(letter.get_content().split())


def link(letter: EmailMessage) -> str:
    """The path of the one address in the letter."""
    (found,) = re.findall(r"http://testserver(/account/[^\s)]+)", letter.get_content())
    return found
