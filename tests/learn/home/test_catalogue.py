"""The catalogue: its search, its filters with their counts, and what is offered at all."""

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from preau.learn.courses.models import Run
from preau.learn.enrolments.actions import unenrol
from tests.learn.courses.changing import replaced
from tests.learn.home.offers import CLOSED_RUN, DATED_RUN, OPEN_RUN, OVER_RUN, SOON_RUN, offered
from tests.learn.home.reading import catalogue, choices, counted, counts, shown
from tests.learn.theme.html import read_page
from tests.people import ada, imported, place, signed_in, small_run

pytestmark = pytest.mark.django_db


def found(words: str) -> set[str]:
    return set(shown(catalogue(q=words)))


# Searching


@pytest.mark.parametrize(
    ("title", "queries"),
    [
        ("Réseaux d’été", ["réseaux", "reseaux", "RÉSEAUX", "re\u0301seaux", "ete", "Été", "d'été"]),
        ("Ça commence", ["ça", "ca", "ÇA", "Ca"]),
        ("Un chef-d’œuvre", ["œuvre", "Œuvre", "oeuvre", "OEUVRE", "chef", "d’œuvre"]),
        ("Curriculum vitæ", ["vitæ", "vitae"]),
        ("Die Straße", ["straße", "strasse", "STRASSE", "STRAẞE"]),
        ("L’ÉCOLE À NOËL", ["ecole", "école", "noel", "noël", "NOEL"]),
        ("Ångström ﬁnal", ["angstrom", "ÅNGSTRÖM", "final", "ﬁnal"]),
        ("Ημέρα и мир", ["ημερα", "МИР"]),
    ],
)  # fmt: skip
def test_accents_ligatures_and_case_are_ignored(tmp_path, title, queries):
    offered(tmp_path, "wanted", OPEN_RUN, title=title)
    offered(tmp_path, "other", OPEN_RUN, title="Something else")
    assert {query: found(query) for query in queries} == {query: {"wanted"} for query in queries}


def test_words_may_stand_in_any_order_and_anywhere_in_what_the_course_says(tmp_path):
    offered(tmp_path, "wanted", OPEN_RUN, title="Modern physics", summary="Of small things.")
    offered(tmp_path, "other", OPEN_RUN, title="Physics of old", summary="Of large things.")
    assert found("modern physics") == found("physics modern") == {"wanted"}
    assert found("small   physics, FONTAINE") == {"wanted"}
    assert found("physics things") == {"wanted", "other"}
    assert found("modern old") == set()


def test_a_course_is_found_by_its_section_its_activity_and_its_description(tmp_path):
    small_run(tmp_path / "small")
    for words in ("Practice", "réseaux", "fontaine", "découvrez", "learn about"):
        assert found(words) == {"small"}, words


def test_a_word_in_the_title_ranks_before_one_in_the_summary(tmp_path):
    offered(tmp_path, "a", OPEN_RUN, title="Waves", summary="About nothing.")
    offered(tmp_path, "b", OPEN_RUN, title="Nothing", summary="About waves.")
    offered(tmp_path, "c", OPEN_RUN, title="Nothing but waves", summary="About nothing.")
    assert shown(catalogue(q="nothing")) == ["c", "b", "a"]
    assert shown(catalogue(q="waves nothing")) == ["c", "a", "b"]


@pytest.mark.parametrize(
    "words", ["%", "_", "'", "\\", "\0", "-- ;", "[a-z]", "😀", "\ud7ff", "x" * 5000, "a " * 300]
)
def test_an_odd_query_is_answered_with_a_page(tmp_path, words):
    offered(tmp_path, "physics", OPEN_RUN)
    assert shown(catalogue(q=words)) in (["physics"], [])


def test_a_query_without_a_word_shows_every_course(tmp_path):
    offered(tmp_path, "physics", OPEN_RUN)
    assert found("%") == found(" - ") == found("") == {"physics"}
    assert found("_") == found("physics_") == set()


