"""The question bank as pages: its list, a question as learners see it, files taken in."""

import re
from dataclasses import replace
from xml.sax.saxutils import escape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from preau.kit.errors import PreauError
from preau.kit.questions.question import FILES, Question
from preau.kit.questions.types.calculated import Calculated, Formula, Variable
from preau.learn.courses.models import Course
from preau.learn.enrolments.actions import place_in_run
from preau.learn.quizzes.bank import import_questions
from preau.learn.quizzes.models import Question as Row
from preau.learn.quizzes.models import QuestionImport, QuestionVersion, Response
from tests.learn.quizzes.quiz_course import begin, hand_in
from tests.learn.quizzes.taking import ESSAY, HERTZ, choice, done, read, run_of, said, see, written
from tests.people import RUN, ada, claire, person, signed_in, theo

pytestmark = pytest.mark.django_db

BANK = f"/runs/{RUN}/questions/"
IMPORT = f"{BANK}import/"
PICTURE = b"\x89PNG not really"
SINE = replace(
    choice("Sine"),
    stem=f'<p>Is this it? <img src="{FILES}sine.png" alt="a wave"></p>',
    category=("Signals", "Waves"),
    number="S-1",
    files={"sine.png": PICTURE},
)
NOISE = replace(choice("Noise"), category=("Signals",))


def taken():
    """The reports on files that were taken on the page, not those on the course's own."""
    return QuestionImport.objects.exclude(file__startswith="waves/")


@pytest.fixture
def run(tmp_path):
    return run_of(tmp_path / "course", HERTZ, choice("One"))


@pytest.fixture
def teacher(run):
    return signed_in(claire(run))


@pytest.fixture
def bank(run):
    import_questions(run.course, [SINE, NOISE])
    return run.course


def named(html):
    """The names of the questions that a page lists."""
    return re.findall(r'<th scope="row"><a href="[^"]*" lang="\w+">([^<]*)</a>', html)


def page_of(name, **more):
    return f"{BANK}{Row.objects.filter(name=name, **more).earliest('pk').uuid}/"


def sent(teacher, data, name="new.xml", **more):
    file = SimpleUploadedFile(name, data if isinstance(data, bytes) else data.encode())
    return teacher.post(IMPORT, {"file": file, "format": "auto", **more})


def test_questions_are_found_by_name_number_and_category(bank, teacher):
    assert set(named(see(teacher, BANK))) == {"Hertz", "One", "Sine", "Noise"}
    assert named(see(teacher, f"{BANK}?q=nois")) == ["Noise"]
    assert named(see(teacher, f"{BANK}?q=s-1")) == ["Sine"]
    html = see(teacher, BANK)
    categories = dict(re.findall(r'<option value="(\d+)">([^<]*)</option>', html))
    (waves,) = (pk for pk, name in categories.items() if name == "Signals / Waves")
    assert named(see(teacher, f"{BANK}?category={waves}")) == ["Sine"]
    assert "No question here." in read(teacher, f"{BANK}?q=nothing")


def test_the_list_has_fifty_a_page(bank, teacher):
    import_questions(bank, [replace(NOISE, name=f"N{number:02}") for number in range(60)])
    html = see(teacher, BANK)
    assert len(named(html)) == 50
    onward = html.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert len(named(see(teacher, f"{BANK}{onward}"))) == 60 + 6 - 50


def test_odd_queries_are_answered(bank, teacher, subtests):
    nines = "9" * 5000
    sine = page_of("Sine")
    for path in (f"{BANK}?after={nines}", f"{BANK}?category={nines}", f"{BANK}?after=x",
                 f"{BANK}?q=%00", f"{sine}?seed={nines}", f"{sine}?version={nines}",
                 f"{sine}?seed=-1", f"{sine}?seed=²"):  # fmt: skip
        with subtests.test(path[:60]):
            assert teacher.get(path).status_code in {200, 400}


def test_a_preview_is_marked_and_kept_nowhere(bank, teacher):
    page = page_of("Hertz")
    assert "Who gave his name" in see(teacher, page)
    answer = teacher.post(page, {"q1-text": "Hertz", "go": "check:1"})
    assert "Right" in said(answer)
    assert "Quite so" in said(answer)
    answer = teacher.post(page, {"q1-text": "Ampere"})
    assert "Wrong" in said(answer)
    assert "Think of waves" in said(answer)
    assert not Response.objects.exists()


