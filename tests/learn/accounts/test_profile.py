"""One's own profile: name, language and clock, and nothing that does not belong there."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from preau.learn.accounts.models import Person
from preau.learn.courses.models import Run
from preau.learn.enrolments.actions import place_in_run
from tests.learn.accounts.doors import seen
from tests.people import ada, imported, noah, person, signed_in, small_folder, small_run

pytestmark = pytest.mark.django_db

PROFILE = "/account/profile/"
GOOD = {"name": "Ada", "language": "en", "time_zone": "", "about": ""}
KEPT = ["name", "about", "language", "time_zone", "photo", "email", "site_role", "is_active"]


def save(browser, **more):
    return browser.post(PROFILE, GOOD | more)


def kept(who: Person) -> dict:
    return Person.objects.filter(pk=who.pk).values(*KEPT).get()


def chosen(page: str, field: str) -> list[str]:
    """The values that a select of the page shows as chosen."""
    select = page.partition(f'<select name="{field}"')[2].partition("</select>")[0]
    return re.findall(r'<option value="([^"]*)" selected>', select)


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Your profile is saved."), ("fr", "Votre profil est enregistré.")]
)
def test_it_keeps_what_was_changed_and_says_so_in_the_new_language(language, said):
    who = person("Ada")
    browser = signed_in(who, "en")
    more = {"name": " Ada King ", "language": language, "about": "I write notes.\nMany."}
    answer = save(browser, **more, time_zone="Asia/Tokyo")
    assert answer["Location"] == PROFILE
    assert said in seen(browser.get(PROFILE))
    now = kept(who)
    assert (now["name"], now["language"], now["time_zone"]) == ("Ada King", language, "Asia/Tokyo")
    assert now["about"].splitlines() == ["I write notes.", "Many."]


def test_it_shows_what_is_kept():
    who = person("Ada", language="fr", time_zone="Asia/Tokyo", about="Des notes.")
    page = signed_in(who).get(PROFILE).content.decode()
    assert 'value="Ada"' in page
    assert "Des notes.</textarea>" in page
    assert chosen(page, "language") == ["fr"]
    assert chosen(page, "time_zone") == ["Asia/Tokyo"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_who_never_chose_a_language_is_offered_the_one_they_read(language):
    """Saving a new name must not turn an English reader's site French."""
    page = signed_in(noah(), language).get(PROFILE).content.decode()
    assert chosen(page, "language") == [language]


def test_a_new_language_is_read_on_this_device_too():
    """What was chosen here before no longer counts."""
    browser = signed_in(person("Ada", language="en"), "en")
    browser.get("/language/en/")
    answer = save(browser, language="fr")
    assert answer.cookies["preau_language"]["max-age"] == 0
    browser.cookies.pop("preau_language")  # a real browser drops it; this one would send it empty
    assert "Mon profil" in seen(browser.get(PROFILE))


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": " \t "},
        {"name": "n" * 121},
        {"name": "Ada\0"},
        {"language": ""},
        {"language": "tlh"},
        {"language": "EN"},
        {"time_zone": "Europe"},
        {"time_zone": "europe/paris"},
        {"time_zone": "Mars/Olympus"},
        {"time_zone": "../../etc/passwd"},
        {"time_zone": "/etc/localtime"},
        {"time_zone": "Europe/Paris\0"},
        {"about": "x" * 1001},
        {"about": "\0"},
    ],
    ids=lambda it: "-".join(f"{name}={value[:12]!r}" for name, value in it.items()),
)
def test_a_bad_value_is_refused_and_nothing_is_changed(wrong):
    who = person("Ada", language="fr", time_zone="Asia/Tokyo", about="Des notes.")
    before = kept(who)
    browser = signed_in(who)
    good = {"name": "Mallory", "about": "Other notes.", "language": "en", "time_zone": "Asia/Seoul"}
    answer = browser.post(PROFILE, good | wrong)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "errorlist" in page
    assert kept(who) == before
    assert "<span>Ada</span>" in page, "the header names who they are, not who they typed"


def test_a_refused_form_shows_again_what_was_typed():
    page = save(signed_in(noah()), about="x" * 1001, name="Noé").content.decode()
    assert 'value="Noé"' in page
    assert "x" * 1001 in page


def test_a_name_of_120_letters_and_a_text_of_1000_are_taken():
    who = noah()
    save(signed_in(who), name="é" * 120, about="œ" * 1000)
    assert (kept(who)["name"], kept(who)["about"]) == ("é" * 120, "œ" * 1000)


@pytest.mark.parametrize("text", ["日本語 😀", "עברית", "a\u0301", "<b>&amp;", "'; DROP TABLE"])
def test_any_script_is_kept_as_it_was_written(text):
    who = noah()
    save(signed_in(who), name=text, about=text)
    assert (kept(who)["name"], kept(who)["about"]) == (text, text)


