"""Forms of a run."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from preau.learn.enrolments.models import RunRole


class Note(forms.CharField):
    """A text of several lines; a line's end counts once, as it does in a browser's field."""

    def to_python(self, value: Any) -> str:
        """The text with each line ended by one character."""
        text: str = super().to_python(value) or ""
        return text.replace("\r\n", "\n")


class NoteForm(forms.Form):
    """A private note, and the fingerprint of the one that it replaces."""

    note = Note(max_length=20_000, required=False, strip=True)
    seen = forms.CharField(max_length=16, required=False)


class EnrolmentKeyForm(forms.Form):
    """The key with which people enrol; ``by_folder`` where the course's folder asks for one."""

    key = forms.CharField(
        label=_("Enrolment key"),
        max_length=100,
        required=False,
        help_text=_("Whoever enrols must type it. Leave it empty to let anyone enrol."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, by_folder: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if by_folder:
            self.fields["key"].required = True
            self.fields["key"].help_text = _(
                "Whoever enrols must type it. The course's folder says that this session has one."
            )


class EnrolForm(forms.Form):
    """The key of a run that asks for one."""

    key = forms.CharField(
        label=_("Enrolment key"),
        max_length=100,
        required=False,
        help_text=_("Your teacher gave it to you."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class RoleForm(forms.Form):
    """What somebody is in the run, and their group where learners have some."""

    enrolment = forms.IntegerField(min_value=1)
    role = forms.ChoiceField(choices=RunRole.choices)
    group = forms.CharField(max_length=80, required=False)
