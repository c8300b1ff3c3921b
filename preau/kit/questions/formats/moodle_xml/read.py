"""Reading Moodle XML."""

from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from preau.kit.errors import PreauError
from preau.kit.questions.fidelity import Fidelity, Item
from preau.kit.questions.formats.moodle_xml.bodies import READERS, Reading
from preau.kit.questions.formats.moodle_xml.node import Node
from preau.kit.questions.formats.moodle_xml.texts import Texts
from preau.kit.questions.question import Feedback, Hint, Question

KEY = "moodle-xml"
# Numbers that Moodle keeps for itself, and what it writes beside every question.
_MEANINGLESS = ("hidden", "idnumber", "shownumcorrect", "correctanswersonly")


def looks_like(data: bytes) -> bool:
    """Whether it is an XML file whose beginning names a quiz."""
    start = data[:4000].replace(b"\0", b"")
    return b"<quiz" in start or (b"<?xml" in start and b"<question" in start)


def read(data: bytes) -> Fidelity:
    """What becomes of each question; a file that is no Moodle XML is refused."""
    try:
        root = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise PreauError(
            "The file declares entities or a document type; a question file needs none, so it "
            "is not read."
        ) from None
    except ParseError as error:
        line, column = error.position
        raise PreauError(f"line {line}, column {column + 1}: {error.msg}.") from None
    except (LookupError, ValueError, UnicodeError):
        raise PreauError(
            "The encoding that the file names is not known, or is not its own."
        ) from None
    if root.tag != "quiz":
        raise PreauError(f"The file is XML, but begins with <{root.tag}> instead of <quiz>.")
    items: list[Item] = []
    category: tuple[str, ...] = ()
    for element in root:
        if element.tag != "question":
            items += [] if not isinstance(element.tag, str) else [_stranger(element)]
        elif element.get("type") == "category":
            category = _category(Node(element).text("category"))
        else:
            items.append(_item(element, category))
    return Fidelity(KEY, tuple(items))


def _stranger(element: Element) -> Item:
    return Item(element.tag, element.tag, None, (f"<{element.tag}> is no question.",))


def _category(path: str) -> tuple[str, ...]:
    """The names in ``$course$/top/A/B``; a slash in a name is written twice."""
    names = [name.replace("\0", "/").strip() for name in path.replace("//", "\0").split("/")]
    if names and names[0].startswith("$"):
        names = names[1:]
    if names and names[0] == "top":
        names = names[1:]
    return tuple(name for name in names if name)


def _item(element: Element, category: tuple[str, ...]) -> Item:
    node, given = Node(element), element.get("type", "")
    name = " ".join(node.text("name").split())
    if given not in READERS:
        sentence = f"Questions of type “{given}” are not taken yet."
        return Item(name, given, None, (sentence,))
    texts = Texts()
    reading = Reading(node, texts, texts.html(node, "questiontext"))
    try:
        question = _question(reading, name, given, category)
    except ValueError as error:
        return Item(name, given, None, (f"It can't be understood: {error}.",))
    if problems := question.problems():
        return Item(name, given, None, tuple(problems))
    reading.dropped += [f"<{tag}> has no place here." for tag in node.left()]
    return Item(
        name, given, question.type, tuple(reading.dropped), question,
        images=len(texts.files), missing=tuple(dict.fromkeys(texts.missing)),
    )  # fmt: skip


def _question(reading: Reading, name: str, given: str, category: tuple[str, ...]) -> Question:
    node, texts = reading.node, reading.texts
    if node.flag("hidden", default=False):
        reading.dropped.append("It was hidden in the question bank; here it is not.")
    node.ignore(*_MEANINGLESS)
    feedback = Feedback(
        texts.html(node, "correctfeedback"),
        texts.html(node, "partiallycorrectfeedback"),
        texts.html(node, "incorrectfeedback"),
        texts.html(node, "generalfeedback"),
    )
    hints = tuple(
        Hint(texts.of(hint), hint.flag("shownumcorrect"), hint.flag("clearwrong"))
        for hint in node.all("hint")
    )
    tags = node.first("tags")
    body = READERS[given](reading)
    return Question(
        name, reading.stem, body, node.number("defaultgrade", 1.0), node.number("penalty", 1 / 3),
        feedback, hints, category,
        tuple(tag.text("text") for tag in (tags.all("tag") if tags is not None else ())),
        node.text("idnumber"), texts.files,
    )  # fmt: skip
