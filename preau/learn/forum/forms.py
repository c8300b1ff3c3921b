"""Forms of a forum."""

from secrets import token_hex
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from preau.learn.forum.models import LONGEST
from preau.learn.forum.text import html_of
from preau.learn.theme.stencil import without_holes


class Lines(forms.CharField):
    """A text of several lines; a line's end counts once, as it does in a browser's field."""

    def to_python(self, value: Any) -> str:
        """The text with each line ended by one character."""
        text: str = super().to_python(value) or ""
        return without_holes(text.replace("\r\n", "\n"))


class PostForm(forms.Form):
    """A post. ``nonce`` is new in each form that is shown, and comes back with what is sent."""

    text = Lines(
        label=_("Your post"),
        max_length=LONGEST,
        help_text=_(
            "**bold**, *italic*, `code`, $f = 1/T$ for a formula, lists and links as in Markdown."
        ),
        error_messages={
            "required": _("Nothing is written yet: write your post, then send it."),
            "max_length": _(
                "A post has at most %(limit_value)s characters, and this one has %(show_value)s: "
                "shorten it, or send it in two."
            ),
        },
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    nonce = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, run_key: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.run_key = run_key
        self.fields["nonce"].initial = token_hex(8)

    def clean_text(self) -> str:
        """A text of which something can be shown."""
        text: str = self.cleaned_data["text"]
        if not html_of(text, self.run_key):
            raise forms.ValidationError(
                _("Nothing of this can be shown: write it as text, without HTML.")
            )
        return text

    def clean_nonce(self) -> str:
        """A form that has none is like no other."""
        return self.cleaned_data["nonce"] or token_hex(8)


class ThreadForm(PostForm):
    """A new thread: its title and its first post."""

    field_order = ("title", "text")
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        help_text=_("Your question in one line, so that others find it."),
        error_messages={
            "required": _("Give the thread a title: your question in one line."),
            "max_length": _(
                "A title has at most %(limit_value)s characters, and this one has %(show_value)s."
            ),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_title(self) -> str:
        """One line."""
        return without_holes(" ".join(self.cleaned_data["title"].split()))


class EditForm(PostForm):
    """A post of one's own, changed; ``seen`` is the version that the change began from."""

    seen = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)


class HideForm(forms.Form):
    """Why a post is hidden; whoever reads the thread reads it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Everybody in the session can read it, the author first."),
        error_messages={"required": _("Say why the post is hidden; its author will want to know.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
