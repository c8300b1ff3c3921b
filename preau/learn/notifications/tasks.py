"""Housekeeping."""

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from django_tasks import task

from preau.learn.accounts.models import Session
from preau.learn.notifications.interrupted import take_back


@task()
def forget_sessions() -> int:
    """Delete the sessions that have expired; answers how many."""
    count, _by_model = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return count


@task()
def forget_old_tasks() -> None:
    """Delete finished tasks after ``tasks.keep_days``."""
    call_command("prune_db_task_results", min_age_days=settings.TASKS_KEEP_DAYS, verbosity=0)


@task()
def take_back_lost_tasks() -> int:
    """Do again what was interrupted on a machine that never came back; answers how many."""
    return take_back()
