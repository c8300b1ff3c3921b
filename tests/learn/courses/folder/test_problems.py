"""Every problem of a course folder is named by file and line, in one clear sentence."""

import textwrap

import pytest

from preau.kit.errors import PreauError
from preau.learn.courses.folder import CourseFolderError, read_course
from tests.people import SMALL_COURSE, small_folder

NORMAL = {
    name: textwrap.dedent(content).lstrip("\n")
    for name, content in SMALL_COURSE.items()
    if isinstance(content, str)
}


def problems_of(folder):
    with pytest.raises(CourseFolderError) as caught:
        read_course(folder)
    assert "Traceback" not in str(caught.value)
    return [str(problem) for problem in caught.value.problems]


# what to replace in which file, by what, and the one problem that comes of it
CHANGES = [
    ("course.yaml", "key: small", "key: [small", "course.yaml:3: is not valid YAML: expected ',' or ']', but got ':'"),
    ("course.yaml", "key: small", "key: small\nkey: small", "course.yaml:3: says “key” twice"),
    ("course.yaml", "key: small", "key: &a small", "course.yaml:2: uses an anchor (& or *); write the value out"),
    ("course.yaml", "key: small", "key: *a", "course.yaml:2: uses an anchor (& or *); write the value out"),
    ("course.yaml", "key: small", "key: !!str small", "course.yaml:2: uses the tag tag:yaml.org,2002:str; write a plain value"),
    ("course.yaml", "key: small", "key: !!python/object/apply:os.system [id]", "course.yaml:2: uses the tag tag:yaml.org,2002:python/object/apply:os.system; write a plain value"),
    ("course.yaml", "key: small", f"key: {'[' * 40}{']' * 40}", "course.yaml:2: is nested too deeply"),
    ("course.yaml", "key: small", f"key: {'{a: ' * 40}1{'}' * 40}", "course.yaml:2: is nested too deeply"),
    ("course.yaml", "key: small", "key: small\n? [a]\n: b", "course.yaml:3: has a name that is not a word"),
    ("course.yaml", "key: small", "key: small\n---\nkey: other", "course.yaml:3: is not valid YAML: but found another document"),
    ("course.yaml", "key: small", "key: small\0", "course.yaml:2: has the character U+0000; remove it"),
    ("course.yaml", "key: small", 'key: "small\\0"', "course.yaml:2: has the character U+0000; remove it"),
    ("course.yaml", "key: small", 'key: "\\uD800"', "course.yaml:2: has the character U+D800; remove it"),
    ("course.yaml", "key: small", 'key: "\\U00110000"', "course.yaml:2: has an escape (\\U…) that stands for no character"),
    ("course.yaml", "key: small", 'key: "\ue0f0csrf_token\ue0f1"', "course.yaml:2: has the character U+E0F0; remove it"),
    ("course.yaml", "key: small", "key: small\ncolour: red", "course.yaml:3: “colour” is not known here; known are cover, format, hours_per_week, key, languages, licence, sections, share_image, subject, summary, teachers, title, weeks"),
    ("course.yaml", "weeks: 2", "weeks: two", "course.yaml:10: “weeks” must be a whole number"),
    ("course.yaml", "weeks: 2", "weeks: 2.5", "course.yaml:10: “weeks” must be a whole number"),
    ("course.yaml", "weeks: 2", "weeks: 1000", "course.yaml:10: “weeks” must be at most 104"),
    ("course.yaml", "weeks: 2", "weeks:", "course.yaml:10: “weeks” must be a whole number"),
    ("course.yaml", "hours_per_week: 2", "hours_per_week: 0", "course.yaml:9: “hours_per_week” must be more than 0"),
    ("course.yaml", "hours_per_week: 2", "hours_per_week: true", "course.yaml:9: “hours_per_week” must be a number"),
    ("course.yaml", "[waves, networks]", "[waves, waves]", "course.yaml:12: “sections” names the same thing twice"),
    ("course.yaml", "[waves, networks]", "[]", "course.yaml:12: “sections” is empty"),
    ("course.yaml", "[waves, networks]", "waves", "course.yaml:12: “sections” must be a list"),
    ("course.yaml", "[waves, networks]", "[waves, réseaux]", "course.yaml:12: “réseaux” is not a key: use lower-case ASCII letters, digits and single hyphens"),
    ("course.yaml", "[waves, networks]", "[waves, networks, source]", "course.yaml:12: “source” is no part of the course; rename it"),
    ("course.yaml", "[waves, networks]", "[waves, networks, more]", "more/section.yaml:1: this file is missing"),
    ("course.yaml", "key: small", "key: Small Course", "course.yaml:2: “Small Course” is not a key: use lower-case ASCII letters, digits and single hyphens"),
    ("course.yaml", "key: small", "key: pe\u0301tit", "course.yaml:2: “pe\u0301tit” is not a key: use lower-case ASCII letters, digits and single hyphens"),
    ("course.yaml", "key: small", 'key: "small\\n"', "course.yaml:2: “small\n” is not a key: use lower-case ASCII letters, digits and single hyphens"),
    ("course.yaml", "key: small", f"key: {'x' * 81}", "course.yaml:2: “key” is longer than 80 characters"),
    ("course.yaml", "key: small", "key: 12", "course.yaml:2: “key” must be a text"),
    ("course.yaml", "preau-course/1", "preau-course/9", "course.yaml:1: “format” must be preau-course/1"),
    ("course.yaml", "[en, fr]", "[en, de]", "course.yaml:3: “languages” is “de”, which is not one of fr, en"),
    ("course.yaml", "subject: telecommunications\n", "", "course.yaml:1: the file lacks “subject”"),
    ("course.yaml", "{en: A small course, fr: Un petit cours}", "{en: A small course}", "course.yaml:4: has no text in “fr”"),
    ("course.yaml", "{en: A small course, fr: Un petit cours}", "A small course", "course.yaml:4: needs one text for each of en, fr"),
    ("course.yaml", "{en: A small course, fr: Un petit cours}", "{en: A, fr: ''}", "course.yaml:4: “fr” is empty"),
    ("course.yaml", "{en: A small course, fr: Un petit cours}", "[A, B]", "course.yaml:4: “title” must be one of a text, {language: …}"),
    ("course.yaml", "cover: cover.svg", "cover: face.png", "course.yaml:11: the file “face.png” is not in the folder ."),
    ("course.yaml", "cover: cover.svg", "cover: ../../etc/passwd", "course.yaml:11: “../../etc/passwd” leads out of its folder"),
    ("course.yaml", "cover: cover.svg", "cover: /etc/passwd", "course.yaml:11: “/etc/passwd” leads out of its folder"),
    ("course.yaml", "cover: cover.svg", "cover: 'c:\\cover.svg'", "course.yaml:11: “c:\\cover.svg” leads out of its folder"),
    ("course.yaml", "cover: cover.svg", f"cover: {'x' * 201}", "course.yaml:11: “cover” is longer than 200 characters"),
    ("course.yaml", "cover: cover.svg", "cover: about.en.md", "about.en.md:1: is a text of the course itself; to offer it as a file, copy it under another name"),
    ("runs.yaml", "pace: self\n  - ", "pace: slow\n  - ", "runs.yaml:4: “pace” is “slow”, which is not one of scheduled, self"),
    ("runs.yaml", "pace: self\n  - ", "pace: scheduled\n  - ", "runs.yaml:4: a scheduled run needs “starts”"),
    ("runs.yaml", "pace: self\n  - ", "pace: self\n    starts: 1900-01-01\n  - ", "runs.yaml:5: “1900-01-01” is not a date of this century like 2027-01-11 or 2027-01-11T08:00"),
    ("runs.yaml", "pace: self\n  - ", "pace: self\n    starts: 11/01/2027\n  - ", "runs.yaml:5: “11/01/2027” is not a date of this century like 2027-01-11 or 2027-01-11T08:00"),
    ("runs.yaml", "pace: self\n  - ", "pace: self\n    starts: 2027-02-30\n  - ", "runs.yaml:5: the date 2027-02-30 does not exist"),
    ("runs.yaml", "pace: self\n  - ", "pace: self\n    time_zone: Mars/Olympus\n  - ", "runs.yaml:5: “Mars/Olympus” is not a time zone like Europe/Paris"),
    ("runs.yaml", "pace: self\n  - ", "pace: self\n    time_zone: ../../etc/passwd\n  - ", "runs.yaml:5: “../../etc/passwd” is not a time zone like Europe/Paris"),
    ("runs.yaml", "pace: self\n  - ", "pace: self\n    starts: 2027-02-01\n    ends: 2027-01-01\n  - ", "runs.yaml:6: ends on 2027-01-01, not after its start on 2027-02-01"),
    ("runs.yaml", "pace: self\n  - ", "pace: self\n    starts: 2027-02-01\n    ends: 2027-02-01T00:00\n  - ", "runs.yaml:6: ends on 2027-02-01T00:00, not after its start on 2027-02-01"),
    ("runs.yaml", "{by: key}", "{by: key, opens: 2027-02-02, closes: 2027-02-01}", "runs.yaml:8: enrolment closes on 2027-02-01, not after it opens on 2027-02-02"),
    ("runs.yaml", "{by: key}", "{by: key}\n    release: {moon: 2027-01-01}", "runs.yaml:9: gives a date to “moon”, which is not a section of the course"),
    ("runs.yaml", "key: small-keyed", "key: small-now", ["runs.yaml:2: the key “small-now” stands twice", "runs.yaml:5: the key “small-now” stands twice"]),
    ("waves/section.yaml", "kind: page, title: {en: The sine", "kind: poll, title: {en: The sine", "waves/section.yaml:4: “kind” is “poll”, which is not one of page, video, file, folder, link, label, quiz, forum"),
    ("waves/section.yaml", "key: sine", "key: Sinus-é", "waves/section.yaml:4: “Sinus-é” is not a key: use lower-case ASCII letters, digits and single hyphens"),
    ("waves/section.yaml", "minutes: 5", "minutes: 5, url: x", "waves/section.yaml:4: “url” is not known here; known are completion, key, kind, minutes, title"),
    ("waves/section.yaml", "completion: manual", "completion: {watched: 50}", "waves/section.yaml:5: a page can't be completed by “watched”; it can by manual, none, view"),
    ("waves/section.yaml", "completion: manual", "completion: sometimes", "waves/section.yaml:5: “completion” must be one of view, manual, none, handed-in, passed, {watched: …}, {mark: …}"),
    ("waves/section.yaml", "film.mp4", "film.avi", "waves/section.yaml:9: “film.avi” is not a video file that browsers play (.mp4, .webm)"),
    ("waves/section.yaml", "film.mp4", "../film.mp4", "waves/section.yaml:6: “../film.mp4” leads out of its folder"),
    ("networks/section.yaml", "{after: waves}", "{after: sea}", "networks/section.yaml:2: waits for the section “sea”, which is not there"),
    ("networks/section.yaml", "{after: waves}", "{days: -1}", "networks/section.yaml:2: “days” must be at least 0"),
    ("networks/section.yaml", "{after: waves}", "{days: 1, after: waves}", "networks/section.yaml:2: “release” must be one of {days: …}, {days_after_enrolment: …}, {after: …}"),
    ("networks/section.yaml", "https://www", "javascript://www", "networks/section.yaml:7: “javascript://www.rfc-editor.org/rfc/rfc791” is not an http or https address"),
    ("networks/section.yaml", "table.csv", "tables.csv", "networks/section.yaml:5: the file “tables.csv” is not in the folder networks"),
    ("networks/section.yaml", "folder: data", "folder: date", "networks/section.yaml:6: “date” is not a folder with files in it"),
    ("networks/section.yaml", "folder: data", "folder: ../waves", "networks/section.yaml:6: “../waves” leads out of its folder"),
    ("networks/section.yaml", "key: packets", "key: sine", ["networks/section.yaml:4: the key “sine” stands 2 times in the course", "networks/sine.en.md:1: this text is missing", "networks/sine.fr.md:1: this text is missing", "waves/section.yaml:4: the key “sine” stands 2 times in the course"]),
    ("networks/packets.en.md", "activity:sine", "activity:cosine", "networks/packets.en.md:1: links to the activity “cosine”, which the course does not have"),
    ("waves/sine.en.md", "(sine.svg)", "(cosine.svg)", "waves/sine.en.md:3: the file “cosine.svg” is not in the folder waves"),
    ("waves/sine.en.md", "(sine.svg)", "(../cover.svg)", "waves/sine.en.md:3: “../cover.svg” leads out of its folder"),
    ("waves/sine.en.md", "(sine.svg)", "(https://example.org/a.png)", "waves/sine.en.md:3: the file “https://example.org/a.png” is not in the folder waves"),
    ("waves/sine.en.md", "![A sine]", "![]", "waves/sine.en.md:3: the image sine.svg needs a text that says what it shows: ![text](sine.svg)"),
    ("waves/sine.en.md", "![A sine](sine.svg)", '<img src="sine.svg">', "waves/sine.en.md:3: an image needs a text that says what it shows: alt=\"…\""),
    ("waves/sine.en.md", "![A sine](sine.svg)", 'Two\nlines <img src="no.svg" alt="x">', "waves/sine.en.md:4: the file “no.svg” is not in the folder waves"),
    ("waves/sine.en.md", "$f = 1/T$", "$f^$", "waves/sine.en.md:1: the formula “f^” can't be read (missing super script or subscript)"),
    ("waves/sine.en.md", "period", "peri\0d", "waves/sine.en.md:1: has the character U+0000; remove it"),
    ("waves/film.en.vtt", "00:05.000 --> 00:10.000", "00:05 --> 00:10", "waves/film.en.vtt:6: the times “00:05 --> 00:10” are not like 00:01.000 --> 00:04.500"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "expected"), CHANGES)
