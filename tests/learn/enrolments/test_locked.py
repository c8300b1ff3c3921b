"""What a section shows while it is closed, and to whom nothing is closed."""

import pytest

from preau.learn.enrolments.actions import place_in_run
from preau.learn.enrolments.models import Completion, Mark, RunRole, Watching
from tests.learn.enrolments.doing import (
    COURSE,
    SEARCH,
    complete_waves,
    course_with,
    enrolled_at,
    file_address,
    open_sections,
    read,
    said,
    see,
    tick,
    watch,
    words,
)
from tests.people import (
    SMALL_COURSE,
    ada,
    claire,
    imported,
    mina,
    noah,
    otto,
    person,
    signed_in,
    small_run,
    theo,
    write,
)

pytestmark = pytest.mark.django_db

WAVES = str(SMALL_COURSE["waves/section.yaml"])
NETWORKS = str(SMALL_COURSE["networks/section.yaml"])
WITH_LABEL = NETWORKS.replace(
    "activities:",
    "activities:\n          - {key: hello, kind: label, title: {en: Hello, fr: Salut}}",
)
LOCKED_KEYS = ("packets", "table", "data", "rfc")


def section_of(page: str, key: str = "networks") -> str:
    """One section of a course page, as HTML."""
    return page.split(f'id="{key}"')[1].partition("</section>")[0]


@pytest.fixture
def browser(run):
    """Ada's, to whom the second section is closed."""
    return signed_in(ada(run))


def test_a_locked_section_shows_its_titles_without_links_and_why_it_is_closed(browser):
    section = section_of(see(browser))
    assert "Opens when “Waves” is complete" in words(section)
    for title in ("Packets", "A table", "Data", "The standard"):
        assert title in section
    assert "href=" not in section.replace("<use href=", "")
    assert "<progress" not in section


def test_a_locked_section_says_it_in_french(run):
    section = words(section_of(see(signed_in(ada(run), "fr"))))
    assert "Ouvre quand « Ondes » est terminé" in section
    assert "Paquets" in section
    assert "Packets" not in section


def test_the_sidebar_names_a_locked_section_and_nothing_in_it(browser):
    sidebar = see(browser, f"{COURSE}sine/").split("<aside")[1].split("</aside>")[0]
    assert "Opens when “Waves” is complete" in words(sidebar)
    assert "Networks" in sidebar
    assert "Packets" not in sidebar


def test_a_label_of_a_locked_section_is_not_shown(db, folder):
    run = small_run(folder)
    hello = {"networks/hello.en.md": "The answer is 42.\n", "networks/hello.fr.md": "C’est 42.\n"}
    imported(write(folder, {"networks/section.yaml": WITH_LABEL, **hello}))
    browser = signed_in(ada(run))
    assert "42" not in read(browser)
    assert "Start here." in read(browser), "labels of open sections are"
    complete_waves(browser)
    assert "The answer is 42." in read(browser)


@pytest.mark.parametrize("key", LOCKED_KEYS)
def test_the_page_of_a_locked_activity_tells_why_and_no_more(browser, key):
    answer = browser.get(f"{COURSE}{key}/")
    assert answer.status_code == 403
    text = said(answer)
    assert (
        "This part of the course is not open yet. Opens when “Waves” is complete Back to the course"
    ) in text
    assert "Packets travel" not in text
    assert "rfc-editor" not in answer.content.decode()
    assert not Completion.objects.exists()


def test_the_page_of_a_locked_activity_is_french_for_the_french(run):
    text = said(signed_in(ada(run), "fr").get(f"{COURSE}packets/"))
    assert "Paquets" in text
    assert "Cette partie du cours n’est pas encore ouverte. Ouvre quand « Ondes » est" in text


def test_the_moment_of_opening_is_told_on_the_clocks_of_the_reader(db, folder, clock):
    run = course_with(folder, "pace: self, release: {networks: 2026-09-14T08:00}")
    moment = clock("2026-09-01T00:00")
    at_home = enrolled_at(ada(run), run, moment)
    in_tokyo = enrolled_at(person("Yuki", time_zone="Asia/Tokyo"), run, moment)
    in_french = enrolled_at(person("Zoé", language="fr"), run, moment)
    for path in (COURSE, f"{COURSE}packets/"):
        assert "Opens on Sept. 14, 2026, 8 a.m." in said(at_home.get(path))
        assert "Opens on Sept. 14, 2026, 3 p.m." in said(in_tokyo.get(path))
        assert "Ouvre le 14 septembre 2026 08:00" in said(in_french.get(path))


