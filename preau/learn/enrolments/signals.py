"""News of enrolments for the apps above."""

from django.dispatch import Signal

enrolled = Signal()  # enrolment
completed = Signal()  # enrolment, activity_id, how
finished = Signal()  # enrolment: everything that counts is complete
