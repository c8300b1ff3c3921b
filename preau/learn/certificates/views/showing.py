"""A certificate as a page, on paper and as a file; the keys by which it is checked."""

import json
import logging
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from preau.kit.typeset import TypesetError
from preau.learn.certificates.access import certificate_for, is_own, own_certificate, teaches
from preau.learn.certificates.actions import set_public
from preau.learn.certificates.models import Certificate, PublicKey
from preau.learn.certificates.paper import paper_of
from preau.learn.certificates.shown import shown
from preau.learn.events.record import record
from preau.learn.events.schema import Event

logger = logging.getLogger(__name__)


@require_safe
def certificate(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What it says, whether it holds, and for its holder whether others may see it."""
    found = certificate_for(request, uuid)
    own = is_own(request, found)
    context = {
        "certificate": found,
        "shown": shown(found),
        "own": own,
        "tells_reason": own or teaches(request, found),
    }
    record(request, "viewed", **_event(found, own))
    return _private(render(request, "certificates/certificate.html", context), found)


@require_safe
def pdf(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The same on paper."""
    found = certificate_for(request, uuid)
    try:
        content = paper_of(found)
    except TypesetError as error:
        logger.warning("The certificate %s can't be set on paper: %s", found.uuid, error)
        messages.error(
            request,
            _("This site has no font for some letters here. Print the page instead."),
        )
        return redirect("certificates:certificate", uuid)
    own = is_own(request, found)
    record(request, "downloaded", **_event(found, own, path="certificate.pdf"))
    return _download(HttpResponse(content, content_type="application/pdf"), found, "pdf")


@require_safe
def signed_file(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What was signed, with the signature."""
    found = certificate_for(request, uuid)
    data = {
        "certificate": found.content,
        "key": found.key.fingerprint,
        "signature": found.signature,
    }
    if found.revoked_at is not None:
        data["revoked_at"] = found.revoked_at.isoformat(timespec="seconds")
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    own = is_own(request, found)
    record(request, "downloaded", **_event(found, own, path="certificate.json"))
    return _download(HttpResponse(text, content_type="application/json"), found, "json")


@require_POST
def make_public(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let anyone with the link see it, or nobody."""
    found = own_certificate(request, uuid)
    public = request.POST.get("public") == "1"
    set_public(found, public)
    record(request, "changed", **_event(found, own=True, uuid=str(found.uuid), public=public))
    messages.success(
        request,
        _("Anyone with the link can see your certificate now.")
        if public
        else _("Only you and your teachers can see your certificate now."),
    )
    return redirect("certificates:certificate", uuid)


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """How a certificate is checked, and with which keys."""
    rows = PublicKey.objects.order_by("-first_used_at", "-pk")
    record(request, "viewed")
    return render(request, "certificates/keys.html", {"keys": rows})


@require_safe
def keys_file(request: HttpRequest) -> HttpResponse:
    """All public keys as PEM, the last first."""
    rows = PublicKey.objects.order_by("-first_used_at", "-pk")
    text = "".join(rows.values_list("pem", flat=True))
    response = HttpResponse(text, content_type="application/x-pem-file")
    response.headers["Content-Disposition"] = 'attachment; filename="certificate-keys.pem"'
    return response


def _event(found: Certificate, own: bool, **result: object) -> Event:
    """Its run is where its holder is; who looks at somebody's certificate is on the site only."""
    event: Event = {"result": result} if result else {}
    if own:
        event.update({"run": found.run_id, "role": "learner"})
    return event


def _download(response: HttpResponse, found: Certificate, form: str) -> HttpResponse:
    name = f"{found.run.key}-{str(found.uuid)[:8]}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return _private(response, found)


def _private(response: HttpResponse, found: Certificate) -> HttpResponse:
    """Neither a cache nor a search engine keeps a name, for it may be private again tomorrow."""
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
