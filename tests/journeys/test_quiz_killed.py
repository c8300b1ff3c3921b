"""Every process of the site is killed at random times during two hundred attempts: each answer
that was acknowledged is there, and so is each attempt that was said to be handed in."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest

from tests.journeys.databases import NAMES, new_database
from tests.journeys.person import Person
from tests.journeys.quiz_site import ROOT, quizzes_served
from tests.journeys.site import PREAU, LiveSite, free_port
from tests.journeys.test_killed import ended, processes
from tests.operate.site.running import await_true
from tests.people import PASSWORD, RUN

pytestmark = [pytest.mark.serving]

QUIZ = f"/learn/{RUN}/crowd/quiz/"
LEARNERS = tuple(f"Learner{number}" for number in range(8))
MUCH = {"SQLite": (25, 5)}  # attempts of each learner, kills
LESS = (10, 3)  # a database server of its own is not killed
SLOTS = {2: "text", 3: "number"}


@dataclass
class Taken:
    """What one learner sent: by attempt and slot, each value and whether it was acknowledged."""

    email: str
    sent: dict[tuple[int, int], list[tuple[str, bool]]] = field(default_factory=dict)
    handed_in: set[int] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)


class Learner(Person):
    """Takes the quiz again and again, whatever happens to the site."""

    def __init__(self, site: LiveSite, up: threading.Event, name: str) -> None:
        self._arrive(site)
        self.up = up
        self.taken = Taken(f"{name.lower()}@example.org")
        self.sign_in(self.taken.email, PASSWORD)
        self.get(f"/learn/{RUN}/crowd/")  # whose forms have the token of who is signed in

    def insist(self, ask):
        """Ask until the site answers."""
        while True:
            assert self.up.wait(120)
            try:
                status, page = ask()
            except OSError:
                time.sleep(0.1)  # the site is down: nobody tells a browser when it is back
                continue
            if status < 500:
                return status, page

    def take(self, draw: random.Random) -> None:
        """One attempt: answers, some of them changed, then handed in."""
        self.begin()
        status, front = self.insist(lambda: self.get(f"/learn/{RUN}/crowd/"))
        number = max(map(int, re.findall(r"/crowd/quiz/(\d+)/", front)))
        for slot in (*SLOTS, *draw.choices(list(SLOTS), k=2)):
            self.answer(number, slot, draw)
        status, _page = self.insist(lambda: self.post(f"{QUIZ}{number}/hand-in/", {}))
        if status == 302:
            self.taken.handed_in.add(number)
        else:
            self.taken.problems.append(f"handing in answered {status}")

    def begin(self) -> None:
        """Begin an attempt, when the turn has come where all come back at once."""
        fields: dict[str, str] = {}
        while True:
            asked = dict(fields)
            status, page = self.insist(lambda asked=asked: self.post(f"{QUIZ}start/", asked))
            if status != 202:
                assert status == 302
                return
            fields["ticket"] = re.search(r'name="ticket" value="([^"]+)"', page)[1]
            time.sleep(0.2)  # of the countdown that the page shows

    def answer(self, number: int, slot: int, draw: random.Random) -> None:
        """Send an answer from the page as it is now, as the page's script does."""
        value = f"{draw.randrange(10**6)}"
        history = self.taken.sent.setdefault((number, slot), [])
        while True:
            _status, page = self.insist(lambda: self.get(f"{QUIZ}{number}/"))
            base = re.search(rf'data-slot="{slot}" data-base="(\w*)"', page)
            if base is None:
                self.taken.problems.append(f"no question {slot} on the page")
                return
            body = {"slot": slot, "answer": {SLOTS[slot]: [value]}, "base": base[1]}
            history.append((value, False))
            try:
                status, told = self.send(f"{QUIZ}{number}/answers/", {"answers": [body]})
            except OSError:
                assert self.up.wait(120)
                time.sleep(0.1)  # as above
                continue
            if status == 200 and str(slot) in told["saved"]:
                history[-1] = (value, True)
                return
            if status < 500:
                self.taken.problems.append(f"answer: {status} {told}")
                return

    def send(self, path: str, body: object) -> tuple[int, dict]:
        """JSON to the site, and from it."""
        import http.client
        from contextlib import closing

        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Origin": self.origin,
            "Content-Type": "application/json",
            "X-CSRFToken": self.token,
        }
        with closing(
            http.client.HTTPConnection(urlsplit(self.origin).netloc, timeout=60)
        ) as connection:
            connection.request("POST", path, json.dumps(body), headers)
            answer = connection.getresponse()
            told = answer.read()
        return answer.status, json.loads(told) if answer.status < 500 else {}


