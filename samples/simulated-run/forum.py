"""What the people of a made-up run wrote in its forum, in the site's database."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from topics import TOPICS

from preau.learn.courses.models import Run
from preau.learn.enrolments.models import Enrolment
from preau.learn.forum.models import Post, Thread, Week
from preau.learn.forum.text import html_of

if TYPE_CHECKING:
    from simulate import Learner

_BATCH = 1000
_OPEN = 8  # threads, the newest, that are still talked about
_DAY = 86_400_000


@dataclass
class Talk:
    """A thread that is growing."""

    title: str
    answers: list[str]
    posts: list[tuple[int, int, str, str]] = field(default_factory=list)  # when, who, role, text


def keep_threads(run: Run, activity: int, learners: Sequence["Learner"], seed: int) -> int:
    """Write their threads, answers of those who teach among them; how many posts there are."""
    people = [it.person for it in learners]
    said = sorted((at, it.person, new) for it in learners for at, new in it.said)
    draw = random.Random(seed)
    staff = list(
        Enrolment.objects.filter(run=run, active=True, role__in=["tutor", "teacher"])
        .order_by("pk")
        .values_list("person_id", "role")
    )
    talks = _talks(said, staff, draw)
    with transaction.atomic():
        Thread.objects.filter(run=run, activity=activity, author__in=people).delete()
        count = _keep(run, activity, talks)
        _count_weeks(run)
    return count


def _talks(
    said: list[tuple[int, int, bool]], staff: list[tuple[int, str]], draw: random.Random
) -> list[Talk]:
    """Who said what: a new question, or an answer to one of the last."""
    talks: list[Talk] = []
    now = int(datetime.now(UTC).timestamp() * 1000)
    for at, person, new in said:
        waiting = [it for it in talks[-_OPEN:] if it.answers and it.posts[0][1] != person]
        if new or not waiting:
            title, question, answers = TOPICS[len(talks) % len(TOPICS)]
            talks.append(Talk(title, list(answers), [(at, person, "learner", question)]))
            later = at + int(draw.uniform(0.1, 1.5) * _DAY)
            if staff and later < now and draw.random() < 0.3:
                who, role = draw.choice(staff)
                talks[-1].posts.append((later, who, role, talks[-1].answers.pop(0)))
        else:
            it = draw.choice(waiting)
            it.posts.append((max(at, it.posts[-1][0] + 60_000), person, "learner",
                             it.answers.pop(0)))  # fmt: skip
    return talks


def _keep(run: Run, activity: int, talks: list[Talk]) -> int:
    threads = Thread.objects.bulk_create(
        [_thread(run, activity, it) for it in talks], batch_size=_BATCH
    )
    shown = cache(lambda text: html_of(text, run.key))
    posts = [
        Post(
            thread=thread, number=number, author_id=who, role=role, text=text, html=shown(text),
            is_answer=who != it.posts[0][1], nonce=f"{thread.pk:x}-{number:x}"[-16:],
            made_at=_moment(at),
        )
        for thread, it in zip(threads, talks, strict=True)
        for number, (at, who, role, text) in enumerate(it.posts, 1)
    ]  # fmt: skip
    Post.objects.bulk_create(posts, batch_size=_BATCH)
    return len(posts)


def _thread(run: Run, activity: int, it: Talk) -> Thread:
    begun, author = it.posts[0][:2]
    answers = sum(who != author for _at, who, _role, _text in it.posts)
    return Thread(
        run=run, activity_id=activity, author_id=author, title=it.title, waiting=not answers,
        written=len(it.posts), posts_count=len(it.posts), answers_count=answers, made_at=_moment(begun),
        last_post_at=_moment(it.posts[-1][0]),
    )  # fmt: skip


def _count_weeks(run: Run) -> None:
    """As ``forum.actions`` counts post by post."""
    zone = ZoneInfo(settings.TIME_ZONE)
    weeks: dict[object, tuple[set[int], list[int]]] = {}
    rows = Post.objects.filter(thread__run=run).order_by("made_at")
    begun: set[int] = set()
    for at, thread, author in rows.values_list("made_at", "thread_id", "author_id"):
        day = at.astimezone(zone).date()
        people, counts = weeks.setdefault(day - timedelta(days=day.weekday()), (set(), [0, 0]))
        people.add(author)
        counts[0] += thread not in begun
        counts[1] += 1
        begun.add(thread)
    for start, (people, (threads, posts)) in weeks.items():
        values = {"threads": threads, "posts": posts, "people": len(people)}
        Week.objects.update_or_create(run=run, start=start, defaults=values)


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
