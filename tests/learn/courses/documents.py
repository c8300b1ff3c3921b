"""Course documents of every shape, for property tests; and their files' contents."""

import hashlib
from datetime import datetime

from hypothesis import strategies as st

from preau.learn.courses.folder import (
    ActivityDocument,
    CourseDocument,
    FileDocument,
    RunDocument,
    SectionDocument,
)
from preau.learn.courses.kinds import kind_of
from preau.learn.courses.subjects import SUBJECTS

CONTENTS = {
    hashlib.sha256(content).hexdigest(): content
    for content in (b"", b"\0\1\2", b"<svg/>", b"a,b\r\n1,2\r\n", bytes(3000))
}
SUBTITLES = b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n"
SUBTITLES_DIGEST = hashlib.sha256(SUBTITLES).hexdigest()
ALL_CONTENTS = {**CONTENTS, SUBTITLES_DIGEST: SUBTITLES}

# Strings that YAML readers are known to stumble over.
NASTY = [
    "no", "No", "yes", "on", "off", "y", "null", "NULL", "nUll", "~", "true", "TrUe", "FALSE",
    "1e5", "1", "-1", "+1", "0x1F", "0o17", "010", "1_000", "1:30", "12:30:45", ".5", "5.", ".",
    ".inf", ".NaN", "1.2.3", "2026-09-07", "2026-09-07T08:00:00", "<<", "=", "!", "!tag", "&a",
    "*a", "- a", "-", "--- a", "...", "? a", "a: b", "a:", ":a", "a #b", "#a", "[a]", "{a: b}",
    "'", '"', "'quoted'", '"quoted"', "it's", "`a`", "%a", "@a", "|", ">", "a\tb", "\ta", " a",
    "a ", "  ", "a\nb", "a\n", "\na", "a\n\nb\n", "a\r\nb", "a\\nb", "\\", "é", "e\u0301", "漢字",
    "🎓", "a\xa0b", "\u2028", "a\x85b", "\ufeffa", "\x07", "\x7f", "\U0010ffff", "ﬁ", "x" * 190,
    "word " * 30,
]  # fmt: skip
_CHARACTERS = st.characters(exclude_categories=("Cs",), exclude_characters="\0\ue0f0\ue0f1")
strings = st.sampled_from(NASTY) | st.text(_CHARACTERS, min_size=1, max_size=60)
keys = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,4}){0,2}", fullmatch=True).filter(
    lambda key: key != "source"
)
# Markdown in which nothing can be wrong; what may be wrong has tests of its own.
_LINES = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\ufeff$![]()<&"))
markdown = st.lists(_LINES, max_size=4).map("\n".join) | st.sampled_from(
    ["", "\n", "# T\r\n\r\na\r\n", "a\n\n\n", "  a  \n", "---\na: b\n---\n", "$f = 1/T$", "é\u2028"]
)


def texts(languages: tuple[str, ...], of: st.SearchStrategy[str] = strings) -> st.SearchStrategy:
    return st.fixed_dictionaries(dict.fromkeys(languages, of))


def moments(with_time: bool = True) -> st.SearchStrategy[str]:
    """Times as the format's shortest form has them; noon or later, which every zone has."""
    whole = st.datetimes(datetime.fromisoformat("2001-01-01"), datetime.fromisoformat("2098-12-31"))
    days = whole.map(lambda it: it.date().isoformat())
    times = whole.map(lambda it: it.replace(hour=12).strftime("%Y-%m-%dT%H:%M:%S"))
    short = times.map(lambda it: it.removesuffix(":00") if it.endswith(":00") else it)
    return days | short if with_time else days


@st.composite
def runs(draw: st.DrawFn, key: str, languages: tuple[str, ...], sections: list[str]) -> RunDocument:
    pace = draw(st.sampled_from(["scheduled", "self"]))
    starts, ends = sorted([draw(moments(False)), draw(moments(False))])
    opens, closes = draw(st.none() | moments()), draw(st.none() | moments())
    if opens and closes and opens[:10] >= closes[:10]:
        closes = None
    return RunDocument(
        key=key,
        title=draw(st.just({}) | texts(languages)),
        pace=pace,
        starts=starts if pace == "scheduled" else draw(st.none() | st.just(starts)),
        ends=draw(st.sampled_from([None, ends, f"{ends}T23:59:59"])),
        time_zone=draw(
            st.sampled_from(["Europe/Paris", "UTC", "America/New_York", "Asia/Kolkata"])
        ),
        enrolment_by=draw(st.sampled_from(["open", "key"])),
        enrolment_opens=opens,
        enrolment_closes=closes,
        release=draw(st.dictionaries(st.sampled_from(sections), moments(), max_size=2)),
    )


_RULES = st.sampled_from([{"rule": "view"}, {"rule": "manual"}, {"rule": "none"}])
_COMPLETION = {
    "label": st.just({"rule": "none"}),
    "video": _RULES | st.integers(1, 100).map(lambda share: {"rule": "watched", "share": share}),
}
_URLS = st.sampled_from(["https://example.org/", "http://a.b/c?d=e&f=%20#g", "https://é.fr/~x:1"])
_NAMES = st.sampled_from(["one", "ü", "a b", "c'd", "no", "it's: here"])


