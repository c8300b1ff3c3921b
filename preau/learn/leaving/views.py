"""My data as an archive; the way out, and the report at its end."""

import tempfile
from collections.abc import Callable
from typing import cast
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from preau.learn.accounts.models import Person
from preau.learn.events.record import record
from preau.learn.leaving.erasing import LastOneError, begin, refuse_last
from preau.learn.leaving.everyone import everyone
from preau.learn.leaving.exporting import write_archive
from preau.learn.leaving.forms import LeaveForm
from preau.learn.leaving.journal import Erasure, erasure_of
from preau.learn.leaving.report import as_text, facts, gone, headline, stays
from preau.learn.leaving.tasks import erase_person

View = Callable[..., HttpResponseBase]
# The password is asked for again when the form is sent; reading needs none.
_password_again = cast("Callable[[View], View]", reauthentication_required(allow_get=True))


@require_http_methods(["GET", "HEAD", "POST"])
@_password_again
def leave(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays; then close the account and begin to erase."""
    person = cast("Person", request.user)
    form = LeaveForm(person, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            erasure = begin(person, "self")
        except LastOneError:
            form.add_error(None, _last_one())
        else:
            erase_person.enqueue(erasure.reference)
            logout(request)
            return redirect("leaving:left", erasure.reference)
    apps = everyone().values()
    context = {
        "form": form,
        "last_one": _is_last(person),
        "goes": [what for app in apps for what in app.GOES.values()],
        "stays": [it for app in apps for it in app.STAYS.values()],
    }
    return render(request, "leaving/leave.html", context)


def _is_last(person: Person) -> str:
    try:
        refuse_last(person)
    except LastOneError:
        return _last_one()
    return ""


def _last_one() -> str:
    return _(
        "You are the last one with your role on this site. Whoever runs it has to give the role to "
        "somebody else first."
    )


@require_http_methods(["GET", "HEAD", "POST"])
@_password_again
def archive(request: HttpRequest) -> HttpResponseBase:
    """Say what is in the archive; then hand it out."""
    if request.method != "POST":
        return render(request, "leaving/archive.html", {})
    person = cast("Person", request.user)
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the answer closes it)
    write_archive(person, file)
    file.seek(0)
    record(request, "downloaded", result={"path": "my-data.zip"})
    response = FileResponse(file, as_attachment=True, filename=_("my-data.zip"))
    response.headers["Cache-Control"] = "no-store"
    return response


@never_cache
@require_safe
def left(request: HttpRequest, reference: UUID) -> HttpResponse:
    """The report of an erasure, for who has its address."""
    erasure = _erasure(reference)
    context = {
        "erasure": erasure,
        "headline": headline(erasure),
        "facts": facts(erasure),
        "gone": [it for it in gone(erasure) if it.count],
        "stays": stays(erasure),
    }
    return render(request, "leaving/left.html", context)


@never_cache
@require_safe
def report(request: HttpRequest, reference: UUID) -> HttpResponse:
    """The same as a text to keep."""
    text = as_text(_erasure(reference))
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{reference}.txt"'
    return response


def _erasure(reference: UUID) -> Erasure:
    found = erasure_of(str(reference))
    if found is None:
        raise Http404
    return found
