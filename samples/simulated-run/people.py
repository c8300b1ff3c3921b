"""The people of a made-up run, and how far they came, in the site's database."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from preau.learn.accounts.models import Person
from preau.learn.courses.models import Run
from preau.learn.courses.outline import outline_of
from preau.learn.enrolments.models import Completion, Enrolment, Watching
from preau.learn.enrolments.watched import merged

if TYPE_CHECKING:
    from simulate import Learner

_BATCH = 1000
FIRST = (
    "Agathe", "Amadou", "Anna", "Baptiste", "Camille", "Chloé", "Daniel", "Elif", "Émile", "Fatou",
    "Gabriel", "Hana", "Hugo", "Inès", "Ismaël", "Jeanne", "João", "Karim", "Laila", "Lucas",
    "Manon", "Mateo", "Mei", "Nadia", "Noé", "Olivia", "Paul", "Priya", "Rachid", "Rose", "Sacha",
    "Samuel", "Sofia", "Thomas", "Valentina", "Victor", "Wen", "Yasmine", "Yuki", "Zoé",
)  # fmt: skip
LAST = (
    "Almeida", "André", "Benali", "Blanc", "Chevalier", "Costa", "Da Silva", "Diallo", "Dubois",
    "Fischer", "Fontaine", "Garcia", "Girard", "Haddad", "Ito", "Kaya", "Khan", "Lambert", "Leroy",
    "Lopez", "Marchand", "Martin", "Mercier", "Moreau", "Nguyen", "Novak", "Okafor", "Petit",
    "Popescu", "Renard", "Rossi", "Roux", "Sharma", "Sow", "Tanaka", "Traoré", "Vidal", "Wang",
    "Yilmaz", "Zimmermann",
)  # fmt: skip
_HOW = {"view", "manual", "watched", "handed-in", "mark"}


def add_people(count: int, seed: int) -> list[int]:
    """Make so many people who cannot sign in; their ids. Those of an earlier run are kept."""
    emails = [f"learner-{seed}-{number}@example.org" for number in range(1, count + 1)]
    there = dict(Person.objects.filter(email__in=emails).values_list("email", "pk"))
    missing = [email for email in emails if email not in there]
    draw = random.Random(seed)
    rows = [
        Person(email=email, name=f"{draw.choice(FIRST)} {draw.choice(LAST)}", password="!")
        for email in missing
    ]
    with transaction.atomic():
        Person.objects.bulk_create(rows, batch_size=_BATCH)
    there |= dict(Person.objects.filter(email__in=missing).values_list("email", "pk"))
    return [there[email] for email in emails]


def keep_progress(run: Run, learners: Sequence["Learner"]) -> None:
    """Enrol them, with what they completed."""
    to_complete = outline_of(run.course).to_complete
    with transaction.atomic():
        Enrolment.objects.filter(run=run, person__in=[it.person for it in learners]).delete()
        rows = Enrolment.objects.bulk_create(
            [_enrolment(run, it, to_complete) for it in learners], batch_size=_BATCH
        )
        Completion.objects.bulk_create(
            [
                Completion(
                    enrolment=row, activity_id=activity, completed_at=_moment(at),
                    how=how if how in _HOW else Completion.How.MARK,
                )
                for row, it in zip(rows, learners, strict=True)
                for activity, (how, at) in it.completed.items()
            ],
            batch_size=_BATCH,
        )  # fmt: skip
        Watching.objects.bulk_create(
            [made for row, it in zip(rows, learners, strict=True) for made in _watching(row, it)],
            batch_size=_BATCH,
        )


def _watching(row: Enrolment, it: "Learner") -> list[Watching]:
    return [
        Watching(
            enrolment=row, activity_id=activity, position=parts[-1][1],
            seen=[list(part) for part in merged(parts)], duration=max(end for _begin, end in parts),
        )
        for activity, parts in it.watched.items()
    ]  # fmt: skip


def _enrolment(run: Run, it: "Learner", to_complete: frozenset[int]) -> Enrolment:
    done = sorted(it.completed)
    counted = len(to_complete & set(done))
    last_activity, last_at = it.last or (None, it.enrolled)
    return Enrolment(
        run=run, person_id=it.person, enrolled_at=_moment(it.enrolled), done=done,
        completed_count=counted, last_activity_id=last_activity, last_at=_moment(last_at),
        finished_at=_moment(last_at) if to_complete and counted == len(to_complete) else None,
    )  # fmt: skip


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
