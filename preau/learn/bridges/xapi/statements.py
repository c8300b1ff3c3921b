"""From one event to one statement.

Source: ADL, “Experience API, part two: data”, 1.0.3. Verbs are those of the registries where there
is one; the others have an address of this site.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

_ADL = "http://adlnet.gov/expapi/verbs/"
_STREAMS = "http://activitystrea.ms/schema/1.0/"
_TINCAN = "http://id.tincanapi.com/verb/"
VERBS = {
    "viewed": f"{_TINCAN}viewed",
    "searched": f"{_STREAMS}search",
    "signed-in": "https://w3id.org/xapi/adl/verbs/logged-in",
    "signed-out": "https://w3id.org/xapi/adl/verbs/logged-out",
    "signed-up": f"{_ADL}registered",
    "enrolled": f"{_STREAMS}join",
    "unenrolled": f"{_STREAMS}leave",
    "completed": f"{_ADL}completed",
    "watched": f"{_STREAMS}watch",
    "downloaded": f"{_TINCAN}downloaded",
    "bookmarked": f"{_TINCAN}bookmarked",
    "started": f"{_ADL}attempted",
    "answered": f"{_ADL}answered",
    "submitted": f"{_STREAMS}submit",
    "marked": f"{_ADL}scored",
    "posted": f"{_ADL}responded",
    "imported": f"{_ADL}imported",
    "certified": f"{_TINCAN}earned",
}
_TYPES = {"activity": "http://adlnet.gov/expapi/activities/module",
          "run": "http://adlnet.gov/expapi/activities/course",
          "page": "http://activitystrea.ms/schema/1.0/page"}  # fmt: skip
_SPACE = uuid.UUID("8b6d2a58-2f0e-5a3c-9d0a-7f1f2a9f6c11")  # of statements' ids, ours


@dataclass(frozen=True)
class Names:
    """What ids of the database are called in addresses; what is deleted has no entry."""

    site: str  # its address, without a slash at the end
    people: Mapping[int, str] = field(default_factory=dict)  # an opaque id each, for ever
    runs: Mapping[int, str] = field(default_factory=dict)  # key
    activities: Mapping[int, tuple[str, str]] = field(default_factory=dict)  # key, title

    def run(self, number: int) -> str:
        """The address of a run."""
        if number in self.runs:
            return f"{self.site}/learn/{self.runs[number]}/"
        return f"{self.site}/xapi/runs/{number}"

    def activity(self, run: int, number: int) -> str:
        """The address of an activity in a run."""
        if number in self.activities and run in self.runs:
            return f"{self.run(run)}{self.activities[number][0]}/"
        return f"{self.site}/xapi/activities/{number}"


def statement_of(event: Mapping[str, Any], names: Names) -> dict[str, Any] | None:
    """The statement; None for an event of nobody, for a statement has an actor."""
    person = event.get("person")
    if person is None:
        return None
    verb = str(event["verb"])
    moment = datetime.fromtimestamp(event["t"] / 1000, UTC)
    who = names.people.get(person, f"deleted-{person}")
    own = f"{event['t']} {who} {verb} {event.get('request')} {event.get('activity')}"
    found: dict[str, Any] = {
        "id": str(uuid.uuid5(_SPACE, f"{names.site} {own}")),
        "actor": {"objectType": "Agent", "account": {"homePage": f"{names.site}/", "name": who}},
        "verb": {
            "id": VERBS.get(verb, f"{names.site}/xapi/verbs/{verb}"),
            "display": {"en": verb.replace("-", " ")},
        },
        "object": _object(event, names),
        "timestamp": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "context": _context(event, names),
    }
    if result := _result(event, verb):
        found["result"] = result
    return found


def _object(event: Mapping[str, Any], names: Names) -> dict[str, Any]:
    run, activity = event.get("run"), event.get("activity")
    if run and activity:
        definition: dict[str, Any] = {"type": _TYPES["activity"]}
        if activity in names.activities:
            definition["name"] = {"und": names.activities[activity][1]}
        return {"objectType": "Activity", "id": names.activity(run, activity),
                "definition": definition}  # fmt: skip
    if run:
        return {"objectType": "Activity", "id": names.run(run),
                "definition": {"type": _TYPES["run"]}}  # fmt: skip
    page = str(event.get("page") or "site").replace(":", "/")
    return {"objectType": "Activity", "id": f"{names.site}/xapi/pages/{page}",
            "definition": {"type": _TYPES["page"]}}  # fmt: skip


def _context(event: Mapping[str, Any], names: Names) -> dict[str, Any]:
    extensions = {
        f"{names.site}/xapi/{name}": event[name]
        for name in ("role", "session", "duration", "request")
        if event.get(name) not in {None, ""}
    }
    context: dict[str, Any] = {"platform": "Préau", "extensions": extensions}
    if event.get("run") and event.get("activity"):
        parent = {"objectType": "Activity", "id": names.run(event["run"])}
        context["contextActivities"] = {"parent": [parent]}
    return context


def _result(event: Mapping[str, Any], verb: str) -> dict[str, Any]:
    told = event.get("result")
    if not isinstance(told, Mapping):
        return {}
    found: dict[str, Any] = {}
    if verb == "completed":
        found["completion"] = True
    mark = told.get("mark")
    if isinstance(mark, int | float) and not isinstance(mark, bool):
        found["score"] = {"raw": mark}
    return found
