"""Finding words: in the catalogue and inside a course."""

import re
from html import unescape

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from preau.learn.courses.models import Course
from preau.learn.courses.search import excerpt, search_course, search_courses, search_words
from preau.learn.courses.texts import fold
from tests.learn.courses.changing import course, done, replaced, without_practice
from tests.people import ada, imported, signed_in, small_folder, small_run

database = pytest.mark.django_db


def found(query: str, language: str = "fr") -> list[str]:
    with override(language):
        return [hit["key"] for hit in search_course(course(), query, ["waves", "networks"])]


@pytest.fixture
def run(tmp_path):
    return small_run(tmp_path / "small")


@database
@pytest.mark.parametrize("query", ["réseau", "reseau", "RÉSEAU", "re\u0301seau", "resea"])
def test_accents_and_case_are_ignored_both_ways(run, query):
    assert found(query) == ["sine"]
    assert [it.key for it in search_courses(Course.objects.all(), query)] == ["small"]


@database
def test_a_word_without_accents_in_the_text_is_found_with_them(run):
    assert found("périodé") == ["sine"]


@database
def test_every_word_is_needed(run):
    assert found("période réseau") == ["sine"]
    assert found("période paquets") == []
    assert [it.key for it in search_courses(Course.objects.all(), "waves networks")] == ["small"]
    assert search_courses(Course.objects.all(), "waves nothing") == []


@database
def test_a_word_in_the_title_comes_first(tmp_path):
    folder = small_folder(tmp_path / "small", **{"waves/sine.en.md": "Practice makes perfect.\n"})
    imported(folder)
    assert found("practice", "en") == ["practice", "sine"]


@database
def test_a_course_with_the_word_in_its_title_comes_first(tmp_path):
    imported(small_folder(tmp_path / "small"))
    other = small_folder(tmp_path / "other", **{"runs.yaml": None})
    replaced(other, "course.yaml", "key: small", "key: other")
    replaced(other, "course.yaml", "A small course", "Networks")
    imported(other)
    courses = search_courses(Course.objects.order_by("key"), "networks")
    assert [it.key for it in courses] == ["other", "small"]


@database
def test_it_finds_what_is_said_in_a_video_in_the_language_of_the_page(run):
    assert found("hello waves", "en") == ["film"]
    assert found("bonjour", "fr") == ["film"]
    assert found("bonjour", "en") == []


@database
def test_what_is_hidden_is_not_found(run, tmp_path):
    ada(run)
    done(run.enrolments.get(), "practice")
    without_practice(tmp_path / "small")
    imported(tmp_path / "small")
    assert found("dessinez") == []


@database
@pytest.mark.parametrize("query", ["", "   ", "%", "_%", "\\", "'", "*", "-- ;"])
def test_a_query_without_words_finds_nothing(run, query):
    assert found(query) == [] or search_words(query) == ["_"]


@database
@pytest.mark.parametrize("query", ["s_ne", "_____", "sine' OR 1=1"])
def test_signs_of_the_database_mean_nothing(run, query):
    assert found(query, "en") == []


@database
@pytest.mark.parametrize("path", ["/runs/small-now/search/", "/courses/"])
def test_html_in_a_query_is_harmless(run, path):
    page = signed_in(ada(run)).get(path, {"q": '"><script>alert(1)</script>'})
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


def test_only_the_first_eight_words_count():
    assert search_words("a b c a d e f g h i j") == ["a", "b", "c", "d", "e", "f", "g", "h"]


def test_an_excerpt_marks_words_and_escapes_the_rest():
    assert excerpt("a <b> & Réseau <i>", ["reseau"]) == (
        "a &lt;b&gt; &amp; <mark>Réseau</mark> &lt;i&gt;"
    )
    assert (
        excerpt("une rue, une rue\u0301", ["rue"])
        == "une <mark>rue</mark>, une <mark>rue\u0301</mark>"
    )
    assert excerpt("Straße", ["strasse"]) == "<mark>Straße</mark>"
    assert excerpt("Straße", ["s"]) == "<mark>S</mark>tra<mark>ß</mark>e"


def test_an_excerpt_is_a_piece_around_the_first_word():
    text = "start " + "x " * 500 + "sine " + "y " * 500
    piece = excerpt(text, ["sine"])
    assert piece.startswith("…")
    assert piece.endswith("…")
    assert len(piece) < 250
    assert "<mark>sine</mark>" in piece
    assert excerpt("short", ["other"]) == "short"
    assert excerpt("", ["other"]) == ""
    assert excerpt("<short>", []) == "&lt;short&gt;"


_TEXTS = st.text(max_size=300) | st.text("aàbeßſﬁ㎇ İı<>&\"'Å\u0301\u0327한", max_size=300)


@given(_TEXTS, st.lists(_TEXTS, max_size=3))
def test_an_excerpt_without_its_marks_is_a_piece_of_the_text(text, queries):
    words = search_words(" ".join(queries))
    piece = excerpt(text, words)
    outside = re.sub("</?mark>", "", piece)
    assert not set(outside) & set("<>\"'")
    assert unescape(outside).strip("…") in text
    assert "<mark></mark>" not in piece
    marked = [unescape(it) for it in re.findall("<mark>(.*?)</mark>", piece, re.DOTALL)]
    assert all(any(word in fold(it) for word in words) for it in marked) or any(
        len(fold(char)) > 1 for char in text
    )


@given(_TEXTS)
def test_a_folded_text_stays_as_it_is(text):
    assert fold(fold(text)) == fold(text)
    assert set(search_words(text)) == set(search_words(fold(text)))


@given(_TEXTS)
def test_an_upper_case_text_is_folded_as_the_lower_case_one(text):
    assert fold(text.casefold()) == fold(text)
