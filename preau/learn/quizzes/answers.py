"""What was sent as an answer: read, checked, told apart."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence, Set

from django.utils.translation import gettext as _

from preau.kit.errors import PreauError
from preau.kit.questions.behaviours import CERTAINTY, CERTAINTY_SHARES
from preau.kit.questions.types import Body
from preau.kit.questions.types.body import Answer
from preau.learn.quizzes.masks import Mask

FILES = "files"  # the field with the names of what was attached: the server's own to write
MOST_CHARACTERS = 60_000  # of one value
_MOST_VALUES = 100  # of one field
_CERTAINTIES = frozenset(CERTAINTY_SHARES)
_UNFIT = re.compile("[\0\ud800-\udfff]")  # no database takes NUL, nor half of a surrogate pair


class AnswerError(PreauError):
    """An answer that no form of ours would send."""


def read_answer(
    body: Body, values: Callable[[str], Sequence[str]], certainty: bool, mask: Mask
) -> Answer:
    """The answer; ``values`` gives those sent for a field.

    Left out are empty values, and a field that is still as it began.

    Raises ``AnswerError`` for a value that is not among the choices.
    """
    fields, begun = dict(body.fields()), body.begun()
    if certainty:
        fields[CERTAINTY] = _CERTAINTIES
    found = {}
    for name, allowed in fields.items():
        called = mask.name(name)
        given = [value.replace("\r\n", "\n") for value in values(called) if value.strip()]
        choices = None if allowed is None else {mask.value(name, it) for it in allowed}
        _check(called, given, choices)
        if given and not _is_as_begun(given, begun.get(name, "")):
            found[name] = mask.kept(name, given)
    return found


def read_sent(body: Body, sent: object, certainty: bool, mask: Mask) -> Answer:
    """As ``read_answer``, from JSON: a list of texts for each field."""
    if not isinstance(sent, Mapping):
        raise AnswerError(_("An answer must be an object with a list of texts for each field."))
    known = {*map(mask.name, body.fields()), CERTAINTY}
    for name, values in sent.items():
        if name not in known:
            raise AnswerError(
                _("The question has no field “%(field)s”.") % {"field": str(name)[:40]}
            )
        if not isinstance(values, list) or not all(isinstance(it, str) for it in values):
            raise AnswerError(
                _("The field “%(field)s” must be a list of texts.") % {"field": str(name)[:40]}
            )
    return read_answer(body, lambda name: sent.get(name, ()), certainty, mask)


def _is_as_begun(given: Sequence[str], begun: str) -> bool:
    return bool(begun) and " ".join(given).split() == begun.split()


def _check(name: str, given: Sequence[str], allowed: Set[str] | None) -> None:
    if len(given) > _MOST_VALUES:
        raise AnswerError(_("There are too many values in “%(field)s”.") % {"field": name})
    for value in given:
        if allowed is not None and value not in allowed:
            said = _("“%(value)s” is not among the choices of “%(field)s”; reload the page.")
            raise AnswerError(said % {"value": value[:40], "field": name})
        if len(value) > MOST_CHARACTERS or _UNFIT.search(value):
            said = _("An answer is a text of at most %(most)s characters.")
            raise AnswerError(said % {"most": MOST_CHARACTERS})


def is_answered(answer: Answer) -> bool:
    """Whether there is anything in it besides how sure somebody is."""
    return any(name != CERTAINTY and any(values) for name, values in answer.items())


def answer_key(answer: Answer) -> str:
    """Sixteen hexadecimal digits that tell this answer from any other; empty for none."""
    if not answer:
        return ""
    plain = json.dumps({name: list(values) for name, values in answer.items()}, sort_keys=True)
    return hashlib.blake2b(plain.encode(), digest_size=8).hexdigest()