def test_bytes_that_are_no_text_are_answered_with_a_page(tmp_path):
    offered(tmp_path, "physics", OPEN_RUN)
    for query in ("q=%ff%fe", "q=%ed%a0%80", "q[]=1", "&&&=", "subject=%ff", "page=%ff", "q"):
        assert read_page(signed_in(None).get(f"/courses/?{query}")).one("h1").text == "Courses"


def test_the_query_stands_in_the_search_box_with_the_filters_beside_it(tmp_path):
    offered(tmp_path, "physics", OPEN_RUN)
    page = catalogue(q='"physics" <b>', when="open", subject="physics")
    form = page.one("form", "inline-search")
    assert form.one("input", type="search")["value"] == '"physics" <b>'
    hidden = [(it["name"], it["value"]) for it in form.all("input", type="hidden")]
    assert hidden == [("subject", "physics"), ("when", "open")]


def test_when_nothing_is_found_the_page_says_what_to_do(tmp_path):
    offered(tmp_path, "physics", OPEN_RUN)
    page = catalogue(q="nosuchthing")
    assert counted(page) == 0
    empty = page.one("div", "empty")
    assert empty.one("h2").text == "No course matches"
    assert empty.one("a")["href"] == "/courses/"
    assert choices(page) == {}


# Filters


@pytest.fixture
def many(tmp_path):
    """Nine courses that differ in all that can be filtered."""
    for number, (subject, languages, run) in enumerate(
        [
            ("physics", ["en"], OPEN_RUN),
            ("physics", ["fr"], SOON_RUN),
            ("physics", ["fr", "en"], OVER_RUN),
            ("law", ["en", "fr"], OPEN_RUN),
            ("law", ["fr"], CLOSED_RUN),
            ("law", ["fr"], DATED_RUN),
            ("health", ["en"], SOON_RUN),
            ("health", ["en"], OVER_RUN),
            ("arts", ["fr", "en"], DATED_RUN),
        ]
    ):
        title = "Ondes" if number % 2 else "Waves"
        offered(tmp_path, f"c{number}", run, subject=subject, languages=languages, title=title)


def test_each_filter_names_its_values_with_their_counts(many):
    assert counts(catalogue()) == {
        "subject": {"Arts": 1, "Health": 2, "Law": 3, "Physics": 3},
        "language": {"Français": 6, "English": 6},
        "when": {
            "Open for enrolment": 4,
            "Starting soon": 2,
            "Running, enrolment closed": 1,
            "Over": 2,
        },
        "pace": {"with dates": 6, "at your own pace": 3},
    }


def test_several_values_of_one_filter_widen_and_several_filters_narrow(many):
    assert set(shown(catalogue(subject="law"))) == {"c3", "c4", "c5"}
    assert set(shown(catalogue(subject=["law", "arts"]))) == {"c3", "c4", "c5", "c8"}
    assert set(shown(catalogue(subject=["law", "arts"], when="open"))) == {"c3", "c5", "c8"}
    assert set(shown(catalogue(subject="law", when="open", pace="self"))) == {"c3"}
    assert set(shown(catalogue(language="en", when="over"))) == {"c2", "c7"}
    assert set(shown(catalogue(language="en", when="over", q="ondes"))) == {"c7"}


@pytest.mark.parametrize("name", ["subject", "language", "when", "pace"])
def test_a_value_that_no_filter_has_matches_nothing_and_does_no_harm(many, name):
    page = catalogue(**{name: "'<b>nosuch"})
    assert shown(page) == []
    assert counts(page)[name] == counts(catalogue())[name]


def test_a_chosen_value_without_courses_stays_to_be_taken_away(many):
    page = catalogue(subject="arts", when="over")
    (chosen,) = (it for it in choices(page)["subject"] if it["aria-current"] == "true")
    assert (chosen.all("span")[0].text, chosen.one("span", "count").text) == ("Arts", "0")
    assert chosen["href"] == "?when=over"
    assert "(remove this filter)" in chosen.text


