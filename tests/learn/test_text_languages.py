"""``lang`` says the language that a text is really in: a voice that reads aloud depends on it."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings

from tests.learn.theme.html import Element, read_page
from tests.people import SMALL_COURSE, claire, imported, noah, signed_in, small_run, write

pytestmark = pytest.mark.django_db

SPOKEN = ("aria-label", "alt", "title", "placeholder")
COURSE = "/learn/small-now/"
PAGES = (
    "/", "/courses/", "/courses/small/", "/dashboard/", COURSE, f"{COURSE}sine/", f"{COURSE}film/",
    f"{COURSE}packets/", f"{COURSE}table/", f"{COURSE}data/", f"{COURSE}rfc/",
    "/runs/small-now/search/?q=e", "/runs/small-now/notebook/", "/runs/small-now/people/",
    "/runs/small-now/leave/", "/runs/small-now/settings/",
)  # fmt: skip
TEXTS = {
    "en": {"A small course", "Waves and networks.", "Now", "Waves", "The sine", "Practice", "A film",
           "Networks", "Packets", "Start here.", "A table", "Hello, waves.", "Packets travel. See"},
    "fr": {"Un petit cours", "Ondes et réseaux.", "Maintenant", "Ondes", "Le sinus", "Exercice",
           "Un film", "Réseaux", "Paquets", "Commencez ici.", "Un tableau", "Bonjour, les ondes.",
           "Les paquets voyagent. Voir"},
}  # fmt: skip


def spoken(element: Element, language: str = ""):
    """Every text of the page with the language it is said to be in; titles aside."""
    language = element.attributes.get("lang", language)
    for name in SPOKEN:
        if element[name]:
            yield element[name], language
    for child in element.children:
        if isinstance(child, str):
            text = " ".join(child.split())
            if text:
                yield text.removeprefix(": "), language
        elif child.tag not in {"title", "script"}:
            yield from spoken(child, language)


def of_the_site(language: str) -> set[str]:
    (catalogue,) = settings.LOCALE_PATHS
    entries = polib.pofile(str(Path(catalogue) / "fr/LC_MESSAGES/django.po"))
    different = [it for it in entries if it.msgid != it.msgstr and it.msgstr]
    return {it.msgid if language == "en" else it.msgstr for it in different}


def said(browser, other):
    """All that a teacher is told, and somebody who enrols and opens what is still closed."""
    for path in PAGES:
        yield from ((path, *it) for it in spoken(read_page(browser.get(path))))
    for path in ("/runs/small-now/enrol/", COURSE, f"{COURSE}packets/"):
        yield from ((path, *it) for it in spoken(read_page(other.get(path))))
        other.post("/runs/small-now/enrol/")


def check(browsers, page_language: str, course_language: str) -> None:
    own = of_the_site(page_language) - set().union(*TEXTS.values())
    heard = set()
    for path, text, language in said(*browsers):
        if text in TEXTS[course_language] - own:
            heard.add(text)
            assert language == course_language, f"{path}: “{text}” is said to be {language}"
        elif text in own:
            assert language == page_language, f"{path}: “{text}” is said to be {language}"
    assert heard >= TEXTS[course_language] - {"Practice"}


def busy(run, language):
    browser = signed_in(claire(run), language)
    browser.post(f"{COURSE}sine/bookmark/", {"bookmarked": "1"})
    return browser, signed_in(noah(), language)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_course_in_both_languages_is_in_that_of_the_page(tmp_path, language):
    check(busy(small_run(tmp_path / "course"), language), language, language)


@pytest.mark.parametrize(("language", "main"), [("en", "fr"), ("fr", "en")])
def test_a_course_in_one_language_keeps_it_on_every_page(tmp_path, language, main):
    run = small_run(tmp_path / "course")
    other = {"fr": "en", "en": "fr"}[main]
    folder = tmp_path / "one"
    files = {name: content for name, content in SMALL_COURSE.items() if f".{other}." not in name}
    write(folder, files)
    for path in folder.rglob("*.yaml"):
        path.write_text(only(path.read_text(), main, other))
    imported(folder)
    check(busy(run, language), language, main)


def only(yaml: str, main: str, other: str) -> str:
    """The file without its texts and files in the other language."""
    yaml = yaml.replace("languages: [en, fr]", f"languages: [{main}]")
    pair = r"\{en: ([^,}]+), fr: ([^,}]+)\}"
    return re.sub(pair, lambda found: f"{{{main}: {found[1 if main == 'en' else 2]}}}", yaml)
