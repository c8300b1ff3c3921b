"""Certificates, what they ask, and the keys that signed them."""

import json
import uuid
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from preau.learn.courses.models import Run
from preau.learn.enrolments.models import Enrolment


class Conditions(models.Model):
    """Whether a run gives certificates, and what they ask. A run without a row gives none.

    ``looked_to`` is the enrolment up to which the catch-up looked (0: it begins), None when it
    has nothing to do; ``version`` tells it that the conditions changed meanwhile.
    """

    run = models.OneToOneField(Run, on_delete=models.CASCADE, related_name="+")
    given = models.BooleanField(default=False)
    least = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=(MinValueValidator(1), MaxValueValidator(100))
    )  # per cent of all marks
    with_marks = models.BooleanField(default=False)  # whether certificates tell the per cent
    looked_to = models.BigIntegerField(null=True)
    version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.run_id}: {'given' if self.given else 'not given'}"


class PublicKey(models.Model):
    """A key that signed certificates; kept for ever, so that they can always be checked."""

    fingerprint = models.CharField(max_length=32, unique=True)
    pem = models.TextField()
    first_used_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.fingerprint


class Certificate(models.Model):
    """What somebody was given for a run, in the words of its day.

    ``says`` is the canonical JSON that was signed, to the byte, and never changes. It stands by
    the enrolment and not by the person: who issues holds that row's lock and needs no other.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.OneToOneField(
        Enrolment, on_delete=models.CASCADE, related_name="certificate"
    )
    # The enrolment's run once more, so that a run's certificates are counted by an index. It is
    # not checked by the database, which would lock the run's row.
    run = models.ForeignKey(
        Run, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    says = models.TextField(editable=False)
    key = models.ForeignKey(PublicKey, on_delete=models.PROTECT, related_name="+")
    signature = models.CharField(max_length=100, editable=False)
    issued_at = models.DateTimeField(editable=False)
    public = models.BooleanField(default=False)  # whether anyone with the link may see it
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reason = models.TextField(blank=True, max_length=500)  # of its revocation

    class Meta:
        indexes = (
            models.Index(fields=("run", "id"), name="certificates_of_run"),
            models.Index(fields=("run", "revoked_at"), name="certificates_that_hold"),
        )

    def __str__(self) -> str:
        return str(self.uuid)

    @cached_property
    def content(self) -> dict[str, Any]:
        """What it says, as an object (see ``certificates.says``)."""
        content: dict[str, Any] = json.loads(self.says)
        return content
