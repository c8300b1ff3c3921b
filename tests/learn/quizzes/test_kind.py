"""A course's question files as section.yaml names them: one that is not as it should be is refused
with its line, before anything on the site changes."""

from xml.sax.saxutils import escape

import pytest

from preau.kit.questions.types.calculated import Calculated, Formula, Variable
from preau.learn.courses.folder import read_course
from preau.learn.courses.folder.problems import CourseFolderError
from preau.learn.quizzes.models import Question, QuestionImport, Quiz
from tests.learn.quizzes.quiz_course import ENGLISH, FRENCH
from tests.learn.quizzes.taking import asking, choice, course_of, written
from tests.people import imported, write

BOTH = "[{file: {en: test.en.gift, fr: test.fr.gift}}]"


def problems(folder, *questions, **more):
    """What the course folder is told, a line each; nothing if it is taken."""
    try:
        read_course(course_of(folder, *questions, **more))
    except CourseFolderError as error:
        return str(error)
    return ""


def test_a_good_file_is_taken(tmp_path):
    assert problems(tmp_path, entries=BOTH) == ""


def test_a_malformed_file_is_told_with_its_line(tmp_path):
    gift = "::One:: Is it? {TRUE}\n\n::Two:: Which? { =right ~wrong\n\n::Three:: Who? {=I}\n"
    said = problems(tmp_path, entries="[{file: test.en.gift}]", **{"test.en.gift": gift})
    assert "waves/test.en.gift:3" in said
    assert "Two" in said


def test_a_file_of_no_known_format_is_refused(tmp_path):
    said = problems(tmp_path, entries="[{file: test.en.gift}]", **{"test.en.gift": "%PDF-1.7"})
    assert "waves/test.en.gift" in said
    assert "is none of moodle-xml" in said


def test_a_file_without_questions_is_refused(tmp_path):
    said = problems(tmp_path, entries="[{file: test.en.gift}]", **{"test.en.gift": "<quiz></quiz>"})
    assert "has no questions" in said


LOSSY = (
    '<quiz><question type="truefalse"><name><text>Sky</text></name><questiontext format="html">'
    '<text>&lt;img src="@@PLUGINFILE@@/sky.png"&gt;</text></questiontext>'
    '<answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text>'
    '</answer></question><question type="oracle"><name><text>Fate</text></name></question></quiz>'
)


@pytest.mark.parametrize("draw", ["", ", draw: 1"])
def test_a_file_that_would_lose_something_is_refused(tmp_path, draw):
    said = problems(tmp_path, entries=f"[{{file: test.en.gift{draw}}}]", **{"test.en.gift": LOSSY})
    assert "“Sky” would lose something: The image “sky.png” is missing. Mend the file" in said
    assert "accept_losses: true" in said


@pytest.mark.django_db
def test_a_loss_that_is_accepted_is_told_and_kept(tmp_path):
    entries = "[{file: test.en.gift, accept_losses: true}]"
    folder = course_of(tmp_path, entries=entries, **{"test.en.gift": LOSSY})
    for times in (1, 2):
        report = imported(folder)
        if times == 1:
            assert "test: test.en.gift: “Sky”: The image “sky.png” is missing." in report.losses
            assert len(report.losses) == 2  # each is told once, not once a language
        plan = Quiz.objects.get().plan
        assert set(Question.objects.values_list("name", flat=True)) == {"Sky"}
        assert [len(it["questions"]) for it in plan["en"]] == [1]
        assert QuestionImport.objects.get().report["lost"] == 2  # kept once
        write(folder, {"waves/welcome.en.md": "Something else, so that all is built again."})


def test_only_a_file_can_lose_something(tmp_path):
    entry = "[{category: Waves, draw: 1, accept_losses: true}]"
    assert "accept_losses" in problems(tmp_path, entries=entry)


