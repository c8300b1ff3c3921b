"""``db_worker``: the task worker, which begins with what its predecessor could not finish."""

from typing import Any

from django_tasks_db.management.commands import db_worker

from preau.learn.notifications.interrupted import take_back


class Command(db_worker.Command):
    """Of two workers that run at the same time, none may have the other's ``--worker-id``."""

    def handle(self, *, worker_id: str, **options: Any) -> None:
        """Take back, then work."""
        take_back(worker_id)
        super().handle(worker_id=worker_id, **options)
