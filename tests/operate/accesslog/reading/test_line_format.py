"""Lines of web logs, by the formats their servers have."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preau.kit.errors import PreauError
from preau.operate.accesslog.reading import apache, nginx
from preau.operate.accesslog.reading.line_format import detected, format_of

COMBINED = (
    '203.0.113.7 - ada [05/Oct/2026:13:55:36 +0200] "GET /learn/?a=b HTTP/1.1" 200 2326 '
    '"https://example.org/" "Mozilla/5.0 (X11; Linux x86_64) \\"quoted\\""'
)
SAID = {
    "host": "203.0.113.7", "user": "ada", "time": "05/Oct/2026:13:55:36 +0200",
    "request": "GET /learn/?a=b HTTP/1.1", "status": "200", "bytes": "2326",
    "referrer": "https://example.org/", "agent": 'Mozilla/5.0 (X11; Linux x86_64) \\"quoted\\"',
}  # fmt: skip
NO_AGENT = {name: it for name, it in SAID.items() if name not in {"referrer", "agent"}}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("combined", COMBINED, SAID),
        ("nginx", COMBINED, SAID),
        ("common", COMBINED.partition(' "https')[0], NO_AGENT),
        ("vhost_combined", f"mooc.example.org:443 {COMBINED}",
         {**SAID, "vhost": "mooc.example.org", "port": "443"}),
        ('%h %l %u %t "%r" %>s %b %D', COMBINED.partition(' "https')[0] + " 1234",
         {**NO_AGENT, "took": "1234"}),
        ('$host $remote_addr [$time_local] "$request" $status $body_bytes_sent $request_time',
         'a.org 2001:db8::1 [05/Oct/2026:13:55:36 +0200] "GET / HTTP/2.0" 304 0 0.005',
         {"vhost": "a.org", "host": "2001:db8::1", "time": "05/Oct/2026:13:55:36 +0200",
          "request": "GET / HTTP/2.0", "status": "304", "bytes": "0", "took": "0.005"}),
        ('%{%Y-%m-%dT%H:%M:%S}t|%a|%m|%U|%q|%s', "2026-10-05T13:55:36|::1|GET|/a b|?x=1|200",
         {"time": "2026-10-05T13:55:36", "host": "::1", "method": "GET", "path": "/a b",
          "query": "?x=1", "status": "200"}),
    ],
)  # fmt: skip
def test_a_line_says_what_its_format_names(text, line, said):
    assert format_of(text).match(line) == said


def test_what_is_of_another_format_is_not_matched():
    for line in ("", "nonsense", COMBINED[:-1], f"{COMBINED} more", COMBINED.replace("[", "(")):
        assert format_of("combined").match(line) is None


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("nix", "“nix” is no format of a log: give one of common, combined"),
        ("%r %s", "has no host and no time"),
        ("%h %t %", "is no part of a LogFormat"),
    ],
)
def test_a_format_that_cannot_be_used_is_said(text, wrong):
    with pytest.raises(PreauError, match=re.escape(wrong)):
        format_of(text)


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ([COMBINED], "combined"),
        (["junk", COMBINED, "more junk", COMBINED], "combined"),
        ([f"a.org:80 {COMBINED}"], "vhost_combined"),
        ([COMBINED.partition(' "https')[0]], "common"),
        ([f"{COMBINED} 1234"], f"{apache.NAMES['combined']} %D"),
        ([f"{COMBINED} 0.123"], f"{nginx.NAMES['nginx']} $request_time"),
    ],
)
def test_a_known_format_is_found(lines, name):
    assert detected(lines).name == name


def test_a_format_that_is_not_known_is_asked_for():
    with pytest.raises(PreauError, match=r"give it with --format. The first line is “what”"):
        detected(["what"])
    with pytest.raises(PreauError, match="The first line is “nothing”"):
        detected([])


WORDS = st.text(st.characters(codec="utf-8", exclude_characters=' "\\\n\r[]'), min_size=1)
SENTENCES = st.text(st.characters(codec="utf-8", exclude_characters="\n\r"))


def escaped(text: str) -> str:
    """As servers write it within quotes."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


@given(WORDS, WORDS, SENTENCES, SENTENCES, SENTENCES)
def test_what_a_server_writes_is_read_again(host, user, request, referrer, agent):
    quoted = [escaped(it) for it in (request, referrer, agent)]
    line = '{} - {} [t] "{}" 200 5 "{}" "{}"'.format(host, user, *quoted)
    found = format_of("combined").match(line)
    assert found is not None
    assert [found[it] for it in ("host", "user", "request", "referrer", "agent")] == [
        host, user, *quoted,
    ]  # fmt: skip


@given(st.text())
def test_no_line_breaks_it(line):
    for name in ("common", "combined", "vhost_combined", "nginx"):
        format_of(name).match(line)
