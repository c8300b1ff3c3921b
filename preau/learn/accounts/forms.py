"""Sign-up and profile forms."""

from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from preau.learn.accounts.models import Person
from preau.learn.accounts.photos import read_photo


class SignUpForm(forms.Form):
    """What sign-up asks beyond address and password (allauth adds those)."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("As it should stand on your certificate."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["name", "email", "password1"]

    def signup(self, request: HttpRequest, user: Person) -> None:
        """Nothing more to do: the adapter keeps the name."""


def _zones() -> list[tuple[str, str]]:
    names = sorted(
        name for name in available_timezones() if "/" in name and not name.startswith("Etc/")
    )
    return [
        ("", _("The site's (%(zone)s)") % {"zone": settings.TIME_ZONE}),
        *((n, n.replace("_", " ")) for n in names),
    ]


class ProfileForm(forms.ModelForm[Person]):
    """What people may change about themselves."""

    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)
    language = forms.ChoiceField(label=_("Language"))
    new_photo = forms.FileField(
        label=_("Photo"),
        required=False,
        help_text=_("JPEG, PNG or WebP; it is cut to a square."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    remove_photo = forms.BooleanField(label=_("Remove my photo"), required=False)

    class Meta:
        model = Person
        fields = ("name", "about", "language", "time_zone")
        widgets = {"about": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["time_zone"].choices = _zones()  # type: ignore[attr-defined]
        self.fields["language"].choices = settings.LANGUAGES  # type: ignore[attr-defined]
        if self.instance.language not in dict(settings.LANGUAGES):
            self.initial["language"] = get_language()  # that of the page they read
        if not self.instance.photo:
            del self.fields["remove_photo"]

    def clean_new_photo(self) -> bytes | None:
        """The photo as a clean square, or None when none was sent."""
        sent = self.cleaned_data.get("new_photo")
        return read_photo(sent) if isinstance(sent, UploadedFile) else None
