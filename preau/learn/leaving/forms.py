"""The form of who wants to leave."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from preau.learn.accounts.models import Person


class LeaveForm(forms.Form):
    """Asks for what nobody types by accident."""

    address = forms.CharField(
        label=gettext_lazy("Type your e-mail address to confirm"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )

    def __init__(self, person: Person, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.person = person

    def clean_address(self) -> str:
        """The address they sign in with."""
        address: str = self.cleaned_data["address"].strip().lower()
        if address != self.person.email:
            raise forms.ValidationError(
                _("This is not the address of your account, which is %(address)s.")
                % {"address": self.person.email}
            )
        return address
