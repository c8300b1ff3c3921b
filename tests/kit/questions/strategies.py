"""Questions of every type, for property tests."""

import string

from hypothesis import strategies as st

from preau.kit.questions.question import Feedback, Hint, Question
from preau.kit.questions.types.calculated import Calculated, Formula, Variable
from preau.kit.questions.types.choice import NUMBERINGS, Choice, Option
from preau.kit.questions.types.cloze import Cloze, Part
from preau.kit.questions.types.description import Description
from preau.kit.questions.types.essay import Essay
from preau.kit.questions.types.gaps import Gaps, Word
from preau.kit.questions.types.markers import Marker, Markers, Zone
from preau.kit.questions.types.matching import Matching, Pair
from preau.kit.questions.types.numerical import Numerical, Unit, Value
from preau.kit.questions.types.ordering import GRADINGS, Ordering
from preau.kit.questions.types.short_answer import Pattern, ShortAnswer
from preau.kit.questions.types.true_false import TrueFalse

# What people write: letters of several scripts, every sign that a format gives a meaning.
letters = string.ascii_letters + string.digits + "éÈœß漢字λ€🙂 ~=#{}:\\%*[]<>&\"'/@_.,;!?()+-$"
names_of_files = ("@@PLUGINFILE@@/", "question-files/")  # texts that name images are other tests'
words = (
    st.text(letters, min_size=1, max_size=30)
    .map(lambda it: " ".join(it.split()))
    .filter(lambda it: it.strip() and not any(name in it for name in names_of_files))
)
plain = words
html = st.one_of(
    words.map(lambda it: it.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")),
    words.map(
        lambda it: (
            "<p>"
            + it.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            + "</p>\n<p><em>2</em></p>"
        )
    ),
)
some_html = st.one_of(st.just(""), html)
# Shares that every format can say: per cents with a few decimals.
wrong_shares = st.sampled_from([0.0, -0.25, -0.5, -1.0, 0.25, 0.5])
numbers = st.one_of(
    st.integers(-10_000, 10_000).map(float),
    st.floats(-1e6, 1e6, allow_nan=False).map(lambda it: float(f"{it:.6g}")),
)


@st.composite
def single_choices(draw):
    options = draw(st.lists(html, min_size=1, max_size=4, unique=True))
    right = Option(draw(html), 1.0, draw(some_html))
    others = [Option(text, draw(wrong_shares), draw(some_html)) for text in options]
    place = draw(st.integers(0, len(others)))
    return Choice(
        (*others[:place], right, *others[place:]),
        shuffle=draw(st.booleans()),
        numbering=draw(st.sampled_from(NUMBERINGS)),
        instruction=draw(st.booleans()),
    )


@st.composite
def multiple_choices(draw):
    right = draw(st.sampled_from([(1.0,), (0.5, 0.5), (0.25, 0.75), (0.2,) * 5]))
    options = [Option(draw(html), share, draw(some_html)) for share in right]
    wrong = [Option(draw(html), draw(st.sampled_from([0.0, -0.5, -1.0]))) for _ in range(2)]
    return Choice(tuple(draw(st.permutations(options + wrong))), several=True)


true_false = st.builds(TrueFalse, st.booleans(), some_html, some_html)


@st.composite
def short_answers(draw):
    texts = draw(st.lists(plain, min_size=1, max_size=3))
    shares = [1.0] + [draw(st.sampled_from([0.5, 0.25, 0.0, 1.0])) for _ in texts[1:]]
    patterns = [
        Pattern(text, share, draw(some_html)) for text, share in zip(texts, shares, strict=True)
    ]
    return ShortAnswer(tuple(patterns), heed_case=draw(st.booleans()))


@st.composite
def numericals(draw):
    values = [Value(draw(numbers), abs(draw(numbers)), 1.0, draw(some_html))]
    if draw(st.booleans()):
        values.append(Value(draw(numbers), abs(draw(numbers)), 0.5, draw(some_html)))
    if draw(st.booleans()):
        values.append(Value(None, 0.0, 0.0, draw(some_html)))
    return Numerical(tuple(values))


units = st.lists(
    st.builds(
        Unit,
        st.text("mkgsVAΩ", min_size=1, max_size=3),
        st.sampled_from([1.0, 1000.0, 0.5, 100.0]),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda it: it.name,
).map(tuple)


@st.composite
def numericals_with_units(draw):
    bare = draw(numericals())
    penalty = draw(st.sampled_from([0.0, 0.1, 0.5, 1.0]))
    return Numerical(bare.values, draw(units), penalty)


@st.composite
def matchings(draw):
    answers = draw(st.lists(plain, min_size=2, max_size=4, unique=True))
    pairs = [Pair(draw(html), answer) for answer in answers]
    if draw(st.booleans()):
        pairs.append(Pair("", draw(plain.filter(lambda it: it not in answers))))
    return Matching(tuple(pairs), shuffle=draw(st.booleans()))


orderings = st.builds(
    Ordering,
    st.lists(html, min_size=2, max_size=5).map(tuple),
    st.sampled_from(GRADINGS),
)
essays = st.builds(
    Essay,
    format=st.sampled_from(["rich", "plain", "code"]),
    required=st.booleans(),
    lines=st.integers(5, 40),
    words=st.sampled_from([(0, 0), (0, 200), (50, 0), (50, 200)]),
    template=some_html,
    notes=some_html,
)
descriptions = st.just(Description())


@st.composite
def gaps(draw):
    texts = draw(st.lists(plain, min_size=2, max_size=5))
    drag = draw(st.booleans())
    words = tuple(Word(text, draw(st.integers(1, 2)), unlimited=drag) for text in texts)
    asked = draw(st.lists(st.integers(1, len(words)), min_size=1, max_size=4))
    text = "".join(f"<p>{draw(safe_html)} [[{number}]]</p>" for number in asked)
    return Gaps(text, words, drag=drag, shuffle=draw(st.booleans()))


safe_html = words.map(lambda it: "".join(letter for letter in it if letter.isalnum()) or "x")
parts = st.one_of(
    st.builds(Part, choice=single_choices(), weight=st.sampled_from([1.0, 2.0, 0.5])),
    st.builds(Part, short_answer=short_answers(), weight=st.sampled_from([1.0, 3.0])),
    st.builds(Part, numerical=numericals(), weight=st.sampled_from([1.0, 2.0])),
)


@st.composite
def clozes(draw):
    chosen = draw(st.lists(parts, min_size=1, max_size=3))
    text = "".join(f"<p>{draw(safe_html)} {{#{n}}}</p>" for n, _it in enumerate(chosen, 1))
    return Cloze(text, tuple(chosen))


@st.composite
def markers(draw):
    names = draw(st.lists(plain, min_size=1, max_size=3))
    spot = st.integers(0, 400).map(float)
    zones = st.one_of(
        st.tuples(spot, spot, spot).map(lambda it: ("circle", it)),
        st.tuples(spot, spot, spot, spot).map(lambda it: ("rectangle", it)),
        # Formats close a polygon themselves: a last corner that is the first one is no corner.
        st.lists(st.tuples(spot, spot), min_size=3, max_size=5)
        .filter(lambda it: it[0] != it[-1])
        .map(lambda it: ("polygon", tuple(one for corner in it for one in corner))),
    )
    drawn = draw(st.lists(zones, min_size=1, max_size=3))
    return Markers(
        "map.png",
        tuple(Marker(name, draw(st.integers(0, 2))) for name in names),
        tuple(Zone(draw(st.integers(1, len(names))), *zone) for zone in drawn),
        draw(st.booleans()),
    )


@st.composite
def calculateds(draw):
    low = draw(st.integers(1, 50)).__float__()
    high = low + draw(st.integers(0, 50))
    variables = tuple(Variable(name, low, high, draw(st.integers(0, 3))) for name in ("a", "b"))
    text = draw(st.sampled_from(["{a} + {b}", "{a} * {b} / 2", "sqrt({a}^2 + {b}^2)", "-{a}"]))
    digits = draw(st.sampled_from([-1, 1, 3]))
    formula = Formula(text, 0.01, draw(st.booleans()), 1.0, draw(some_html), digits,
                      draw(st.booleans()))  # fmt: skip
    return Calculated((formula,), variables, draw(st.one_of(st.just(()), units)))


hints = st.lists(st.builds(Hint, html, st.booleans(), st.booleans()), max_size=2).map(tuple)
categories = st.lists(
    st.text(string.ascii_letters + "é 0123456789", min_size=1, max_size=12)
    .map(str.strip)
    .filter(bool),
    max_size=3,
).map(tuple)


@st.composite
def questions(draw, bodies=None, feedback=True):
    """A question whose body is one of ``bodies`` (all types)."""
    body = draw(bodies if bodies is not None else every_body)
    said = Feedback()
    if feedback:
        said = Feedback(draw(some_html), draw(some_html), draw(some_html), draw(some_html))
    return Question(
        name=draw(plain),
        stem=draw(html),
        body=body,
        mark=draw(st.sampled_from([1.0, 2.0, 0.5, 0.0])),
        penalty=draw(st.sampled_from([0.0, 0.1, 0.5, 1.0])),
        feedback=said,
        hints=draw(hints),
        category=draw(categories),
        tags=tuple(draw(st.lists(words, max_size=2, unique=True))),
        number=draw(st.sampled_from(["", "Q-1", "é 2"])),
    )


every_body = st.one_of(
    single_choices(),
    multiple_choices(),
    true_false,
    short_answers(),
    numericals(),
    numericals_with_units(),
    matchings(),
    orderings,
    gaps(),
    markers(),
    clozes(),
    calculateds(),
    essays,
    descriptions,
)
