"""Certificates as a Django app."""

from typing import Any

from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    """Certificates: earned, signed, shown, checked."""

    name = "preau.learn.certificates"
    label = "certificates"

    def ready(self) -> None:
        """Listen to whatever may be the last thing that was missing."""
        from preau.learn.enrolments.signals import completed, enrolled, finished
        from preau.learn.grades.signals import kept

        for news in (completed, enrolled, finished, kept):
            news.connect(_look, dispatch_uid="look-for-certificate")


def _look(sender: type, **news: Any) -> None:
    from preau.learn.certificates.actions import look_at

    look_at(news["enrolment"])
