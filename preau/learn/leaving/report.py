"""The report of an erasure: what went, how many, what is left, what stays and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from textwrap import fill
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from preau.learn.leaving.everyone import everyone
from preau.learn.leaving.journal import GIVEN_UP, SENT, Erasure


@dataclass(frozen=True)
class Gone:
    """A thing that went; ``left`` was counted afterwards, None while it is under way."""

    key: str
    what: str
    count: int
    left: int | None
    names: tuple[str, ...]


@dataclass(frozen=True)
class Stays:
    """A thing that stays; ``count`` is 0 where nobody counts."""

    key: str
    what: str
    count: int
    why: str
    names: tuple[str, ...]


def gone(erasure: Erasure) -> list[Gone]:
    """All that went, also what there was none of: that is part of the proof."""
    apps = everyone()
    return [
        Gone(
            key=f"{name}.{it.key}",
            what=str(apps[name].GOES[it.key]),
            count=it.count,
            left=None if part.left is None else part.left.get(it.key, 0),
            names=it.names,
        )
        for name, part in erasure.parts.items()
        if name in apps
        for it in part.goes
    ]


def stays(erasure: Erasure) -> list[Stays]:
    """What stays of this person, and why."""
    apps = everyone()
    found = [
        Stays(f"{name}.{it.key}", str(what), it.count, str(why), it.names)
        for name, part in erasure.parts.items()
        if name in apps
        for it in part.stays
        for what, why in (apps[name].STAYS[it.key],)
        if it.count or _always(name, it.key)
    ]
    return [*found, *_of_the_site(erasure)]


def _always(app: str, key: str) -> bool:
    """Whether it is told although nobody counts it."""
    return f"{app}.{key}" in {
        "accounts.wrong-passwords", "bridges.statements", "insights.counts", "notifications.sent",
    }  # fmt: skip


def _of_the_site(erasure: Erasure) -> Iterator[Stays]:
    """What no app knows of."""
    if erasure.lines:
        what = _("today's lines of events, in a file that the site has open")
        why = _("They are removed once the site begins its next day (UTC); it looks every hour.")
        yield Stays("site.lines", what, len(erasure.lines), why, tuple(erasure.lines))
    if connection.vendor != "sqlite":
        what = _("what was deleted, in the files of the database server")
        why = _("It is overwritten when the server needs the room; no query finds it.")
        yield Stays("site.database", what, 0, why, ())
    what, why = _("backups"), _("A backup keeps what it has until it is removed.")
    yield Stays("site.backups", what, 0, why, ())
    what = _("logs of the web server and of the machine")
    why = _("They have network addresses and times; they go when the machine renews its logs.")
    yield Stays("site.logs", what, 0, why, ())
    if erasure.letter == SENT:
        what, why = (
            _("the letter with this report"),
            _("It was sent to the person; here no copy is kept."),
        )
        if settings.MAIL_TRANSPORT.endswith("filebased.EmailBackend"):
            why = _("This site's letters go into its folder; whoever runs it can remove it there.")
        yield Stays("site.letter", what, 1, why, ())
    why = _("It proves that all this was done. It has a number instead of a name.")
    yield Stays("site.report", _("this report"), 1, why, ())


def headline(erasure: Erasure) -> str:
    """How it stands, in a sentence."""
    if not erasure.parts:
        return _("The account is closed. Erasing what was kept has not begun yet.")
    if not erasure.erased_at:
        return _("The account is closed. What was kept is being erased.")
    total = sum(it.count for it in gone(erasure))
    return ngettext(
        "%(count)s thing was erased; looked for again, none was found.",
        "%(count)s things were erased; looked for again, none was found.",
        total,
    ) % {"count": total}


def as_text(erasure: Erasure, dry_run: bool = False) -> str:
    """The report to read in a terminal, a letter or a file."""
    lines = _head(erasure, dry_run)
    lines += ["", _("What would go") if dry_run else _("What went")]
    lines += [_line(it, dry_run) for it in gone(erasure) if it.count]
    lines += ["", _("What would stay, and why") if dry_run else _("What stays, and why")]
    for it in stays(erasure):
        count = f" ({it.count})" if it.count and not it.key.startswith("site.") else ""
        lines.append(f"- {it.what}{count}")
        lines += [_indented(text) for text in (it.why, ", ".join(it.names)) if text]
    return "\n".join(lines) + "\n"


def _indented(text: str) -> str:
    indent = " " * 4
    return fill(text, 78, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def _head(erasure: Erasure, dry_run: bool) -> list[str]:
    if dry_run:
        return [_("Nothing was changed. This is what an erasure would do.")]
    return [headline(erasure), "", *facts(erasure)]


def facts(erasure: Erasure) -> list[str]:
    """What it is about and when it was done, a line each."""
    asked = {"when": _moment(erasure.asked_at), "who": _by_whom(erasure)}
    lines = [
        _("Report: %(reference)s") % {"reference": erasure.reference},
        _("Number of the account: %(number)s") % {"number": erasure.person},
        _("Asked for: %(when)s, %(who)s") % asked,
        _("Erased: %(when)s") % {"when": _moment(erasure.erased_at)}
        if erasure.erased_at
        else _("Erased: not yet"),
    ]
    if erasure.letter == GIVEN_UP:
        lines.append(_("The letter with the report could not be sent."))
    return lines


def _line(it: Gone, dry_run: bool) -> str:
    left = "" if dry_run or it.left is None else f" → {it.left}"
    days = ""
    if it.names:
        days = ngettext(" (on %(count)s day)", " (on %(count)s days)", len(it.names))
        days %= {"count": len(it.names)}
    return f"  {it.count:>7}{left}  {it.what}{days}"


def _by_whom(erasure: Erasure) -> str:
    """Who asked for it."""
    own = erasure.by == "self"
    return _("by the person") if own else _("by whoever runs the site")


def _moment(written: str) -> str:
    """A time of the journal, on the site's clock, with its zone."""
    at = timezone.localtime(datetime.fromisoformat(written))
    return f"{date_format(at, 'DATETIME_FORMAT')} ({at:%Z})"


def as_data(erasure: Erasure) -> dict[str, Any]:
    """The report for programs."""
    return {
        "reference": erasure.reference,
        "person": erasure.person,
        "asked_at": erasure.asked_at,
        "by": erasure.by,
        "erased_at": erasure.erased_at or None,
        "letter": erasure.letter,
        "gone": [vars(it) for it in gone(erasure)],
        "stays": [vars(it) for it in stays(erasure)],
    }
