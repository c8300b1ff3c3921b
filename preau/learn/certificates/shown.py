"""A certificate in the reader's language, for a page and for paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from preau.learn.certificates.models import Certificate
from preau.learn.courses.texts import in_language


@dataclass(frozen=True)
class Shown:
    """What it says, as people write it; empty where it says nothing of it."""

    name: str
    title: str
    language: str  # of the course's texts
    run: str
    days: str
    hours: str
    marks: str
    sections: Sequence[str]
    site: str
    address: str
    issued: str
    revoked: str  # the day


def shown(certificate: Certificate) -> Shown:
    """The certificate in the language of the page."""
    says = certificate.content
    title: Mapping[str, str] = says["course"]["title"]
    wanted = get_language() or ""
    zone, revoked = certificate.run.zone, certificate.revoked_at
    return Shown(
        name=says["name"],
        title=in_language(title),
        language=wanted if wanted in title else next(iter(title), ""),
        run=in_language(says["run"]["title"]),
        days=_days(says["run"]),
        hours=_hours(says.get("hours")),
        marks=_marks(says.get("percent")),
        sections=[in_language(it) for it in says["content"]],
        site=says["site"],
        address=says["address"],
        issued=_day(datetime.fromisoformat(says["issued_at"]).astimezone(zone).date()),
        revoked=_day(revoked.astimezone(zone).date()) if revoked is not None else "",
    )


def _days(run: Mapping[str, Any]) -> str:
    days = {name: _day(date.fromisoformat(run[name])) for name in ("starts", "ends") if name in run}
    if len(days) == 2:
        return _("from %(starts)s to %(ends)s") % days
    if "starts" in days:
        return _("from %(starts)s on") % days
    return _("up to %(ends)s") % days if days else ""


def _hours(count: int | None) -> str:
    if count is None:
        return ""
    return ngettext("%(count)s hour of work", "%(count)s hours of work", count) % {"count": count}


def _marks(percent: int | None) -> str:
    return "" if percent is None else _("%(percent)s %% of all marks") % {"percent": percent}


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
