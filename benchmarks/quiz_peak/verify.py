"""What the database has after a run; a process of its own, for it loads Django.

``python -m benchmarks.quiz_peak.verify FILE`` in the site: FILE is JSON, for each learner an object
of ``enrolment`` (its id), ``attempt`` (its number; 0: not told), ``acknowledged`` and ``under_way``
(answers by slot). Prints a JSON object: how many attempts were ``handed_in``, how many ``answers``
were compared, and ``failures``.
"""

import json
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

django.setup()

from benchmarks.quiz_peak.course import MINUTES  # noqa: E402
from preau.learn.quizzes.marking import body_in, order_of  # noqa: E402
from preau.learn.quizzes.masks import mask_of  # noqa: E402
from preau.learn.quizzes.models import Attempt, Response  # noqa: E402
from preau.learn.quizzes.questions import version_of  # noqa: E402

_LIMIT = timedelta(minutes=MINUTES)


def attempt_failures(learner: dict[str, Any], attempts: list[Attempt]) -> list[str]:
    """What is wrong with a learner's attempts: there must be one, handed in, of the whole time."""
    if len(attempts) != 1:
        return [f"{len(attempts)} attempts of a learner instead of 1"]
    (attempt,) = attempts
    found = []
    if learner["attempt"] and attempt.number != learner["attempt"]:
        found.append("an attempt that its learner was not told of")
    if attempt.submitted_at is None:
        found.append("an attempt that was not handed in")
    elif attempt.by_server or attempt.mark is None:
        found.append("an attempt that the server closed, or left without a mark")
    if attempt.due_at is None or attempt.due_at - attempt.started_at != _LIMIT:
        found.append("an attempt whose time is not the whole limit")
    return found


def as_kept(attempt: Attempt, slot: int, answer: dict[str, list[str]]) -> dict[str, list[str]]:
    """An answer as its page named it, by the author's numbers."""
    version = {there: version for there, version, _mark in attempt.asked}[slot]
    body = body_in(attempt, slot, version_of(version))
    mask = mask_of(body, order_of(attempt, slot))
    names = {mask.name(name): name for name in body.fields()}
    return {names[name]: mask.kept(names[name], values) for name, values in answer.items()}


def answer_failures(learner: dict[str, Any], attempt: Attempt, kept: dict[int, Any]) -> list[str]:
    """Answers that the site acknowledged and has not, or has otherwise.

    One that was under way when its learner gave up may stand, or not.
    """
    acknowledged, under_way = (
        {int(slot): as_kept(attempt, int(slot), it) for slot, it in learner[what].items()}
        for what in ("acknowledged", "under_way")
    )
    found = []
    for slot, answer in acknowledged.items():
        if slot not in kept:
            found.append("an acknowledged answer that is lost")
        elif kept[slot] not in (answer, under_way.get(slot, answer)):
            found.append("an acknowledged answer that stands otherwise in the database")
    others = {slot for slot, answer in kept.items() if answer} - set(acknowledged)
    strange = [slot for slot in others if kept[slot] != under_way.get(slot)]
    return found + ["an answer that nobody gave"] * len(strange)


def main() -> None:
    """Compare everything."""
    learners = json.loads(Path(sys.argv[1]).read_text())
    attempts: dict[int, list[Attempt]] = {}
    for attempt in Attempt.objects.all():
        attempts.setdefault(attempt.enrolment_id, []).append(attempt)
    kept: dict[int, dict[int, Any]] = {}
    for row in Response.objects.select_related("attempt"):
        kept.setdefault(row.attempt.enrolment_id, {})[row.slot] = row.answer
    failures, handed_in, answers = [], 0, 0
    for learner in learners:
        enrolment = learner["enrolment"]
        own = attempts.get(enrolment, [])
        handed_in += any(it.submitted_at is not None for it in own)
        answers += len(learner["acknowledged"])
        failures += attempt_failures(learner, own)
        for attempt in own[:1]:
            failures += answer_failures(learner, attempt, kept.get(enrolment, {}))
    print(json.dumps({"handed_in": handed_in, "answers": answers, "failures": failures}))


if __name__ == "__main__":
    main()
