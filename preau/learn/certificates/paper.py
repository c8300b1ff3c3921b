"""A certificate on paper: an A4 PDF that screen readers can read."""

import json
from pathlib import Path
from typing import cast

from django.core.cache import cache
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from preau.kit.typeset import pdf_of
from preau.learn.certificates.models import Certificate
from preau.learn.certificates.shown import shown

_KEPT = 60  # seconds: anyone with a link may ask again and again; no longer, for it has a name


def paper_of(certificate: Certificate) -> bytes:
    """The PDF. Raises ``TypesetError`` when no font here has some of its letters.

    What it says goes to typst as JSON, so no name can be read as markup.
    """
    key = f"certificate:{certificate.uuid}:{get_language()}:{certificate.revoked_at is not None}"
    return cast("bytes", cache.get_or_set(key, lambda: _set(certificate), _KEPT))


def _set(certificate: Certificate) -> bytes:
    it = shown(certificate)
    contents = {
        "language": get_language(),
        "heading": _("Certificate"),
        "given": _("given to"),
        "name": it.name,
        "for": _("who completed the course"),
        "title": it.title,
        "title_language": it.language,
        "facts": [text for text in (it.run, it.days, it.hours, it.marks) if text],
        "contents": _("What it was about"),
        "sections": it.sections,
        "site": it.site,
        "issued": _("Issued on %(day)s") % {"day": it.issued},
        "revoked": _("Revoked on %(day)s") % {"day": it.revoked} if it.revoked else "",
        "check": _("Signed by the site. Whether it holds is said at"),
        "address": it.address,
        "key": _("Key %(key)s") % {"key": certificate.key.fingerprint},
    }
    source = (Path(__file__).parent / "certificate.typ").read_text(encoding="utf-8")
    return pdf_of(source, {"certificate.json": json.dumps(contents).encode()})
