"""Questions ready to be asked, kept in memory: a version never changes."""

from dataclasses import dataclass
from functools import lru_cache, partial

from django.http import Http404

from preau.kit.questions.question import FILES, Question, question_from
from preau.kit.questions.types import Body
from preau.learn.courses.rich_text.from_html import from_html
from preau.learn.courses.rich_text.render import resolve
from preau.learn.quizzes.models import QuestionVersion
from preau.learn.theme.stencil import Shelf


@dataclass(frozen=True)
class Version:
    """One version of a question, without the bytes of its files."""

    id: int
    question_id: int
    course_id: int
    number: int
    question: Question
    files: dict[str, str]  # SHA-256 by name

    @property
    def body(self) -> Body:
        """What depends on its type."""
        return self.question.body


_versions: Shelf[Version] = Shelf(3000)


def version_of(version_id: int) -> Version:
    """A version by its id; 404 if there is none."""
    return versions_of([version_id])[version_id]


def versions_of(ids: list[int]) -> dict[int, Version]:
    """Versions by id: those not in memory are read at once."""
    found = {pk: _versions.peek(pk) for pk in ids}
    missing = [pk for pk, version in found.items() if version is None]
    if missing:
        for row in QuestionVersion.objects.filter(pk__in=missing).select_related("question"):
            found[row.pk] = _versions.take(row.pk, partial(_ready, row))
    if None in found.values():
        raise Http404
    return {pk: version for pk, version in found.items() if version is not None}


def _ready(row: QuestionVersion) -> Version:
    question = question_from(row.data)
    course_id = row.question.course_id
    return Version(row.pk, row.question_id, course_id, row.version, question, dict(row.files))


@lru_cache(maxsize=20_000)
def rich(html: str, files: str) -> str:
    """A text of a question as clean HTML; its own files are found below the address ``files``."""

    def file_url(name: str) -> str:
        return f"{files}{name.removeprefix(FILES)}"

    return resolve(from_html(html), file_url, lambda _key: "")
