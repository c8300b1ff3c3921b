"""What the people of a made-up run answered in its quizzes, in the site's database."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from preau.kit.questions.types import Body
from preau.kit.questions.types.body import Answer
from preau.learn.courses.models import Run
from preau.learn.enrolments.models import Enrolment
from preau.learn.grades.models import Grade
from preau.learn.quizzes.marking import body_in, marked
from preau.learn.quizzes.models import Attempt, Response
from preau.learn.quizzes.plan import Plan, plan_of
from preau.learn.quizzes.questions import Version, versions_of

if TYPE_CHECKING:
    from simulate import Learner, Try

_BATCH = 500  # attempts at once


def keep_answers(run: Run, learners: Sequence["Learner"], seed: int) -> int:
    """Write their attempts, answers and marks, so that each question is hard or easy for all; how
    many attempts there are."""
    people = [it.person for it in learners]
    enrolments = {
        row.person_id: row for row in Enrolment.objects.filter(run=run, person__in=people)
    }
    wanted = [
        (enrolments[it.person], activity, number, one)
        for it in learners
        for activity, tries in it.tries.items()
        for number, one in enumerate(tries, 1)
    ]
    draw, plans, count = random.Random(seed), {}, 0
    for begin in range(0, len(wanted), _BATCH):
        rows: list[tuple[Attempt, list[Response]]] = []
        for enrolment, activity, number, one in wanted[begin : begin + _BATCH]:
            if activity not in plans:
                plans[activity] = plan_of(run.course, activity)
            rows.append(_attempt(plans[activity], enrolment, number, one, draw))
        count += _keep(rows)
    _keep_marks(run, people, plans)
    return count


def _attempt(
    plan: Plan, enrolment: Enrolment, number: int, one: "Try", draw: random.Random
) -> tuple[Attempt, list[Response]]:
    language = next(iter(plan.entries))
    seed = draw.randrange(1, 1_000_000)
    asked = plan.ask(language, seed)
    attempt = Attempt(
        enrolment=enrolment, activity_id=plan.activity_id, number=number, language=language,
        behaviour=plan.rules.behaviour, seed=seed, asked=asked, per_page=plan.rules.per_page,
        started_at=_moment(one.begun), submitted_at=_moment(one.ended),
        out_of=sum(mark for _slot, _version, mark in asked),
    )  # fmt: skip
    versions = versions_of([version for _slot, version, _mark in asked])
    responses = [
        _response(attempt, slot, versions[version], one, draw) for slot, version, _mark in asked
    ]
    marks = {slot: mark for slot, _version, mark in asked}
    attempt.to_mark = sum(it.share is None for it in responses)
    if not attempt.to_mark:
        attempt.mark = max(0.0, sum(marks[it.slot] * (it.share or 0.0) for it in responses))
    return attempt, responses


def _response(
    attempt: Attempt, slot: int, version: Version, one: "Try", draw: random.Random
) -> Response:
    body = body_in(attempt, slot, version)
    hard = random.Random(version.question_id).uniform(-0.3, 0.3)  # the same for everybody
    right = body.solution()
    knows = draw.random() < one.skill - hard
    answer = right if knows and right else _guess(body, draw)
    return Response(
        attempt=attempt, slot=slot, version_id=version.id, answer=answer, done=True,
        share=marked(body, answer).share, to_mark=marked(body, answer).share is None,
        saved_at=attempt.submitted_at,
    )  # fmt: skip


def _guess(body: Body, draw: random.Random) -> Answer:
    """A value for each field, taken by chance."""
    return {
        field: [draw.choice(sorted(values)) if values else "something"]
        for field, values in body.fields().items()
        if draw.random() < 0.95
    }


@transaction.atomic
def _keep(rows: list[tuple[Attempt, list[Response]]]) -> int:
    made = Attempt.objects.bulk_create([attempt for attempt, _responses in rows])
    responses: list[Response] = []
    for attempt, (_asked, of_attempt) in zip(made, rows, strict=True):
        for it in of_attempt:
            it.attempt = attempt
        responses += of_attempt
    Response.objects.bulk_create(responses, batch_size=1000)
    return len(made)


@transaction.atomic
def _keep_marks(run: Run, people: Sequence[int], plans: dict[int, Plan]) -> None:
    """The mark that counts, of each learner in each quiz."""
    shares: dict[tuple[int, int], list[tuple[float, float]]] = {}
    rows: Any = Attempt.objects.filter(
        enrolment__run=run, enrolment__person__in=people, mark__isnull=False
    ).order_by("number")
    for enrolment, activity, mark, out_of in rows.values_list(
        "enrolment_id", "activity_id", "mark", "out_of"
    ):
        shares.setdefault((enrolment, activity), []).append((mark / (out_of or 1), out_of))
    grades = []
    for (enrolment, activity), found in shares.items():
        rules = plans[activity].rules
        whole = rules.out_of or found[-1][1]
        share = rules.counting([share for share, _out_of in found]) or 0.0
        grades.append(
            Grade(
                enrolment_id=enrolment, activity_id=activity, mark=share * whole, out_of=whole
            )
        )
    Grade.objects.bulk_create(grades, batch_size=1000)


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
