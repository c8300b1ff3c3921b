"""Taking a quiz: begin, answer page by page, look over it, hand it in, read what came of it."""

import math
import time

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from preau.learn.accounts.permissions import Role
from preau.learn.courses.outline import OutlineActivity
from preau.learn.courses.texts import in_language
from preau.learn.enrolments.access import Place, enrolment_of, place_of
from preau.learn.events.record import record
from preau.learn.events.schema import Verb
from preau.learn.quizzes.access import own_attempt, plan_in, quiz_in
from preau.learn.quizzes.actions import answering, attaching, handing_in, starting
from preau.learn.quizzes.admission import Admission, read_ticket, ticket_for
from preau.learn.quizzes.answers import AnswerError
from preau.learn.quizzes.models import Attempt
from preau.learn.quizzes.pages.attempt_page import Paper, paper_of
from preau.learn.quizzes.pages.closing import review_page, summary_page
from preau.learn.quizzes.pages.front import said
from preau.learn.quizzes.pages.open_page import open_page
from preau.learn.quizzes.pages.posted import changes_in
from preau.learn.quizzes.pages.question import QuestionOnPage
from preau.learn.quizzes.queries import attempts_of
from preau.learn.quizzes.questions import Version
from preau.learn.quizzes.rules import Rules

_admission = Admission(settings.QUIZ_STARTS_PER_SECOND)

Opened = tuple[Place, OutlineActivity, Attempt, Rules]


def note(
    request: HttpRequest, verb: Verb, place: Place, activity: OutlineActivity, attempt: Attempt,
    **result: object,
) -> None:  # fmt: skip
    """Record what was done with an attempt."""
    record(
        request, verb, run=place.run.pk, course=place.run.course_id, role=place.role,
        activity=activity.id, result={"attempt": attempt.number, **result},
    )  # fmt: skip


def _to_wait(request: HttpRequest, place: Place, activity: OutlineActivity) -> float:
    """Seconds until this person's turn; whoever has waited for it once does not wait again."""
    if place.enrolment is None or place.role != Role.LEARNER:
        return 0.0
    whose = f"{place.enrolment.pk}:{activity.id}"
    turn = read_ticket(request.POST.get("ticket", ""), whose)
    if turn is not None:
        return max(0.0, turn - time.time())
    if any(it.is_open for it in attempts_of(place.enrolment.pk, activity.id)):
        return 0.0  # who only goes on takes nobody's turn
    return _admission.seconds(time.monotonic())


def _waiting(
    request: HttpRequest, place: Place, activity: OutlineActivity, seconds: float
) -> HttpResponse:
    """A countdown, and the ticket that lets in when it ends (202)."""
    whose = f"{enrolment_of(place).pk}:{activity.id}"
    ticket = request.POST.get("ticket", "")
    if read_ticket(ticket, whose) is None:
        ticket = ticket_for(whose, time.time() + seconds)
    whole = math.ceil(seconds)
    context = {
        "run": place.run,
        "activity": activity,
        "title": in_language(activity.title),
        "ticket": ticket,
        "access_key": request.POST.get("access_key", ""),
        "seconds": whole,
    }
    response = render(request, "quizzes/waiting.html", context, status=202)
    response.headers["Retry-After"] = str(whole)
    return response


@require_POST
def start(request: HttpRequest, run_key: str, key: str) -> HttpResponse:
    """Begin an attempt, or go on with the one that is open."""
    place = place_of(request)
    activity = quiz_in(place, key)
    plan, rules = plan_in(place, activity)
    access_key = request.POST.get("access_key", "")
    if seconds := _to_wait(request, place, activity):
        return _waiting(request, place, activity, seconds)
    try:
        attempt, new = starting.start(place, activity, plan, rules, timezone.now(), access_key)
    except starting.StartRefusedError as refusal:
        messages.error(request, said(refusal))
        return redirect("enrolments:activity", run_key, key)
    if new:
        note(request, "started", place, activity, attempt)
    return redirect("quizzes:attempt", run_key, key, attempt.number)


def _opened(request: HttpRequest, key: str, number: int) -> Opened:
    """An attempt of one's own; handed in now if its time is over."""
    place = place_of(request)
    activity = quiz_in(place, key)
    _plan, rules = plan_in(place, activity)
    attempt = own_attempt(place, activity, number, rules)
    now = timezone.now()
    late = attempt.is_open and answering.is_late(attempt, rules, now)
    if late and handing_in.hand_in(attempt, enrolment_of(place), rules, now, by_server=True):
        note(request, "submitted", place, activity, attempt, by_server=True)
        messages.warning(request, _("Your time was over: what you had answered was handed in."))
    return place, activity, attempt, rules


def attempt(request: HttpRequest, run_key: str, key: str, number: int) -> HttpResponse:
    """A page of questions; the review once it is handed in."""
    place, activity, attempt, rules = _opened(request, key, number)
    paper = paper_of(place, activity, attempt, rules, timezone.now())
    if not attempt.is_open:
        if request.method == "POST":
            messages.error(request, _("This attempt is handed in already; nothing was changed."))
            return redirect("quizzes:attempt", run_key, key, number)
        note(request, "viewed", place, activity, attempt)
        return review_page(request, paper)
    page = _page(request, paper)
    if request.method == "POST":
        return _answered(request, paper, page)
    answering.turn_to(attempt, page)
    note(request, "viewed", place, activity, attempt, page=page)
    return open_page(request, paper, page, timezone.now())


