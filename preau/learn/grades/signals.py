"""News of marks for the apps above."""

from django.dispatch import Signal

kept = Signal()  # enrolment, activity_id: another mark counts; within the transaction