def test_it_names_the_file_the_line_and_what_to_do(tmp_path, file, old, new, expected):
    assert NORMAL[file].count(old) == 1
    folder = small_folder(tmp_path, **{file: NORMAL[file].replace(old, new).encode()})
    assert problems_of(folder) == ([expected] if isinstance(expected, str) else expected)


LATIN = "Réseaux".encode("latin-1")
WHOLE = [
    ("course.yaml", b"", "course.yaml:1: the file must be a mapping (name: value)"),
    ("course.yaml", b"- a\n", "course.yaml:1: the file must be a mapping (name: value)"),
    ("course.yaml", b"a: 1\nb: " + LATIN, "course.yaml:2: is not UTF-8 text; save it as UTF-8"),
    ("course.yaml", b"\xff\xfea\0", "course.yaml:1: is not UTF-8 text; save it as UTF-8"),
    ("course.yaml", b"a: \t- b", "course.yaml:1: is not valid YAML: found character '\\t' that cannot start any token"),
    ("course.yaml", b"# x\n" * 200_000, "course.yaml:1: has 800000 bytes; at most 500000 are read"),
    ("runs.yaml", b"runs: {}\n", "runs.yaml:1: “runs” must be a list"),
    ("waves/section.yaml", None, "waves/section.yaml:1: this file is missing"),
    ("waves/sine.fr.md", None, "waves/sine.fr.md:1: this text is missing"),
    ("waves/sine.fr.md", b"a\n\n" + LATIN, "waves/sine.fr.md:3: is not UTF-8 text; save it as UTF-8"),
    ("waves/sine.fr.md", b"a" * 500_001, "waves/sine.fr.md:1: has 500001 bytes; at most 500000 are taken"),
    ("waves/film.fr.vtt", b"1\n00:00.000 --> 00:05.000\n", "waves/film.fr.vtt:1: does not begin with WEBVTT"),
    ("waves/film.fr.vtt", b"WEBVTT\n\n" + LATIN, "waves/film.fr.vtt:3: is not UTF-8 text; save it as UTF-8"),
    ("networks/data/ONE.txt", b"", "networks/data/one.txt:1: differs from “networks/data/ONE.txt” only in case or accents, which some systems ignore; rename one"),
    ("networks/data/a\nb.txt", b"", "networks/data/a\nb.txt:1: its name has characters that can't be written; rename it"),
    ("networks/data/" + "a" * 200 + "/" + "b" * 200, b"", f"networks/data/{'a' * 200}/{'b' * 200}:1: its name is longer than 400 characters; shorten it"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "content", "expected"), WHOLE, ids=range(len(WHOLE)))
