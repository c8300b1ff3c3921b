"""A video: every quality, subtitles, chapters and transcript, and all of it without a script."""

import pytest

from preau.learn.enrolments.models import Watching
from tests.learn.courses.kinds.activities import (
    RUN,
    course_with,
    learner,
    opened,
    outline,
    problems,
)

pytestmark = pytest.mark.django_db

EN = "WEBVTT\n\n00:00.000 --> 00:05.000\n<v Claire>Hello &amp; <b>waves</b>.\n\n01:05.500 --> 01:06.000\n<script>\n"
FR = "WEBVTT\n\n00:00.000 --> 00:05.000\nBonjour.\n"
CHAPTERS = (
    "WEBVTT\n\n00:00.000 --> 00:30.000\nThe start\n\n01:00:00.000 --> 01:30:00.000\nThe end\n"
)
VIDEO = {
    "kind": "video",
    "sources": [{"file": "film.mp4", "height": 1080}, {"file": "film.webm", "height": 240}],
    "poster": "poster.svg",
    "subtitles": {"en": "film.en.vtt", "fr": "film.fr.vtt"},
    "chapters": {"en": "chapters.vtt"},
    "duration": 5400.5,
}
FILES = {
    "film.mp4": b"\0" * 3000, "film.webm": b"\1" * 1000, "film.en.vtt": EN, "film.fr.vtt": FR,
    "chapters.vtt": CHAPTERS, "poster.svg": "<svg/>\n",
}  # fmt: skip


@pytest.fixture
def browser(tmp_path):
    return learner(course_with(tmp_path, VIDEO, FILES))


def alone(tmp_path, language="en"):
    """A video that is one file and nothing else."""
    video = {"kind": "video", "sources": [{"file": "film.mp4"}]}
    return learner(course_with(tmp_path, video, {"film.mp4": b"\0"}), language)


def test_every_quality_is_a_source_the_best_first(browser):
    video = opened(browser).one("video")
    assert [(it["type"], it["data-height"]) for it in video.all("source")] == [
        ("video/mp4", "1080"), ("video/webm", "240"),
    ]  # fmt: skip
    for source, size in zip(video.all("source"), (3000, 1000), strict=True):
        answer = browser.get(source["src"], headers={"range": "bytes=0-9"})
        assert (answer.status_code, answer["Content-Type"]) == (206, source["type"])
        assert answer["Content-Range"] == f"bytes 0-9/{size}"
        assert "attachment" not in answer["Content-Disposition"]
    assert browser.get(video["poster"])["Content-Type"] == "image/svg+xml"


def test_it_is_played_by_the_browser_itself_without_a_script(browser):
    video = opened(browser).one("video")
    assert "controls" in video.attributes
    assert "autoplay" not in video.attributes
    assert video["aria-label"] == "A thing (en)"
    assert browser.get(video.one("p").one("a")["href"]).status_code == 200
    assert "hidden" in opened(browser).one("div", "video-controls").attributes


def test_without_a_script_it_is_ticked_by_hand(browser):
    form = opened(browser).one("form", action=f"/learn/{RUN}/thing/complete/")
    assert form.one("button").text == "Mark as done"
    assert "80 %" in form.one("p").text
    done = form.one("input", name="done")["value"]
    browser.post(form["action"], {"done": done})
    assert "Completed" in opened(browser).one("span", "activity-state").text
    assert len(outline(browser).all("span", "tick-check")) == 1


def test_subtitles_are_tracks_of_which_that_of_the_page_is_shown(browser):
    tracks = opened(browser).all("track", kind="subtitles")
    assert [(it["srclang"], it["label"], "default" in it.attributes) for it in tracks] == [
        ("en", "English", True), ("fr", "Français", False),
    ]  # fmt: skip
    for track, text in zip(tracks, (EN, FR), strict=True):
        answer = browser.get(track["src"])
        assert answer.content.decode() == text
        assert answer["Content-Type"] == "text/vtt; charset=utf-8"
    browser.get("/language/fr/")
    french = opened(browser).all("track", kind="subtitles")
    assert [it["srclang"] for it in french if "default" in it.attributes] == ["fr"]


def test_the_transcript_is_text_with_its_times(browser):
    transcript = opened(browser).one("section", "transcript")
    assert transcript.one("ol")["lang"] == "en"
    cues = [
        (it["data-seek"], it["data-end"], it.one("span", "clock").text, it.all("span")[1].text)
        for it in transcript.all("span", "cue")
    ]
    assert cues == [
        ("0.0", "5.0", "0:00", "Hello & waves."),
        ("65.5", "66.0", "1:05", ""),
    ]


def test_times_are_numbers_a_script_reads_in_every_language(browser):
    browser.get("/language/fr/")
    page = opened(browser)
    assert page.one("section", "transcript").one("ol")["lang"] == "fr"
    assert [it["data-seek"] for it in page.all("span", "cue")] == ["0.0"]
    assert page.one("div", "video-layout")["data-duration"] == "5400.5"


def test_chapters_are_listed_and_a_track(browser):
    page = opened(browser)
    chapters = page.one("nav", "chapters")
    assert [it.text for it in chapters.all("span", "chapter")] == [
        "0:00 The start",
        "1:00:00 The end",
    ]
    assert browser.get(page.one("track", kind="chapters")["src"]).content.decode() == CHAPTERS
    browser.get("/language/fr/")
    french = opened(browser).one("nav", "chapters")
    assert (french["aria-label"], french.one("ol")["lang"]) == ("Chapitres", "en")


def test_the_qualities_can_be_chosen(browser):
    page = opened(browser)
    choices = [(it["value"], it.text) for it in page.one("select", data_quality="").all("option")]
    sources = [it["src"] for it in page.all("source")]
    assert choices == list(zip(sources, ["1080p", "240p"], strict=True))


def test_what_is_not_there_leaves_no_empty_place(tmp_path):
    page = opened(alone(tmp_path))
    assert page.one("div", "video-layout-alone")
    assert page.all("track") == page.all("nav", "chapters") == []
    assert page.all("section", "transcript") == page.all("select", data_quality="") == []
    assert {"poster", "data-height", "data-duration"} & set(page.one("video").attributes) == set()


def test_it_goes_on_where_the_person_stopped(browser):
    assert opened(browser).one("div", "video-layout")["data-position"] == "0"
    address = opened(browser).one("div", "video-layout")["data-watched-url"]
    sent = '{"position": 1234.5, "duration": 5400.5, "seen": [[0, 10]]}'
    assert browser.post(address, sent, content_type="application/json").status_code == 200
    assert Watching.objects.get().position == 1234.5
    browser.get("/language/fr/")
    assert opened(browser).one("div", "video-layout")["data-position"] == "1234.50"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"sources": []}, "section.yaml"),
        ({"sources": [{"file": "film.avi"}]}, "section.yaml"),
        ({"sources": [{"file": "nosuch.mp4"}]}, "nosuch.mp4"),
        ({"sources": [{"file": "film.mp4", "height": 5}]}, "section.yaml"),
        ({"duration": 0}, "section.yaml"),
        ({"duration": "20 s"}, "section.yaml"),
        ({"subtitles": {"en": "poster.svg"}}, "part/poster.svg:1"),
        ({"chapters": {"en": "film.mp4"}}, "part/film.mp4:1"),
        ({"subtitles": {}}, "section.yaml"),
    ],
)
def test_a_video_that_is_not_right_is_refused_with_its_place(tmp_path, changed, said):
    found = problems(course_with(tmp_path, {**VIDEO, **changed}, FILES))
    assert found
    assert said in found[0]
