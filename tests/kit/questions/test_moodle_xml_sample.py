"""A file as Moodle 4 and 5 write it: every part of it is where it belongs."""

from pathlib import Path

from preau.kit.questions.formats import moodle_xml
from preau.kit.questions.question import FILES, Feedback, Hint
from preau.kit.questions.types.choice import Choice, Option
from preau.kit.questions.types.description import Description
from preau.kit.questions.types.essay import Essay
from preau.kit.questions.types.matching import Matching, Pair
from preau.kit.questions.types.numerical import Numerical, Unit, Value
from preau.kit.questions.types.ordering import Ordering
from preau.kit.questions.types.short_answer import Pattern, ShortAnswer
from preau.kit.questions.types.true_false import TrueFalse

DATA = (Path(__file__).parent / "data" / "moodle_export.xml").read_bytes()
REPORT = moodle_xml.read(DATA)
BY_NAME = {question.name: question for question in REPORT.questions}


def test_what_was_taken_and_what_was_lost():
    assert [(it.name, it.line) for it in REPORT.items if it.lost] == [
        ("Brouillon", 370),
        ("Where is the antenna?", 381),
        ("Random (Brouillon)", 396),
    ]
    assert [it.dropped for it in REPORT.items if it.lost] == [
        ("The category's description has no place here.",),
        ("Questions of type “ddmarker” are not taken yet.",),
        ("Questions of type “random” are not taken yet.",),
    ]
    assert REPORT.taken == 9
    assert {it.category for it in REPORT.questions} == {
        ("Signaux et télécoms", "Échantillonnage A/N")
    }


def test_a_choice_with_images_hints_and_tags():
    it = BY_NAME["Fréquence de Nyquist"]
    assert it.body == Choice(
        (
            Option("<p>8 kHz</p>", 1.0),
            Option(
                "<p>4 kHz</p>",
                0.0,
                f'<p>Voyez l\'image : <img src="{FILES}spectre%20du%20signal-2.png" alt=""></p>',
            ),
            Option("<p>2 kHz</p>", -0.3333333),
        ),
        instruction=False,
    )
    assert f'<img src="{FILES}spectre%20du%20signal.png" alt="Le spectre"' in it.stem
    assert it.files["spectre du signal.png"].startswith(b"\x89PNG\r\n")
    assert it.files["spectre du signal-2.png"] == "Replié".encode()
    assert (it.mark, it.penalty, it.number) == (2.0, 0.3333333, "ECH-01")
    assert it.hints == (Hint("<p>Pensez au repliement.</p>", True, True), Hint(""))
    assert it.tags == ("nyquist", "échantillonnage")
    assert it.feedback == Feedback(
        "Votre réponse est correcte.",
        "Votre réponse est partiellement correcte.",
        "Votre réponse est incorrecte.",
        "<p>Le double de la plus haute fréquence.</p>",
    )


def test_texts_of_every_format():
    it = BY_NAME["Which are digital?"]
    assert it.stem == "<p>Which of these modulations are <em>digital</em>?</p>"
    assert it.body == Choice(
        (
            Option("QPSK &amp; friends", 0.5),
            Option("16-QAM<br>(four bits)", 0.5),
            Option("FM", -1.0),
        ),
        several=True,
        shuffle=False,
        numbering="ABCD",
    )


def test_every_other_type():
    assert BY_NAME["Gaussian noise"].body == TrueFalse(
        True, "Yes: the central limit theorem.", "Think of many electrons."
    )
    assert BY_NAME["Transformée"].body == ShortAnswer(
        (Pattern("*Fourier*"), Pattern("FFT", 0.5, "C'est l'algorithme."))
    )
    assert BY_NAME["Wavelength"].body == Numerical(
        (Value(1.0, 0.01), Value(None, 0.0, 0.0, "c / f")), (Unit("m"), Unit("cm", 100.0)), 0.1
    )
    assert BY_NAME["Unités"].body == Matching(
        (Pair("<p>fréquence</p>", "hertz"), Pair("<p>débit</p>", "bit/s"), Pair("", "watt"))
    )
    assert BY_NAME["The chain"].body == Ordering(
        ("<p>sample</p>", "<p>code</p>", "<p>modulate</p>"), "neighbour"
    )
    assert BY_NAME["Fading"].body == Essay(
        "code", False, 20, (50, 0), -1, 1, (".pdf", ".odt"), "<p>In my opinion</p>",
        "<p>Rayleigh must be named.</p>",
    )  # fmt: skip
    assert BY_NAME["Avant de commencer"].body == Description()


def test_it_goes_out_again_as_it_came():
    data, report = moodle_xml.write(REPORT.questions)
    assert report.lost == 0
    assert moodle_xml.read(data).questions == REPORT.questions