def test_a_preview_of_an_impossible_answer_says_so(bank, teacher):
    answer = teacher.post(page_of("One"), {"q1-choice": "9"})
    assert "“9” is not among the choices of “choice”" in said(answer)


def test_a_preview_tells_where_the_question_is_asked_and_how_often(run, bank, teacher):
    page = read(teacher, page_of("Hertz"))
    assert "It was answered 0 times. It is asked in: A test" in page
    done(signed_in(ada(run)), q1_text="Hertz")
    assert "It was answered 1 time." in read(teacher, page_of("Hertz"))
    assert "No quiz asks it now." in read(teacher, page_of("Sine"))


def test_every_version_can_be_looked_at(bank, teacher):
    import_questions(bank, [replace(NOISE, stem="<p>Is it noise?</p>")])
    page = page_of("Noise")
    assert "Is it noise?" in read(teacher, page)
    assert "Noise?" in read(teacher, f"{page}?version=1")
    assert "Is it noise?" not in read(teacher, f"{page}?version=1")


# Taking files in


def test_a_dry_run_tells_what_would_become_of_each_and_changes_nothing(teacher):
    answer = sent(teacher, written(SINE, ESSAY), dry_run="on")
    assert "2 taken, 0 with losses" in said(answer)
    assert "Sine" in said(answer)
    assert not Row.objects.filter(name="Sine").exists()
    assert not taken().exists()


def test_an_import_is_kept_with_its_report(teacher):
    answer = sent(teacher, written(SINE, ESSAY))
    assert answer["Location"] == BANK
    page = read(teacher, BANK)
    assert "2 questions were taken, 0 lost something." in page
    assert "new.xml" in page
    assert Row.objects.get(name="Sine").category.names == ["Signals", "Waves"]


def test_what_is_lost_is_said(teacher):
    data = written(SINE).replace(
        "</quiz>", '<question type="gapfiller"><name><text>Odd</text></name></question></quiz>'
    )
    answer = sent(teacher, data)
    assert "1 taken, 1 with losses" in said(answer)
    assert "Odd" in said(answer)
    assert "not taken" in said(answer)
    assert taken().get().report["lost"] == 1


def test_a_changed_question_is_asked_from_then_on(tmp_path):
    entries = "[{file: test.en.gift}, {category: Signals, draw: 1}]"
    run = run_of(tmp_path / "course", choice("One"), entries=entries)
    teacher, browser = signed_in(claire(run)), signed_in(ada(run))
    sent(teacher, written(NOISE))
    address = begin(browser)
    sent(teacher, written(replace(NOISE, stem="<p>Is it noise?</p>")))
    assert "Is it noise?" not in see(browser, address)
    hand_in(browser, address)
    assert "Is it noise?" in see(browser, begin(browser))


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY l0 "lol">'
    + b"".join(
        b'<!ENTITY l%d "%s">' % (number, b"&l%d;" % (number - 1) * 10) for number in range(1, 10)
    )
    + b"]><quiz>&l9;"
)
REFUSED = [
    (b"", "is none of moodle-xml, aiken, gift"),
    (b"\0\1\2", "is none of"),
    (BOMB + b"</quiz>", "declares entities or a document type"),
    (b"<quiz><question", "line 1"),
    (b"<quiz>" + b"<a>" * 100_000, "more than 50 elements are inside each other"),
]


def test_a_file_that_cannot_be_read_is_told_why(teacher, subtests):
    for data, sentence in REFUSED:
        with subtests.test(sentence):
            answer = sent(teacher, data)
            assert sentence in said(answer) or (not data and "empty" in said(answer))
            assert "/tmp/" not in said(answer)
    assert not taken().exists()


def test_what_is_malformed_in_a_good_file_is_told_with_its_line(teacher, tmp_path, capsys):
    gift = "::One:: Is it? {TRUE}\n\n::Two:: Which? { =right ~wrong\n"
    answer = sent(teacher, gift, "mine.gift")
    assert "1 taken, 1 with losses" in said(answer)
    assert "line 3" in said(answer)
    file = tmp_path / "mine.gift"
    file.write_text(gift)
    with pytest.raises(SystemExit) as ended:
        call_command("questions_import", RUN, str(file))
    assert ended.value.code == 3
    assert "line 3" in capsys.readouterr().out


