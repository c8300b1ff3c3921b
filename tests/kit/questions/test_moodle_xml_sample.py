"""A file as Moodle 4 and 5 write it: every part of it is where it belongs."""

from pathlib import Path

from preau.kit.questions.formats import moodle_xml
from preau.kit.questions.question import FILES, Feedback, Hint
from preau.kit.questions.types.calculated import Calculated, Formula, Variable
from preau.kit.questions.types.choice import Choice, Option
from preau.kit.questions.types.cloze import Cloze, Part
from preau.kit.questions.types.description import Description
from preau.kit.questions.types.essay import Essay
from preau.kit.questions.types.markers import Marker, Markers, Zone
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
        ("Free space loss", 390),
        ("Brouillon", 572),
        ("Where is the antenna?", 583),
        ("Random (Brouillon)", 598),
    ]
    assert [it.dropped for it in REPORT.items if it.lost] == [
        (
            "What a wrong unit costs is a share of the mark, not of the answer's.",
            "The file's values (2 of each) are left out: an attempt draws its own.",
        ),
        ("The category's description has no place here.",),
        ("There is no image.", "There is no zone to be marked."),
        ("It stands for a question that is drawn from its category: a quiz draws here itself.",),
    ]
    assert REPORT.taken == 12
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


def test_answers_inside_a_text():
    it = BY_NAME["The decibel"]
    assert (it.stem, it.mark, it.number) == ("", 6.0, "DB-1")
    assert it.hints == (Hint("<p>log<sub>10</sub> 2 is 0.301.</p>", True, False),)
    assert it.feedback.general == "<p>10 log<sub>10</sub> of the ratio.</p>"
    places = (
        Part(
            numerical=Numerical(
                (
                    Value(3.01, 0.02, 1.0, "Ten times the logarithm."),
                    Value(3.0, 0.3, 0.5, "Nearly."),
                )
            ),
            weight=2.0,
        ),
        Part(
            short_answer=ShortAnswer(
                (Pattern("Bell"), Pattern("A. G. Bell"), Pattern("*", 0.0, "He built telephones."))
            )
        ),
        Part(
            choice=Choice(
                (
                    Option("above 0 dB"),
                    Option("below 0 dB", 1.0, "Yes: less comes out."),
                    Option("0 dB"),
                ),
                shuffle=True,
                numbering="none",
                instruction=False,
            ),
            layout="vertical",
        ),
        Part(
            choice=Choice(
                (Option("dB", 0.5), Option("dBc", 0.5), Option("dBm", -1.0)),
                several=True,
                shuffle=False,
                numbering="none",
                instruction=False,
            ),
            layout="vertical",
        ),
        Part(numerical=Numerical((Value(-3.0, 0.1),))),
    )
    assert it.body == Cloze(
        "<p>A gain of 2 in power is {#1} dB; the unit is named after {#2}.</p>"
        "<p>A loss is {#3}; these are ratios: {#4}</p><p>Half is {#5} dB, by the way.</p>",
        places,
    )


def test_formulas_and_their_values():
    it = BY_NAME["Free space loss"]
    assert it.stem == "<p>{d}&nbsp;km at {f}&nbsp;GHz: what is the free space loss?</p>"
    assert it.mark == 2.0
    rounded = "92.45+20*log10({d}*pow({f},1))"
    assert it.body == Calculated(
        (
            Formula("92.45+20*log10({d})+20*log10({f})", 0.001, digits=1),
            Formula(rounded, 1.0, False, 0.5, "Round at the end.", 3, True),
        ),
        (Variable("d", 1.0, 40.0, 0), Variable("f", 0.4, 5.5, 1)),
        (Unit("dB"),),
        0.1,
    )


def test_markers_and_their_zones():
    it = BY_NAME["Sur la carte"]
    assert it.body == Markers(
        "la carte.png",
        (Marker("antenne"), Marker("relais & pylône", 2), Marker("forêt", 0)),
        (
            Zone(1, "circle", (120.0, 80.0, 15.0)),
            Zone(2, "rectangle", (200.0, 40.0, 60.0, 30.0)),
            Zone(3, "polygon", (10.0, 10.0, 60.0, 10.0, 35.0, 50.0)),
        ),
        show_misplaced=True,
    )
    assert it.files["la carte.png"].startswith(b"\x89PNG\r\n")
    assert it.feedback.right == "Bien."


def test_it_goes_out_again_as_it_came():
    data, report = moodle_xml.write(REPORT.questions)
    assert report.lost == 0
    assert moodle_xml.read(data).questions == REPORT.questions
