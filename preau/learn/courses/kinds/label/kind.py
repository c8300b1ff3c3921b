"""A short text in the outline."""

from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from preau.learn.courses.kinds.kind import Kind


class Label(Kind):
    """Shown between the activities; has no page of its own and nothing to complete."""

    key: ClassVar[str] = "label"
    name: ClassVar[str | Promise] = _("Label")
    body: ClassVar[str] = "required"
    completion: ClassVar[dict[str, Any]] = {"rule": "none"}
    completions: ClassVar[frozenset[str]] = frozenset({"none"})
    has_page: ClassVar[bool] = False


KIND = Label()
