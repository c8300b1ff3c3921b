"""Deleting what nobody has work in, keeping out of sight what somebody has."""

from django.db import models, transaction
from django.db.models import ProtectedError


def remove_or_keep(row: models.Model, flag: str) -> bool:
    """Delete the row, or set its ``flag`` when other rows protect it; True if it was kept.

    Learners' work points to activities and runs with ``on_delete=PROTECT``: the database
    itself knows what must stay.
    """
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError:
        setattr(row, flag, True)
        row.save(update_fields=[flag])
        return True
    return False
