"""By which rules somebody takes a quiz: the course's, their run's, their group's, their own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from preau.learn.courses.models import Run
from preau.learn.enrolments.models import Enrolment
from preau.learn.quizzes.models import Override
from preau.learn.theme.stencil import Shelf

COUNTS = ("best", "average", "first", "last")
NAVIGATIONS = ("free", "sequential")


@dataclass(frozen=True)
class Rules:
    """What holds for one learner. ``attempts`` 0: any number; ``per_page`` 0: all."""

    opens_at: datetime | None = None
    closes_at: datetime | None = None
    time_limit: timedelta | None = None
    grace: timedelta = timedelta(seconds=60)
    attempts: int = 0
    delay: timedelta = timedelta(0)
    counts: str = "best"
    per_page: int = 0
    shuffle: bool = False
    sequential: bool = False
    behaviour: str = "deferred"
    out_of: float | None = None  # None: as many as the questions' marks
    pass_share: float = 0.5
    tells_pass: bool = False  # whether the course says what passes
    review: dict[str, Any] = field(default_factory=dict)
    access_key: str = ""

    def due(self, started: datetime) -> datetime | None:
        """When an attempt begun then has to be handed in."""
        ends = started + self.time_limit if self.time_limit is not None else None
        return min((it for it in (ends, self.closes_at) if it is not None), default=None)

    def counting(self, marks: Sequence[float]) -> float | None:
        """The mark that counts of the attempts' marks, in the order of the attempts."""
        if not marks:
            return None
        if self.counts == "average":
            return sum(marks) / len(marks)
        return {"best": max(marks), "first": marks[0], "last": marks[-1]}[self.counts]


def rules_of_course(content: dict[str, Any]) -> Rules:
    """What section.yaml says."""
    minutes, delay = content.get("time_limit"), content.get("delay")
    return Rules(
        time_limit=timedelta(minutes=minutes) if minutes else None,
        grace=timedelta(seconds=content.get("grace", 60)),
        attempts=content.get("attempts", 0),
        delay=timedelta(minutes=delay or 0),
        counts=content.get("counts", "best"),
        per_page=content.get("per_page", 0),
        shuffle=content.get("shuffle", False),
        sequential=content.get("navigation") == "sequential",
        behaviour=content.get("behaviour", "deferred"),
        out_of=content.get("out_of"),
        pass_share=content.get("pass", 50) / 100,
        tells_pass="pass" in content,
        review=content.get("review", {}),
    )


def rules_for(
    rules: Rules, run: Run, activity_id: int, activity_key: str, enrolment: Enrolment | None
) -> Rules:
    """The rules of the course as they are for this learner: the nearest word counts."""
    dates = run.dates.get(activity_key, {})
    if dates:
        opens, closes = dates.get("opens"), dates.get("closes")
        rules = replace(
            rules,
            opens_at=datetime.fromisoformat(opens) if opens else None,
            closes_at=datetime.fromisoformat(closes) if closes else None,
        )
    found = _overrides_of(run, activity_id)
    if not found:
        return rules
    scopes = [""]
    if enrolment is not None:
        scopes += [f"group:{enrolment.group}"] if enrolment.group else []
        scopes += [f"learner:{enrolment.pk}"]
    return _overridden(rules, (found[scope] for scope in scopes if scope in found))


def _overridden(rules: Rules, overrides: Iterable[Override]) -> Rules:
    for it in overrides:
        changed: dict[str, Any] = {
            "opens_at": it.opens_at,
            "closes_at": it.closes_at,
            "attempts": it.attempts,
            "access_key": it.access_key or None,
        }
        changed = {name: value for name, value in changed.items() if value is not None}
        if it.minutes is not None:
            changed["time_limit"] = timedelta(minutes=it.minutes) if it.minutes else None
        rules = replace(rules, **changed)
    return rules


_overrides: Shelf[dict[int, dict[str, Override]]] = Shelf(400)


def _overrides_of(run: Run, activity_id: int) -> dict[str, Override]:
    """Those of a quiz by scope; who changes one raises the run's version."""

    def read() -> dict[int, dict[str, Override]]:
        found: dict[int, dict[str, Override]] = {}
        for it in Override.objects.filter(run=run):
            found.setdefault(it.activity_id, {})[it.scope] = it
        return found

    return _overrides.take((run.pk, run.version), read).get(activity_id, {})
