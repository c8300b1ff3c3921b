"""What an item's answers earn: by its own rules, or by what it declares where it has none."""

from collections.abc import Sequence
from decimal import Decimal
from xml.etree.ElementTree import Element

from preau.kit.questions.formats.qti.declarations import Declarations, Response
from preau.kit.questions.formats.qti.node import Node, as_number
from preau.kit.questions.formats.qti.processing import (
    NULL,
    Answers,
    Processing,
    Unfollowed,
    Value,
)
from preau.kit.questions.formats.qti.source import tree

SCORE = "SCORE"
# What the templates of the specification, and of Common Cartridge, stand for.
_MATCH = """<r><responseCondition><responseIf><match><variable identifier="RESPONSE"/>
<correct identifier="RESPONSE"/></match><setOutcomeValue identifier="SCORE">
<baseValue>1</baseValue></setOutcomeValue></responseIf></responseCondition></r>"""
_MAP = """<r><setOutcomeValue identifier="SCORE"><sum><variable identifier="SCORE"/>
<mapResponse identifier="RESPONSE"/></sum></setOutcomeValue></r>"""
_SAY_RESPONSE = """<r><setOutcomeValue identifier="FEEDBACK"><variable identifier="RESPONSE"/>
</setOutcomeValue></r>"""
_SAY_WHETHER = """<r><responseCondition><responseIf>
<gt><variable identifier="SCORE"/><baseValue>0</baseValue></gt>
<setOutcomeValue identifier="{0}"><baseValue>correct</baseValue></setOutcomeValue></responseIf>
<responseElse><setOutcomeValue identifier="{0}"><baseValue>incorrect</baseValue></setOutcomeValue>
</responseElse></responseCondition></r>"""


class Scoring:
    """Says of answers what they earn and which feedback they show."""

    def __init__(
        self, item: Node, declared: Declarations, asked: Sequence[str], unfollowed: str = ""
    ) -> None:
        """``unfollowed``: why the rules of the item are not to be run, if so."""
        self.dropped: list[str] = []
        self.declared = declared
        self.rules = self._rules(item, asked)
        self.by_mapping = any(it.tag == "mapResponse" for rule in self.rules for it in rule.iter())
        self._processing = Processing(self.rules, declared)
        self._last = bool(unfollowed)
        if unfollowed:
            self.dropped.append(
                f"The response processing can't be followed (“{unfollowed}”); the right answers "
                "and the mapping that the item declares count instead."
            )
            self.by_declarations()

    def outcomes(self, answers: Answers) -> dict[str, Value]:
        """All outcomes of these answers. Raises ``Unfollowed``, unless the rules are not run."""
        try:
            return self._processing.run(answers)
        except Unfollowed:
            if not self._last:
                raise
            return {}

    def by_declarations(self) -> None:
        """From now on what the item declares counts, whatever its rules say."""
        self.rules = _declared_rules(self.declared)
        self.by_mapping = any(it.mapping for it in self.declared.responses.values())
        self._processing = Processing(self.rules, self.declared)

    def score(self, answers: Answers, outcome: str = SCORE) -> Decimal:
        """The number in one of the outcomes."""
        value = self.outcomes(answers).get(outcome, NULL)
        try:
            return as_number(value[0]) if value else Decimal(0)
        except ValueError:
            return Decimal(0)

    def constant(self, expression: Element) -> Value:
        """What an expression is before anything is answered."""
        try:
            return Processing((), self.declared).constant(expression)
        except Unfollowed:
            return NULL

    def _rules(self, item: Node, asked: Sequence[str]) -> list[Element]:
        node = item.first("responseProcessing")
        if node is None:
            return _declared_rules(self.declared)
        template = node.attribute("template") or node.attribute("templateLocation")
        node.ignore("templateLocation", "template")
        for child in node.element:
            node.take(child)
        if len(node.element):
            return list(node.element)
        name = template.rpartition("/")[2].lower()
        if "map_response" in name:
            rules = _rules(_MAP)
        elif "match" in name:
            rules = _rules(_MATCH)
        else:
            if template:
                self.dropped.append(
                    f"The response processing template “{name[:60]}” is not known; the right "
                    "answers and the mapping that the item declares count instead."
                )
            return _declared_rules(self.declared)
        if name.startswith("cc2"):
            if "FEEDBACK" in self.declared.outcomes:
                said = _SAY_WHETHER.format("FEEDBACK") if "map" in name else _SAY_RESPONSE
                rules += _rules(said)
            rules += _rules(_SAY_WHETHER.format("FEEDBACKBASIC"))
        if "RESPONSE" not in self.declared.responses and len(asked) == 1:
            _rename(rules, asked[0])
        return rules


def _rules(written: str) -> list[Element]:
    return list(tree(written.encode()))


def _rename(rules: list[Element], response: str) -> None:
    for rule in rules:
        for node in rule.iter():
            if node.get("identifier") == "RESPONSE":
                node.set("identifier", response)


def _declared_rules(declared: Declarations) -> list[Element]:
    """The sum of what the declarations say of each response."""
    return [_declared_rule(response) for response in declared.responses.values()]


def _declared_rule(response: Response) -> Element:
    (rule,) = _rules(_MAP if response.mapping is not None else _MATCH)
    _rename([rule], response.identifier)
    if response.mapping is None:
        (one,) = (it for it in rule.iter("setOutcomeValue"))
        earned = one[0]
        one.remove(earned)
        total = Element("sum")
        total.append(Element("variable", {"identifier": SCORE}))
        total.append(earned)
        one.append(total)
    return rule