@pytest.mark.parametrize("draw", ["", ", draw: 1"])
@pytest.mark.parametrize(
    ("french", "sentence"),
    [
        (FRENCH.split("::Paires")[0], "has 4 questions, but test.en.gift has 5"),
        (
            FRENCH.replace("{TRUE}", "{=vrai =exact}"),
            "its question 2 “Ciel” is short-answer for 1, but that of test.en.gift is true-false for 1",
        ),
    ],
)
def test_languages_that_ask_different_things_are_refused(tmp_path, draw, french, sentence):
    entries = BOTH.replace("}}]", f"}}{draw}}}]")
    assert sentence in problems(tmp_path, entries=entries, **{"test.fr.gift": french})


def test_languages_whose_marks_differ_are_refused(tmp_path):
    files = {
        f"test.{language}.gift": written(choice("One", mark=mark))
        for language, mark in (("en", 1.0), ("fr", 2.0))
    }
    said = problems(tmp_path, entries=BOTH, **files)
    assert "its question 1 “One” is choice for 2, but that of test.en.gift is choice for 1" in said


def test_more_cannot_be_drawn_than_there_are(tmp_path):
    said = problems(tmp_path, choice("One"), entries="[{file: test.en.gift, draw: 2}]")
    assert "has 1 questions; 2 are drawn" in said


@pytest.mark.parametrize(
    ("formula", "sentence"),
    [
        ("{x} / ({x} - {x})", "divi"),
        ("__import__('os').system('touch /tmp/preau-was-here')", "may not be used"),
        ("().__class__.__bases__", "may not be used"),
        ("open('/etc/passwd')", ""),
        ("9**9**9**9", ""),
        ("{y} + 1", "needs a value “y”"),
    ],
)
def test_a_formula_that_cannot_be_computed_is_refused(tmp_path, formula, sentence):
    good = asking("Speed of {x}", Calculated((Formula("{x} * 2"),), (Variable("x", 1, 9),)))
    file = written(good)
    assert "{x} * 2" in file
    said = problems(
        tmp_path,
        entries="[{file: test.en.gift}]",
        **{"test.en.gift": file.replace("{x} * 2", escape(formula))},
    )
    assert "waves/test.en.gift" in said
    assert "Speed" in said
    assert sentence in said


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        ("behaviour: adaptive", "behaviour"), ("attempts: -1", "attempts"),
        ("time_limit: 0", "time_limit"), ("pass: 101", "pass"), ("counts: worst", "counts"),
        ("navigation: backwards", "navigation"), ("review: {during: [everything]}", "everything"),
        ("per_page: many", "per_page"), ("grace: 9999", "grace"), ("out_of: 0", "out_of"),
    ],
)  # fmt: skip
def test_a_rule_that_there_is_not_is_told_with_its_line(tmp_path, rules, sentence):
    said = problems(tmp_path, choice("One"), rules=rules)
    assert "waves/section.yaml:" in said
    assert sentence in said


WHICH = "must be one of {file: …}, {category: …, draw: …}"


@pytest.mark.parametrize(
    ("entries", "sentence"),
    [
        ("[]", "is empty"), ("[{category: Signals}]", WHICH), ("[{draw: 2}]", WHICH),
        ("[{file: test.en.gift, category: A, draw: 1}]", WHICH), ("[{}]", WHICH),
        ("[{file: ../test.en.gift}]", "../test.en.gift"), ("[{file: missing.gift}]", "missing.gift"),
        ("[{file: test.en.gift, draw: 0}]", "draw"), ("[{file: test.en.gift, mark: -1}]", "mark"),
    ],
)  # fmt: skip
def test_an_entry_that_asks_nothing_or_two_things_is_refused(tmp_path, entries, sentence):
    said = problems(tmp_path, choice("One"), entries=entries)
    assert "waves/section.yaml:" in said
    assert sentence in said


@pytest.mark.parametrize("dates", ["{opens: 2027-02-02, closes: 2027-02-01}", "{closes: soon}"])
def test_dates_that_are_none_are_refused(tmp_path, dates):
    assert "runs.yaml:" in problems(tmp_path, choice("One"), dates=dates)


@pytest.mark.django_db
def test_a_refused_course_changes_nothing(tmp_path):
    with pytest.raises(CourseFolderError):
        imported(course_of(tmp_path, entries=BOTH, **{"test.fr.gift": FRENCH + ENGLISH}))
    assert not Question.objects.exists()