@pytest.mark.parametrize(
    "formula",
    ["{x} / ({x} - {x})", "__import__('os').system('true')", "open('/etc/passwd')", "9**9**9**9"],
)
def test_a_formula_that_cannot_be_computed_never_reaches_a_learner(tmp_path, formula):
    entries = "[{file: test.en.gift}, {category: Signals, draw: 1}]"
    run = run_of(tmp_path / "course", choice("One"), entries=entries)
    teacher, learner = signed_in(claire(run)), signed_in(ada(run))
    body = Calculated((Formula("{x} * 2"),), (Variable("x", 1, 9),))
    speed = Question("Speed", "<p>How fast?</p>", body, category=("Signals",))
    answer = sent(teacher, written(NOISE, speed).replace("{x} * 2", escape(formula)))
    assert "1 taken, 1 with losses" in said(answer)
    assert "Speed" in said(answer)
    assert not Row.objects.filter(name="Speed").exists()
    assert "Noise?" in see(learner, begin(learner))


@pytest.fixture
def huge(tmp_path):
    """50 MB of Moodle XML, with entities that would make billions of it."""
    file = tmp_path / "huge.xml"
    with file.open("wb") as writing:
        writing.write(BOMB)
        for _megabyte in range(50):
            writing.write(b"<question type='essay'></question>" * 30_000)
        writing.write(b"</quiz>")
    assert file.stat().st_size > 50_000_000
    return file


def test_50_megabytes_of_entities_are_refused_on_the_page_and_by_the_command(teacher, huge):
    with huge.open("rb") as reading:
        answer = teacher.post(IMPORT, {"file": reading, "format": "auto"})
    assert answer.status_code == 413
    assert "larger than this site takes" in said(answer)
    with pytest.raises(PreauError, match="declares entities or a document type"):
        call_command("questions_import", RUN, str(huge))
    assert not taken().exists()


def test_only_those_who_teach_see_the_bank(run, bank):
    page = page_of("Sine")
    for who in (signed_in(ada(run)), signed_in(theo(run))):
        for path in (BANK, IMPORT, page):
            assert who.get(path).status_code == 403, path
        assert sent(who, written(SINE)).status_code == 403


def test_a_question_of_another_course_is_not_found(bank, teacher):
    other = Course.objects.create(key="other", languages=["en"], subject="science")
    import_questions(other, [replace(SINE, name="Elsewhere")])
    assert teacher.get(page_of("Elsewhere")).status_code == 404
    assert "Elsewhere" not in see(teacher, BANK)


# Images


def test_an_image_is_served_to_who_was_asked_and_to_nobody_else(tmp_path):
    run = run_of(tmp_path / "course", replace(SINE, category=()))
    learner, other = signed_in(ada(run)), person("Bea")
    place_in_run(other, run)
    image = re.search(r'<img src="([^"]+)"', see(learner, begin(learner)))[1]
    answer = learner.get(image)
    assert b"".join(answer) == PICTURE
    assert answer["Content-Type"] == "image/png"
    assert signed_in(other).get(image).status_code == 404
    assert b"".join(signed_in(theo(run)).get(image)) == PICTURE
    assert signed_in(person("Noah")).get(image).status_code == 403
    for wrong in (
        image.replace("sine.png", "cosine.png"),
        re.sub(r"/\d+/sine", "/9999/sine", image),
    ):
        assert learner.get(wrong).status_code == 404


def test_an_image_of_the_bank_is_for_who_teaches_its_course(bank, teacher):
    image = re.search(r'<img src="([^"]+)"', see(teacher, page_of("Sine")))[1]
    assert b"".join(teacher.get(image)) == PICTURE
    other = Course.objects.create(key="other", languages=["en"], subject="science")
    import_questions(other, [replace(SINE, name="Elsewhere")])
    elsewhere = QuestionVersion.objects.get(question__course=other)
    mine = QuestionVersion.objects.get(question__course=bank, question__name="Sine")
    assert f"/{mine.pk}/" in image
    assert teacher.get(image.replace(f"/{mine.pk}/", f"/{elsewhere.pk}/")).status_code == 404


def test_every_type_has_a_name_in_every_language(subtests):
    from django.utils.translation import override

    from preau.kit.questions.types import TYPES
    from preau.learn.quizzes.templatetags.question_types import NAMES, type_name

    assert set(NAMES) == set(TYPES)
    for key in TYPES:
        with subtests.test(key), override("fr"):
            assert type_name(key) != key
