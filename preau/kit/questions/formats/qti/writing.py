"""One question being written as an item."""

import json
import re
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import quote
from xml.etree.ElementTree import Element

from preau.kit.questions.formats.qti.elements import alike, base, put, q, value, variable
from preau.kit.questions.formats.qti.feedback import HINT
from preau.kit.questions.formats.qti.markup import SPACES, filled
from preau.kit.questions.formats.qti.names import OWN, PART, QTI, TYPE
from preau.kit.questions.formats.qti.processing import EXACT
from preau.kit.questions.formats.qti.scoring import SCORE
from preau.kit.questions.question import FILES, Question
from preau.kit.questions.types.calculated import Calculated

FOLDER = "files/"  # of the images, beside the item
SAID = "FEEDBACK"
_MAP_RESPONSE = "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/map_response"


@dataclass(frozen=True)
class Slot:
    """Where one interaction puts its answer and what it earns; ``scale``: what all of it earns."""

    scale: Decimal
    number: int = 0

    @property
    def response(self) -> str:
        """The response variable."""
        return f"RESPONSE_{self.number}" if self.number else "RESPONSE"

    @property
    def outcome(self) -> str:
        """The outcome variable."""
        return f"{SCORE}_{self.number}" if self.number else SCORE

    @property
    def prefix(self) -> str:
        """Before the identifiers, so that none is there twice."""
        return f"part-{self.number}-" if self.number else ""

    def points(self, share: float) -> str:
        """A share in points, exactly."""
        return plain(EXACT.multiply(Decimal(repr(share)), self.scale))


class Writing:
    """Gathers the parts of an item, in the order in which they stand."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.mark = Decimal(repr(float(question.mark)))
        self.scale = self.mark or Decimal(1)
        self.responses: list[Element] = []
        self.outcomes: list[Element] = []
        self.templates: list[Element] = []
        self.rules: list[Element] = []
        self.body = q("itemBody", {TYPE: question.type, f"{OWN}penalty": repr(question.penalty)})
        self.said: list[Element] = []
        body = question.body
        named = body.variables if isinstance(body, Calculated) else ()
        self._variables = {
            f"{{{it.name}}}": [q("printedVariable", {"identifier": it.name})] for it in named
        }

    def text(self, parent: Element, html: str) -> Element:
        """Put a text into an element, with the values that are drawn in their places."""
        filled(parent, html, link)
        if self._variables:
            replaced(parent, self._variables)
        return parent

    def part(self, name: str, html: str) -> Element:
        """A text that stands in the body by itself."""
        return self.text(Element("div", {PART: name}), html)

    def respond(
        self,
        slot: Slot,
        kind: tuple[str, str],
        correct: Iterable[str] = (),
        mapping: Element | None = None,
        default: str = "",
    ) -> None:
        """Declare the response: its cardinality and base type, what is right and what it earns."""
        named = {"identifier": slot.response, "cardinality": kind[0], "baseType": kind[1]}
        declared = q("responseDeclaration", named)
        if default:
            declared.append(q("defaultValue", None, value("value", default)))
        if right := [value("value", text) for text in correct]:
            declared.append(q("correctResponse", None, *right))
        if mapping is not None:
            declared.append(mapping)
        self.responses.append(declared)

    def even(self, count: int, earned: Element) -> None:
        """The mark for so many parts, of which each earns the same."""
        points = q("product", None, earned, base("float", plain(self.scale)))
        self.rules.append(put(SCORE, q("divide", None, points, base("float", max(1, count)))))

    def say(self, identifier: str, html: str) -> bool:
        """A text for an answer; whether there is one."""
        if html:
            self._modal(SAID, identifier, html)
        return bool(html)

    def _modal(self, outcome: str, identifier: str, html: str) -> Element:
        named = {"outcomeIdentifier": outcome, "identifier": identifier, "showHide": "show"}
        content = self.text(q("contentBody"), html)
        modal = q("modalFeedback", named, content)
        self.said.append(modal)
        return modal

    def item(self, identifier: str) -> Element:
        """The whole item."""
        self._totals()
        self._hints()
        named = {
            "xmlns": QTI, "identifier": identifier, "title": self.question.name,
            "adaptive": "false", "timeDependent": "false",
        }  # fmt: skip
        item = q(
            "assessmentItem", named, *self.responses, *self._outcomes(), *self.templates,
            self.body, *self._processing(), *self.said,
        )  # fmt: skip
        item.text = "\n"
        for child in item:
            child.tail = "\n"
        return item

    def _processing(self) -> list[Element]:
        """The rules; by the name that every tool knows if there is just the usual one."""
        if not self.rules:
            return []
        usual = put(SCORE, q("mapResponse", {"identifier": "RESPONSE"}))
        if len(self.rules) == 1 and alike(self.rules[0], usual):
            return [q("responseProcessing", {"template": _MAP_RESPONSE})]
        return [q("responseProcessing", None, *self.rules)]

    def _outcomes(self) -> list[Element]:
        most = plain(self.mark)
        score = {"identifier": SCORE, "cardinality": "single", "baseType": "float",
                 "normalMaximum": most, "externalScored": self._by_hand()}  # fmt: skip
        declared: list[Element] = [
            q("outcomeDeclaration", score, q("defaultValue", None, value("value", "0"))),
            q(
                "outcomeDeclaration",
                {"identifier": "MAXSCORE", "cardinality": "single", "baseType": "float"},
                q("defaultValue", None, value("value", most)),
            ),
        ]
        for name in sorted({node.get("outcomeIdentifier", "") for node in self.said}):
            named = {"identifier": name, "cardinality": "multiple", "baseType": "identifier"}
            declared.append(q("outcomeDeclaration", named))
        return declared + self.outcomes

    def _by_hand(self) -> str | None:
        return "human" if self.question.type == "essay" else None

    def _totals(self) -> None:
        """What is said of the whole answer, by its score."""
        feedback, most = self.question.feedback, base("float", plain(self.scale))
        above = q("gt", None, variable(SCORE), base("float", 0))
        below = q("lt", None, variable(SCORE), most)
        for name, html, when in (
            ("right", feedback.right, q("gte", None, variable(SCORE), most)),
            ("partly", feedback.partly, q("and", None, above, below)),
            ("wrong", feedback.wrong, q("lte", None, variable(SCORE), base("float", 0))),
        ):
            if self.say(name, html) and self._by_hand() is None:
                self.rules.append(when_then(when, shown(name)))
        if self.say("general", feedback.general):
            self.rules.append(shown("general"))

    def _hints(self) -> None:
        for number, hint in enumerate(self.question.hints, 1):
            modal = self._modal(HINT, f"hint-{number}", hint.text)
            if hint.show_right_parts:
                modal.set(f"{OWN}show-right", "true")
            if hint.clear_wrong_parts:
                modal.set(f"{OWN}clear-wrong", "true")


def link(_name: str, address: str) -> str:
    """Where a file of the question lies in the package, seen from its item."""
    return FOLDER + address.removeprefix(FILES) if address.startswith(FILES) else address


def image(name: str) -> Element:
    """An image of the question."""
    return Element("img", {"src": FOLDER + quote(name), "alt": ""})


def plain(number: Decimal) -> str:
    """A number without a power of ten, and without zeros at its end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def data(rows: object) -> str:
    """A list in one of our attributes."""
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def shown(*identifiers: str) -> Element:
    """A rule that shows these texts too."""
    more = [base("identifier", identifier) for identifier in identifiers]
    return put(SAID, q("multiple", None, variable(SAID), *more))


