"""What the scheduler remembers."""

from django.db import models


class Due(models.Model):
    """The last period in which a scheduled task was enqueued."""

    key = models.CharField(max_length=60, primary_key=True)
    period = models.BigIntegerField()

    def __str__(self) -> str:
        return self.key
