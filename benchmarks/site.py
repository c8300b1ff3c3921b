"""Fills a site with the course and its learners; a process of its own, for it loads Django.

``python -m benchmarks.site LEARNERS COURSES`` in a site (``PREAU_SITE``) prints, as JSON, who is
signed in, how many queries each page takes, and what the site holds.
"""

import json
import platform
import random
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import django

django.setup()

from allauth.account.models import EmailAddress  # noqa: E402
from django.contrib.auth import (  # noqa: E402
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
)
from django.contrib.auth.hashers import make_password  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benchmarks.course import write_courses  # noqa: E402
from benchmarks.scenarios import CSRF, PAGE_KEY, PAGES, PASSWORD, RUN, Page  # noqa: E402
from preau.learn.accounts.models import Person  # noqa: E402
from preau.learn.accounts.sessions import SessionStore  # noqa: E402
from preau.learn.courses.folder import read_course  # noqa: E402
from preau.learn.courses.imports import import_course  # noqa: E402
from preau.learn.courses.models import Run  # noqa: E402
from preau.learn.courses.outline import outline_of  # noqa: E402
from preau.learn.enrolments.models import Completion, Enrolment, Mark, Watching  # noqa: E402

SIGNED_IN = 200  # learners who have a session
_BATCH = 2000
_NOW = datetime.now(UTC)


def import_courses(folder: Path) -> None:
    """Write the course folders and import them as ``preau course import`` does."""
    for path in write_courses(folder):
        document, _unused = read_course(path)
        import_course(document, path)


def add_learners(count: int) -> list[Person]:
    """People with confirmed addresses and one password, in one go."""
    password = make_password(PASSWORD)  # hashed once: 5,000 times would take minutes
    people = Person.objects.bulk_create(
        [
            Person(email=f"learner{n}@example.org", name=f"Learner {n}", password=password)
            for n in range(count)
        ],
        batch_size=_BATCH,
    )
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=who, email=who.email, verified=True, primary=True) for who in people],
        batch_size=_BATCH,
    )
    return people


def enrol(people: list[Person]) -> None:
    """Everybody follows the run and has done a random part of it, the measured page included."""
    chance = random.Random(20260601)
    run = Run.objects.select_related("course").get(key=RUN)
    outline = outline_of(run.course)
    order = [activity for activity in outline.pages if activity.can_be_completed]
    measured = outline.by_key[PAGE_KEY].id
    done = []
    for _person in people:
        reached = chance.randint(0, len(order))
        ids = {it.id for it in order[:reached] if chance.random() < 0.9} | {measured}
        done.append(sorted(ids))
    enrolments = Enrolment.objects.bulk_create(
        [
            Enrolment(
                run=run, person=who, done=ids, completed_count=len(ids), last_activity_id=ids[-1],
                last_at=_NOW - timedelta(minutes=chance.randint(1, 40_000)),
            )
            for who, ids in zip(people, done, strict=True)
        ],
        batch_size=_BATCH,
    )  # fmt: skip
    Completion.objects.bulk_create(
        [
            Completion(enrolment=enrolment, activity_id=activity, how=Completion.How.VIEW)
            for enrolment, ids in zip(enrolments, done, strict=True)
            for activity in ids
        ],
        batch_size=_BATCH,
    )
    _keep_things(enrolments, outline, chance)


def _keep_things(enrolments: list[Enrolment], outline: Any, chance: random.Random) -> None:
    """Notes, bookmarks and video positions for a part of the learners."""
    videos = [it.id for it in outline.pages if it.kind == "video"]
    pages = [it.id for it in outline.pages if it.kind == "page"]
    Watching.objects.bulk_create(
        [
            Watching(enrolment=row, activity_id=video, position=70, seen=[[0, 70]], duration=300)
            for row in enrolments
            for video in chance.sample(videos, 3)
        ],
        batch_size=_BATCH,
    )
    Mark.objects.bulk_create(
        [
            Mark(enrolment=row, activity_id=page, bookmarked=True, note="To read again.")
            for row in enrolments
            for page in chance.sample(pages, 4)
        ],
        batch_size=_BATCH,
    )


def sign_in(people: list[Person]) -> list[str]:
    """The keys of sessions in which these people are signed in."""
    keys = []
    for who in people:
        session = SessionStore()
        session[SESSION_KEY] = str(who.pk)
        session[BACKEND_SESSION_KEY] = "preau.learn.accounts.backends.PersonBackend"
        session[HASH_SESSION_KEY] = who.get_session_auth_hash()
        session.create()
        keys.append(str(session.session_key))
    return keys


def queries_of(page: Page, session: str, address: str) -> int:
    """How many queries a page takes once the process is warm."""
    count = 0
    for _time in range(3):
        client = Client(headers={"accept-language": "en"}, SERVER_NAME="127.0.0.1")
        client.cookies["preau_csrf"] = CSRF
        if page.who == "learner":
            client.cookies["preau_session"] = session
        form = {"login": address, "password": PASSWORD}
        with CaptureQueriesContext(connection) as queries:
            if page.who == "entrant":
                answer = client.post(page.path, form)
            else:
                answer = client.get(page.path)
        if answer.status_code != page.status:
            raise SystemExit(f"{page.path}: {answer.status_code} instead of {page.status}")
        count = len(queries)
    return count


def database_version() -> str:
    """Name and version of the site's database."""
    if connection.vendor == "sqlite":
        from sqlite3 import sqlite_version

        return f"SQLite {sqlite_version}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0]}"


def main() -> None:
    """Fill the site and say what is in it."""
    learners, folder = int(sys.argv[1]), Path(sys.argv[2])
    import_courses(folder)
    with transaction.atomic():
        people = add_learners(learners)
        enrol(people)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    chosen = random.Random(8).sample(people, min(SIGNED_IN, learners))
    sessions, addresses = sign_in(chosen), [who.email for who in chosen]
    found = {
        "sessions": sessions,
        "addresses": addresses,
        "queries": {page.key: queries_of(page, sessions[0], addresses[0]) for page in PAGES},
        "database": database_version(),
        "python": platform.python_version(),
        "django": django.get_version(),
        "learners": learners,
        "activities": len(outline_of(Run.objects.get(key=RUN).course).by_key),
        "completions": Completion.objects.count(),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
