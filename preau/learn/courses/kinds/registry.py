"""Finds the kinds that the settings list."""

from functools import cache
from importlib import import_module

from django.conf import settings

from preau.learn.courses.kinds.kind import Kind


@cache
def all_kinds() -> dict[str, Kind]:
    """Every kind by its key, in the order of the settings."""
    made = [import_module(f"{name}.kind").KIND for name in settings.ACTIVITY_KINDS]
    return {kind.key: kind for kind in made}


def kind_of(key: str) -> Kind:
    """The kind of that key; ``KeyError`` when the site has none."""
    return all_kinds()[key]
