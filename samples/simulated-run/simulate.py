"""A run as it might go: thousands of learners over some weeks, made up from a seed.

::

    python samples/simulated-run/simulate.py --site DIR --run introduction-telecoms-now

adds people who follow the run to a site, what they completed, and the events that all of it
would have left, in line files as the site's workers write them. The same seed makes the same run.
Most come on Monday, when a section opens, and before Sunday's midnight, when the quiz closes; in
the evening more than in the morning; half are gone after two weeks, as in most open courses.
"""

import argparse
import os
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

HOURS = (1, 1, 0, 0, 0, 1, 2, 5, 8, 9, 9, 8, 10, 9, 8, 8, 9, 11, 13, 16, 20, 19, 12, 5)
WEEKDAYS = (22, 15, 13, 12, 10, 11, 17)  # from Monday
WORKERS = 2
MINUTE = 60_000


@dataclass(frozen=True)
class Step:
    """An activity of the course, in its order."""

    id: int
    kind: str
    week: int  # from 0
    seconds: float  # that it takes, or lasts
    completion: str


@dataclass(frozen=True)
class Try:
    """An attempt at a quiz: when, and the share of it that they know."""

    begun: int  # milliseconds since 1970
    ended: int
    skill: float


class Learner:
    """Somebody with habits of their own."""

    def __init__(self, person: int, draw: random.Random, weeks: int) -> None:
        self.person = person
        self.draw = draw
        self.session = f"{draw.getrandbits(48):012x}"
        self.zeal = draw.betavariate(2, 2)  # how much of a week's work they do
        self.stays = 0 if draw.random() < 0.12 else min(weeks, 1 + int(draw.expovariate(0.28)))
        self.hour = draw.choices(range(24), HOURS)[0]
        self.phone = draw.random() < 0.6
        self.address = f"192.0.{draw.randrange(256)}.0"
        self.next = 0  # the step that they come to
        self.enrolled = 0
        self.completed: dict[int, tuple[str, int]] = {}  # activity → how, when
        self.watched: dict[int, list[tuple[float, float]]] = {}  # activity → parts of the film
        self.tries: dict[int, list[Try]] = {}  # quiz → attempts
        self.last: tuple[int, int] | None = None  # activity, when
        self.voice = random.Random(self.session)  # what is said changes nothing else of a life
        self.said: list[tuple[int, bool]] = []  # when, and whether a new thread


