"""``demo_load``: the sample course and a cast of people, for ``preau demo``."""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

import preau
from preau.learn.accounts.actions import create_verified_person
from preau.learn.accounts.models import Person, SiteRole
from preau.learn.courses.folder import read_course
from preau.learn.courses.imports import import_course
from preau.learn.courses.models import Run
from preau.learn.courses.outline import outline_of
from preau.learn.enrolments.actions import complete, place_in_run, set_enrolment_key
from preau.learn.enrolments.models import Completion, RunRole

SAMPLE = "introduction-telecoms"
RUN = "telecoms-self"
KEYED_RUN = "telecoms-lycees"


@dataclass(frozen=True)
class Character:
    """One of the demonstration people, and what of the course they did."""

    name: str
    address: str
    role: str
    completed: int = 0
    language: str = "fr"


CAST = (
    Character("Ada Bernard", "ada@demo.example", "learner", completed=5),
    Character("Noah Lindqvist", "noah@demo.example", "learner", language="en"),
    Character("Théo Marchand", "theo@demo.example", "tutor"),
    Character("Claire Fontaine", "claire@demo.example", "teacher"),
    Character("Mina Haddad", "mina@demo.example", "manager"),
    Character("Otto Perrin", "otto@demo.example", "operator"),
)


def sample_folder(name: str = SAMPLE) -> Path:
    """The sample course, or another sample: inside the package, or beside it in a checkout."""
    package = Path(preau.__file__).parent
    places = (package / "samples" / name, package.parent / "samples" / name)
    return next(place for place in places if place.is_dir())


def demo_password() -> str:
    """The cast's password: the same at each start of a site, different on every site."""
    digest = hmac.digest(settings.SECRET_KEY.encode(), b"demonstration people", hashlib.sha256)
    return "demo-" + base64.b32encode(digest)[:8].decode().lower()


class Command(BaseCommand):
    """Safe to run again: what is there stays."""

    help = "Load the sample course and the demonstration people."

    def handle(self, *args: object, **options: Any) -> None:
        """Load, then print the sign-in names as JSON."""
        folder = sample_folder()
        document, _unused = read_course(folder)
        import_course(document, folder)
        password = demo_password()
        run = Run.objects.select_related("course").get(key=RUN)
        keyed = Run.objects.get(key=KEYED_RUN)
        if not keyed.enrolment_key:
            set_enrolment_key(keyed, "antenne")
        for character in CAST:
            if not Person.objects.filter(email=character.address).exists():
                _add(character, run, password)
        people = [
            {"name": it.name, "email": it.address, "password": password, "role": it.role}
            for it in CAST
        ]
        self.stdout.write(json.dumps({"people": people}, ensure_ascii=False))


@transaction.atomic
def _add(character: Character, run: Run, password: str) -> None:
    site_role = SiteRole(character.role) if character.role in SiteRole.values else SiteRole.PERSON
    person = create_verified_person(
        character.address,
        character.name,
        password,
        language=character.language if character.language in dict(settings.LANGUAGES) else "",
        site_role=site_role,
    )
    if character.role not in RunRole.values:
        return
    enrolment, _news = place_in_run(person, run, RunRole(character.role))
    enrolment.run = run
    pages = [it for it in outline_of(run.course).pages if it.can_be_completed]
    for activity in pages[: character.completed]:
        complete(enrolment, activity, Completion.How.MANUAL)
