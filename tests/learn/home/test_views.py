"""The front: landing page, a course's public page, health."""

import pytest
from django.db import OperationalError, connection

from preau.learn.courses.models import Run
from preau.learn.enrolments.actions import set_enrolment_key, unenrol
from tests.learn.courses.changing import replaced
from tests.learn.home.offers import (
    CLOSED_RUN,
    DATED_RUN,
    OPEN_RUN,
    OVER_RUN,
    SOON_RUN,
    moved,
    offered,
)
from tests.learn.theme.html import read_page
from tests.people import ada, imported, noah, place, signed_in, small_folder, small_run, theo

pytestmark = pytest.mark.django_db


def page(path, who=None, language="en"):
    answer = signed_in(who, language).get(path)
    assert answer.status_code == 200
    return read_page(answer)


# Landing


def test_the_landing_page_of_an_empty_site_says_so():
    empty = page("/")
    assert "No course is open yet. Come back soon." in empty.one("main").text
    assert empty.all("article", "course-card") == []


def test_the_landing_page_shows_six_courses_open_ones_or_not_and_leads_to_all(tmp_path):
    for number in range(7):
        offered(tmp_path, f"c{number}", OPEN_RUN)
    front = page("/")
    assert len(front.all("article", "course-card")) == 6
    link = front.one("main").one("a", href="/courses/")
    assert link.text == "See all 7 courses"


def test_the_landing_page_searches_the_catalogue(tmp_path):
    offered(tmp_path, "physics", OPEN_RUN)
    form = page("/").one("form", "inline-search")
    assert (form["action"], form.one("input")["name"]) == ("/courses/", "q")
    label = form.one("label")
    assert label["for"] == form.one("input")["id"]


def test_the_landing_page_leads_to_sign_in_and_greets_who_is_signed_in():
    visitor, person = page("/"), page("/", noah())
    assert [it["href"] for it in visitor.one("div", "account-links").all("a")] == [
        "/account/login/",
        "/account/signup/",
    ]
    assert person.one("details", "menu").one("summary").text == "Noah"
    assert person.all("div", "account-links") == []


def test_where_sign_up_is_closed_no_link_leads_there(settings):
    settings.SIGN_UP_OPEN = False
    assert page("/").all("a", href="/account/signup/") == []


def test_the_landing_page_is_there_in_french():
    front = page("/", language="fr-CA,fr;q=0.8,en;q=0.5")
    assert front.one("html")["lang"] == "fr"
    assert "à votre rythme" in front.one("h1").text


# The public page


@pytest.fixture
def run(tmp_path):
    return small_run(tmp_path / "small")


def test_the_public_page_says_what_the_course_is(run):
    course = page("/courses/small/").one("article", "course-page")
    assert course["lang"] == "en"
    assert course.one("h1").text == "A small course"
    assert course.one("p", "lead").text == "Waves and networks."
    about = course.one("section", "prose")
    assert about.one("strong").text == "waves"
    teachers = course.one("ul", "teachers")
    assert teachers.text == "Claire Fontaine"
    assert [it.text for it in course.one("ul", "facts").all("li")] == [
        "2 weeks", "2 h per week", "7 activities", "EN, FR",
    ]  # fmt: skip


def test_the_syllabus_names_every_section_and_its_pages_but_leads_nowhere(run):
    syllabus = page("/courses/small/").one("ol", "syllabus")
    sections = syllabus.all("details")
    assert [it.one("summary").text for it in sections] == ["Waves", "Networks"]
    assert [it.text for it in sections[0].one("ul").all("li")] == ["The sine", "Practice", "A film"]
    assert [it.attributes.get("open") for it in sections] == ["", None]
    assert syllabus.all("a") == []


def test_the_public_page_is_there_in_french(run):
    course = page("/courses/small/", language="fr").one("article", "course-page")
    assert course["lang"] == "fr"
    assert course.one("h1").text == "Un petit cours"
    assert course.one("section", "prose").text == "Découvrez les ondes."
    assert "2 h par semaine" in course.one("ul", "facts").text
    assert course.one("ol", "syllabus").all("summary")[1].text == "Réseaux"


def test_a_course_in_another_language_says_which_it_is(tmp_path):
    offered(tmp_path, "physique", OPEN_RUN, languages=["fr"], title="La physique")
    shown = page("/courses/physique/")
    assert shown.one("html")["lang"] == "en"
    assert shown.one("article", "course-page")["lang"] == "fr"
    assert shown.one("aside", "course-facts")["lang"] == "en"


def test_effort_teachers_and_licence_are_shown_as_written(tmp_path):
    replacing = small_folder(tmp_path / "small", **{"people/claire.svg": "<svg/>\n"})
    replaced(
        replacing,
        "course.yaml",
        "  - name: Claire Fontaine",
        "  - name: Claire <b>\n    role: {en: Professor, fr: Professeure}\n"
        "    photo: people/claire.svg\n  - name: Théo",
    )
    replaced(replacing, "course.yaml", "hours_per_week: 2", "hours_per_week: 1.5")
    replaced(replacing, "course.yaml", "weeks: 2", "weeks: 1\nlicence: CC-BY-4.0")
    imported(replacing)
    english, french = page("/courses/small/"), page("/courses/small/", language="fr")
    claire, theo_ = english.one("ul", "teachers").all("li")
    assert claire.text == "Claire <b>Professor"
    assert signed_in(None).get(claire.one("img")["src"]).status_code == 200
    assert (theo_.text, theo_.all("img")) == ("Théo", [])
    assert [it.text for it in english.one("ul", "facts").all("li")] == [
        "1 week", "1.5 h per week", "7 activities", "EN, FR", "CC-BY-4.0",
    ]  # fmt: skip
    assert "1,5 h par semaine" in french.one("ul", "facts").text


