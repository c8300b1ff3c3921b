"""What a kind of activity is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.functional import Promise

from preau.learn.theme.stencil import Filling

Content = dict[str, Any]


class MaterialError(Exception):
    """A file that a kind can't take: ``file`` as the course names it, ``line`` from 1."""

    def __init__(self, file: str, line: int, message: str) -> None:
        super().__init__(message)
        self.file, self.line, self.message = file, line, message


@dataclass
class Material:
    """One activity in one language, ready to be shown."""

    content: Content
    language: str
    html: str  # its own text, links resolved
    derived: dict[str, Any]
    file_url: Callable[[str], str]  # name in the section's folder → address
    file_size: Callable[[str], int] = field(default=lambda _name: 0)  # → bytes


class Kind:
    """A kind; the neighbours override what differs.

    ``content`` is the activity's own part of section.yaml as plain data, file names relative
    to the section's folder, the text of ``<key>.<language>.md`` under ``body``.
    """

    key: ClassVar[str]
    name: ClassVar[str | Promise]
    body: ClassVar[str] = "optional"  # "required", "optional" or "none"
    schema: ClassVar[dict[str, Any]] = {}  # JSON Schema of the kind's own fields
    required: ClassVar[tuple[str, ...]] = ()
    completion: ClassVar[dict[str, Any]] = {"rule": "view"}  # when section.yaml says nothing
    completions: ClassVar[frozenset[str]] = frozenset({"view", "manual", "none"})
    has_page: ClassVar[bool] = True  # False: shown in the outline itself
    dated: ClassVar[bool] = False  # whether a run may say when it opens and closes
    graded: ClassVar[bool] = False  # whether what is done in it earns a mark
    personal: ClassVar[bool] = False  # whether its page has a part for each person

    @property
    def template(self) -> str:
        """The template that shows the activity's own part."""
        return f"kinds/{self.key}.html"

    def expand(self, content: Content, files_below: Callable[[str], list[str]]) -> Content:
        """Content with what its folder tells; ``files_below`` lists a folder's files."""
        return content

    def collapse(self, content: Content) -> Content:
        """Content as it stands in section.yaml: the inverse of ``expand``."""
        return content

    def files(self, content: Content) -> Iterable[str]:
        """The names of all files the activity needs."""
        return ()

    def derive(
        self, content: Content, language: str, read: Callable[[str], bytes]
    ) -> dict[str, Any]:
        """What is read from the files once, at import; raises ``MaterialError`` for a bad one."""
        return {}

    def words(self, content: Content, derived: dict[str, Any]) -> str:
        """Words to be found by the search, beyond the title and the text."""
        return ""

    def losses(self, derived: dict[str, Any]) -> list[str]:
        """What its files lost on the way in, as their author accepted: a sentence each."""
        return []

    def context(self, material: Material) -> dict[str, Any]:
        """What the template needs besides ``material``."""
        return {}

    def personal_part(self, request: HttpRequest, activity_key: str) -> Filling:
        """HTML for the hole ``personal`` of its template, for who asks (``request.place``)."""
        return ""


def localised(value: str | dict[str, str], language: str) -> str:
    """A file that may differ by language: the one of that language, else the first."""
    if isinstance(value, str):
        return value
    return value.get(language) or next(iter(value.values()))


FILE: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": 300}
FILE_BY_LANGUAGE: dict[str, Any] = {
    "oneOf": [
        FILE,
        {"type": "object", "additionalProperties": FILE, "minProperties": 1},
    ]
}
