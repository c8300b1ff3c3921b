"""News of courses for the apps above."""

from django.dispatch import Signal

imported = (
    Signal()
)  # course: something changed; inside the import's transaction, never in a dry run