def test_it_says_what_is_wrong_with_a_whole_file(tmp_path, file, content, expected):
    assert problems_of(small_folder(tmp_path, **{file: content})) == [expected]


def test_a_billion_laughs_stop_at_the_first(tmp_path):
    laughs = "a: &a [ha, ha]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(50))
    expected = ["course.yaml:1: uses an anchor (& or *); write the value out"]
    assert problems_of(small_folder(tmp_path, **{"course.yaml": laughs})) == expected


def test_sections_that_wait_for_each_other_are_refused(tmp_path):
    waves = NORMAL["waves/section.yaml"].replace(
        "activities:", "release: {after: networks}\nactivities:"
    )
    assert problems_of(small_folder(tmp_path, **{"waves/section.yaml": waves})) == [
        "networks/section.yaml:2: waits for “waves”, which waits for it: nobody could go on",
        "waves/section.yaml:2: waits for “networks”, which waits for it: nobody could go on",
    ]


def test_it_names_all_problems_at_once_in_order(tmp_path):
    folder = small_folder(
        tmp_path,
        **{
            "waves/sine.en.md": "![](a.svg)\n\n$x^$\n",
            "runs.yaml": "runs: 1\n",
            "waves/film.en.vtt": "no",
        },
    )
    assert [problem.split(" ")[0] for problem in problems_of(folder)] == [
        "runs.yaml:1:", "waves/film.en.vtt:1:", "waves/sine.en.md:1:", "waves/sine.en.md:1:",
        "waves/sine.en.md:3:",
    ]  # fmt: skip


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    (tmp_path / "secret.svg").write_text("<svg/>")
    folder = small_folder(tmp_path / "small", **{"cover.svg": None})
    (folder / "cover.svg").symlink_to("../secret.svg")
    expected = ["course.yaml:11: the file “cover.svg” is not in the folder ."]
    assert problems_of(folder) == expected
    (folder / "cover.svg").unlink()
    (folder / "cover.svg").symlink_to("cover.svg")
    assert problems_of(folder) == expected