@st.composite
def _content(draw: st.DrawFn, kind: str, key: str, languages: tuple[str, ...]) -> tuple:
    """The kind's own fields and the files they name, relative to the section."""
    name = f"{key}-{draw(_NAMES)}"
    if kind == "link":
        return {"url": draw(_URLS)}, []
    if kind == "file":
        one = {"file": f"{name}.csv"}
        each = {"file": {language: f"{name}.{language}.pdf" for language in languages}}
        value = draw(st.sampled_from([one, each]))
        return value, list(each["file"].values()) if value == each else [f"{name}.csv"]
    if kind == "folder":
        files = sorted(f"{name}/{inner}.txt" for inner in draw(st.sets(_NAMES, min_size=1)))
        return {"folder": name, "files": files}, files
    if kind == "video":
        content: dict = {
            "sources": [{"file": f"{name}.mp4", "height": 240}, {"file": f"{name}.webm"}]
        }
        if draw(st.booleans()):
            content["poster"] = f"{name}.webp"
        if draw(st.booleans()):
            content["duration"] = draw(st.floats(0.001, 86400) | st.integers(1, 86400))
        tracks = {language: f"{name}.{language}.vtt" for language in languages}
        for what in draw(st.sets(st.sampled_from(["subtitles", "chapters"]))):
            content[what] = tracks
        return content, list(kind_of("video").files(content))
    return {}, []


@st.composite
def activities(draw: st.DrawFn, key: str, languages: tuple[str, ...]) -> tuple:
    kind = draw(st.sampled_from(["page", "video", "file", "folder", "link", "label"]))
    content, files = draw(_content(kind, key, languages))
    required = kind_of(kind).body == "required"
    if required or draw(st.booleans()):
        content = {**content, "body": draw(texts(languages, markdown))}
    activity = ActivityDocument(
        key=key,
        kind=kind,
        title=draw(texts(languages)),
        minutes=draw(st.none() | st.integers(0, 10000)),
        completion=draw(_COMPLETION.get(kind, _RULES)),
        content=content,
    )
    return activity, files


@st.composite
def _section(draw: st.DrawFn, key: str, inside: list[str], languages: tuple[str, ...]) -> tuple:
    made = [draw(activities(name, languages)) for name in inside]
    release = draw(
        st.just({})
        | st.integers(0, 3650).map(lambda days: {"days": days})
        | st.integers(0, 3650).map(lambda days: {"days_after_enrolment": days})
    )
    section = SectionDocument(
        key=key,
        title=draw(texts(languages)),
        summary=draw(st.just({}) | texts(languages)),
        release=release,
        activities=tuple(activity for activity, _files in made),
    )
    return section, [f"{key}/{file}" for _activity, files in made for file in files]


@st.composite
def courses(draw: st.DrawFn) -> CourseDocument:
    """A course that the format allows, in its normal form."""
    languages = tuple(draw(st.permutations(["fr", "en"]))[: draw(st.integers(1, 2))])
    names = draw(st.lists(keys, min_size=2, max_size=7, unique=True))
    split = draw(st.integers(1, min(3, len(names) - 1)))
    section_keys, rest = names[:split], names[split:]
    cut = draw(st.integers(0, len(rest)))
    inside = [rest[:cut], rest[cut:]] + [[]] * split
    made = [draw(_section(key, inside[index], languages)) for index, key in enumerate(section_keys)]
    sections = [section for section, _files in made]
    if split > 1 and draw(st.booleans()):
        sections[1] = _after(sections[1], section_keys[0])
    paths = {path for _section, files in made for path in files}
    paths |= {"cover.svg"} if (cover := draw(st.booleans())) else set()
    paths |= {"share.png"} if (shared := draw(st.booleans())) else set()
    return CourseDocument(
        key=draw(keys),
        languages=languages,
        title=draw(texts(languages)),
        summary=draw(texts(languages)),
        about=draw(st.just({}) | texts(languages, markdown)),
        subject=draw(st.sampled_from(sorted(SUBJECTS))),
        teachers=tuple(draw(st.lists(_teachers(languages), max_size=2))),
        hours_per_week=draw(st.none() | st.integers(1, 60) | st.sampled_from([0.1, 1.5, 59.99])),
        weeks=draw(st.none() | st.integers(1, 104)),
        cover="cover.svg" if cover else "",
        share_image="share.png" if shared else "",
        licence=draw(st.just("") | strings.filter(lambda it: len(it) <= 80)),
        sections=tuple(sections),
        runs=tuple(draw(runs(f"run-{key}", languages, section_keys)) for key in rest[:2]),
        files={
            path: _file(path, draw(st.sampled_from(sorted(CONTENTS)))) for path in sorted(paths)
        },
    )


def _after(section: SectionDocument, other: str) -> SectionDocument:
    return SectionDocument(
        section.key, section.title, section.summary, {"after": other}, section.activities
    )


def _teachers(languages: tuple[str, ...]) -> st.SearchStrategy:
    return st.fixed_dictionaries(
        {"name": strings.filter(lambda it: len(it) <= 120)}, optional={"role": texts(languages)}
    )


def _file(path: str, digest: str) -> FileDocument:
    digest = SUBTITLES_DIGEST if path.endswith(".vtt") else digest
    return FileDocument(path, digest, len(ALL_CONTENTS[digest]))