@pytest.mark.parametrize("doing", ["complete", "watched", "bookmark", "note"])
def test_nothing_can_be_done_in_a_locked_section(browser, doing):
    sent = {"done": "1", "bookmarked": "1", "note": "x"}
    assert browser.post(f"{COURSE}packets/{doing}/", sent).status_code == 404
    for kept in (Completion, Mark, Watching):
        assert not kept.objects.exists()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_search_finds_nothing_that_is_locked(run, language):
    browser = signed_in(ada(run), language)
    word = {"en": "travel", "fr": "voyagent"}[language]
    assert 'class="hits">\n</ol>' in see(browser, SEARCH, q=word)
    complete_waves(browser)
    assert f'href="{COURSE}packets/"' in see(browser, SEARCH, q=word)


@pytest.mark.parametrize("path", ["networks/table.csv", "networks/data/one.txt"])
def test_a_file_of_a_locked_section_is_refused_until_it_opens(browser, path):
    assert browser.get(file_address(path)).status_code == 404
    assert browser.get(file_address("waves/sine.svg")).status_code == 200
    complete_waves(browser)
    assert browser.get(file_address(path)).status_code == 200


def test_a_file_is_no_longer_given_to_who_left(browser):
    assert browser.get(file_address("waves/sine.svg")).status_code == 200
    browser.post("/runs/small-now/leave/")
    assert browser.get(file_address("waves/sine.svg")).status_code == 404


def test_a_file_that_lies_in_a_locked_and_in_an_open_section_is_open(db, folder):
    early = "{key: early, kind: file, title: {en: Early, fr: Tôt}, file: table.csv}"
    waves = f"{WAVES.rstrip()}\n          - {early}\n"
    run = course_with(folder, **{"waves/section.yaml": waves, "waves/table.csv": "a,b\n1,2\n"})
    browser = signed_in(ada(run))
    assert open_sections(browser) == ["waves"]
    assert browser.get(file_address("networks/table.csv")).status_code == 200


# To whom nothing is closed


def looker(who: str, run):
    return {
        "tutor": lambda: theo(run),
        "teacher": lambda: claire(run),
        "manager": mina,
        "operator": otto,
    }[who]()


@pytest.mark.parametrize("who", ["tutor", "teacher", "manager", "operator"])
def test_who_teaches_or_manages_sees_everything(run, who):
    browser = signed_in(looker(who, run), "en")
    assert "Opens when" not in read(browser)
    assert open_sections(browser) == ["waves", "networks"]
    for key in LOCKED_KEYS:
        assert browser.get(f"{COURSE}{key}/").status_code == 200
    assert browser.get(file_address("networks/table.csv")).status_code == 200
    query = "voyagent" if who == "tutor" else "travel"  # Théo reads French
    assert f'href="{COURSE}packets/"' in see(browser, SEARCH, q=query)


@pytest.mark.parametrize("who", ["tutor", "teacher", "manager", "operator"])
def test_they_see_a_run_before_it_starts(db, folder, clock, who):
    run = course_with(folder, "pace: scheduled, starts: 2026-09-07")
    clock("2026-01-01T00:00")
    assert open_sections(signed_in(looker(who, run))) == ["waves", "networks"]


def test_a_manager_who_learns_sees_everything_and_works_as_a_learner(run):
    manager = mina()
    place_in_run(manager, run)
    browser = signed_in(manager)
    assert open_sections(browser) == ["waves", "networks"]
    tick(browser)
    watch(browser, (0, 20))
    assert run.enrolments.get().completed_count == 2


def test_a_learner_made_tutor_sees_everything_and_a_tutor_made_learner_does_not(run):
    who = ada(run)
    place_in_run(who, run, RunRole.TUTOR)
    assert open_sections(signed_in(who)) == ["waves", "networks"]
    place_in_run(who, run, RunRole.LEARNER)
    assert open_sections(signed_in(who)) == ["waves"]


@pytest.mark.parametrize("path", ["waves/sine.svg", "networks/table.csv"])
def test_a_stranger_gets_no_file_at_all(run, path):
    for who in (None, noah()):
        assert signed_in(who).get(file_address(path)).status_code == 404
