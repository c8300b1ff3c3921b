"""A JSON field that keeps the order of its names on every database.

PostgreSQL's jsonb and MySQL's JSON sort the names of an object; a text in several languages
has its main one first. Such a field is written and read whole, never searched in SQL.
"""

import json
from typing import Any

from django.db import models


class OrderedJSONField(models.TextField):  # type: ignore[type-arg]  # any value that JSON has
    """JSON kept as text; its value is what ``json.loads`` gives."""

    _pyi_private_set_type: Any  # where django-stubs look for a field's types
    _pyi_private_get_type: Any

    def from_db_value(self, value: str | None, *_: object) -> Any:
        """The text of a row as a value."""
        return None if value is None else json.loads(value)

    def to_python(self, value: Any) -> Any:
        """A value as it is, the text of a fixture read."""
        return json.loads(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> str | None:
        """The value as text for the database."""
        return None if value is None else json.dumps(value, ensure_ascii=False)

    def value_to_string(self, obj: models.Model) -> str:
        """The value as text for a fixture."""
        return self.get_prep_value(self.value_from_object(obj)) or ""


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal, the order of their names included."""
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(same(one[name], other[name]) for name in one)
    return bool(one == other)