_VALUES = {
    "subject": {"physics": "Physics", "law": "Law", "health": "Health", "chemistry": "Chemistry"},
    "language": {"fr": "Français", "en": "English"},
    "when": {
        "open": "Open for enrolment",
        "soon": "Starting soon",
        "running": "Running, enrolment closed",
        "over": "Over",
    },
    "pace": {"self": "at your own pace", "scheduled": "with dates"},
}
_SELECTIONS = st.fixed_dictionaries(
    {
        "q": st.sampled_from(["", "ondes", "waves", "nosuchthing"]),
        **{
            name: st.lists(st.sampled_from([*it, "none"]), max_size=3)
            for name, it in _VALUES.items()
        },
    }
)


@examples(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_SELECTIONS)
def test_a_count_is_what_the_page_shows_when_only_that_value_is_chosen(many, selection):
    browser = signed_in(None)
    page = catalogue(browser, **selection)
    assert len(shown(page)) == counted(page)
    told = counts(page)
    for name, labels in _VALUES.items():
        for value, label in labels.items():
            alone = catalogue(browser, **{**selection, name: value})
            assert told.get(name, {}).get(label, 0) == counted(alone), (name, value)


@examples(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_SELECTIONS)
def test_following_a_choice_leads_to_what_it_promises_and_back(many, selection):
    browser = signed_in(None)
    page = catalogue(browser, **selection)
    before = set(shown(page))
    for name, links in choices(page).items():
        alone = not any(it["aria-current"] for it in links) and not selection[name]
        for link in links:
            after = read_page(browser.get(f"/courses/{link['href']}"))
            if alone:
                assert counted(after) == int(link.one("span", "count").text)
            elif not link["aria-current"]:
                assert before <= set(shown(after))
            label = link.all("span")[0].text
            links_after = choices(after).get(name, [])
            again = [it for it in links_after if it.all("span")[0].text == label]
            for back in again:
                assert bool(back["aria-current"]) is not bool(link["aria-current"])
                returned = read_page(browser.get(f"/courses/{back['href']}"))
                assert set(shown(returned)) == before


# What is offered


def test_a_course_without_a_session_is_not_in_the_catalogue(tmp_path):
    offered(tmp_path, "planned")
    assert shown(catalogue()) == []


def test_a_session_that_was_taken_out_is_not_offered_any_more(tmp_path):
    run = small_run(tmp_path / "small")
    who = ada(run)
    text = (tmp_path / "small/runs.yaml").read_text()
    replaced(tmp_path / "small", "runs.yaml", text[text.index("  - key") :], "  []\n")
    imported(tmp_path / "small")
    run.refresh_from_db()
    assert run.retired
    assert not Run.objects.filter(key="small-keyed").exists()
    assert shown(catalogue()) == []
    page = read_page(signed_in(None).get("/courses/small/"))
    assert page.one("ul", "offers").text == "No session is planned yet."
    assert signed_in(who).get("/learn/small-now/").status_code == 200
    unenrol(place(who).enrolment)
    refusal = signed_in(who).post("/runs/small-now/enrol/")
    assert "Enrolment in this session is closed" in refusal.content.decode()


def test_a_course_half_imported_is_not_shown(tmp_path):
    course = offered(tmp_path, "physics", OPEN_RUN)
    course.version = 0
    course.save()
    assert shown(catalogue()) == []
    assert signed_in(None).get("/courses/physics/").status_code == 404


def test_a_course_stands_there_with_its_best_session(tmp_path):
    offered(tmp_path, "open", OVER_RUN, SOON_RUN, OPEN_RUN)
    offered(tmp_path, "soon", OVER_RUN, SOON_RUN)
    offered(tmp_path, "running", OVER_RUN, CLOSED_RUN)
    offered(tmp_path, "over", OVER_RUN)
    badges = {
        card.one("a")["href"]: card.one("span", "badge").text
        for card in catalogue().all("article", "course-card")
    }
    assert badges == {
        "/courses/open/": "Open",
        "/courses/soon/": "Soon",
        "/courses/running/": "Running",
        "/courses/over/": "Over",
    }
    assert counts(catalogue(q="open"))["when"] == {
        "Open for enrolment": 1,
        "Starting soon": 1,
        "Over": 1,
    }
