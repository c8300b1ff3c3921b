"""Tasks that were interrupted go back into the queue.

The worker takes only what is READY: a task whose worker was killed would stay RUNNING for ever,
and one is FAILED whose worker was told twice to end or whose database went away. Here they
become READY again. Tasks are safe to run twice; a letter that comes twice is better than none.
"""

import logging
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django_tasks.base import TaskResult, TaskResultStatus
from django_tasks_db.models import DBTaskResult

logger = logging.getLogger(__name__)

LOST_AFTER = timedelta(hours=1)  # longer than any task takes; then its machine never came back
_LONGEST_PAUSE = 60  # minutes
_INTERRUPTED = (
    "builtins.SystemExit",
    "builtins.KeyboardInterrupt",
    "django.db.utils.DatabaseError",
    "django.db.utils.InterfaceError",
    "django.db.utils.InternalError",
    "django.db.utils.OperationalError",
)


def take_back(worker_id: str = "") -> int:
    """Make READY what was interrupted; answers how many tasks.

    ``worker_id`` is that of a worker which now starts: what a worker of that id has RUNNING was
    left by its predecessor. What others have RUNNING is theirs until ``LOST_AFTER``.
    """
    lost = timezone.now() - LOST_AFTER
    running = Q(status=TaskResultStatus.RUNNING)
    failed = Q(status=TaskResultStatus.FAILED, exception_class_path__in=_INTERRUPTED)
    rows = DBTaskResult.objects.filter(running | failed & Q(finished_at__gte=lost))
    return sum(
        _again(row)
        for row in rows
        if row.status == TaskResultStatus.FAILED
        or row.worker_ids[-1:] == [worker_id]
        or (row.started_at is not None and row.started_at < lost)
    )


def look_at_end(sender: object, task_result: TaskResult[object], **_more: object) -> None:
    """Receives ``task_finished``: take the task back if it was interrupted."""
    failed = Q(status=TaskResultStatus.FAILED, exception_class_path__in=_INTERRUPTED)
    for row in DBTaskResult.objects.filter(failed, pk=task_result.id):
        _again(row)


def _again(row: DBTaskResult[..., object]) -> bool:
    """Make it READY, unless it has changed meanwhile.

    At once the first time; then with growing pauses, for it may be what kills its workers.
    """
    pause = timedelta(minutes=min(len(row.worker_ids) - 1, _LONGEST_PAUSE))
    same = DBTaskResult.objects.filter(pk=row.pk, status=row.status, started_at=row.started_at)
    taken = same.update(
        status=TaskResultStatus.READY,
        run_after=timezone.now() + pause,
        finished_at=None,
        exception_class_path="",
        traceback="",
    )
    if taken:
        logger.warning("The task %s (%s) was interrupted; it is done again.", row.pk, row.task_path)
    return bool(taken)
