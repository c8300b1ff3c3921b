"""What a quiz's attempts tell those who teach: the picture, the indices, the rows of a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Max, QuerySet, Sum

from preau.kit.questions import analysis
from preau.learn.courses.models import Run
from preau.learn.quizzes.marking import body_in
from preau.learn.quizzes.models import Attempt, Response
from preau.learn.quizzes.questions import Version, versions_of

WHICH = ("first", "last", "best")  # of each learner's attempts
BINS = 20
_KEPT = 24 * 3600  # seconds
_AT_ONCE = 500


def finished(run: Run, activity_id: int) -> QuerySet[Attempt]:
    """The attempts that are handed in and count."""
    return Attempt.objects.filter(
        enrolment__run=run, activity=activity_id, submitted_at__isnull=False, trial=False
    )


def analysis_of(run: Run, activity_id: int, which: str) -> dict[str, Any]:
    """``quiz``, ``slots`` and ``histogram``; computed when an attempt came or a mark changed.

    Of each learner one attempt is taken: the first, as [Moodle] recommends, unless asked
    otherwise.
    """
    rows = finished(run, activity_id)
    stamp = rows.aggregate(
        count=Count("pk"), last=Max("submitted_at"), sum=Sum("mark"), waiting=Sum("to_mark")
    )
    key = f"quiz-analysis-2:{run.pk}:{run.version}:{activity_id}:{which}:{_plain(stamp)}"
    found: dict[str, Any] | None = cache.get(key)
    if found is None:
        found = _analyse(list(rows.order_by("enrolment_id", "number")), which)
        cache.set(key, found, _KEPT)
    return found


def _plain(stamp: dict[str, Any]) -> str:
    """The same words in every worker for the same state of the attempts."""
    last = stamp["last"]
    moment = last.timestamp() if last is not None else ""
    return f"{stamp['count']}-{moment}-{stamp['sum']}-{stamp.get('waiting', '')}"


def _analyse(attempts: list[Attempt], which: str) -> dict[str, Any]:
    chosen = one_of_each(attempts, which)
    known = _known(chosen)
    out_of = known.out_of
    found = analysis.analyse(out_of, known.attempts, known.guesses)
    total = sum(out_of)
    return {
        "quiz": found.quiz,
        "slots": [
            {
                "slot": slot,
                "item": item,
                "name": known.names[slot][0],
                "others": known.names[slot][1],
                "out_of": greatest,
            }
            for slot, (item, greatest) in enumerate(zip(found.slots, out_of, strict=True), 1)
            if greatest > 0 and slot in known.names
        ],
        "histogram": analysis.histogram(analysis.totals_of(known.attempts), total, BINS),
        "waiting": sum(it.mark is None for it in attempts),
    }


def one_of_each(attempts: list[Attempt], which: str) -> list[Attempt]:
    """One attempt of each learner; ``attempts`` are in the order of learners and numbers."""
    found: dict[int, Attempt] = {}
    for it in attempts:
        there = found.get(it.enrolment_id)
        if (
            there is None
            or which == "last"
            or (which == "best" and (it.mark or 0.0) > (there.mark or 0.0))
        ):
            found[it.enrolment_id] = it
    return list(found.values())


@dataclass(frozen=True)
class _Known:
    """Attempts as the analysis wants them."""

    out_of: list[float]
    attempts: list[analysis.Attempt]
    guesses: dict[str, float | None]
    names: dict[int, tuple[str, int]]  # by slot: of a question, and how many others are drawn


def _known(attempts: list[Attempt]) -> _Known:
    slots = max((slot for it in attempts for slot, _version, _mark in it.asked), default=0)
    out_of = [0.0] * slots
    versions = versions_of(sorted({version for it in attempts for _s, version, _m in it.asked}))
    shares = {
        (attempt, slot): share
        for start in range(0, len(attempts), _AT_ONCE)
        for attempt, slot, share in Response.objects.filter(
            attempt__in=[it.pk for it in attempts[start : start + _AT_ONCE]]
        ).values_list("attempt_id", "slot", "share")
    }
    names: dict[int, dict[str, None]] = {}
    taken = []
    for it in attempts:
        marks: list[float | None] = [None] * slots
        keys = [""] * slots
        for slot, version, mark in it.asked:
            share = shares.get((it.pk, slot), 0.0)
            marks[slot - 1] = None if share is None else share * mark
            keys[slot - 1] = str(versions[version].question_id)
            out_of[slot - 1] = max(out_of[slot - 1], mark)
            names.setdefault(slot, {})[versions[version].question.name] = None
        taken.append(analysis.Attempt(marks, keys))
    guesses = {str(it.question_id): it.body.guess() for it in versions.values()}
    return _Known(out_of, taken, guesses, {slot: _together(list(it)) for slot, it in names.items()})


def _together(names: list[str]) -> tuple[str, int]:
    """The question of a slot; of those drawn in it, one and how many others."""
    return min(names), len(names) - 1


@dataclass(frozen=True)
class Asked:
    """A question of one slot, and what was answered to it."""

    version: Version
    answers: tuple[analysis.Chosen, ...]
    solution: str


def answers_of(run: Run, activity_id: int, slot: int, which: str) -> list[Asked]:
    """For each question that was asked in the slot, its answers: the most frequent first."""
    attempts = one_of_each(
        list(finished(run, activity_id).order_by("enrolment_id", "number")), which
    )
    rows: dict[int, Response] = {
        row.attempt_id: row
        for start in range(0, len(attempts), _AT_ONCE)
        for row in Response.objects.filter(
            slot=slot, attempt__in=[it.pk for it in attempts[start : start + _AT_ONCE]]
        )
    }
    by_version: dict[int, list[tuple[analysis.Attempt, Version]]] = {}
    for it in attempts:
        asked = {there: version for there, version, _mark in it.asked}
        if slot not in asked:
            continue
        version = versions_of([asked[slot]])[asked[slot]]
        row = rows.get(it.pk)
        said = body_in(it, slot, version).summary(row.answer) if row is not None else ""
        one = analysis.Attempt([it.mark or 0.0], [str(version.id)], [(said or "–",)])
        by_version.setdefault(version.id, []).append((one, version))
    found = []
    for pairs in by_version.values():
        version = pairs[0][1]
        (answers,) = analysis.distractors(1, [one for one, _version in pairs], most=30)
        found.append(Asked(version, answers, version.body.summary(version.body.solution())))
    return sorted(found, key=lambda it: it.version.question.name)


RESPONSE_COLUMNS = {
    "name": "VARCHAR", "email": "VARCHAR", "group": "VARCHAR", "attempt": "INTEGER",
    "language": "VARCHAR", "started": "TIMESTAMP", "submitted": "TIMESTAMP", "slot": "INTEGER",
    "question": "VARCHAR", "version": "INTEGER", "type": "VARCHAR", "answer": "VARCHAR",
    "share": "DOUBLE", "mark": "DOUBLE", "out_of": "DOUBLE",
}  # fmt: skip


def response_rows(run: Run, activity_id: int) -> Iterator[list[str]]:
    """A row for each answer of each attempt handed in, as texts; times are UTC."""
    after = 0
    rows = finished(run, activity_id).select_related("enrolment__person").order_by("pk")
    while page := list(rows.filter(pk__gt=after)[:_AT_ONCE]):
        answers = {
            (row.attempt_id, row.slot): row for row in Response.objects.filter(attempt__in=page)
        }
        versions = versions_of(sorted({it for a in page for _s, it, _m in a.asked}))
        for attempt in page:
            for slot, version, mark in attempt.asked:
                row = answers.get((attempt.pk, slot))
                yield _response_row(attempt, slot, versions[version], mark, row)
        after = page[-1].pk


def _response_row(
    attempt: Attempt, slot: int, version: Version, mark: float, row: Response | None
) -> list[str]:
    person, share = attempt.enrolment.person, row.share if row is not None else 0.0
    said = body_in(attempt, slot, version).summary(row.answer) if row is not None else ""
    times = [
        "" if it is None else it.strftime("%Y-%m-%d %H:%M:%S")
        for it in (attempt.started_at, attempt.submitted_at)
    ]
    return [
        person.name, person.email, attempt.enrolment.group, str(attempt.number),
        attempt.language, *times, str(slot), version.question.name, str(version.number),
        version.question.type, said,
        *("" if it is None else f"{it:.10g}" for it in
          (share, None if share is None else share * mark, mark)),
    ]  # fmt: skip
