"""Subtitles and chapters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preau.learn.courses.kinds.video.webvtt import Cue, WebVTTError, parse_webvtt

HELLO = [Cue(1.0, 4.5, "Hello")]


@pytest.mark.parametrize(
    "text",
    [
        "WEBVTT\n\n00:01.000 --> 00:04.500\nHello\n",
        "WEBVTT\n\n00:01.000 --> 00:04.500\nHello",
        "WEBVTT some title\n\n00:01.000 --> 00:04.500\nHello\n",
        "WEBVTT\tsome title\nKind: captions\nLanguage: en\n\n00:01.000 --> 00:04.500\nHello\n",
        "WEBVTT\n\n00:00:01.000 --> 00:00:04.500\nHello\n",
        "WEBVTT\n\nan identifier\n00:01.000 --> 00:04.500\nHello\n",
        "WEBVTT\n\n00:01.000 --> 00:04.500 align:start position:10% line:0\nHello\n",
        "WEBVTT\n\n00:01.000\t-->\t00:04.500\nHello\n",
        "WEBVTT\n\nNOTE\nby --hand\n\nSTYLE\n::cue {}\n\nREGION\nid:a\n\nNOTE more\n\n00:01.000 --> 00:04.500\nHello\n",
        "WEBVTT\r\n\r\n00:01.000 --> 00:04.500\r\nHello\r\n",
        "WEBVTT\r\r00:01.000 --> 00:04.500\rHello\r",
        "\ufeffWEBVTT\n\n00:01.000 --> 00:04.500\nHello\n",
        "WEBVTT\n\n\n\n00:01.000 --> 00:04.500\n<v Claire><i>Hel</i>lo</v>\n\n\n",
        "WEBVTT\n\n00:01.000 --> 00:04.500\n<00:02.000>Hello\n",
        "WEBVTT\n\nstray text\n\n00:01.000 --> 00:04.500\nHello\n",
    ],
)
def test_it_reads_a_valid_file(text):
    assert parse_webvtt(text.encode()) == HELLO


def test_it_reads_long_videos_and_lines():
    cues = parse_webvtt(b"WEBVTT\n\n100:59:59.999 --> 101:00:00.000\n- one\n  - two  \n")
    assert cues == [Cue(363599.999, 363600.0, "- one\n- two")]


def test_entities_are_characters_and_tags_are_gone():
    cues = parse_webvtt(
        "WEBVTT\n\n00:00.000 --> 00:01.000\na &lt;b&gt; &amp; c&nbsp;é <u>d</u>\n".encode()
    )
    assert cues[0].text == "a <b> & c\xa0é d"


def test_a_nul_is_replaced_as_the_standard_asks():
    assert parse_webvtt(b"WEBVTT\n\n00:00.000 --> 00:01.000\na\0b\n")[0].text == "a\ufffdb"


def test_a_file_may_have_no_cue():
    assert parse_webvtt(b"WEBVTT") == []


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        (b"", 1, "does not begin with WEBVTT"),
        (b"webvtt\n", 1, "does not begin with WEBVTT"),
        (b"WEBVTTX\n", 1, "does not begin with WEBVTT"),
        (b"\nWEBVTT\n", 1, "does not begin with WEBVTT"),
        (b"WEBVTT\n\nR\xe9seaux", 3, "is not UTF-8 text; save it as UTF-8"),
        (b"WEBVTT\n\n00:01,000 --> 00:02,000\na", 3, "the times “00:01,000 --> 00:02,000” are not like 00:01.000 --> 00:04.500"),
        (b"WEBVTT\n\na\n0:01.000 --> 00:02.000\nb", 4, "the times “0:01.000 --> 00:02.000” are not like 00:01.000 --> 00:04.500"),
        (b"WEBVTT\n\n00:61.000 --> 00:62.000\na", 3, "the times “00:61.000 --> 00:62.000” are not like 00:01.000 --> 00:04.500"),
        (b"WEBVTT\n\n00:01.000 -->\na", 3, "the times “00:01.000 -->” are not like 00:01.000 --> 00:04.500"),
        (b"WEBVTT\n\n" + b"9" * 5000 + b":00:01.000 --> 00:02.000\na", 3, f"the times “{'9' * 60}” are not like 00:01.000 --> 00:04.500"),
        (b"WEBVTT\n\n00:02.000 --> 00:01.000\na", 3, "the cue ends before it begins"),
        (b"WEBVTT\r\n\r\n00:02.000 --> 00:02.000\r\na", 3, "the cue ends before it begins"),
        (b"WEBVTT\n\na\nb\n00:01.000 --> 00:02.000\nc", 3, "a cue's times must stand in its first or second line"),
    ],
)  # fmt: skip
def test_it_names_the_line_of_what_is_wrong(content, line, said):
    with pytest.raises(WebVTTError) as caught:
        parse_webvtt(content)
    assert (caught.value.line, str(caught.value)) == (line, said)


_PIECES = st.sampled_from(
    [b"WEBVTT", b"\n", b"\n\n", b"\r", b" --> ", b"00:01.000", b"00:02.000", b"1:00:00:01.000",
     b"NOTE", b"<b>", b"&amp;", b"&#0;", b"\0", b"\xef\xbb\xbf", b"\xe9", b"9999999:00:00.000"]
)  # fmt: skip


@given(st.binary() | st.lists(_PIECES | st.binary(max_size=3)).map(b"".join))
def test_any_bytes_are_read_or_refused_by_line(content):
    try:
        cues = parse_webvtt(content)
    except WebVTTError as error:
        cues, line = [], error.line
    else:
        line = 1
    assert 1 <= line <= len(content.splitlines()) + 1
    assert all(0 <= cue.start < cue.end for cue in cues)


def clock(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


_TEXT = st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters="<>&-"), min_size=1)
_TIMES = st.tuples(st.integers(0, 10**8), st.integers(1, 10**6))


@given(
    st.lists(st.tuples(_TIMES, st.lists(_TEXT, min_size=1, max_size=3))),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_what_was_written_is_read_again(cues, end):
    lines = ["WEBVTT", ""]
    for (start, lasts), text in cues:
        lines += [f"{clock(start)} --> {clock(start + lasts)}", *text, ""]
    read = parse_webvtt(end.join(lines).encode())
    assert [
        (round(cue.start * 1000), round((cue.end - cue.start) * 1000), cue.text) for cue in read
    ] == [(start, lasts, "\n".join(text)) for (start, lasts), text in cues]
