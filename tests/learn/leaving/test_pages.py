"""“Delete my account” and “Download my data”, as their owner does it."""

import io
import json
import zipfile

import pytest
from django.core.management import call_command

from preau.kit.errors import PreauError
from preau.learn.accounts.models import Person
from preau.learn.leaving.journal import erasures
from preau.learn.leaving.tasks import erase_person
from tests.learn.accounts.doors import is_inside, seen, sign_in
from tests.learn.accounts.letters import Letters, text
from tests.learn.leaving.lives import ADDRESS, WORDS, ZELDA, days_before, live
from tests.people import PASSWORD, noah, otto, person, signed_in

pytestmark = pytest.mark.django_db

LEAVE, ARCHIVE, AGAIN = "/account/leave/", "/account/my-data/", "/account/reauthenticate/"


def say_password(browser, address: str, password: str = PASSWORD):
    """Answer the question for the password, which leads on to ``address``."""
    return browser.post(f"{AGAIN}?next={address}", {"password": password, "next": address})


def leave(browser, address: str = ADDRESS):
    """Send the form, then the password; the answer to the form."""
    asked = browser.post(LEAVE, {"address": address})
    assert asked["Location"] == f"{AGAIN}?next=%2Faccount%2Fleave%2F"
    return say_password(browser, LEAVE)


def test_the_profile_leads_to_both():
    page = signed_in(noah()).get("/account/profile/").content.decode()
    assert LEAVE in page
    assert ARCHIVE in page


def test_the_page_says_what_goes_and_what_stays_and_why():
    page = seen(signed_in(noah()).get(LEAVE))
    for words in ("private notes and bookmarks", "files handed in", "What stays, and why",
                  "the events themselves", "A backup keeps what it has until it is removed."):  # fmt: skip
        assert words in page


def test_who_leaves_is_out_at_once_everywhere_and_sees_the_report(site):
    who = person(ZELDA)
    here, elsewhere = signed_in(who), signed_in(who)
    answer = leave(here)
    assert answer["Location"].startswith("/account/left/")
    assert not is_inside(here)
    assert not is_inside(elsewhere)
    sign_in(signed_in(None), ADDRESS, PASSWORD)
    page = seen(here.get(answer["Location"]))
    assert "has not begun yet" in page
    letters = Letters(site / "mail").arrived()
    assert not Person.objects.filter(email=ADDRESS).exists()
    page = seen(here.get(answer["Location"]))
    assert "Your account is deleted" in page
    assert "looked for again, none was found" in page
    (letter,) = letters
    assert letter["To"] == ADDRESS
    assert "Votre compte sur Préau est supprimé" in text(letter), "she reads French"
    report = here.get(f"{answer['Location']}report.txt")
    assert report["Content-Disposition"].startswith("attachment")
    assert "What stays, and why" in report.content.decode()
    assert ADDRESS not in report.content.decode() + page
    assert "no-store" in report["Cache-Control"]


def test_without_the_password_or_with_another_address_nothing_happens():
    browser = signed_in(person(ZELDA))
    browser.post(LEAVE, {"address": ADDRESS})
    assert say_password(browser, LEAVE, "not the password").status_code == 200
    assert is_inside(browser)
    answer = leave(browser, "somebody@example.org")
    assert "This is not the address of your account, which is zelda@example.org." in seen(answer)
    assert is_inside(browser)
    assert list(erasures()) == []


def test_a_password_given_a_moment_ago_is_enough():
    browser = signed_in(person(ZELDA))
    say_password(browser, LEAVE)
    assert browser.post(LEAVE, {"address": f" {ADDRESS.upper()} "}).status_code == 302
    assert not is_inside(browser)


def test_sent_twice_it_is_one_erasure(site):
    who = person(ZELDA)
    browsers = [signed_in(who), signed_in(who)]
    for browser in browsers:
        say_password(browser, LEAVE)
    answers = [browser.post(LEAVE, {"address": ADDRESS}) for browser in browsers]
    assert [it.status_code for it in answers] == [302, 401]
    (only,) = erasures()
    erase_person.call(only.reference)
    erase_person.call(only.reference)
    assert len(list((site / "data" / "erasures").rglob("*.json"))) == 1


def test_the_last_operator_is_told_and_has_no_button():
    browser = signed_in(otto())
    page = browser.get(LEAVE)
    assert "You are the last one with your role on this site." in seen(page)
    assert 'name="address"' not in page.content.decode()
    say_password(browser, LEAVE)
    assert "the last one" in seen(browser.post(LEAVE, {"address": "otto@example.org"}))
    assert is_inside(browser)
    assert list(erasures()) == []


@pytest.mark.parametrize("path", ["", "report.txt"])
def test_a_report_that_is_not_there_is_not_found(path):
    address = f"/account/left/11111111-2222-4333-8444-555555555555/{path}"
    assert signed_in(None).get(address).status_code == 404


def unpacked(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


def test_the_archive_has_all_that_one_wrote_and_did(run, site):
    who = live(ZELDA, WORDS, "teal")
    days_before(site, who, WORDS["search"])
    browser = signed_in(who)
    assert browser.post(ARCHIVE).status_code == 302
    answer = say_password(browser, ARCHIVE)
    assert answer["Content-Disposition"] == 'attachment; filename="my-data.zip"'
    found = unpacked(b"".join(answer.streaming_content))
    assert {"README.txt", "account.json", "photo.webp", "courses.csv", "completed.csv",
            "videos.csv", "notes.csv", "quizzes.json", "marks.csv", "events.json"} < set(found)  # fmt: skip
    assert json.loads(found["account.json"])["about"] == WORDS["about"]
    assert WORDS["note"] in found["notes.csv"]
    assert WORDS["answer"] in found["quizzes.json"]
    assert WORDS["search"] in found["events.json"]
    assert {it["person"] for it in json.loads(found["events.json"])} == {who.pk}
    (handed_in,) = [text for name, text in found.items() if name.endswith("file-content.txt")]
    assert handed_in == WORDS["file"]
    assert "mine-not" not in str(found)


def test_nothing_of_another_is_in_the_archive(run):
    live(ZELDA, WORDS, "teal")
    theirs = {name: words.replace("zelda", "hers") for name, words in WORDS.items()}
    other = live("Ada", theirs, "red")
    browser = signed_in(other)
    say_password(browser, ARCHIVE)
    found = str(unpacked(b"".join(browser.post(ARCHIVE).streaming_content)))
    assert theirs["note"] in found
    assert "zelda" not in found.lower()


def test_the_command_writes_one_new_file(run, tmp_path):
    live(ZELDA, WORDS, "teal")
    target = tmp_path / "zelda.zip"
    call_command("person_export", "Zelda@example.org", str(target))
    assert WORDS["note"] in unpacked(target.read_bytes())["notes.csv"]
    assert target.stat().st_mode & 0o077 == 0
    with pytest.raises(PreauError, match="is there already"):
        call_command("person_export", ADDRESS, str(target))
    with pytest.raises(PreauError, match="Nobody has an account with the address no@example.org"):
        call_command("person_export", "no@example.org", str(tmp_path / "new.zip"))