class Run:
    """The run's weeks, and what happens in them."""

    def __init__(
        self, ids: tuple[int, int], steps: list[Step], start: date, zone: ZoneInfo
    ) -> None:
        self.run, self.course = ids
        self.steps = [it for it in steps if it.kind != "forum"]
        self.forum = next((it for it in steps if it.kind == "forum"), None)
        self.start, self.zone = start, zone

    def moment(self, week: int, weekday: int, hour: float) -> int:
        """Milliseconds since 1970."""
        day = self.start + timedelta(days=7 * week + weekday)
        begin = datetime(day.year, day.month, day.day, tzinfo=self.zone)
        return int(begin.timestamp() * 1000 + hour * 3_600_000)

    def life_of(self, it: Learner, weeks: int) -> Iterator[tuple[int, str]]:
        """All that somebody does, each with its moment, as JSON without it."""
        draw = it.draw
        early = min(draw.expovariate(1 / 12), 30.0)  # days before the first Monday
        it.enrolled = self.moment(0, 0, 0) - int(early * 86_400_000)
        if draw.random() < 0.2:
            it.enrolled = self.moment(0, 0, 0) + int(draw.uniform(0, 14) * 86_400_000)
        yield it.enrolled - 20_000, self.event(it, "signed-in", "account_login", 90, where=False)
        yield it.enrolled, self.event(it, "enrolled", "enrolments:enrol", 12)
        for week in range(min(it.stays, weeks)):
            for _visit in range(1 + int(draw.expovariate(1 / (1 + 2.2 * it.zeal)))):
                weekday = draw.choices(range(7), WEEKDAYS)[0]
                hour = (it.hour + draw.gauss(0, 2.5)) % 24
                at = self.moment(week, weekday, hour)
                if at > it.enrolled:
                    yield from self.visit(it, week, at)

    def visit(self, it: Learner, week: int, at: int) -> Iterator[tuple[int, str]]:
        """One sitting: from the dashboard to a few activities."""
        draw = it.draw
        if draw.random() < 0.3:
            yield at, self.event(it, "signed-in", "account_login", 95, where=False)
            at += 4_000
        yield at, self.event(it, "viewed", "home:dashboard", 2, where=False)
        at += 6_000
        yield at, self.event(it, "viewed", "enrolments:run", 3)
        if self.forum is not None and it.voice.random() < 0.15:
            yield from self.talking(it, self.forum, at + 2_000)
        for _number in range(1 + int(draw.expovariate(1 / (1 + 5 * it.zeal)))):
            if it.next >= len(self.steps) or self.steps[it.next].week > week:
                if it.next and draw.random() < 0.5:  # something again
                    at += int(draw.uniform(10, 200) * 1000)
                    again = self.steps[draw.randrange(it.next)]
                    yield at, self.event(it, "viewed", "enrolments:activity", 2, again)
                return
            step = self.steps[it.next]
            at += int(draw.uniform(5, 40) * 1000)
            for moment, line in self.activity(it, step, at):
                at = moment
                yield moment, line
            it.last = (step.id, at)
            if step.kind == "quiz" and draw.random() < 0.15:
                return  # it is too much for today
            it.next += 1

    def activity(self, it: Learner, step: Step, at: int) -> Iterator[tuple[int, str]]:
        """Reading, watching, answering."""
        draw = it.draw
        yield at, self.event(it, "viewed", "enrolments:activity", 2, step)
        if step.kind == "video":
            for moment, line in self.watching(it, step, at):
                at = moment
                yield moment, line
        elif step.kind == "quiz":
            for number in (1, 2):
                for moment, line in self.quiz(it, step, at, number):
                    at = moment
                    yield moment, line
                if it.tries[step.id][-1].skill > 0.6 or draw.random() < 0.45:
                    break
        else:
            at += int(step.seconds * draw.lognormvariate(-0.6, 0.7) * 1000)
            if draw.random() < 0.04:
                yield at, self.event(it, "noted", "enrolments:note", 6, step)
        if step.completion != "none" and step.id not in it.completed and draw.random() < 0.9:
            it.completed[step.id] = (step.completion, at)
            yield at + 500, self.event(it, "completed", "enrolments:complete", 7, step)

    def talking(self, it: Learner, forum: Step, at: int) -> Iterator[tuple[int, str]]:
        """A look into the forum; some write."""
        yield at, self.event(it, "viewed", "enrolments:activity", 3, forum)
        if it.voice.random() < 0.5:
            return
        yield at + 1_000, self.event(it, "viewed", "forum:thread", 4, forum)
        if it.voice.random() < 0.4:
            return
        new = it.voice.random() < 0.35
        it.said.append((at + 3_000, new))
        page = "forum:start" if new else "forum:reply"
        yield at + 3_000, self.event(it, "posted", page, 9, forum)

    def watching(self, it: Learner, step: Step, at: int) -> Iterator[tuple[int, str]]:
        """Parts of ten seconds; some skip, some look twice, many stop before the end."""
        draw, place = it.draw, 0.0
        hard = step.seconds * 0.62  # where many look again
        while place < step.seconds:
            end = min(place + 10, step.seconds)
            at += int((end - place) * 1000)
            result = f'{{"position":{end:.0f},"seen":[[{place:.0f},{end:.0f}]]}}'
            yield at, self.event(it, "watched", "enrolments:watched", 4, step, result)
            place = end
            it.watched.setdefault(step.id, []).append((end - 10 if end > 10 else 0.0, end))
            chance = draw.random()
            if chance < 0.012:
                return
            if chance < 0.03:
                place += 30
            elif chance < 0.12 and hard < place < hard + 12:
                place = max(0.0, place - 20)

    def quiz(self, it: Learner, step: Step, at: int, number: int) -> Iterator[tuple[int, str]]:
        """Ten answers, and handing in."""
        draw, begun = it.draw, at + 5_000
        result = f'{{"attempt":{number}}}'
        yield begun, self.event(it, "started", "quizzes:start", 8, step, result)
        at += 9_000
        for slot in range(1, 11):
            at += int(draw.lognormvariate(3.3, 0.6) * 1000)
            result = f'{{"attempt":{number},"slots":[{slot}]}}'
            yield at, self.event(it, "answered", "quizzes:answers", 3, step, result)
        skill = min(1.0, max(0.0, draw.gauss(0.5 + 0.35 * it.zeal, 0.2)))
        it.tries.setdefault(step.id, []).append(Try(begun, at + 8_000, skill))
        result = f'{{"attempt":{number},"mark":{10 * skill:.1f}}}'
        yield at + 8_000, self.event(it, "submitted", "quizzes:hand-in", 9, step, result)

    def event(
        self, it: Learner, verb: str, page: str, took: float, step: Step | None = None,
        result: str = "", *, where: bool = True,
    ) -> str:  # fmt: skip
        """The event's JSON but for its moment."""
        draw = it.voice if step is not None and step.kind == "forum" else it.draw
        place = f'"role":"learner","run":{self.run},"course":{self.course},' if where else ""
        if step is not None:
            place += f'"activity":{step.id},'
        if result:
            place += f'"result":{result},'
        return (
            f'"verb":"{verb}","page":"{page}","person":{it.person},"session":"{it.session}",'
            f'{place}"duration":{took * (0.6 + draw.random()):.1f},"address":"{it.address}",'
            f'"request":"{draw.getrandbits(48):012x}"}}\n'
        )


