"""A course with several sessions is found by any of them, and shown with the best that matches."""

from copy import deepcopy

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from preau.learn.courses.models import Run
from tests.learn.home.offers import (
    CLOSED_RUN,
    DATED_RUN,
    OPEN_RUN,
    OVER_RUN,
    SOON_RUN,
    moved,
    offered,
)
from tests.learn.home.reading import catalogue, counted, counts, shown

pytestmark = pytest.mark.django_db
LATER_CLOSED = {"pace": "scheduled", "starts": "2099-01-05", "enrolment": {"closes": "2020-01-20"}}
# Each kind of session as the filters see it.
SEEN = {
    "open": (OPEN_RUN, "open", "self"),
    "dated": (DATED_RUN, "open", "scheduled"),
    "soon": (SOON_RUN, "soon", "scheduled"),
    "closed": (CLOSED_RUN, "running", "self"),
    "later": (LATER_CLOSED, "soon", "scheduled"),
    "over": (OVER_RUN, "over", "scheduled"),
}
LABELS = {
    "when": {
        "open": "Open for enrolment",
        "soon": "Starting soon",
        "running": "Running, enrolment closed",
        "over": "Over",
    },
    "pace": {"self": "at your own pace", "scheduled": "with dates"},
}


def foot(page):
    """The last lines of the cards on the page."""
    return [it.one("p", "course-card-foot").text for it in page.all("article", "course-card")]


def test_a_course_is_found_by_each_of_its_sessions(tmp_path):
    offered(tmp_path, "waves", OPEN_RUN, SOON_RUN)
    for query in ({}, {"pace": "self"}, {"when": "open"}, {"pace": "self", "when": "open"}):
        assert foot(catalogue(**query)) == ["Open At your own pace · EN"], query
    for query in ({"pace": "scheduled"}, {"when": "soon"}, {"pace": "scheduled", "when": "soon"}):
        assert foot(catalogue(**query)) == ["Soon From Jan. 5, 2099 · EN"], query


def test_one_session_must_satisfy_all_filters_together(tmp_path):
    offered(tmp_path, "waves", OPEN_RUN, SOON_RUN)
    page = catalogue(pace="self", when="soon")
    assert shown(page) == []
    assert counts(page)["pace"] == {"with dates": 1, "at your own pace": 0}
    assert counts(page)["when"] == {"Open for enrolment": 1, "Starting soon": 0}


def test_a_course_counts_once_for_each_value_however_many_sessions_it_has(tmp_path):
    offered(tmp_path, "waves", OPEN_RUN, OPEN_RUN, SOON_RUN, DATED_RUN)
    page = catalogue()
    assert (shown(page), counted(page)) == (["waves"], 1)
    assert counts(page) == {
        "subject": {"Physics": 1},
        "language": {"English": 1},
        "when": {"Open for enrolment": 1, "Starting soon": 1},
        "pace": {"with dates": 1, "at your own pace": 1},
    }


def test_a_session_that_was_taken_out_finds_nothing(tmp_path):
    offered(tmp_path, "waves", OPEN_RUN, SOON_RUN)
    Run.objects.filter(key="waves-2").update(retired=True)
    assert shown(catalogue(pace="scheduled")) == shown(catalogue(when="soon")) == []


def test_what_goes_on_with_enrolment_closed_is_not_over(tmp_path):
    offered(tmp_path, "waves", DATED_RUN)
    run = moved(Run.objects.get(), starts_at=-48, enrolment_closes_at=-1, ends_at=48)
    assert foot(catalogue(when="running"))[0].startswith("Running From")
    assert shown(catalogue(when="over")) == []
    moved(run, ends_at=-1)
    assert shown(catalogue(when="running")) == []
    assert foot(catalogue(when="over"))[0].startswith("Over From")


_CHOSEN = st.fixed_dictionaries(
    {name: st.lists(st.sampled_from(sorted(it)), max_size=2) for name, it in LABELS.items()}
)


@pytest.fixture
def mixed(tmp_path):
    """Courses with every pair of sessions, and what each pair is."""
    kinds = sorted(SEEN)
    pairs = {f"{one}-{other}": (one, other) for one in kinds for other in kinds if one <= other}
    for key, pair in pairs.items():
        offered(tmp_path, key, *(deepcopy(SEEN[kind][0]) for kind in pair))
    return pairs


def wanted(pairs, when, pace):
    return {
        key
        for key, pair in pairs.items()
        if any(
            (not when or SEEN[kind][1] in when) and (not pace or SEEN[kind][2] in pace)
            for kind in pair
        )
    }


@examples(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=_CHOSEN)
def test_courses_and_counts_are_those_of_all_sessions(mixed, chosen):
    page = catalogue(**chosen)
    assert set(shown(page)) == wanted(mixed, **chosen)
    told = counts(page)
    for name, labels in LABELS.items():
        for value, label in labels.items():
            alone = wanted(mixed, **{**chosen, name: [value]})
            assert told.get(name, {}).get(label, 0) == len(alone), (name, value)
