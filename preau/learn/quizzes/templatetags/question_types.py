"""``{{ question.type|type_name }}``: what people call a type of question."""

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()

NAMES = {
    "choice": _("choice"),
    "true-false": _("true or false"),
    "short-answer": _("short answer"),
    "numerical": _("number"),
    "matching": _("matching"),
    "ordering": _("ordering"),
    "gaps": _("words into gaps"),
    "markers": _("markers on an image"),
    "cloze": _("embedded answers"),
    "calculated": _("calculated"),
    "essay": _("essay"),
    "description": _("text without a question"),
}


@register.filter
def type_name(key: str) -> str:
    """The name of a type; its key where it has none."""
    return str(NAMES.get(key, key))
