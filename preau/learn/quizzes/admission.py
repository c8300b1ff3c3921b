"""Smoothing a start that everybody makes at once.

Each worker begins so many attempts a second and gives those who come too soon a turn, a few
seconds later, with a ticket. Nothing is shared and nothing is written: a ticket is signed, and
whichever worker sees it lets its bearer in when the turn has come.
"""

from threading import Lock

from django.core import signing

_SALT = "preau.quizzes.admission"
_PATIENCE = 0.5  # seconds for which nobody is sent to wait: the server's own queue takes them
_KEPT = 600  # seconds for which a ticket is good


class Admission:
    """Turns at a steady rate: the "generic cell rate algorithm" of ITU-T I.371, by times."""

    def __init__(self, rate: float) -> None:
        self.rate = rate  # turns a second
        self._next = 0.0
        self._lock = Lock()

    def seconds(self, now: float) -> float:
        """Seconds until the turn of who comes now; 0 to come in at once."""
        with self._lock:
            turn = max(now, self._next)
            self._next = turn + 1.0 / self.rate
        wait = turn - now
        return wait if wait > _PATIENCE else 0.0


def ticket_for(whose: str, turn: float) -> str:
    """A ticket for that turn, in seconds since 1970; worthless to anybody else."""
    return signing.dumps({"whose": whose, "turn": turn}, salt=_SALT)


def read_ticket(ticket: str, whose: str) -> float | None:
    """The turn that the ticket is for; None if it is none of ours, or too old."""
    try:
        found = signing.loads(ticket, salt=_SALT, max_age=_KEPT)
    except signing.BadSignature:
        return None
    return float(found["turn"]) if found["whose"] == whose else None
