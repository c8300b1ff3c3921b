"""A course of one quiz with ten questions, and answers to them as the page's script sends them."""

from pathlib import Path

COURSE = "exam"
RUN = "exam-now"
QUIZ = "test"
MINUTES = 30

_SECTION = """\
title: Examination
activities:
  - key: {key}
    kind: quiz
    title: Examination
    questions: [{{file: questions.gift}}, {{file: questions.xml}}]
    behaviour: deferred
    time_limit: {minutes}
    per_page: {per_page}
"""
_GIFT = """
::Rate:: [markdown]A signal of **4 kHz** is sampled. What is the *least* rate that loses nothing?
{ =8 kHz#Twice its bandwidth ~4 kHz ~16 kHz ~2 kHz }

::Phase:: [html]<p>Which of these change the <em>phase</em> of the carrier?</p>
{ ~%50%BPSK ~%50%QPSK ~%-50%OOK ~%-50%2-ASK }

::Noise:: [markdown]Twice the bandwidth at the same power means **twice the noise**. {TRUE}

::Unit:: [html]<p>The unit of <strong>frequency</strong> is the&nbsp;…</p> { =hertz =Hz }

::Decibels:: [markdown]How many decibels are a ratio of `1000`? {#30:0.5}

::Layers:: [html]<p>To which <em>layer</em> does each belong?</p>
{ =IP -> network =TCP -> transport =Ethernet -> link =HTTP -> application }

::Port:: [markdown]On which port does **HTTPS** listen, if nothing else is said?
{=443 ~80 ~22 ~8080}

::Wave:: [html]<p>How long, in metres, is a wave of <code>1 GHz</code>?</p> {#0.3:0.01}
"""
_GAPS = """\
<question type="gapselect">
<name><text>Chain</text></name>
<questiontext format="html"><text><![CDATA[<p>The <strong>coder</strong> adds [[1]]; the \
<strong>modulator</strong> makes [[2]] of bits; the <em>channel</em> adds [[3]].</p>]]></text>\
</questiontext>
<defaultgrade>1</defaultgrade><penalty>0.3333333</penalty><hidden>0</hidden>
<shuffleanswers>1</shuffleanswers>
{options}</question>
"""
_ORDER = """\
<question type="ordering">
<name><text>Order</text></name>
<questiontext format="html"><text><![CDATA[<p>From the <em>microphone</em> to the antenna:</p>]]>\
</text></questiontext>
<defaultgrade>1</defaultgrade><penalty>0.3333333</penalty><hidden>0</hidden>
<layouttype>VERTICAL</layouttype><selecttype>ALL</selecttype><selectcount>0</selectcount>
<gradingtype>ABSOLUTE_POSITION</gradingtype><showgrading>SHOW</showgrading>
<numberingstyle>none</numberingstyle>
{items}</question>
"""

Answer = dict[str, list[str]]


def _each(field: str, *values: str, first: int = 0) -> Answer:
    return {f"{field}-{number}": [value] for number, value in enumerate(values, first)}


# By slot: what people answer, right and wrong, the fields as their forms name them.
ANSWERS: dict[int, list[Answer]] = {
    1: [{"choice": [number]} for number in "0123"],
    2: [{"choice": ["0", "1"]}, {"choice": ["0"]}, {"choice": ["1", "2"]}, {"choice": ["3"]}],
    3: [{"choice": ["true"]}, {"choice": ["false"]}],
    4: [{"text": [words]} for words in ("hertz", "Hz", "the hertz (Hz)", "é — “Hertz”", "second")],
    5: [{"number": [words]} for words in ("30", "30,0", "60", "3")],
    6: [_each("pair", *values) for values in ("0123", "1023", "3210", "0132")],
    7: [{"choice": [number]} for number in "0123"],
    8: [{"number": [words]} for words in ("0.3", "0,3", "0.30", "3")],
    9: [_each("gap", *values, first=1) for values in ("012", "021", "301", "032")],
    10: [_each("place", *values) for values in ("1234", "2134", "4321", "1243")],
}


def write_course(folder: Path, per_page: int) -> Path:
    """Write the course's folder; where it is."""
    section = folder / "s1"
    section.mkdir(parents=True)
    (folder / "course.yaml").write_text(
        f"format: preau-course/1\nkey: {COURSE}\nlanguages: [en]\n"
        "title: An examination\nsummary: Everybody at once.\nsubject: telecommunications\n"
        "teachers: [{name: Claire Fontaine}]\nsections: [s1]\n"
    )
    (folder / "runs.yaml").write_text(f"runs:\n  - {{key: {RUN}, pace: self}}\n")
    (folder / "about.en.md").write_text("An examination.\n")
    text = _SECTION.format(key=QUIZ, minutes=MINUTES, per_page=per_page)
    (section / "section.yaml").write_text(text)
    (section / "questions.gift").write_text(_GIFT)
    (section / "questions.xml").write_text(_moodle_xml())
    return folder


def _moodle_xml() -> str:
    words = ("redundancy", "waves", "noise", "light")
    options = "".join(
        f"<selectoption><text>{word}</text><group>1</group></selectoption>\n" for word in words
    )
    steps = ("sample", "code", "modulate", "amplify")
    items = "".join(
        f'<answer fraction="{place}.0" format="html"><text><![CDATA[<p>{step}</p>]]></text>'
        "</answer>\n"
        for place, step in enumerate(steps, 1)
    )
    questions = _GAPS.format(options=options) + _ORDER.format(items=items)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{questions}</quiz>\n'