class LineFiles:
    """The files of all days; an event goes to one of the workers' by chance."""

    def __init__(self, folder: Path, seed: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.seed = folder, seed
        self.lines: dict[tuple[int, int], list[str]] = {}
        self.count = 0

    def add(self, moment: int, rest: str) -> None:
        """An event."""
        place = (moment // 86_400_000, self.count % WORKERS)
        self.lines.setdefault(place, []).append(f'{{"v":2,"t":{moment},{rest}')
        self.count += 1
        if self.count % 500_000 == 0:
            self.write()

    def write(self) -> None:
        """Everything that was added."""
        for (day, worker), lines in self.lines.items():
            name = datetime.fromtimestamp(day * 86_400, UTC).date().isoformat()
            path = self.folder / f"{name}.{worker}-sim{self.seed}.jsonl"
            with path.open("a", encoding="ascii") as file:
                file.writelines(sorted(lines))  # their moments come first
        self.lines = {}


def steps_of(outline: object, weeks: int) -> list[Step]:
    """The course's activities, spread over the weeks."""
    sections = outline.sections  # type: ignore[attr-defined]
    found = []
    for number, section in enumerate(sections):
        week = number * weeks // len(sections)
        for it in section.activities:
            if it.has_page:
                seconds = it.duration or 60.0 * (it.minutes or 3)
                rule = it.completion.get("rule", "none")
                found.append(Step(it.id, it.kind, week, seconds, rule))
    return found


def read_options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Make up a run of a course.")
    parser.add_argument("--site", type=Path, required=True)
    parser.add_argument("--run", required=True, metavar="KEY")
    parser.add_argument("--learners", type=int, default=5000)
    parser.add_argument("--weeks", type=int, default=8)
    parser.add_argument("--seed", type=int, default=2013)
    parser.add_argument("--start", type=date.fromisoformat, help="the first Monday; else so that "
                        "the last week is over")  # fmt: skip
    return parser.parse_args()


def main() -> int:
    """Make it up, and say what came of it."""
    options = read_options()
    os.environ["PREAU_SITE"] = str(options.site.absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "preau.learn.settings")
    import django

    django.setup()
    from django.conf import settings
    from forum import keep_threads
    from people import add_people, keep_progress
    from quizzes import keep_answers

    from preau.learn.courses.outline import outline_of
    from preau.learn.courses.runs import run_named

    run = run_named(options.run)
    zone = ZoneInfo(settings.TIME_ZONE)
    today = datetime.now(zone).date()
    monday = today - timedelta(days=today.weekday())
    start = options.start or monday - timedelta(weeks=options.weeks)
    course = Run(
        (run.pk, run.course_id), steps_of(outline_of(run.course), options.weeks), start, zone
    )
    files = LineFiles(settings.EVENTS_FOLDER, options.seed)
    now = int(datetime.now(UTC).timestamp() * 1000)
    learners = [
        Learner(person, random.Random(options.seed * 1_000_003 + number), options.weeks)
        for number, person in enumerate(add_people(options.learners, options.seed))
    ]
    for it in learners:
        for moment, rest in course.life_of(it, options.weeks):
            if moment < now:
                files.add(moment, rest)
    files.write()
    keep_progress(run, learners)
    keep_answers(run, learners, options.seed)
    if course.forum is not None:
        for it in learners:
            it.said = [(at, new) for at, new in it.said if at < now]
        keep_threads(run, course.forum.id, learners, options.seed)
    sys.stdout.write(f"{len(learners):,} learners, {files.count:,} events from {start} on.\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
