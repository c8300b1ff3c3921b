"""What certificates keep of a person."""

import json
from collections.abc import Iterator

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from preau.learn.accounts.leaver import Found, Leaver, OwnFile, document
from preau.learn.certificates.models import Certificate

MODELS = (Certificate,)
GOES = {
    "certificates": _("certificates, and the pages that confirm them"),
    "papers": _("certificates on paper, kept for an hour"),
    "revoker": _("the name on certificates that this person revoked"),
}
STAYS = {
    "given": (
        _("certificates that were downloaded or printed"),
        _("Their signature still holds; this site can no longer confirm them."),
    ),
}


def found(who: Leaver) -> Iterator[Found]:
    """Rows, and what is kept in the cache of them."""
    mine = Certificate.objects.filter(enrolment__person=who.id)
    yield Found("certificates", mine.count())
    yield Found("papers", sum(cache.get(key) is not None for key in _papers(who)))
    yield Found("revoker", Certificate.objects.filter(revoked_by=who.id).count())


def staying(who: Leaver) -> Iterator[Found]:
    """What was given may be anywhere."""
    yield Found("given", Certificate.objects.filter(enrolment__person=who.id).count())


def erase(who: Leaver) -> None:
    """The papers first: the rows are how they are found again."""
    cache.delete_many(_papers(who))
    Certificate.objects.filter(enrolment__person=who.id).delete()
    Certificate.objects.filter(revoked_by=who.id).update(revoked_by=None)


def export(who: Leaver) -> Iterator[OwnFile]:
    """What each says, with its signature."""
    rows = Certificate.objects.filter(enrolment__person=who.id).order_by("pk")
    yield document(
        "certificates.json",
        [
            {"says": json.loads(it.says), "key": it.key.fingerprint, "signature": it.signature}
            for it in rows.select_related("key")
        ],
    )


def _papers(who: Leaver) -> list[str]:
    """The keys under which ``certificates.paper`` keeps them."""
    mine = Certificate.objects.filter(enrolment__person=who.id)
    return [
        f"certificate:{uuid}:{language}:{revoked}"
        for uuid in mine.values_list("uuid", flat=True)
        for language, _name in settings.LANGUAGES
        for revoked in (True, False)
    ]
