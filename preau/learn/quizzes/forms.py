"""Forms about quizzes."""

from typing import Any

from django import forms
from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _

from preau.kit.questions.formats import FORMATS
from preau.kit.questions.reading import AUTO
from preau.kit.questions.types.numerical import read_number
from preau.learn.courses.models import Run
from preau.learn.enrolments.models import Enrolment


class NumberField(forms.CharField):
    """A number as people write it: 3.5 and 3,5."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}), **more
        )

    def prepare_value(self, value: Any) -> Any:
        """A number in the page's language, without decimals that say nothing."""
        if not isinstance(value, float):
            return value
        text = f"{value:.4f}".rstrip("0").rstrip(".")
        return text.replace(".", str(get_format("DECIMAL_SEPARATOR")))

    def to_python(self, value: Any) -> Any:
        """The number; None for nothing."""
        text = str(value or "").strip()
        if not text:
            return None
        read = read_number(text)
        if read is None or read[1]:
            raise forms.ValidationError(_("“%(text)s” is not a number.") % {"text": text[:40]})
        return read[0]


class MarkForm(forms.Form):
    """The mark of one answer, and a comment for its learner."""

    use_required_attribute = False  # the rubric's levels may say the mark instead
    mark = NumberField(label=_("Mark"))
    comment = forms.CharField(
        label=_("Comment for the learner"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, most: float, required: bool = True, **more: Any) -> None:
        super().__init__(*args, **more)
        self.most = most
        self.fields["mark"].required = required  # not where the rubric's levels say it

    def clean_mark(self) -> float | None:
        """Between nothing and the question's whole mark."""
        mark: float | None = self.cleaned_data["mark"]
        if mark is not None and not 0 <= mark <= self.most:
            said = _("The mark must be between 0 and %(most)g.")
            raise forms.ValidationError(said % {"most": self.most})
        return mark


class OverrideForm(forms.Form):
    """Whom other rules are for, and what they are; an empty field leaves the rule as it is."""

    email = forms.EmailField(label=_("Learner (e-mail address)"), required=False)
    group = forms.CharField(label=_("or group"), required=False, max_length=80)
    opens_at = forms.DateTimeField(label=_("Opens"), required=False)
    closes_at = forms.DateTimeField(label=_("Closes"), required=False)
    minutes = forms.IntegerField(
        label=_("Time limit in minutes"),
        required=False,
        min_value=0,
        max_value=525_600,
        help_text=_("0: no limit."),
    )
    attempts = forms.IntegerField(
        label=_("Attempts"), required=False, min_value=0, max_value=1000,
        help_text=_("0: any number."),
    )  # fmt: skip
    access_key = forms.CharField(
        label=_("Access key"),
        required=False,
        max_length=100,
        help_text=_("Learners must type it to begin."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, run: Run, **more: Any) -> None:
        super().__init__(*args, **more)
        self.run = run
        self.enrolment: Enrolment | None = None
        for name in ("opens_at", "closes_at"):
            self.fields[name].widget = forms.DateTimeInput(
                attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            )

    def clean_email(self) -> str:
        """An address of somebody in the run."""
        email = str(self.cleaned_data["email"]).strip().lower()
        if email:
            rows = Enrolment.objects.filter(run=self.run, active=True, person__email=email)
            self.enrolment = rows.first()
            if self.enrolment is None:
                raise forms.ValidationError(_("Nobody with this address follows the session."))
        return email

    def clean(self) -> dict[str, Any]:
        """One or the other, at least one rule, and an end after its beginning."""
        cleaned = super().clean() or {}
        group = " ".join(str(cleaned.get("group", "")).split())
        cleaned["group"], cleaned["enrolment"] = group, self.enrolment
        if group and cleaned.get("email"):
            raise forms.ValidationError(_("Name a learner or a group, not both."))
        rows = Enrolment.objects.filter(run=self.run, active=True)
        if group and not rows.filter(group=group).exists():
            self.add_error("group", _("No learner of the session is in this group."))
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("It must close after it opens."))
        if not self.errors and all(self._is_empty(it) for it in self.rules().values()):
            raise forms.ValidationError(_("Say at least one rule that differs."))
        return cleaned

    @staticmethod
    def _is_empty(value: object) -> bool:
        return value is None or value == ""

    def rules(self) -> dict[str, Any]:
        """The fields of ``Override``."""
        names = ("opens_at", "closes_at", "minutes", "attempts", "access_key")
        return {name: self.cleaned_data.get(name) for name in names} | {
            "access_key": self.cleaned_data.get("access_key") or ""
        }


class ImportForm(forms.Form):
    """A file of questions; whether to only look what would become of them."""

    file = forms.FileField(label=_("File of questions"), max_length=400)
    format = forms.ChoiceField(label=_("Format"), choices=())
    dry_run = forms.BooleanField(
        label=_("Only show what would become of each question"), required=False, initial=True
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        formats: Any = self.fields["format"]
        formats.choices = [(AUTO, _("as the file looks")), *((name, name) for name in FORMATS)]
