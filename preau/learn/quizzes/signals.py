"""News of quizzes for the apps above."""

from django.dispatch import Signal

# enrolment, activity_id, mark (None: none counts any more), out_of; within the transaction
marked = Signal()
