"""Answers as they are given, sent by the page's script."""

import json
from datetime import datetime
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from preau.kit.questions.types.body import Answer
from preau.learn.enrolments.access import place_of
from preau.learn.quizzes.access import own_attempt, plan_in, quiz_in
from preau.learn.quizzes.actions.answering import (
    AttemptClosedError,
    Change,
    save_answers,
)
from preau.learn.quizzes.answers import AnswerError, read_sent
from preau.learn.quizzes.marking import behaviour_of, body_in, order_of
from preau.learn.quizzes.masks import mask_of
from preau.learn.quizzes.models import Attempt
from preau.learn.quizzes.questions import Version, versions_of
from preau.learn.quizzes.rules import Rules
from preau.learn.quizzes.views.attempting import note

_MOST = 200  # answers in one request


@require_POST
def answers(request: HttpRequest, run_key: str, key: str, number: int) -> JsonResponse:
    """Keep answers: JSON ``{"answers": [{"slot": 3, "base": "…", "answer": {…}}]}``.

    Answers 200 with ``saved`` (the key of each answer that stands) and ``conflicts`` (what the
    server has instead); 409 once the attempt is closed; 400 for what no page of ours sends.
    """
    place = place_of(request)
    activity = quiz_in(place, key)
    _plan, rules = plan_in(place, activity)
    attempt, now = own_attempt(place, activity, number, rules), timezone.now()
    try:
        changes, versions = _read(request.body, attempt, rules)
        saved = save_answers(attempt, changes, versions, rules, now)
    except (ValueError, KeyError, TypeError, ArithmeticError, RecursionError, AnswerError) as error:
        said = str(error) if isinstance(error, AnswerError) else _("This is no list of answers.")
        return JsonResponse({"error": said}, status=400)
    except AttemptClosedError:
        said = _("This attempt is handed in already; nothing was changed.")
        return JsonResponse({"error": said, "closed": True}, status=409)
    note(request, "answered", place, activity, attempt, slots=[it.slot for it in changes])
    return JsonResponse(
        {
            "saved": saved.keys,
            "done": sorted(saved.done),
            "conflicts": {
                slot: _shown(attempt, slot, versions, it) for slot, it in saved.conflicts.items()
            },
            "seconds_left": _seconds(attempt, now),
        }
    )


def _read(sent: bytes, attempt: Attempt, rules: Rules) -> tuple[list[Change], dict[int, Version]]:
    asked = {slot: version for slot, version, _mark in attempt.asked}
    given: list[dict[str, Any]] = json.loads(sent)["answers"]
    if not isinstance(given, list) or len(given) > _MOST:
        raise ValueError("answers")
    slots = [int(it["slot"]) for it in given]
    if len(set(slots)) != len(slots):
        raise ValueError("slots")
    if foreign := set(slots) - set(asked):
        said = _("There is no question %(slot)s in this attempt.")
        raise AnswerError(said % {"slot": min(foreign)})
    if rules.sequential and set(slots) - _on_page(attempt):
        raise AnswerError(_("In this quiz only the questions of the page you are on can change."))
    found = versions_of([asked[slot] for slot in slots])
    versions = {slot: found[asked[slot]] for slot in slots}
    certainty = behaviour_of(attempt).certainty
    changes = []
    for slot, it in zip(slots, given, strict=True):
        body = body_in(attempt, slot, versions[slot])
        changes.append(
            Change(
                slot,
                read_sent(body, it["answer"], certainty, mask_of(body, order_of(attempt, slot))),
                str(it["base"]),
            )
        )
    return changes, versions


def _on_page(attempt: Attempt) -> set[int]:
    return {slot for slot, _version, _mark in attempt.pages[attempt.page - 1]}


def _seconds(attempt: Attempt, now: datetime) -> float | None:
    """How long the attempt may still be answered; None without a limit."""
    return (attempt.due_at - now).total_seconds() if attempt.due_at is not None else None


def _shown(
    attempt: Attempt, slot: int, versions: dict[int, Version], answer: Answer
) -> dict[str, list[str]]:
    """An answer as the page has it."""
    body = body_in(attempt, slot, versions[slot])
    return mask_of(body, order_of(attempt, slot)).shown(answer)
