"""The page of an open attempt, its summary, and its review."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from preau.kit.questions.types.essay import Essay
from preau.learn.courses.outline import OutlineActivity
from preau.learn.courses.texts import in_language
from preau.learn.enrolments.access import Place
from preau.learn.quizzes.models import Attachment, Attempt
from preau.learn.quizzes.pages.question import QuestionOnPage
from preau.learn.quizzes.queries import responses_of
from preau.learn.quizzes.questions import Version, versions_of
from preau.learn.quizzes.review import Shown, phase_of, shown
from preau.learn.quizzes.rules import Rules


@dataclass(frozen=True)
class Paper:
    """An attempt with all its questions, in the order asked."""

    place: Place
    activity: OutlineActivity
    attempt: Attempt
    rules: Rules
    questions: list[QuestionOnPage]

    @property
    def pages(self) -> list[list[QuestionOnPage]]:
        """The questions of each page."""
        size = self.attempt.per_page or len(self.questions) or 1
        found = [self.questions[at : at + size] for at in range(0, len(self.questions), size)]
        return found or [[]]

    @property
    def map(self) -> list[dict[str, Any]]:
        """Every question with the page it is on, for the list beside them."""
        passed = self.attempt.page if self.rules.sequential and self.attempt.is_open else 0
        return [
            {
                "number": it.number, "slot": it.slot, "page": page, "state": it.state,
                "words": it.state_words, "closed": page < passed,
            }
            for page, questions in enumerate(self.pages, 1)
            for it in questions
            if it.number
        ]  # fmt: skip

    @property
    def takes_files(self) -> bool:
        """Whether files may be handed in with any of its answers."""
        return any(it.takes_files for it in self.questions)

    def context(self) -> dict[str, Any]:
        """What every page of the attempt needs."""
        run = self.place.run
        return {
            "run": run,
            "course_title": in_language(run.course.title),
            "title": in_language(self.activity.title),
            "activity": self.activity,
            "attempt": self.attempt,
            "rules": self.rules,
            "map": self.map,
            "unanswered": sum(it.state == "none" for it in self.questions),
        }


def paper_of(
    place: Place,
    activity: OutlineActivity,
    attempt: Attempt,
    rules: Rules,
    now: datetime,
    allowed: Shown | None = None,
) -> Paper:
    """Read the answers of an attempt; shown is what its learner may see, or ``allowed``."""
    rows = {row.slot: row for row in responses_of(attempt)}
    ids = {slot: version for slot, version, _mark in attempt.asked}
    keys = {row.slot: row.marked_as_id for row in rows.values() if row.marked_as_id}
    versions = versions_of([*ids.values(), *keys.values()])
    if allowed is None:
        allowed = shown(rules.review, phase_of(attempt.submitted_at, rules.closes_at, now))
    files = _files_of(attempt, list(versions.values()))
    questions, number = [], 0
    for slot, version_id, mark in attempt.asked:
        version = versions[version_id]
        asks = version.question.type != "description"
        number += asks
        questions.append(
            QuestionOnPage(
                attempt=attempt,
                slot=slot,
                version=version,
                key_version=versions[keys.get(slot, version_id)],
                mark=mark,
                number=str(number) if asks else "",
                response=rows.get(slot),
                shown=allowed,
                run_key=place.run.key,
                key=activity.key,
                editable=attempt.is_open,
                attached=tuple(files.get(slot, ())),
            )
        )
    return Paper(place, activity, attempt, rules, questions)


def _files_of(attempt: Attempt, versions: list[Version]) -> dict[int, list[Attachment]]:
    """What was handed in with the answers, by slot; asked only where a question takes files."""
    found: dict[int, list[Attachment]] = {}
    if any(isinstance(it.body, Essay) and it.body.attachments for it in versions):
        for row in Attachment.objects.filter(attempt=attempt).order_by("pk"):
            found.setdefault(row.slot, []).append(row)
    return found