class Killed:
    """The site's processes, to be killed and started again on the same port."""

    def __init__(self, site: LiveSite) -> None:
        self.site, self.port = site, free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.up = threading.Event()

    @property
    def live(self) -> LiveSite:
        """Where it listens."""
        address = f"http://127.0.0.1:{self.port}"
        environ = {**self.site.environ, "PREAU_SITE_ADDRESS": address}
        return LiveSite(self.site.folder, address, environ)

    def start(self) -> None:
        """Serve, and wait until it answers."""
        words = [str(PREAU), "serve", "--site", str(self.site.folder), "--port", str(self.port)]
        with (self.site.folder / "serve.log").open("ab") as log:
            self.process = subprocess.Popen(
                words, env=self.live.environ, stdout=log, stderr=subprocess.STDOUT
            )
        await_true(self._answers)
        self.up.set()

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.live.address}/health/", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def kill(self) -> None:
        """kill -9 of all of them at one moment: stopped first, none can end with its parent."""
        self.up.clear()
        pids = processes(self.site.folder)
        for it in (signal.SIGSTOP, signal.SIGKILL):
            for pid in pids:
                os.kill(pid, it)
        assert self.process is not None
        self.process.wait(timeout=60)
        await_true(lambda: all(map(ended, pids)))

    def end(self) -> None:
        """Stop as an operator does."""
        assert self.process is not None
        self.process.terminate()
        self.process.wait(timeout=90)


def kept(site: LiveSite) -> dict[tuple[str, int], dict]:
    """What the site has."""
    environ = {**site.environ, "DJANGO_SETTINGS_MODULE": "preau.learn.settings"}
    words = [sys.executable, "-m", "tests.journeys.quiz_kept", "crowd"]
    done = subprocess.run(
        words, env=environ, cwd=ROOT, check=True, capture_output=True, timeout=180
    )
    return {(it["email"], it["number"]): it for it in json.loads(done.stdout)}


def _nothing_is_lost(taken: Taken, found: dict[tuple[str, int], dict], attempts: int) -> None:
    """What stands is what was acknowledged last, or what was sent after it and never answered."""
    assert taken.problems == []
    assert len(taken.handed_in) == attempts
    for number in taken.handed_in:
        assert found[taken.email, number]["handed_in"]
    for (number, slot), history in taken.sent.items():
        values = [value for value, _acknowledged in history]
        last = max((at for at, (_value, told) in enumerate(history) if told), default=0)
        stands = found[taken.email, number]["answers"].get(str(slot), {}).get(SLOTS[slot])
        assert stands is not None, (taken.email, number, slot, history)
        assert stands[0] in values[last:], (taken.email, number, slot, history, stands)


@pytest.mark.parametrize(
    "database",
    [pytest.param(name, marks=pytest.mark.xdist_group(f"quiz-killed-{name}")) for name in NAMES],
)
def test_no_acknowledged_answer_is_lost(tmp_path, database, request):
    draw, (attempts, kills) = random.Random(database), MUCH.get(database, LESS)
    with new_database(database) as settings:
        with quizzes_served(tmp_path, *LEARNERS, **settings) as made:
            pass  # the site and its people; it is served below, on a port that stays
        site = Killed(made)
        site.start()
        request.addfinalizer(site.end)
        learners = [Learner(site.live, site.up, name) for name in LEARNERS]

        def take_all(learner: Learner, seed: int) -> None:
            own = random.Random(seed)
            try:
                for _attempt in range(attempts):
                    learner.take(own)
            except Exception as error:
                learner.taken.problems.append(repr(error))
                raise

        threads = [
            threading.Thread(target=take_all, args=(learner, number), daemon=True)
            for number, learner in enumerate(learners)
        ]
        for thread in threads:
            thread.start()
        for kill in range(kills):  # evenly over the attempts, at any point within one
            wanted = (kill + draw.random()) * attempts * len(learners) / kills

            def far_enough(wanted: float = wanted) -> bool:
                assert not any(it.taken.problems for it in learners), [it.taken for it in learners]
                return sum(len(it.taken.handed_in) for it in learners) >= wanted

            await_true(far_enough, seconds=300)
            time.sleep(draw.random() / 20)  # the moment of the kill is the test's own choice
            site.kill()
            site.start()
        for thread in threads:
            thread.join(timeout=300)
        found = kept(site.live)
    for learner in learners:
        _nothing_is_lost(learner.taken, found, attempts)
