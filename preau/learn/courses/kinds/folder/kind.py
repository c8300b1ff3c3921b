"""Several files to download."""

from collections.abc import Callable, Iterable
from posixpath import normpath
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from preau.learn.courses.kinds.kind import FILE, Content, Kind, Material


class Folder(Kind):
    """Every file of a folder, in order of name."""

    key: ClassVar[str] = "folder"
    name: ClassVar[str | Promise] = _("Folder")
    schema: ClassVar[dict[str, Any]] = {"folder": FILE}
    required: ClassVar[tuple[str, ...]] = ("folder",)

    def expand(self, content: Content, files_below: Callable[[str], list[str]]) -> Content:
        """The folder's files, named."""
        return {**content, "files": files_below(content["folder"])}

    def collapse(self, content: Content) -> Content:
        """Only the folder's name."""
        return {name: value for name, value in content.items() if name != "files"}

    def files(self, content: Content) -> Iterable[str]:
        """All of them."""
        return [str(name) for name in content["files"]]

    def context(self, material: Material) -> dict[str, Any]:
        """Each file with its address and size."""
        start = normpath(material.content["folder"]) + "/"
        return {
            "entries": [
                {
                    "name": name.removeprefix(start),
                    "url": material.file_url(name),
                    "size": material.file_size(name),
                }
                for name in material.content["files"]
            ]
        }


KIND = Folder()
