"""One learner taking the quiz, from its page to the review."""

import asyncio
import json
import random
import re
import time
from collections.abc import Coroutine
from dataclasses import dataclass, field
from html import unescape

from benchmarks.quiz_peak.browser import Browser, NoAnswerError, Reply
from benchmarks.quiz_peak.course import ANSWERS, QUIZ, RUN, Answer

QUIZ_PAGE = f"/learn/{RUN}/{QUIZ}/"
_START = f"{QUIZ_PAGE}quiz/start/"
_CHANGES_MIND = 0.2  # share of the answers that replace one given before
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
_TICKET = re.compile(rb'name="ticket"\s+value="([^"]*)"')
_NUMBER = re.compile(r"/quiz/(\d+)/")
_ADDRESS = re.compile(rb'data-answers="([^"]+)"')
_SLOT = re.compile(rb'data-slot="(\d+)" data-base="([0-9a-f]*)"')


class WrongAnswerError(Exception):
    """The site answered something that it should not."""


@dataclass(frozen=True)
class Pace:
    """How many answers a learner gives, and the mean time before each, in seconds."""

    answers: int
    think: float


@dataclass
class Seen:
    """What one learner saw of the site."""

    requests: list[tuple[str, float, float]] = field(default_factory=list)  # kind, begin, seconds
    waits: int = 0  # how often they were told to come back for the start
    waited: float = 0.0  # seconds from the first such answer to the attempt
    attempt: int = 0  # its number
    acknowledged: dict[int, Answer] = field(default_factory=dict)  # the last one of each slot
    acknowledgements: int = 0
    under_way: dict[int, Answer] = field(default_factory=dict)  # sent last, not acknowledged
    connections: int = 0
    failure: str = ""


