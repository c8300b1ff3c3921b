"""Forms of certificates."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from preau.learn.enrolments.forms import Note


class ConditionsForm(forms.Form):
    """What a run asks; without marks where nothing in the course earns one."""

    given = forms.BooleanField(
        label=_("Give a certificate to whoever completes the session"),
        required=False,
        help_text=_("Completed is: all activities that count are."),
    )
    least = forms.IntegerField(
        label=_("And has at least so many per cent of all marks"),
        required=False,
        min_value=1,
        max_value=100,
        help_text=_("What was not done earns nothing. Leave it empty to ask for no marks."),
    )
    with_marks = forms.BooleanField(label=_("Certificates tell the per cent"), required=False)

    def __init__(self, *args: Any, total: int, marked: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.total = total
        if not marked:
            del self.fields["least"], self.fields["with_marks"]

    def clean_given(self) -> bool:
        """Only where somebody could ever get one."""
        given = bool(self.cleaned_data["given"])
        if given and not self.total:
            raise forms.ValidationError(
                _("Nothing in this course can be completed, so nobody could get a certificate.")
            )
        return given

    def conditions(self) -> dict[str, Any]:
        """What ``set_conditions`` takes."""
        return {
            "given": self.cleaned_data["given"],
            "least": self.cleaned_data.get("least"),
            "with_marks": self.cleaned_data.get("with_marks", False),
        }


class RevocationForm(forms.Form):
    """Why a certificate is taken back."""

    reason = Note(
        label=_("Reason"),
        max_length=500,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The learner reads it. Others only see that it was revoked, and when."),
    )
