"""All learners of a run, in one process.

It reads one JSON object from its input

    {"port": 8000, "sessions": ["…", …], "before": ["…", …], "arrival": 10, "answers": 10,
     "think": 3, "timeout": 30, "seed": 1, "result": "/a/file.json"}

lets those of ``before`` take the quiz quickly, writes the lines ``start`` and ``stop`` around the
run of the others, and their ``Seen`` to the file ``result``.
"""

import asyncio
import gc
import json
import random
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.quiz_peak.learner import Learner, Pace

_EARLIER = Pace(answers=10, think=0.05)
_EARLIER_ARRIVAL = 1.0  # seconds
_EARLIER_TIMEOUT = 60.0


async def _arrive(learner: Learner, at: float) -> float:
    """Come at that moment; by how much this process was late, in seconds."""
    await asyncio.sleep(max(0.0, at - time.monotonic()))
    late = time.monotonic() - at
    await learner.take_quiz(at)
    return late


async def _watch(learners: list[Learner], timeout: float) -> None:
    """Give up what takes too long: one task for all is cheaper than a timer for each request."""
    while True:
        await asyncio.sleep(0.5)
        now = time.monotonic()
        for learner in learners:
            browser = learner.browser
            if browser.asked_at and now - browser.asked_at > timeout:
                browser.give_up(f"no answer within {timeout:g} s")


async def _run(learners: list[Learner], offsets: list[float], timeout: float) -> float:
    """Let everybody come at their own time, whatever the server does; the longest delay of ours."""
    watch = asyncio.create_task(_watch(learners, timeout))
    begin = time.monotonic() + 0.05
    arrivals = zip(learners, offsets, strict=True)
    late = await asyncio.gather(*(_arrive(who, begin + offset) for who, offset in arrivals))
    watch.cancel()
    return max(late)


def _learners(plan: dict[str, Any], which: str, pace: Pace) -> list[Learner]:
    draw = random.Random(plan["seed"])
    return [Learner(plan["port"], it, pace, draw.randrange(1 << 30)) for it in plan[which]]


def _offsets(count: int, seconds: float, seed: int) -> list[float]:
    draw = random.Random(seed)
    return [draw.uniform(0, seconds) for _number in range(count)]


async def _all(plan: dict[str, Any]) -> dict[str, Any]:
    seed, timeout = plan["seed"], plan["timeout"]
    earlier = _learners(plan, "before", _EARLIER)
    await _run(earlier, _offsets(len(earlier), _EARLIER_ARRIVAL, seed), _EARLIER_TIMEOUT)
    learners = _learners(plan, "sessions", Pace(plan["answers"], plan["think"]))
    offsets = _offsets(len(learners), plan["arrival"], seed)
    gc.freeze()
    print("start", flush=True)
    cpu = time.process_time()
    late = await _run(learners, offsets, timeout)
    cpu = time.process_time() - cpu
    print("stop", flush=True)
    return {
        "cpu": cpu,
        "late": late,
        "earlier_failures": [who.seen.failure for who in earlier if who.seen.failure],
        "seen": [asdict(who.seen) for who in learners],
    }


def main() -> None:
    """Run and report."""
    plan = json.load(sys.stdin)
    found = asyncio.run(_all(plan))
    Path(plan["result"]).write_text(json.dumps(found))


if __name__ == "__main__":
    main()