def test_a_course_that_says_little_has_no_empty_places(tmp_path):
    offered(tmp_path, "physics")
    course = page("/courses/physics/")
    assert [it.text for it in course.one("ul", "facts").all("li")] == ["1 activity", "EN"]
    assert course.all("section", "prose") == []
    assert course.one("main").all("img") == []
    assert course.one("ul", "offers").text == "No session is planned yet."


def test_a_course_that_is_not_there_is_not_found(run):
    assert signed_in(None).get("/courses/nosuch/").status_code == 404
    assert signed_in(None).get("/courses/small").status_code == 301


# The enrol button


def offers(who=None, key="small"):
    """The sessions on the public page: their texts by title."""
    shown = page(f"/courses/{key}/", who).one("ul", "offers").all("li", "offer")
    return {it.one("strong").text: it for it in shown}


def test_a_visitor_is_led_to_sign_in_and_then_to_the_session(run):
    button = offers()["Now"].one("a", "button")
    assert (button.text, button["href"]) == ("Enrol", "/runs/small-now/enrol/")
    answer = signed_in(None).get(button["href"])
    assert answer["Location"] == "/account/login/?next=%2Fruns%2Fsmall-now%2Fenrol%2F"


def test_a_person_enrols_with_one_button(run):
    who = noah()
    form = offers(who)["Now"].one("form", method="post")
    assert form.one("button").text == "Enrol"
    token = form.one("input", name="csrfmiddlewaretoken")["value"]
    answer = signed_in(who).post(form["action"], {"csrfmiddlewaretoken": token})
    assert answer["Location"] == "/learn/small-now/"
    button = offers(who)["Now"].one("a", "button")
    assert (button.text, button["href"]) == ("Go to the course", "/learn/small-now/")
    assert offers(who)["With a key"].one("a", "button").text == "Enrol"


def test_a_session_with_a_key_asks_for_it_on_a_page_of_its_own(run):
    who = noah()
    set_enrolment_key(Run.objects.get(key="small-keyed"), "antenna")
    offer = offers(who)["With a key"]
    assert "with a key" in offer.text
    assert offer.all("form") == []
    form = page(offer.one("a", "button")["href"], who).one("main").one("form")
    assert form.one("input", name="key")["type"] in {"text", "password"}
    assert "antenna" not in signed_in(who).get("/courses/small/").content.decode()


def test_who_left_may_enrol_again_and_who_teaches_goes_to_the_course(run):
    who = ada(run)
    unenrol(place(who).enrolment)
    assert offers(who)["Now"].one("form").one("button").text == "Enrol"
    button = page("/courses/small/", theo(run)).one("a", "button", href="/learn/small-now/")
    assert button.text == "Aller au cours"


def test_a_closed_session_offers_nothing_but_a_way_in_to_its_people(run):
    moved(run, enrolment_closes_at=-1)
    offer = offers(noah())["Now"]
    assert "Enrolment is closed." in offer.text
    assert (offer.all("a"), offer.all("form")) == ([], [])
    assert offers(ada(run))["Now"].one("a", "button").text == "Go to the course"


def test_every_session_tells_its_dates_and_whether_it_can_be_joined(tmp_path):
    runs = (OPEN_RUN, SOON_RUN, OVER_RUN, CLOSED_RUN, DATED_RUN)
    titled = [{**it, "title": f"Run {number}"} for number, it in enumerate(runs)]
    offered(tmp_path, "physics", *titled)
    told = {title: offer.text for title, offer in offers(key="physics").items()}
    assert told == {
        "Run 0": "Run 0 At your own pace Enrol",
        "Run 1": "Run 1 From Jan. 5, 2099 Enrolment is closed.",
        "Run 2": "Run 2 From Jan. 6, 2020 to March 1, 2020 Enrolment is closed.",
        "Run 3": "Run 3 At your own pace Enrolment is closed.",
        "Run 4": "Run 4 From Jan. 5, 2099 to March 1, 2099 Enrol",
    }


# Health


def test_health_is_a_word_for_machines_and_needs_no_account():
    answer = signed_in(None).get("/health/")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer["Content-Type"].startswith("text/plain")
    assert signed_in(None).head("/health/").status_code == 200
    assert signed_in(None).post("/health/").status_code == 405


def test_health_fails_while_the_database_refuses():
    def refuse(execute, sql, params, many, context):
        raise OperationalError("the database is away")

    with connection.execute_wrapper(refuse):
        assert signed_in(None).get("/health/").status_code == 503
    assert signed_in(None).get("/health/").status_code == 200


@pytest.mark.parametrize("path", ["/", "/courses/", "/courses/small/", "/dashboard/", "/health/"])
def test_the_front_is_only_read(run, path):
    browser = signed_in(noah())
    assert browser.head(path).status_code == 200
    for method in ("post", "put", "delete", "patch"):
        assert getattr(browser, method)(path).status_code == 405, method
