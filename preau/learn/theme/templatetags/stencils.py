"""``{% hole "done" activity.key %}``: a place that each request fills."""

from django import template
from django.utils.safestring import SafeString

from preau.learn.theme import stencil

register = template.Library()


@register.simple_tag
def hole(*parts: object) -> SafeString:
    """A hole named by its parts, joined by colons: ``done:what-is-a-signal``."""
    return stencil.hole(":".join(str(part) for part in parts))
