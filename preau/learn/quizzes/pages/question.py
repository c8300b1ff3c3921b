"""One question of an attempt as a page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import ceil

from django.urls import reverse
from django.utils.translation import gettext as _

from preau.kit.questions.behaviours import CERTAINTY
from preau.kit.questions.types import Body
from preau.kit.questions.types.body import Answer, Marked
from preau.kit.questions.types.calculated import Calculated, filled
from preau.kit.questions.types.essay import Essay
from preau.kit.questions.types.markers import Markers
from preau.kit.questions.types.numerical import Numerical
from preau.kit.questions.types.true_false import TrueFalse
from preau.learn.quizzes.answers import answer_key, is_answered
from preau.learn.quizzes.asking import Asking, answer_html
from preau.learn.quizzes.marking import behaviour_of, body_in, marked, order_of, seed_of
from preau.learn.quizzes.masks import Mask, mask_of
from preau.learn.quizzes.models import Attachment, Attempt, Response
from preau.learn.quizzes.questions import Version, rich
from preau.learn.quizzes.review import Shown

NOTHING = Shown(answers=True)


@dataclass(frozen=True)
class QuestionOnPage:
    """A question, what was answered, and what of it may be shown.

    ``number`` is what people call it; empty for a text between questions. ``shown`` is what the
    quiz allows in this phase; while the attempt is open it holds for questions that were checked.
    """

    attempt: Attempt
    slot: int
    version: Version  # as it was asked
    key_version: Version  # by whose key it is marked: another one after a regrade
    mark: float
    number: str
    response: Response | None
    shown: Shown
    run_key: str
    key: str  # the quiz's; empty in a preview from the bank
    editable: bool = True
    attached: tuple[Attachment, ...] = ()

    @property
    def takes_files(self) -> int:
        """How many files may be handed in with it; -1: any number."""
        body = self.version.body
        return body.attachments if isinstance(body, Essay) else 0

    @property
    def file_kinds(self) -> str:
        """The endings of the files it takes, as ``accept`` names them."""
        body = self.version.body
        kinds = body.file_types if isinstance(body, Essay) else ()
        return ",".join(f".{it.lower().lstrip('.')}" for it in kinds)

    @property
    def prefix(self) -> str:
        """What the names of its fields begin with."""
        return f"q{self.slot}-"

    @cached_property
    def body(self) -> Body:
        """What depends on its type, with this attempt's values."""
        return body_in(self.attempt, self.slot, self.version)

    @property
    def mask(self) -> Mask:
        """What its fields and choices are called on the page."""
        return mask_of(self.body, order_of(self.attempt, self.slot))

    @property
    def answer(self) -> Answer:
        """What was answered last."""
        return self.response.answer if self.response is not None else {}

    @property
    def base(self) -> str:
        """The key of that answer."""
        return answer_key(self.answer)

    @property
    def done(self) -> bool:
        """Whether it can't be changed any more."""
        return not self.editable or (self.response is not None and self.response.done)

    @cached_property
    def tried(self) -> Answer | None:
        """The answer that was marked: the last one checked, or at the end the last one given."""
        if not self.attempt.is_open:
            return self.answer
        tries = self.response.tries if self.response is not None else []
        return tries[-1]["answer"] if tries else None

    @cached_property
    def result(self) -> Marked:
        """How that answer did."""
        return marked(body_in(self.attempt, self.slot, self.key_version), self.tried or {})

    @property
    def told(self) -> Shown:
        """What is shown of it now: nothing before it was marked."""
        return self.shown if self.tried is not None else NOTHING

    @property
    def may_check(self) -> bool:
        """Whether the learner may have it marked now."""
        return behaviour_of(self.attempt).checks and not self.done and bool(self.body.fields())

    @property
    def tries_left(self) -> int:
        """How often it may still be checked."""
        used = len(self.response.tries) if self.response is not None else 0
        return max(0, behaviour_of(self.attempt).tries(self.version.question) - used)

    @property
    def several_tries(self) -> bool:
        """Whether it may be checked more than once."""
        return behaviour_of(self.attempt).tries(self.version.question) > 1

    @property
    def state(self) -> str:
        """Of none, answered, right, partly, wrong, missed, waiting and text."""
        if not self.number:
            return "text"
        if self.tried is not None and self.told.right:
            if self.response is not None and self.response.to_mark:
                return "waiting"
            if not is_answered(self.answer):
                return "missed"
            share = self._share
            return "right" if share > 0.999 else "wrong" if share <= 0 else "partly"
        return "answered" if is_answered(self.answer) else "none"

    @property
    def _share(self) -> float:
        if self.response is not None and self.response.marked_at is not None:
            return self.response.share or 0.0
        return self.result.share or 0.0

    @property
    def state_words(self) -> str:
        """The state in words."""
        return {
            "none": _("Not answered"),
            "answered": _("Answer saved"),
            "right": _("Right"),
            "partly": _("Partly right"),
            "wrong": _("Wrong"),
            "missed": _("Not answered"),
            "waiting": _("Waiting to be marked"),
            "text": "",
        }[self.state]

    @property
    def earned(self) -> float | None:
        """The mark it earned, where that is told."""
        if not self.told.marks or self.response is None or self.response.share is None:
            return None
        if self.attempt.is_open and self.tried != self.answer:
            return None  # not checked yet: its mark would tell whether it is right
        return self.response.share * self.mark

    @property
    def points(self) -> int:
        """The mark in whole points, for choosing between one point and several."""
        return ceil(self.mark)

    @property
    def files(self) -> str:
        """The address below which its files are."""
        return self._files_of(self.version)

    def _files_of(self, version: Version) -> str:
        if not self.key:
            place = [self.run_key, version.id, "-"]
            return reverse("quizzes:bank-file", args=place).removesuffix("-")
        place = [self.run_key, self.key, version.id, "-"]
        return reverse("quizzes:file", args=place).removesuffix("-")

    def rich(self, html: str) -> str:
        """A text of the question as clean HTML, its drawn values in it."""
        if isinstance(self.version.body, Calculated):
            values = self.version.body.draw(seed_of(self.attempt, self.slot))
            html = filled(html, values, comma=self._writes_commas)
        return rich(html, self.files) if html.strip() else ""

    @property
    def stem_html(self) -> str:
        """What is asked."""
        return self.rich(self.version.question.stem)

    @property
    def answer_html(self) -> str:
        """Where the answer is given, or stands."""
        fits = self.tried == self.answer
        verdicts: Mapping[str, float] = self.result.right if self.told.right and fits else {}
        return answer_html(
            Asking(
                body=self.body,
                prefix=self.prefix,
                seed=order_of(self.attempt, self.slot),
                files=self.files,
                answer=self.answer if self.shown.answers else {},
                editable=not self.done,
                verdicts=verdicts,
                labelled_by=f"q{self.slot}-stem",
            )
        )

    @property
    def feedback_html(self) -> list[str]:
        """What is said of the answer, then of the question; a hint after a wrong try."""
        found = []
        question, told = self.version.question, self.told
        if told.feedback and self.tried is not None:
            found += [self.rich(it) for it in self.result.feedback]
            whole = question.feedback
            by_share = {"right": whole.right, "partly": whole.partly, "wrong": whole.wrong}
            found.append(
                self.rich(by_share.get("wrong" if self.state == "missed" else self.state, ""))
            )
        over = self.done or not self.attempt.is_open
        if told.general and self.tried is not None and over:
            found.append(self.rich(question.feedback.general))
        return [it for it in found if it]

    @property
    def hint_html(self) -> str:
        """The hint that the last wrong try earned."""
        tries = self.response.tries if self.response is not None else []
        hints = self.version.question.hints
        if not tries or self.done or not behaviour_of(self.attempt).again:
            return ""
        return self.rich(hints[len(tries) - 1].text) if len(tries) <= len(hints) else ""

    @property
    def solution(self) -> str:
        """A right answer in words, where it may be told."""
        body = self._solved
        if body is None or isinstance(body, Markers):
            return ""
        if isinstance(body, TrueFalse):
            return _("True") if body.right else _("False")
        words = body.summary(body.solution())
        numeric = isinstance(body, Numerical) and self._writes_commas
        return words.replace(".", ",", 1) if numeric else words

    @property
    def solution_html(self) -> str:
        """A right answer as a picture, for what words can't say."""
        body = self._solved
        if not isinstance(body, Markers):
            return ""
        return answer_html(
            Asking(
                body=body,
                prefix=f"{self.prefix}solution-",
                seed=order_of(self.attempt, self.slot),
                files=self._files_of(self.key_version),
                answer=body.solution(),
                editable=False,
            )
        )

    @property
    def _solved(self) -> Body | None:
        """What a right answer is told of; None where it may not be."""
        if not self.told.solution or self.attempt.is_open:
            return None
        return body_in(self.attempt, self.slot, self.key_version)

    @property
    def _writes_commas(self) -> bool:
        """Whether the attempt's language has a decimal comma."""
        return self.attempt.language == "fr"

    @property
    def asks_certainty(self) -> bool:
        """Whether people say how sure they are."""
        return behaviour_of(self.attempt).certainty and bool(self.body.fields())

    @property
    def certainties(self) -> list[dict[str, object]]:
        """The three answers to that."""
        chosen = (self.answer.get(CERTAINTY) or ("",))[0]
        words = {"1": _("Not very sure"), "2": _("Fairly sure"), "3": _("Very sure")}
        return [
            {"value": value, "words": said, "taken": value == chosen}
            for value, said in words.items()
        ]
