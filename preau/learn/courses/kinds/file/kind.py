"""One file to download."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from preau.learn.courses.kinds.kind import FILE_BY_LANGUAGE, Content, Kind, Material, localised


class File(Kind):
    """A file, the same for all or one a language."""

    key: ClassVar[str] = "file"
    name: ClassVar[str | Promise] = _("File")
    schema: ClassVar[dict[str, Any]] = {"file": FILE_BY_LANGUAGE}
    required: ClassVar[tuple[str, ...]] = ("file",)

    def files(self, content: Content) -> Iterable[str]:
        """The file, or one for each language."""
        value = content["file"]
        return [value] if isinstance(value, str) else list(value.values())

    def context(self, material: Material) -> dict[str, Any]:
        """The file to offer in this language."""
        name = localised(material.content["file"], material.language)
        return {
            "name": name.rsplit("/", 1)[-1],
            "url": material.file_url(name),
            "size": material.file_size(name),
        }


KIND = File()