class Learner:
    """Somebody with a browser."""

    def __init__(self, port: int, session: str, pace: Pace, seed: int) -> None:
        self.browser = Browser(port, session)
        self.pace = pace
        self.draw = random.Random(seed)
        self.seen = Seen()
        self.token = ""
        self.bases: dict[int, str] = {}  # by slot, of the page that is shown
        self.address = ""  # where its answers go
        self.page = 1  # of the attempt

    async def take_quiz(self, begin: float) -> None:
        """All of it; ``begin`` is when they meant to come, by ``time.monotonic``."""
        try:
            await self.open_quiz(begin)
            await self.open_attempt(await self.start())
            for _number in range(self.pace.answers):
                await asyncio.sleep(self.draw.uniform(0.5, 1.5) * self.pace.think)
                await self.answer_one()
            await self.look_over()
            await self.review(await self.hand_in())
        except (NoAnswerError, WrongAnswerError) as error:
            self.seen.failure = str(error)
        finally:
            self.seen.connections = self.browser.opened
            self.browser.close()

    async def open_quiz(self, begin: float) -> None:
        """Open the quiz's own page."""
        page = await self._see("open", self.browser.get(QUIZ_PAGE), begin=begin)
        self._take_token(page)

    async def start(self) -> str:
        """Press the button, as often as the site asks to; where it leads."""
        form: dict[str, str | list[str]] = {"csrfmiddlewaretoken": self.token}
        first = 0.0
        while True:
            reply = await self._see("start", self.browser.post_form(_START, form), {202, 302})
            if reply.status == 302:
                break
            first = first or time.monotonic()
            self.seen.waits += 1
            form["ticket"] = _found(_TICKET, reply, "start: no ticket in the waiting page")
            if token := _TOKEN.search(reply.body):
                form["csrfmiddlewaretoken"] = token[1].decode()
            await asyncio.sleep(_seconds(reply))
        self.seen.waited = time.monotonic() - first if first else 0.0
        went = reply.header("location")
        if not (number := _NUMBER.search(went)):
            raise WrongAnswerError(f"start: refused, it led to {went}")
        self.seen.attempt = int(number[1])
        return went

    async def open_attempt(self, path: str) -> None:
        """Open a page of the attempt."""
        page = await self._see("attempt", self.browser.get(path))
        self._take_token(page)
        self.address = _found(_ADDRESS, page, "attempt: not the page of an open attempt")
        self.bases = {int(slot): base.decode() for slot, base in _SLOT.findall(page.body)}
        if not self.bases:
            raise WrongAnswerError("attempt: a page without questions")

    async def answer_one(self) -> None:
        """Answer the next question, or another one anew, as the page's script sends it."""
        left = self._left()
        if not left and max(self.bases) < max(ANSWERS):
            await self._turn()
            left = self._left()
        given = [slot for slot, base in self.bases.items() if base]
        again = bool(given) and (not left or self.draw.random() < _CHANGES_MIND)
        slot = self.draw.choice(given) if again else left[0]
        before = self.seen.acknowledged.get(slot)
        answer = self.draw.choice([it for it in ANSWERS[slot] if it != before])
        sent = {"answers": [{"slot": slot, "answer": answer, "base": self.bases[slot]}]}
        body = json.dumps(sent, ensure_ascii=False, separators=(",", ":")).encode()
        self.seen.under_way = {slot: answer}
        asked = self.browser.fetch(self.address, body, self.token)
        self._acknowledge(slot, answer, await self._see("answer", asked))

    def _left(self) -> list[int]:
        return [slot for slot, base in self.bases.items() if not base]

    def _acknowledge(self, slot: int, answer: Answer, reply: Reply) -> None:
        told = json.loads(reply.body)
        base = told["saved"].get(str(slot))
        if not base or told["conflicts"] or told["done"]:
            raise WrongAnswerError(f"answer: refused with {reply.body[:200].decode()}")
        self.bases[slot] = base
        self.seen.acknowledged[slot] = answer
        self.seen.acknowledgements += 1
        self.seen.under_way = {}

    async def _turn(self) -> None:
        """Turn to the next page; the form carries what is on this one."""
        form: dict[str, str | list[str]] = {
            "csrfmiddlewaretoken": self.token, "page": str(self.page), "go": "next",
        }  # fmt: skip
        for slot, base in self.bases.items():
            form[f"q{slot}-base"] = base
            for name, values in self.seen.acknowledged.get(slot, {}).items():
                form[f"q{slot}-{name}"] = values
        path = self.address.removesuffix("answers/")
        reply = await self._see("turn", self.browser.post_form(path, form), {302})
        self.page += 1
        await self.open_attempt(reply.header("location"))

    async def look_over(self) -> None:
        """Open the summary."""
        path = f"{self.address.removesuffix('answers/')}summary/"
        self._take_token(await self._see("summary", self.browser.get(path)))

    async def hand_in(self) -> str:
        """Hand the attempt in; where that leads."""
        path = f"{self.address.removesuffix('answers/')}hand-in/"
        form: dict[str, str | list[str]] = {"csrfmiddlewaretoken": self.token}
        reply = await self._see("hand-in", self.browser.post_form(path, form), {302})
        return reply.header("location")

    async def review(self, path: str) -> None:
        """Read what came of it."""
        page = await self._see("review", self.browser.get(path))
        if b"data-attempt=" in page.body:
            raise WrongAnswerError("review: the attempt is still open")

    async def _see(
        self,
        kind: str,
        asked: Coroutine[None, None, Reply],
        statuses: frozenset[int] | set[int] = frozenset({200}),
        begin: float = 0.0,
    ) -> Reply:
        """The answer, with its time noted; raises for one that is not expected."""
        begin = begin or time.monotonic()
        try:
            reply = await asked
        except NoAnswerError as error:
            raise NoAnswerError(f"{kind}: {error}") from error
        self.seen.requests.append((kind, begin, time.monotonic() - begin))
        if reply.status not in statuses:
            told = "json" in reply.header("content-type")
            said = reply.body[:200].decode(errors="replace") if told else ""
            raise WrongAnswerError(f"{kind}: {reply.status} {said}".rstrip())
        return reply

    def _take_token(self, page: Reply) -> None:
        self.token = _found(_TOKEN, page, "a page without a form's token")


def _found(wanted: re.Pattern[bytes], reply: Reply, otherwise: str) -> str:
    match = wanted.search(reply.body)
    if match is None:
        raise WrongAnswerError(otherwise)
    return unescape(match[1].decode())


def _seconds(reply: Reply) -> float:
    said = reply.header("retry-after")
    try:
        return max(0.0, float(said))
    except ValueError:
        raise WrongAnswerError(f"start: 202 with Retry-After “{said}”") from None
