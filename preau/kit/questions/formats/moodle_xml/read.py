"""Reading Moodle XML."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from preau.kit.questions.fidelity import Fidelity, Item
from preau.kit.questions.formats.moodle_xml.kinds import NEVER, READERS
from preau.kit.questions.formats.moodle_xml.node import Node
from preau.kit.questions.formats.moodle_xml.reading import Reading
from preau.kit.questions.formats.moodle_xml.source import elements
from preau.kit.questions.formats.moodle_xml.texts import Texts
from preau.kit.questions.formats.moodle_xml.words import plain_word
from preau.kit.questions.question import Feedback, Hint, Question

KEY = "moodle-xml"
_CATEGORY = "category"
# How many parts are right: what is told of each part says so too, and it is written again.
# Whether answers are shuffled was once written with every type.
_MEANINGLESS = ("shownumcorrect", "correctanswersonly", "shuffleanswers")
_SLASH = re.compile(r"(?<!/)/(?!/)")  # between names; in a name it is written twice


def looks_like(data: bytes) -> bool:
    """Whether it is an XML file whose beginning names a quiz."""
    start = data[:4000].replace(b"\0", b"")
    return b"<quiz" in start or (b"<?xml" in start and b"<question" in start)


def read(data: bytes) -> Fidelity:
    """What becomes of each question; a file that is no Moodle XML is refused."""
    return Fidelity(KEY, tuple(_items(data)))


def _items(data: bytes) -> Iterator[Item]:
    category: tuple[str, ...] = ()
    for element, line in elements(data):
        if element.tag != "question":
            sentence = f"<{element.tag}> is no question."
            yield Item(element.tag, element.tag, None, (sentence,), line=line)
        elif element.get("type") == _CATEGORY:
            node = Node(element)
            category = category_from(node.text("category"))
            if dropped := _about_category(node):
                yield Item("/".join(category), _CATEGORY, _CATEGORY, dropped, line=line)
        else:
            yield _item(element, category, line)


def category_from(path: str) -> tuple[str, ...]:
    """The names in ``$course$/top/A/B``."""
    names = [name.replace("//", "/").strip() for name in _SLASH.split(path)]
    if names and names[0].startswith("$"):
        names = names[1:]
    if names and names[0] == "top":
        names = names[1:]
    return tuple(name for name in names if name)


def _about_category(node: Node) -> tuple[str, ...]:
    """What is lost of a category: it has nothing here but its name."""
    node.attribute("type")
    dropped = []
    info = node.text("info")
    if plain_word(info)[0].strip() or "<img" in info:
        dropped.append("The category's description has no place here.")
    if node.text("idnumber"):
        dropped.append("The category's own number has no place here.")
    return (*dropped, *node.left())


def _item(element: Element, category: tuple[str, ...], line: int) -> Item:
    node = Node(element)
    given = node.attribute("type")
    name = " ".join(node.text("name").split())
    if given not in READERS:
        sentence = NEVER.get(given, f"Questions of type “{given}” are not taken yet.")
        return Item(name, given, None, (sentence,), line=line)
    texts = Texts()
    reading = Reading(node, texts, texts.begin(node))
    try:
        question = _question(reading, name, given, category)
    except ValueError as error:
        return Item(name, given, None, (f"It can't be understood: {error}.",), line=line)
    if problems := question.problems():
        return Item(name, given, None, tuple(problems), line=line)
    dropped = dict.fromkeys([*reading.dropped, *texts.dropped, *node.left()])
    return Item(
        name, given, question.type, tuple(dropped), question, line=line,
        images=len(texts.files), missing=tuple(dict.fromkeys(texts.missing)),
    )  # fmt: skip


def _question(reading: Reading, name: str, given: str, category: tuple[str, ...]) -> Question:
    node, texts = reading.node, reading.texts
    if node.flag("hidden"):
        reading.dropped.append("It was hidden in the question bank; here it is not.")
    node.ignore(*_MEANINGLESS)
    feedback = Feedback(
        texts.html(node, "correctfeedback"),
        texts.html(node, "partiallycorrectfeedback"),
        texts.html(node, "incorrectfeedback"),
        texts.html(node, "generalfeedback"),
    )
    hints = tuple(
        Hint(texts.of(hint), hint.has("shownumcorrect"), hint.has("clearwrong"))
        for hint in node.all("hint")
    )
    body = READERS[given](reading)
    stem = reading.own_text() if reading.stem is None else reading.stem
    return Question(
        name, stem, body, node.number("defaultgrade", reading.mark),
        node.number("penalty", 1 / 3), feedback, hints, category, _tags(node),
        node.text("idnumber"), texts.files,
    )  # fmt: skip


def _tags(node: Node) -> tuple[str, ...]:
    """The question's tags, and those of the course that it has."""
    lists = [it for it in (node.first("tags"), node.first("coursetags")) if it is not None]
    names = [tag.content() for it in lists for tag in it.all("tag")]
    return tuple(dict.fromkeys(name for name in names if name))
