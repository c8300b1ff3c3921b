"""``preau questions``: checked without a site, taken into a bank, written out again."""

import json

import pytest

from preau.kit.questions.formats import moodle_xml
from preau.kit.questions.question import Question
from preau.kit.questions.types.ordering import Ordering
from preau.kit.questions.types.true_false import TrueFalse

AIKEN = "What is the unit of frequency?\nA. The second\nB. The hertz\nANSWER: B\n"


def course_run(preau, site, tmp_path):
    """The run of a small course on the site."""
    from tests.people import small_folder

    done = preau("course", "import", "--site", site, small_folder(tmp_path / "small"))
    assert done.code == 0, done.err
    return "small-now"


@pytest.fixture
def aiken(tmp_path):
    file = tmp_path / "units.txt"
    file.write_text(AIKEN)
    return file


def test_a_file_is_checked_without_a_site(preau, aiken):
    done = preau("questions", "check", aiken, "--json")
    assert done.code == 0
    assert json.loads(done.out) == {
        "format": "aiken",
        "items": [
            {
                "name": "What is the unit of frequency?",
                "type": "multichoice",
                "mapped_to": "choice",
                "dropped": [],
                "line": 1,
                "images": 0,
                "missing": [],
            }
        ],
        "taken": 1,
        "lost": 0,
    }


def test_what_would_be_lost_makes_the_exit_code_3(preau, tmp_path):
    file = tmp_path / "bank.xml"
    data, _report = moodle_xml.write([Question("True?", "x", TrueFalse(right=True))])
    file.write_bytes(data.replace(b"truefalse", b"riddle"))
    done = preau("questions", "check", file)
    assert done.code == 3
    assert "- True? (line 3): riddle → not taken" in done.out
    assert "Questions of type “riddle” are not taken yet." in done.out
    assert done.out.endswith("moodle-xml: 0 of 1 taken, 1 with losses.\n")


@pytest.mark.parametrize(
    ("content", "flags", "said"),
    [
        (b"hello\n", (), "none of moodle-xml, aiken, gift"),
        (b"hello\n", ("--format", "aiken"), "line 1: this question has no line"),
        (b"<quiz>", ("--format", "moodle-xml"), "line 1, column 7"),
        (b"\xff\xfe\x00", (), "none of"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_one_line(preau, tmp_path, content, flags, said):
    file = tmp_path / "file"
    file.write_bytes(content)
    done = preau("questions", "check", file, *flags)
    assert done.code == 1
    assert said in done.err
    assert str(file) in done.err
    assert done.err.count("\n") == 1


def test_a_file_that_is_not_there(preau, tmp_path):
    done = preau("questions", "check", tmp_path / "none.xml")
    assert (done.code, "none.xml can't be read" in done.err) == (1, True)


def test_questions_go_into_the_bank_and_out_again(preau, site, aiken, tmp_path):
    run = course_run(preau, site, tmp_path)
    dry = preau("questions", "import", "--site", site, run, aiken, "--dry-run")
    assert dry.code == 0, dry.err
    assert "1 would change, 0 unchanged." in dry.out
    for words in ("1 changed, 0 unchanged.", "0 changed, 1 unchanged."):
        done = preau("questions", "import", "--site", site, run, aiken)
        assert (done.code, words in done.out) == (0, True), done.err
    xml = tmp_path / "out.xml"
    done = preau("questions", "export", "--site", site, run, "--format", "moodle-xml", "-o", xml)
    assert done.code == 0, done.err
    assert moodle_xml.read(xml.read_bytes()).questions[0].stem == "What is the unit of frequency?"
    again = preau("questions", "export", "--site", site, run, "--format", "moodle-xml", "-o", xml)
    assert (again.code, "is there already" in again.err) == (1, True)


def test_what_a_format_cannot_carry_is_said(preau, site, tmp_path):
    run = course_run(preau, site, tmp_path)
    file, out = tmp_path / "bank.xml", tmp_path / "out.txt"
    file.write_bytes(moodle_xml.write([Question("Order", "x", Ordering(("a", "b")))])[0])
    assert preau("questions", "import", "--site", site, run, file).code == 0
    done = preau("questions", "export", "--site", site, run, "--format", "aiken", "-o", out)
    assert done.code == 3
    assert "Aiken has single choices only" in done.out


def test_a_run_that_is_not_there(preau, site, aiken):
    done = preau("questions", "import", "--site", site, "no-such-run", aiken)
    assert (done.code, "no-such-run" in done.err) == (1, True)
