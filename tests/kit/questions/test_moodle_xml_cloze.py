"""Moodle XML: embedded answers, a text with small questions inside."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preau.kit.questions.formats import moodle_xml
from preau.kit.questions.formats.moodle_xml.places import Place, as_words, pieces, read_words
from preau.kit.questions.question import FILES, Hint, Question
from preau.kit.questions.types.choice import Choice, Option
from preau.kit.questions.types.cloze import Cloze, Part
from preau.kit.questions.types.numerical import Numerical, Unit, Value
from preau.kit.questions.types.short_answer import Pattern, ShortAnswer
from tests.kit.questions.test_moodle_xml import file, question, quiz


def taken(text: str, inner: str = "", extra: str = "", format_: str = "html") -> Question:
    part = question("cloze", inner, text, extra).replace('"html"', f'"{format_}"', 1)
    (item,) = moodle_xml.read(quiz(part)).items
    assert not item.lost, item.dropped
    return item.question


def part(text: str) -> Part:
    (only,) = taken(text).body.parts
    return only


def choice(*options: Option, several: bool = False, shuffle: bool = False) -> Choice:
    return Choice(options, several, shuffle, "none", False)


YES_NO = (Option("yes", 1.0), Option("no"))


def test_a_text_with_its_places():
    it = taken(
        "<p>A byte has {2:NUMERICAL:=8:0.5#Yes~%50%7#Nearly} bits.</p>\n"
        "<p>Half of it is a {:SHORTANSWER:=nibble~%25%nybble#Spelling}. {1:MC:~=yes~no}</p>",
        "<penalty>0.1</penalty><hint format='html'><text>Count</text><clearwrong/></hint>",
    )
    assert it.body == Cloze(
        "<p>A byte has {#1} bits.</p>\n<p>Half of it is a {#2}. {#3}</p>",
        (
            Part(
                numerical=Numerical((Value(8.0, 0.5, 1.0, "Yes"), Value(7.0, 0.0, 0.5, "Nearly"))),
                weight=2.0,
            ),
            Part(
                short_answer=ShortAnswer((Pattern("nibble"), Pattern("nybble", 0.25, "Spelling")))
            ),
            Part(choice=choice(*YES_NO)),
        ),
    )
    assert (it.mark, it.penalty, it.stem) == (4.0, 0.1, "")
    assert it.hints == (Hint("Count", clear_wrong_parts=True),)


@pytest.mark.parametrize(
    ("names", "layout", "shuffle"),
    [
        ("MULTICHOICE MC", "inline", False),
        ("MULTICHOICE_S MCS", "inline", True),
        ("MULTICHOICE_V MCV", "vertical", False),
        ("MULTICHOICE_VS MCVS", "vertical", True),
        ("MULTICHOICE_H MCH", "horizontal", False),
        ("MULTICHOICE_HS MCHS", "horizontal", True),
    ],
)
def test_one_of_several_choices(names, layout, shuffle):
    for name in names.split():
        wanted = Part(choice=choice(*YES_NO, shuffle=shuffle), layout=layout)
        assert part(f"{{1:{name}:=yes~no}}") == wanted


@pytest.mark.parametrize(
    ("names", "layout", "shuffle"),
    [
        ("MULTIRESPONSE MR", "vertical", False),
        ("MULTIRESPONSE_S MRS", "vertical", True),
        ("MULTIRESPONSE_H MRH", "horizontal", False),
        ("MULTIRESPONSE_HS MRHS", "horizontal", True),
    ],
)
def test_several_choices(names, layout, shuffle):
    options = (Option("a", 0.5), Option("b", 0.5), Option("c", -0.5))
    for name in names.split():
        wanted = Part(choice=choice(*options, several=True, shuffle=shuffle), layout=layout)
        assert part(f"{{1:{name}:=a~=b~c}}") == wanted


@pytest.mark.parametrize(
    ("written", "shares"),
    [
        ("=a~b", [1.0, -1.0]),
        ("%50%a~%50%b~%-25%c", [0.5, 0.5, -0.25]),
        ("%100%a~%100%b~c", [0.5, 0.5, 0.0]),
        ("%33,333%a~%33.333%b~%33.333%c", [0.33333] * 3),
    ],
)
def test_what_several_choices_are_worth(written, shares):
    options = part(f"{{1:MR:{written}}}").choice.options
    assert [option.share for option in options] == pytest.approx(shares)


@pytest.mark.parametrize(
    ("name", "heed_case"),
    [("SHORTANSWER", False), ("SA", False), ("MW", False), ("SHORTANSWER_C", True),
     ("SAC", True), ("MWC", True)],
)  # fmt: skip
def test_short_answers(name, heed_case):
    wanted = Part(short_answer=ShortAnswer((Pattern("Ohm*"),), heed_case))
    assert part(f"{{1:{name}:=Ohm*}}") == wanted


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("=3.14:0.01", Value(3.14, 0.01)),
        ("=3,14:0,01", Value(3.14, 0.01)),
        ("= -5 ", Value(-5.0)),
        ("=5:-1", Value(5.0, 1.0)),
        ("%100%6.02e23:1e21", Value(6.02e23, 1e21)),
        ("=*", Value(None)),
        ("=.5#<b>half</b>", Value(0.5, 0.0, 1.0, "<b>half</b>")),
    ],
)
def test_numbers(written, value):
    assert part(f"{{1:NM:{written}}}") == Part(numerical=Numerical((value,)))


@pytest.mark.parametrize(
    ("written", "answer", "feedback"),
    [
        (r"=a\}b\#c\~d", "a}b#c~d", ""),
        ("=a&#126;b&#125;c", "a~b}c", ""),
        ("=&lt;b&gt;#&lt;i&gt;", "<b>", "<i>"),
        ("=a &amp;lt; b", "a &lt; b", ""),
        (r"=\(\frac{1\}{2\}\)", r"\(\frac{1}{2}\)", ""),
        ("=yes#no # sign ends it\\}", "yes", "no # sign ends it}"),
        ("=\n yes \n", "yes", ""),
        ("=100%", "100%", ""),
        ("=%5 off", "%5 off", ""),
    ],
)
def test_signs_that_are_meant_as_letters(written, answer, feedback):
    (pattern,) = part(f"{{1:SA:{written}}}").short_answer.patterns
    assert (pattern.text, pattern.feedback) == (answer, feedback)


def test_images_of_choices_come_along():
    it = taken(
        '{1:MCV:=<img src="@@PLUGINFILE@@/a b.png">~&lt;img src="@@PLUGINFILE@@/c.png"&gt;}',
        extra=file("a b.png", b"1") + file("c.png", b"2"),
    )
    options = it.body.parts[0].choice.options
    assert [option.text for option in options] == [
        f'<img src="{FILES}a%20b.png">',
        f'<img src="{FILES}c.png">',
    ]
    data, report = moodle_xml.write([it])
    assert report.lost == 0
    assert moodle_xml.read(data).questions == [it]


@pytest.mark.parametrize(
    ("format_", "text", "html"),
    [
        ("markdown", "A *byte* {1:SA:=a*b*c}", "<p>A <em>byte</em> {#1}</p>"),
        ("plain_text", "1 < 2\n{1:SA:=a*b*c}", "1 &lt; 2<br>{#1}"),
        ("moodle_auto_format", "a\nb {1:SA:=a*b*c}", "a<br>b {#1}"),
    ],
)
def test_the_format_of_the_text_is_not_that_of_its_places(format_, text, html):
    it = taken(text, format_=format_)
    assert it.body == Cloze(html, (Part(short_answer=ShortAnswer((Pattern("a*b*c"),))),))


def test_what_only_looks_like_our_place_stays_text():
    assert taken("{#7} {1:SA:=x}").body.text == "&#123;#7} {#1}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{1:SA:=a} {1:REGEXP:=b}", "“{1:REGEXP:” begins no place"),
        ("{1:SA:=a} {1:SA:=b", "“{1:SA:” begins no place that is known or has an end"),
        ("no place", "nothing to answer"),
        ("{1:NM:=many}", "“many” is not a number"),
        ("{1:NM:=1:x}", "“x” is not a number"),
        ("{1:MC:=a}", "two choices"),
        ("{1:SA:a}", "No answer is worth the whole mark"),
        ("{1:SA:=}", "An answer is empty"),
        ("{0:SA:=a}", "not all 0"),
        (f"{{{'9' * 20}:SA:=a}}", "is too large"),
    ],
)
def test_what_is_no_place_is_told(text, said):
    (item,) = moodle_xml.read(quiz(question("cloze", text=text))).items
    assert item.lost
    assert said in " ".join(item.dropped)


EMBEDDED = Question(
    "Q",
    "",
    Cloze(
        "<p>{1:SA:=none} {#1} {#2}</p>",
        (
            Part(choice=choice(Option(r"<i>\(x\}\)</i>&amp;", 1.0, "~#}"), Option("=no%"))),
            Part(short_answer=ShortAnswer((Pattern("50 %"),)), weight=2.0),
        ),
    ),
    mark=3.0,
)


def test_what_moodle_would_take_for_a_sign_is_written_as_an_entity():
    data, report = moodle_xml.write([EMBEDDED])
    assert report.lost == 0
    (again,) = moodle_xml.read(data).questions
    assert again.body.parts == EMBEDDED.body.parts
    assert again.body.text == "<p>&#123;1:SA:=none} {#1} {#2}</p>"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"mark": 5.0}, "the sum of their weights"),
        ({"stem": "<p>Fill in</p>"}, "become one"),
        ({"parts": (Part(numerical=Numerical((Value(1.0, 0.1, relative=True),)), weight=3.0),)},
         "becomes an absolute one"),
        ({"parts": (Part(numerical=Numerical((Value(1.0),), (Unit("m"),)), weight=3.0),)},
         "no units in Moodle"),
        ({"parts": (Part(short_answer=ShortAnswer((Pattern("é"),), heed_accents=False), weight=3.0),)},
         "heeds accents"),
        ({"parts": (Part(choice=choice(*YES_NO, several=True), weight=3.0),)},
         "below each other"),
        ({"parts": (Part(choice=Choice(YES_NO), weight=3.0, layout="vertical"),)},
         "without numbers"),
    ],
)  # fmt: skip
def test_what_moodle_cannot_say_is_told(change, said):
    parts = change.pop("parts", EMBEDDED.body.parts)
    text = "{#1}" if len(parts) == 1 else "{#1} {#2}"
    given_ = replace(EMBEDDED, body=Cloze(text, parts), **change)
    data, report = moodle_xml.write([given_])
    assert said in " ".join(report.items[0].dropped)
    assert moodle_xml.read(data).taken == 1


def test_weights_become_whole_numbers_in_the_same_proportion():
    short = ShortAnswer((Pattern("a"),))
    body = Cloze("{#1}{#2}", (Part(short_answer=short, weight=0.5), Part(short_answer=short)))
    data, report = moodle_xml.write([Question("Q", "", body, mark=3.0)])
    assert report.items[0].dropped == (
        "Weights are whole numbers in Moodle: all are 2 times as large.",
    )
    assert [it.weight for it in moodle_xml.read(data).questions[0].body.parts] == [1.0, 2.0]


signs = st.text("~#}{=%\\&<>;:*ampltgd1 é", max_size=30).map(str.strip)


@given(st.lists(st.tuples(signs.filter(bool), signs), min_size=1, max_size=4))
def test_any_words_come_back(said):
    written = "~".join(
        as_words(answer) + (f"#{as_words(feedback)}" if feedback else "")
        for answer, feedback in said
    )
    text = f"a {{1:SA:{written}}} b"
    before, place, after = pieces(text, frozenset({"SA"}))
    assert (before, after) == ("a ", " b")
    found = [(read_words(it.answer), read_words(it.feedback)) for it in place.alternatives]
    assert found == said


@given(st.text("{}1:SAMC=~#%\\&x ", max_size=80))
def test_whatever_is_written_is_places_and_the_text_between_them(text):
    found = list(pieces(text, frozenset({"SA", "MC"})))
    assert [isinstance(it, Place) for it in found] == [n % 2 == 1 for n in range(len(found))]
    assert len(found) > 1 or found == [text]
    at = 0
    for piece in found[::2]:
        at = text.index(piece, at) + len(piece)
