"""``{{ attempt.mark|mark }}``, ``{{ item.facility|percent }}``: numbers as people write them."""

from django import template
from django.utils.formats import get_format

register = template.Library()


@register.filter
def mark(value: float | None) -> str:
    """At most two decimals and none that is nothing, by the page's language: 12, 12,5, 0.33."""
    if value is None:
        return "–"
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    text = "0" if text == "-0" else text.replace("-", "−")
    return text.replace(".", str(get_format("DECIMAL_SEPARATOR")))


@register.filter
def percent(value: float | None) -> str:
    """A share in whole per cent: 0.613 → 61 %."""
    if value is None:
        return "–"
    return f"{round(100 * value)}\u00a0%".replace("-", "−")