def test_nobody_changes_address_role_or_another_person_by_the_profile():
    who, other = noah(), person("Ada")
    before = kept(other)
    more = {"site_role": "operator", "email": "x@example.org", "is_active": "", "password": "x"}
    save(signed_in(who), name="Noé", id=other.pk, pk=other.pk, uuid=other.uuid, **more)
    now = kept(who)
    assert (now["name"], now["email"], now["site_role"]) == ("Noé", "noah@example.org", "person")
    assert now["is_active"]
    assert kept(other) == before
    who.refresh_from_db()
    assert who.has_usable_password()


def test_a_visitor_has_no_profile():
    assert (
        signed_in(None).get(PROFILE)["Location"] == "/account/login/?next=%2Faccount%2Fprofile%2F"
    )


# The clock


@pytest.fixture
def opens_in_winter(tmp_path) -> Run:
    """A run whose second section opens on 15 January 2099 at noon, universal time."""
    waves = Path(small_folder(tmp_path / "course"))
    section = waves / "networks/section.yaml"
    section.write_text(section.read_text().replace("{after: waves}", "{days: 0}"))
    runs = waves / "runs.yaml"
    runs.write_text(
        "runs:\n"
        "  - key: small-now\n"
        "    title: {en: Now, fr: Maintenant}\n"
        "    pace: self\n"
        "    time_zone: Etc/UTC\n"
        "    release: {networks: 2099-01-15T12:00}\n"
    )
    imported(waves)
    return Run.objects.select_related("course").get(key="small-now")


@pytest.mark.parametrize(
    ("zone", "language", "shown"),
    [
        ("Asia/Tokyo", "en", "Jan. 15, 2099, 9 p.m."),
        ("America/New_York", "en", "Jan. 15, 2099, 7 a.m."),
        ("Pacific/Kiritimati", "en", "Jan. 16, 2099, 2 a.m."),
        ("Asia/Kolkata", "fr", "15 janvier 2099 17:30"),
        ("", "en", "Jan. 15, 2099, 1 p.m."),
        ("", "fr", "15 janvier 2099 13:00"),
    ],
)
def test_times_are_shown_on_ones_own_clock(opens_in_winter, zone, language, shown):
    """Without one's own, on the site's: Europe/Paris."""
    who = ada(opens_in_winter)
    browser = signed_in(who, language)
    save(browser, time_zone=zone, language=language)
    for path in ("/learn/small-now/", "/learn/small-now/packets/"):
        assert shown in seen(browser.get(path)).replace("\xa0", " "), path


def test_two_people_read_the_same_page_on_their_own_clocks(opens_in_winter):
    """The page is rendered once for both; the time in it is not."""
    browsers = {}
    for name, zone in (("Ada", "Asia/Tokyo"), ("Noah", "America/New_York")):
        who = person(name, time_zone=zone, language="en")
        place_in_run(who, opens_in_winter)
        browsers[name] = signed_in(who)
    for _again in range(2):
        assert "9 p.m." in seen(browsers["Ada"].get("/learn/small-now/"))
        assert "7 a.m." in seen(browsers["Noah"].get("/learn/small-now/"))


def test_a_clock_does_not_stay_for_the_next_visitor(tmp_path):
    from django.utils import timezone

    run = small_run(tmp_path / "course")
    before = timezone.get_current_timezone_name()
    who = person("Ada", time_zone="Asia/Tokyo")
    place_in_run(who, run)
    signed_in(who).get("/learn/small-now/")
    assert timezone.get_current_timezone_name() == before
    noon = datetime(2099, 1, 15, 12, tzinfo=UTC)
    assert timezone.localtime(noon).utcoffset() == noon.astimezone(run.zone).utcoffset()


def test_every_zone_on_offer_is_one_that_the_site_knows():
    from zoneinfo import ZoneInfo

    page = signed_in(noah()).get(PROFILE).content.decode()
    select = page.partition('<select name="time_zone"')[2].partition("</select>")[0]
    offered = re.findall(r'<option value="([^"]*)"', select)
    assert offered[0] == ""
    assert {"Europe/Paris", "Asia/Tokyo", "Africa/Dakar", "America/Argentina/Ushuaia"} <= set(
        offered
    )
    assert all(ZoneInfo(name) for name in offered[1:])


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "The site's (Europe/Paris)"), ("fr", "Celui du site (Europe/Paris)")],
)
def test_the_sites_own_zone_is_the_first_on_offer(language, said):
    page = signed_in(noah(), language).get(PROFILE)
    assert said in seen(page)
