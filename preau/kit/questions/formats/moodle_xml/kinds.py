"""The types of questions that are read and written, by Moodle's names and by ours."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from preau.kit.questions.formats.moodle_xml import (
    bodies,
    bodies_written,
    calculated,
    cloze,
    gaps,
    markers,
)
from preau.kit.questions.formats.moodle_xml.reading import Reading
from preau.kit.questions.formats.moodle_xml.writing import Writing
from preau.kit.questions.types import Body
from preau.kit.questions.types.calculated import Calculated
from preau.kit.questions.types.choice import Choice
from preau.kit.questions.types.cloze import Cloze
from preau.kit.questions.types.description import Description
from preau.kit.questions.types.essay import Essay
from preau.kit.questions.types.gaps import Gaps
from preau.kit.questions.types.markers import Markers
from preau.kit.questions.types.matching import Matching
from preau.kit.questions.types.numerical import Numerical
from preau.kit.questions.types.ordering import Ordering
from preau.kit.questions.types.short_answer import ShortAnswer
from preau.kit.questions.types.true_false import TrueFalse

READERS: dict[str, Callable[[Reading], Body]] = {
    "multichoice": bodies.choice,
    "truefalse": bodies.true_false,
    "shortanswer": bodies.short_answer,
    "numerical": bodies.numerical,
    "matching": bodies.matching,
    "match": bodies.matching,
    "ordering": bodies.ordering,
    "essay": bodies.essay,
    "description": bodies.description,
    "gapselect": gaps.read,
    "ddwtos": gaps.read,
    "cloze": cloze.read,
    "multianswer": cloze.read,
    "calculated": calculated.read,
    "calculatedsimple": calculated.read,
    "calculatedmulti": calculated.read_choices,
    "ddmarker": markers.read,
    "ddimageortext": markers.read_words,
}

# Types that Moodle has and nobody can be asked apart from Moodle, and why.
NEVER = {
    "random": "It stands for a question that is drawn from its category: a quiz draws here itself.",
    "randomsamatch": "It is made of the short answers of its category each time that it is asked; "
    "write the pairs as a matching question.",
    "missingtype": "Moodle itself no longer knew its type when it wrote the file.",
}


@dataclass(frozen=True)
class Writer:
    """How a type is written: its name in Moodle, and what Moodle shows with it.

    ``text`` gives what a body adds to the question's own text; ``several`` says whether the
    right parts of an answer can be counted, ``parts`` whether a hint may tell of them.
    """

    name: Callable[[Any], str]
    write: Callable[[Writing, Any], None]
    text: Callable[[Writing, Any], str] = lambda _it, _body: ""
    combined: bool = True  # feedback to right, partly right and wrong answers
    several: Callable[[Any], bool] = lambda _body: False
    hints: bool = True
    parts: bool = True


def _named(name: str) -> Callable[[Body], str]:
    return lambda _body: name


def _yes(_body: Body) -> bool:
    return True


WRITERS: dict[type[Body], Writer] = {
    Choice: Writer(
        _named("multichoice"), bodies_written.choice, several=lambda body: bool(body.several)
    ),
    TrueFalse: Writer(_named("truefalse"), bodies_written.true_false, combined=False, parts=False),
    ShortAnswer: Writer(
        _named("shortanswer"), bodies_written.short_answer, combined=False, parts=False
    ),
    Numerical: Writer(_named("numerical"), bodies_written.numerical, combined=False, parts=False),
    Matching: Writer(_named("matching"), bodies_written.matching, several=_yes),
    Ordering: Writer(_named("ordering"), bodies_written.ordering, several=_yes),
    Gaps: Writer(gaps.name, gaps.write, text=lambda _it, body: str(body.text), several=_yes),
    Markers: Writer(_named("ddmarker"), markers.write, several=_yes),
    Cloze: Writer(_named("cloze"), cloze.write, text=cloze.text, combined=False),
    Calculated: Writer(_named("calculatedsimple"), calculated.write, parts=False),
    Essay: Writer(_named("essay"), bodies_written.essay, combined=False, hints=False),
    Description: Writer(
        _named("description"), bodies_written.description, combined=False, hints=False
    ),
}