def _page(request: HttpRequest, paper: Paper) -> int:
    """The page asked for; one that may not be opened (any more) is the furthest instead."""
    asked = request.POST.get("page") or request.GET.get("page") or ""
    count, furthest = len(paper.pages), paper.attempt.page
    page = int(asked) if asked.isdecimal() and len(asked) < 5 else 0
    if not 1 <= page <= count:
        page = furthest if paper.rules.sequential else 1
    if paper.rules.sequential and (request.method == "POST" or page != furthest + 1):
        page = furthest  # a form is of the page one is on; opening the next one is a way on
    return min(page, count)


def _answered(request: HttpRequest, paper: Paper, page: int) -> HttpResponse:
    """Keep what the form has, then go where its button leads."""
    place, activity, attempt, rules = paper.place, paper.activity, paper.attempt, paper.rules
    run_key, key = place.run.key, activity.key
    questions = paper.pages[page - 1]
    try:
        changes = changes_in(request.POST, questions)
    except AnswerError as error:
        return open_page(request, paper, page, timezone.now(), 400, error=str(error))
    versions = {it.slot: it.version for it in questions}
    now = timezone.now()
    try:
        saved = answering.save_answers(attempt, changes, versions, rules, now)
        go = request.POST.get("go", "save")
        _files(request, attempt, questions, versions, rules)
        slot = _checked(go)
        if slot in versions and not saved.conflicts:
            answering.check_answer(attempt, slot, versions[slot], rules, now)
    except answering.AttemptClosedError:
        messages.error(request, _("This attempt is handed in already; nothing was changed."))
        return redirect("quizzes:attempt", run_key, key, attempt.number)
    if changes:
        note(request, "answered", place, activity, attempt, slots=[it.slot for it in changes])
    if saved.conflicts:
        return _conflict(request, paper, page, saved)
    return _go(request, paper, page, go)


def _files(
    request: HttpRequest,
    attempt: Attempt,
    questions: list[QuestionOnPage],
    versions: dict[int, Version],
    rules: Rules,
) -> None:
    """Keep the files that the form has; take away the one that its button names."""
    now = timezone.now()
    for it in questions:
        files = request.FILES.getlist(f"{it.prefix}upload")
        if files:
            try:
                attaching.attach(attempt, it.slot, it.version, list(files), rules, now)
            except attaching.FileRefusedError as refusal:
                messages.error(request, str(refusal))
    go = request.POST.get("go", "")
    if go.startswith("detach:") and go[7:].isdecimal():
        attaching.detach(attempt, int(go[7:][:18]), versions, rules, now)


def _checked(go: str) -> int:
    """The slot whose answer a button checks; 0 for any other button."""
    slot = go.removeprefix("check:")
    return int(slot[:9]) if slot != go and slot.isdecimal() else 0


def _go(request: HttpRequest, paper: Paper, page: int, go: str) -> HttpResponse:
    run_key, key, number = paper.place.run.key, paper.activity.key, paper.attempt.number
    if go == "finish":
        return redirect("quizzes:summary", run_key, key, number)
    target, anchor = page, ""
    if go == "next":
        target = min(page + 1, len(paper.pages))
    elif go == "previous":
        target = max(page - 1, 1)
    elif go.startswith("page:") and go[5:].isdecimal():
        target = int(go[5:][:4])
    elif slot := _checked(go):
        anchor = f"#q{slot}"
    response = redirect("quizzes:attempt", run_key, key, number)
    response["Location"] += f"?page={target}{anchor}"
    return response


def _conflict(
    request: HttpRequest, paper: Paper, page: int, saved: answering.Saved
) -> HttpResponse:
    """Show the page as the server has it, with what was just sent beside it (409)."""
    again = paper_of(paper.place, paper.activity, paper.attempt, paper.rules, timezone.now())
    sent = {change.slot: change for change in changes_in(request.POST, again.pages[page - 1])}
    both = [
        {"question": it, "sent": it.body.summary(sent[it.slot].answer)}
        for it in again.pages[page - 1]
        if it.slot in saved.conflicts and it.slot in sent
    ]
    return open_page(request, again, page, timezone.now(), 409, conflicts=both)


@require_safe
def summary(request: HttpRequest, run_key: str, key: str, number: int) -> HttpResponse:
    """Every question with its state, before handing in."""
    place, activity, attempt, rules = _opened(request, key, number)
    if not attempt.is_open:
        return redirect("quizzes:attempt", run_key, key, number)
    paper = paper_of(place, activity, attempt, rules, timezone.now())
    return summary_page(request, paper)


@require_POST
def hand_in(request: HttpRequest, run_key: str, key: str, number: int) -> HttpResponse:
    """Close the attempt and mark it."""
    place, activity, attempt, rules = _opened(request, key, number)
    if attempt.is_open:
        handing_in.hand_in(attempt, enrolment_of(place), rules, timezone.now())
        note(request, "submitted", place, activity, attempt, mark=attempt.mark)
        messages.success(request, _("Your answers are handed in."))
    return redirect("quizzes:attempt", run_key, key, number)