def when_then(condition: Element, *rules: Element) -> Element:
    """A rule for one case."""
    return q("responseCondition", None, q("responseIf", None, condition, *rules))


def mapping(
    entries: Iterable[tuple[str, str]],
    *,
    lower: str | None = None,
    upper: str | None = None,
    heed_case: bool | None = None,
) -> Element:
    """What responses earn; all others nothing."""
    rows = [
        q("mapEntry", {"mapKey": key, "mappedValue": earned, "caseSensitive": heed_case})
        for key, earned in entries
    ]
    bounds = {"defaultValue": "0", "lowerBound": lower, "upperBound": upper}
    return q("mapping", bounds, *rows)


def replaced(root: Element, signs: Mapping[str, Sequence[Element]]) -> None:
    """Put an element wherever its sign stands in a text: the next of its own, the last again."""
    waiting = {sign: deque(elements) for sign, elements in signs.items()}
    for parent in _words(root):
        parent.text, pieces = _apart(parent.text or "", waiting)
        for child in list(parent):
            child.tail, behind = _apart(child.tail or "", waiting)
            pieces += [child, *behind]
        parent[:] = pieces


def _words(root: Element) -> list[Element]:
    """The elements in which words stand: not those of a formula or a drawing."""
    found, waiting = [], [root]
    while waiting:
        element = waiting.pop()
        if element.tag not in SPACES:
            found.append(element)
            waiting.extend(reversed(element))
    return found


def _apart(text: str, signs: Mapping[str, deque[Element]]) -> tuple[str, list[Element]]:
    """The text before the first sign, and the elements with the text behind each."""
    if not any(sign in text for sign in signs):
        return text, []
    split = re.split("(" + "|".join(map(re.escape, signs)) + ")", text)
    found = []
    for sign, tail in zip(split[1::2], split[2::2], strict=True):
        own = signs[sign]
        element = _copied(own.popleft() if len(own) > 1 else own[0])
        element.tail = tail
        found.append(element)
    return split[0], found


def _copied(element: Element) -> Element:
    again = type(element)(element.tag, element.attrib)
    again.text = element.text
    again.extend(element)
    return again
