"""Somebody who leaves the site, and how an app says what it keeps of them.

Each app that keeps something of a person has a module ``personal``, named in
``settings.PERSONAL``; ``leaving`` goes through them. A module has

- ``MODELS``, the tables that it answers for;
- ``GOES`` and ``STAYS``, what it calls the things that go, and those that stay, each with why;
- ``found`` and ``staying``, which count and change nothing;
- ``erase``, which may be done again, whatever ended it the last time;
- ``export``, which gives the person's own files.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.db.models import Model
from django.utils.functional import Promise

from preau.learn.accounts.models import Person
from preau.learn.theme.csv_file import csv_lines

Words = str | Promise  # translated when they are shown


@dataclass(frozen=True)
class Leaver:
    """Who it is; known until all is erased, also when the person's row is gone."""

    id: int
    uuid: str
    addresses: tuple[str, ...]  # the one to sign in with first
    photo: str
    language: str

    def is_in(self, text: str) -> bool:
        """Whether a text has an address of theirs or their opaque id.

        Not their name: others have the same one.
        """
        told = "|".join(map(re.escape, (*self.addresses, self.uuid)))
        whole = rf"(?<![\w.+-])(?:{told})(?![\w-]|\.\w)"
        return re.search(whole, text, re.IGNORECASE) is not None


@dataclass(frozen=True)
class Found:
    """How many of a thing; ``names`` never tell whose they were (runs, files of the site)."""

    key: str  # in GOES or STAYS
    count: int
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class OwnFile:
    """A file for the person: its path in their archive, and its content or where that lies."""

    path: str
    content: bytes | Path


class Personal(Protocol):
    """The module ``personal`` of an app."""

    MODELS: tuple[type[Model], ...]
    GOES: Mapping[str, Words]
    STAYS: Mapping[str, tuple[Words, Words]]

    def found(self, who: Leaver) -> Iterator[Found]:
        """What would go now; all counts are 0 once it is erased."""

    def staying(self, who: Leaver) -> Iterator[Found]:
        """What stays; asked before anything is erased."""

    def erase(self, who: Leaver) -> None:
        """Erase it."""

    def export(self, who: Leaver) -> Iterator[OwnFile]:
        """What the person may take along."""


def leaver(person: Person) -> Leaver:
    """The person, as those who keep something of them have to know."""
    from allauth.account.models import EmailAddress

    others = EmailAddress.objects.filter(user=person).exclude(email=person.email)
    return Leaver(
        id=person.pk,
        uuid=str(person.uuid),
        addresses=(person.email, *others.order_by("pk").values_list("email", flat=True)),
        photo=person.photo,
        language=person.language,
    )


def table(path: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> OwnFile:
    """A file of rows that spreadsheets open; None is an empty cell."""
    texts = (["" if cell is None else str(cell) for cell in row] for row in rows)
    return OwnFile(path, "".join(csv_lines([header, *texts])).encode())


def document(path: str, data: object) -> OwnFile:
    """A file of JSON that people can read, too."""
    return OwnFile(path, json.dumps(data, ensure_ascii=False, indent=1, default=str).encode())
