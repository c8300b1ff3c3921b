"""The events of a month, made up by the simulator of a run, into a site's folder of events.

``python -m benchmarks.statistics.made_up FOLDER MILLIONS SEED SHARE`` writes one share of them;
two such processes use two cores. Prints how many there are.
"""

import random
import sys
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).parents[2] / "samples" / "simulated-run"))

from simulate import Learner, LineFiles, Run, Step

START = date(2026, 10, 1)
_WEEKS = 5
_KINDS = ("page", "page", "video", "page", "quiz")
_RUNS = 20


def steps(run: int) -> list[Step]:
    """Eighty activities."""
    return [
        Step(1000 * run + number, _KINDS[number % 5], number * _WEEKS // 80, 90.0, "view")
        for number in range(80)
    ]


def main() -> None:
    """Learners of twenty runs, until there are enough events."""
    folder, wanted, seed = Path(sys.argv[1]), float(sys.argv[2]) * 1e6, int(sys.argv[3])
    zone = ZoneInfo("Europe/Paris")
    runs = [Run((run, run), steps(run), START, zone) for run in range(1, _RUNS + 1)]
    files = LineFiles(folder, seed)
    begin, end = (runs[0].moment(0, day, 0) for day in (0, 31))
    person = seed * 10_000_000
    while files.count < wanted:
        person += 1
        it = Learner(person, random.Random(person), _WEEKS)
        for moment, rest in runs[person % _RUNS].life_of(it, _WEEKS):
            if begin <= moment < end and files.count < wanted:
                files.add(moment, rest)
    files.write()
    print(files.count)


if __name__ == "__main__":
    main()
