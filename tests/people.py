"""The cast of the tests: a few named people and the small course they meet in.

Ada learns, Noah has an account and follows nothing, Théo tutors, Claire teaches, Mina manages
the site and Otto operates it.
"""

import textwrap
from pathlib import Path

from django.test import Client

from preau.learn.accounts.actions import create_verified_person
from preau.learn.accounts.models import Person, SiteRole
from preau.learn.courses.folder import read_course
from preau.learn.courses.imports import ImportReport, import_course
from preau.learn.courses.models import Run
from preau.learn.enrolments.access import Place, find_place
from preau.learn.enrolments.actions import place_in_run
from preau.learn.enrolments.models import RunRole

PASSWORD = "correct horse battery"
RUN = "small-now"


def person(name: str, **more: object) -> Person:
    """Somebody with a confirmed address: ``person("Ada")`` is ada@example.org."""
    address = f"{name.split(maxsplit=1)[0].lower()}@example.org"
    return create_verified_person(address, name, PASSWORD, **more)


def ada(run: Run) -> Person:
    """A learner of the run."""
    who = person("Ada")
    place_in_run(who, run)
    return who


def noah() -> Person:
    """Has an account and follows nothing."""
    return person("Noah")


def theo(run: Run) -> Person:
    """A tutor of the run."""
    who = person("Théo", language="fr")
    place_in_run(who, run, RunRole.TUTOR)
    return who


def claire(run: Run) -> Person:
    """A teacher of the run."""
    who = person("Claire")
    place_in_run(who, run, RunRole.TEACHER)
    return who


def mina() -> Person:
    """Manages the site."""
    return person("Mina", site_role=SiteRole.MANAGER)


def otto() -> Person:
    """Operates the site."""
    return person("Otto", site_role=SiteRole.OPERATOR)


def signed_in(who: Person | None, language: str = "en") -> Client:
    """A browser in which that person is signed in; nobody for None."""
    client = Client(headers={"accept-language": language})
    if who is not None:
        client.force_login(who)
    return client


def place(who: Person, run_key: str = RUN) -> Place:
    """What somebody is in the run, as the gate finds it."""
    found = find_place(who, run_key)
    assert found is not None
    return found


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write files below a folder; texts are dedented."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = isinstance(content, str)
        path.write_bytes(textwrap.dedent(content).lstrip("\n").encode() if text else content)
    return folder


SMALL_COURSE: dict[str, str | bytes] = {
    "course.yaml": """
        format: preau-course/1
        key: small
        languages: [en, fr]
        title: {en: A small course, fr: Un petit cours}
        summary: {en: Waves and networks., fr: Ondes et réseaux.}
        subject: telecommunications
        teachers:
          - name: Claire Fontaine
        hours_per_week: 2
        weeks: 2
        cover: cover.svg
        sections: [waves, networks]
        """,
    "runs.yaml": """
        runs:
          - key: small-now
            title: {en: Now, fr: Maintenant}
            pace: self
          - key: small-keyed
            title: {en: With a key, fr: Avec une clé}
            pace: self
            enrolment: {by: key}
        """,
    "about.en.md": "Learn about **waves**.\n",
    "about.fr.md": "Découvrez les **ondes**.\n",
    "cover.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 9"><rect width="16" height="9"/></svg>\n',
    "waves/section.yaml": """
        title: {en: Waves, fr: Ondes}
        activities:
          - {key: welcome, kind: label, title: {en: Welcome, fr: Bienvenue}}
          - {key: sine, kind: page, title: {en: The sine, fr: Le sinus}, minutes: 5}
          - {key: practice, kind: page, title: {en: Practice, fr: Exercice}, completion: manual}
          - key: film
            kind: video
            title: {en: A film, fr: Un film}
            sources: [{file: film.mp4, height: 240}]
            subtitles: {en: film.en.vtt, fr: film.fr.vtt}
            duration: 20
        """,
    "waves/welcome.en.md": "Start here.\n",
    "waves/welcome.fr.md": "Commencez ici.\n",
    "waves/sine.en.md": "A wave has a period: $f = 1/T$.\n\n![A sine](sine.svg)\n",
    "waves/sine.fr.md": "Une onde a une période : $f = 1/T$. Réseau.\n\n![Un sinus](sine.svg)\n",
    "waves/sine.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"><path d="M0 1h4"/></svg>\n',
    "waves/practice.en.md": "Draw one.\n",
    "waves/practice.fr.md": "Dessinez-en une.\n",
    "waves/film.mp4": b"\0\0\0\x18ftypmp42" + bytes(5000),
    "waves/film.en.vtt": "WEBVTT\n\n00:00.000 --> 00:05.000\nHello, waves.\n\n00:05.000 --> 00:10.000\nGoodbye.\n",
    "waves/film.fr.vtt": "WEBVTT\n\n00:00.000 --> 00:05.000\nBonjour, les ondes.\n",
    "networks/section.yaml": """
        title: {en: Networks, fr: Réseaux}
        release: {after: waves}
        activities:
          - {key: packets, kind: page, title: {en: Packets, fr: Paquets}}
          - {key: table, kind: file, title: {en: A table, fr: Un tableau}, file: table.csv}
          - {key: data, kind: folder, title: {en: Data, fr: Données}, folder: data}
          - {key: rfc, kind: link, title: {en: The standard, fr: La norme}, url: "https://www.rfc-editor.org/rfc/rfc791"}
        """,
    "networks/packets.en.md": "Packets travel. See [the sine](activity:sine).\n",
    "networks/packets.fr.md": "Les paquets voyagent. Voir [le sinus](activity:sine).\n",
    "networks/table.csv": "a,b\n1,2\n",
    "networks/data/one.txt": "one\n",
    "networks/data/two.txt": "two\n",
}


def small_folder(folder: Path, **changed: str | bytes | None) -> Path:
    """The small course as a folder; ``changed`` replaces files by name (None removes one)."""
    files = {**SMALL_COURSE, **changed}
    return write(folder, {name: content for name, content in files.items() if content is not None})


def imported(folder: Path) -> ImportReport:
    """Take a course folder into the site."""
    document, _unused = read_course(folder)
    return import_course(document, folder)


def small_run(folder: Path) -> Run:
    """The small course on the site; its run that anybody may join."""
    imported(small_folder(folder))
    return Run.objects.select_related("course").get(key=RUN)