def test_a_folder_that_leads_out_is_not_followed(tmp_path):
    folder = small_folder(tmp_path / "small")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.txt").write_text("secret")
    (folder / "networks/data/more").symlink_to(tmp_path / "outside")
    _document, unused = read_course(folder)
    assert not unused


def test_a_name_that_is_not_unicode_is_refused(tmp_path):
    folder = small_folder(tmp_path)
    try:
        (folder / "networks/data" / b"\xff.txt".decode("utf-8", "surrogateescape")).write_text("")
    except OSError:
        pytest.skip("this disk takes only Unicode names")
    assert problems_of(folder) == [
        "networks/data/\\udcff.txt:1: its name has characters that can't be written; rename it"
    ]


def test_it_refuses_a_folder_that_is_no_course(tmp_path):
    with pytest.raises(PreauError, match=r"has no course\.yaml\. Name the folder that holds it"):
        read_course(tmp_path)


def test_it_names_files_that_nothing_refers_to(tmp_path):
    more = {
        "notes.txt": "",
        "waves/old.en.md": "",
        "README.md": "",
        ".git/x": "",
        "source/a.py": "",
    }
    _document, unused = read_course(small_folder(tmp_path, **more))
    assert unused == ["notes.txt", "waves/old.en.md"]


def test_files_with_spaces_accents_and_fragments_are_found(tmp_path):
    text = "![A](<mon été.svg>)\n\n[b](mon%20%C3%A9t%C3%A9.svg) [c](sine.svg#top)\n"
    folder = small_folder(tmp_path, **{"waves/sine.en.md": text, "waves/mon été.svg": "<svg/>"})
    document, unused = read_course(folder)
    assert unused == []
    assert "waves/mon été.svg" in document.files


def test_a_byte_order_mark_is_no_part_of_a_text(tmp_path):
    marked = {name: "\ufeff" + NORMAL[name] for name in ("course.yaml", "waves/sine.en.md")}
    document, _unused = read_course(small_folder(tmp_path, **marked))
    assert document.sections[0].activities[1].content["body"]["en"].startswith("A wave")
