"""A question of every type, each with the answer that earns its whole mark."""

from preau.kit.questions.question import Feedback, Hint, Question
from preau.kit.questions.types.calculated import Calculated, Formula, Variable
from preau.kit.questions.types.choice import Choice, Option
from preau.kit.questions.types.cloze import Cloze, Part
from preau.kit.questions.types.description import Description
from preau.kit.questions.types.essay import Essay
from preau.kit.questions.types.gaps import Gaps, Word
from preau.kit.questions.types.markers import Marker, Markers, Zone
from preau.kit.questions.types.matching import Matching, Pair
from preau.kit.questions.types.numerical import Numerical, Unit, Value
from preau.kit.questions.types.ordering import Ordering
from preau.kit.questions.types.short_answer import Pattern, ShortAnswer
from preau.kit.questions.types.true_false import TrueFalse

PICTURE = b"""<svg xmlns="http://www.w3.org/2000/svg" width="600" height="300" viewBox="0 0 600 300">
<rect width="600" height="300" fill="#e0edeb"/><circle cx="150" cy="150" r="60" fill="#0b545c"/>
<rect x="350" y="90" width="160" height="120" fill="#a5430c"/></svg>"""
DISC, RECTANGLE = (150, 150), (430, 150)  # in the middle of each, of 600 by 300
ORDER = ("radio", "infrared", "visible light", "X-rays")
RUBRIC = """<p>Look at the argument, not at the words.</p><table class="rubric"><tbody>
<tr><th>Reasons</th><td>0: none</td><td>1: one</td><td>2: two or more</td></tr>
<tr><th>Language</th><td>0: unclear</td><td>1: clear</td></tr></tbody></table>"""

TEXT = Question(
    "Text",
    "<p>The questions below are about <strong>waves</strong>. Recall that \\(f = 1/T\\).</p>",
    Description(),
    mark=0,
)
CHOICE = Question(
    "Choice",
    "<p>Which of these is a <em>unit of frequency</em>?</p>",
    Choice(
        (
            Option("<p>hertz</p>", 1.0, "<p>Named after Heinrich Hertz.</p>"),
            Option("<p>metre</p>", 0, "<p>That is a length.</p>"),
            Option("\\(\\frac{1}{T}\\)", -0.5),
        )
    ),
    feedback=Feedback(
        right="<p>Well done.</p>",
        wrong="<p>Look again at week 1.</p>",
        general="<p>Frequency is counted in hertz: \\(1\\,\\mathrm{Hz} = 1/\\mathrm{s}\\).</p>",
    ),
)
SEVERAL = Question(
    "Several",
    "<p>Which of these are electromagnetic waves?</p>",
    Choice(
        (
            Option("<p>light</p>", 0.5),
            Option("<p>radio</p>", 0.5),
            Option("<p>sound</p>", -0.5),
            Option("<p>waves on water</p>", -0.5),
        ),
        several=True,
    ),
    mark=2,
)
TRUE_FALSE = Question(
    "True or false",
    "<p>Sound travels in a vacuum.</p>",
    TrueFalse(right=False, if_true="<p>No: it needs matter.</p>", if_false="<p>Indeed.</p>"),
)
SHORT = Question(
    "Short",
    "<p>What is the unit of electrical resistance?</p>",
    ShortAnswer((Pattern("ohm*", 1.0),)),
)
NUMBER = Question(
    "Number",
    "<p>The speed of light in a vacuum, with its unit?</p>",
    Numerical(
        (Value(3e8, 2e6, 1.0),), (Unit("m/s"), Unit("km/s", 0.001)), 0.1
    ),
)  # fmt: skip
MATCHING = Question(
    "Matching",
    "<p>To each quantity its unit.</p>",
    Matching(
        (
            Pair("<p>frequency</p>", "hertz"),
            Pair("<p>power</p>", "watt"),
            Pair("<p>length</p>", "metre"),
            Pair("", "newton"),
        )
    ),
)
ORDERING = Question(
    "Ordering",
    "<p>From the lowest frequency to the highest.</p>",
    Ordering(tuple(f"<p>{it}</p>" for it in ORDER)),
)
GAPS = Question(
    "Gaps",
    "",
    Gaps(
        "<p>A signal that takes any value is [[1]]; one that takes a few is [[2]].</p>",
        (Word("analogue"), Word("digital"), Word("electric")),
    ),
)
WORDS = Question(
    "Words",
    "",
    Gaps(
        "<p>The [[1]] of a wave is the inverse of its [[2]].</p>",
        (Word("frequency"), Word("period"), Word("amplitude")),
        drag=True,
    ),
)
MARKERS = Question(
    "Markers",
    "<p>Mark the disc and the rectangle.</p>",
    Markers(
        "picture.svg",
        (Marker("disc"), Marker("rectangle"), Marker("triangle")),
        (Zone(1, "circle", (*DISC, 60)), Zone(2, "rectangle", (350, 90, 160, 120))),
    ),
    files={"picture.svg": PICTURE},
    mark=2,
)
CLOZE = Question(
    "Cloze",
    "",
    Cloze(
        "<p>A period of 2 ms is a frequency of {#1} Hz, the unit being named after {#2}; "
        "it is {#3}.</p>",
        (
            Part(numerical=Numerical((Value(500, 1),))),
            Part(short_answer=ShortAnswer((Pattern("Hertz"),))),
            Part(choice=Choice((Option("audible", 1.0), Option("inaudible")))),
        ),
    ),
    mark=3,
)
CALCULATED = Question(
    "Calculated",
    "<p>What is the wavelength of a radio wave of {f} MHz, in metres?</p>",
    Calculated(
        (Formula("300/{f}", 0.02, digits=3, significant=True),), (Variable("f", 88, 108, 1),)
    ),
)
ESSAY = Question(
    "Essay",
    "<p>Explain in a few lines why a message is cut into packets.</p>",
    Essay(lines=8, words=(5, 200), notes=RUBRIC),
    mark=3,
)
EVERY_TYPE = (
    TEXT, CHOICE, SEVERAL, TRUE_FALSE, SHORT, NUMBER, MATCHING, ORDERING, GAPS, WORDS, MARKERS,
    CLOZE, CALCULATED, ESSAY,
)  # fmt: skip

TRIED = Question(
    "Tried",
    "<p>What is the capital of France?</p>",
    Choice((Option("Paris", 1.0), Option("Lyon"), Option("Lille")), shuffle=False),
    penalty=0.25,
    hints=(Hint("<p>It lies on the Seine.</p>"), Hint("<p>It begins with a P.</p>")),
    feedback=Feedback(right="<p>Well done.</p>", wrong="<p>Look at a map.</p>"),
)
