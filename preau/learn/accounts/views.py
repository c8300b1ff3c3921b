"""My profile and my photo."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from preau.learn.accounts.actions import update_profile
from preau.learn.accounts.forms import ProfileForm
from preau.learn.accounts.models import Person
from preau.learn.accounts.photos import photo_path


def profile(request: HttpRequest) -> HttpResponse:
    """See and change my own profile."""
    person = cast("Person", request.user)
    form = ProfileForm(request.POST or None, request.FILES or None, instance=person)
    if request.method == "POST" and form.is_valid():
        update_profile(
            person, form.cleaned_data["new_photo"], form.cleaned_data.get("remove_photo", False)
        )
        with override(person.language):
            messages.success(request, _("Your profile is saved."))
        response = redirect("accounts:profile")
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
        return response
    if request.method == "POST":
        person.refresh_from_db()
    return render(request, "accounts/profile.html", {"form": form, "person": person})


@require_safe
def photo(request: HttpRequest, uuid: str) -> HttpResponse | FileResponse:
    """Somebody's photo, for anyone who is signed in."""
    person = Person.objects.filter(uuid=uuid).exclude(photo="").first()
    if person is None:
        raise Http404
    try:
        response = FileResponse(photo_path(person.photo).open("rb"), content_type="image/webp")
    except FileNotFoundError:
        raise Http404 from None
    response["Cache-Control"] = "private, max-age=3600"
    return response
