"""One line about a certificate, on the course page and on the dashboard."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from preau.learn.accounts.permissions import Role
from preau.learn.certificates.conditions import Standing, conditions_of, standings_of
from preau.learn.certificates.models import Certificate
from preau.learn.certificates.queries import certificate_of, certificates_of
from preau.learn.courses.outline import outline_of
from preau.learn.enrolments.access import Place
from preau.learn.enrolments.models import Enrolment
from preau.learn.theme.page import icon


def on_run_page(place: Place) -> str:
    """My certificate, or what is missing, as HTML; nothing where the run gives none."""
    enrolment, conditions = place.enrolment, conditions_of(place.run)
    if enrolment is None or place.role != Role.LEARNER or conditions.pk is None:
        return ""
    certificate = certificate_of(enrolment)
    if certificate is not None:
        return _button(certificate)
    if not conditions.given:
        return ""
    standing = standings_of(place.run, conditions, [enrolment])[enrolment.pk]
    return _line(place.run.key, _missing(standing))


def certificates_on_cards(enrolments: Sequence[Enrolment]) -> dict[int, Certificate]:
    """The certificates of these enrolments: one query, or none where no run ever gave any."""
    some = [it for it in enrolments if conditions_of(it.run).pk is not None]
    return certificates_of(some) if some else {}


def on_card(enrolment: Enrolment, certificate: Certificate | None) -> str:
    """The same in a list of runs, where marks are not added up: that would take a query each."""
    run = enrolment.run
    if certificate is not None:
        return _button(certificate)
    if enrolment.role != Role.LEARNER or not conditions_of(run).given:
        return ""
    total = len(outline_of(run.course).to_complete)
    return _line(run.key, _missing(Standing(total, max(0, total - enrolment.completed_count))))


def _line(run_key: str, words: str) -> str:
    url = reverse("certificates:mine", args=[run_key])
    return f'<p class="meta">{icon("certificate")} <a href="{url}">{escape(words)}</a></p>'


def _button(certificate: Certificate) -> str:
    url = reverse("certificates:certificate", args=[certificate.uuid])
    words = _("My certificate was revoked") if certificate.revoked_at else _("My certificate")
    of = f"{icon('certificate')} {escape(words)}"
    return f'<p><a class="button button-secondary" href="{url}">{of}</a></p>'


def _missing(standing: Standing) -> str:
    if standing.left:
        return ngettext(
            "Certificate: %(count)s activity to go",
            "Certificate: %(count)s activities to go",
            standing.left,
        ) % {"count": standing.left}
    if standing.least is not None and not standing.earned:
        return _("Certificate: you have %(percent)s %% of all marks, it asks for %(least)s %%") % {
            "percent": standing.percent or 0, "least": standing.least,
        }  # fmt: skip
    return _("Certificate: see what is missing")
