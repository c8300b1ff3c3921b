"""Moodle XML: markers and words on an image."""

from dataclasses import replace

import pytest

from preau.kit.questions.formats import moodle_xml
from preau.kit.questions.question import Question
from preau.kit.questions.types.markers import Marker, Markers, Zone
from tests.kit.questions.test_moodle_xml import file, question, quiz

IMAGE = file("map.png", b"picture")


def drag(number: int, text: str, inner: str = "") -> str:
    return f"<drag><no>{number}</no><text>{text}</text>{inner}</drag>"


def drop(shape: str, coords: str, choice: int = 1) -> str:
    return (
        f"<drop><no>1</no><shape>{shape}</shape><coords>{coords}</coords>"
        f"<choice>{choice}</choice></drop>"
    )


def read(kind: str, inner: str):
    (item,) = moodle_xml.read(quiz(question(kind, inner))).items
    return item


def test_markers_with_their_zones():
    item = read(
        "ddmarker",
        "<showmisplaced/><shownumcorrect/>"
        + IMAGE
        + drag(1, "antenna", "<noofdrags>2</noofdrags>")
        + drag(3, "H&lt;sub&gt;2&lt;/sub&gt;O &amp;amp; ice", "<infinite/><noofdrags>1</noofdrags>")
        + drag(4, "moon")
        + drop("circle", "10,20;5")
        + drop("rectangle", " 1, 2; 30, 40", 1)
        + drop("polygon", "0,0;10,0;5,8", 3),
    )
    assert not item.lost, item.dropped
    assert item.question.files == {"map.png": b"picture"}
    assert item.question.body == Markers(
        "map.png",
        (Marker("antenna", 2), Marker("H₂O & ice", 0), Marker("moon")),
        (
            Zone(1, "circle", (10.0, 20.0, 5.0)),
            Zone(1, "rectangle", (1.0, 2.0, 30.0, 40.0)),
            Zone(2, "polygon", (0.0, 0.0, 10.0, 0.0, 5.0, 8.0)),
        ),
        show_misplaced=True,
    )


GOOD = IMAGE + drag(1, "antenna") + drop("circle", "10,20;5")


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        (GOOD + "<shuffleanswers/>", "in the order of the file"),
        (GOOD + drag(2, "&lt;b&gt;sea&lt;/b&gt;"), "The formatting of “sea”"),
        (GOOD + drop("circle", "1,1;1", 9), "A zone without a marker"),
        (GOOD + file("other.png", b"2"), "a further one is not shown"),
        (GOOD + "<hint><text>x</text><options>1</options></hint>", "<options> in <hint>"),
        (drag(1, "antenna") + drop("circle", "10,20;5"), "There is no image."),
        (IMAGE + drag(1, "antenna"), "no zone"),
        (GOOD + drop("star", "1,1"), "“star” is no shape"),
        (GOOD + drop("circle", "1,1"), "A circle needs 3 coordinates"),
        (GOOD + drop("circle", "1,1;many"), "“many” is not a number"),
        (GOOD + drag(2, "&lt;img src='a.png'&gt;"), "A marker has no text"),
    ],
)
def test_what_is_left_out_is_told(inner, said):
    assert said in " ".join(read("ddmarker", inner).dropped)


def test_an_option_that_is_off_is_not_told():
    assert read("ddmarker", GOOD + "<shuffleanswers>0</shuffleanswers>").dropped == ()


def word(number: int, text: str, group: int = 1, inner: str = "") -> str:
    return drag(number, text, f"<draggroup>{group}</draggroup>{inner}")


def place(choice: int, left: int, top: int) -> str:
    return (
        f"<drop><text></text><no>1</no><choice>{choice}</choice><xleft>{left}</xleft>"
        f"<ytop>{top}</ytop></drop>"
    )


def test_words_on_an_image_become_markers_as_near_as_can_be():
    item = read(
        "ddimageortext",
        IMAGE
        + word(1, "sea")
        + word(2, "mountain", inner="<infinite/>")
        + place(2, 50, 60)
        + place(1, 5, 6),
    )
    assert item.dropped == ("Its places have no size in the file: they are as large as the words.",)
    assert item.question.body == Markers(
        "map.png",
        (Marker("sea"), Marker("mountain", 0)),
        (
            Zone(2, "rectangle", (50.0, 60.0, 84.0, 30.0)),
            Zone(1, "rectangle", (5.0, 6.0, 84.0, 30.0)),
        ),
    )


def test_groups_pictures_and_names_of_places_are_left_out_and_told():
    said = " ".join(
        read(
            "ddimageortext",
            IMAGE
            + word(1, "sea", inner=file("sea.png", b"3"))
            + word(2, "land", 2)
            + place(1, 1, 1).replace("<text></text>", "<text>top</text>"),
        ).dropped
    )
    assert "The picture of “sea” is left out" in said
    assert "not only on those of its group" in said
    assert "<text> in <drop> has no place" in said
    assert "A marker has no text" in " ".join(
        read("ddimageortext", IMAGE + word(1, "", inner=IMAGE) + place(1, 1, 1)).dropped
    )


ASKED = Question(
    "Q",
    "Where?",
    Markers("map.png", (Marker("a < b"),), (Zone(1, "circle", (1.0, 2.0, 3.0)),)),
    files={"map.png": b"picture"},
)


def test_the_image_is_where_moodle_looks_for_it():
    data, report = moodle_xml.write([ASKED])
    assert report.lost == 0
    assert b"<coords>1,2;3</coords>" in data
    assert b"<text>a &amp;lt; b</text>" in data
    assert data.index(b"</questiontext>") < data.index(b'<file name="map.png"')
    assert moodle_xml.read(data).questions == [ASKED]


def test_an_image_that_the_question_does_not_have_is_named():
    _data, report = moodle_xml.write([replace(ASKED, files={})])
    assert report.items[0].missing == ("map.png",)


def test_moodle_has_whole_pixels_inside_the_image():
    zone = Zone(1, "circle", (1.4, -2.0, 3.0))
    data, report = moodle_xml.write([replace(ASKED, body=replace(ASKED.body, zones=(zone,)))])
    assert report.items[0].dropped == (
        "Zones are in whole pixels in Moodle, and inside the image.",
    )
    assert b"<coords>1,0;3</coords>" in data
