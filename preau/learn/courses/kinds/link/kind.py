"""A place on the web."""

from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from preau.learn.courses.kinds.kind import Kind, Material

# http or https, a host or an IPv6 address, perhaps a port; then anything but spaces and quotes.
_ADDRESS = (
    r"^https?://([\w.-]+|\[[0-9A-Fa-f]*(:[0-9A-Fa-f.]*){2,}\])(:[0-9]{1,5})?"
    r"([/?#][^\s<>\"']*)?$"
)


class Link(Kind):
    """An address outside the site, with a text that says why to go there."""

    key: ClassVar[str] = "link"
    name: ClassVar[str | Promise] = _("Link")
    schema: ClassVar[dict[str, Any]] = {
        "url": {"type": "string", "pattern": _ADDRESS, "maxLength": 2000}
    }
    required: ClassVar[tuple[str, ...]] = ("url",)

    def context(self, material: Material) -> dict[str, Any]:
        """The address and its host, shown so that nobody is surprised."""
        url = str(material.content["url"])
        try:
            host = urlsplit(url).hostname or url
        except ValueError:  # an IPv6 address that is none
            host = url
        return {"url": url, "host": host}


KIND = Link()
