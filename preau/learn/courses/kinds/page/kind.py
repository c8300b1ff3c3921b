"""A page to read."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from preau.learn.courses.kinds.kind import Kind


class Page(Kind):
    """Rich text; nothing else."""

    key: ClassVar[str] = "page"
    name: ClassVar[str | Promise] = _("Page")
    body: ClassVar[str] = "required"


KIND = Page()
