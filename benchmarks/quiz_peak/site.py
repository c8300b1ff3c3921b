"""Fills a site with the quiz and its learners; a process of its own, for it loads Django.

``python -m benchmarks.quiz_peak.site LEARNERS PER_PAGE COURSES`` in a site (``PREAU_SITE``)
prints, as JSON, each learner's session and enrolment, and what the site holds.
"""

import json
import platform
import sys
from pathlib import Path

import django

django.setup()

from django.db import connection, transaction  # noqa: E402

from benchmarks.quiz_peak.course import RUN, write_course  # noqa: E402
from benchmarks.site import add_learners, database_version, sign_in  # noqa: E402
from preau.learn.accounts.models import Person  # noqa: E402
from preau.learn.courses.folder import read_course  # noqa: E402
from preau.learn.courses.imports import import_course  # noqa: E402
from preau.learn.courses.models import Run  # noqa: E402
from preau.learn.enrolments.models import Enrolment  # noqa: E402


def enrol(people: list[Person]) -> list[int]:
    """Everybody follows the run; the ids of their enrolments."""
    run = Run.objects.get(key=RUN)
    rows = Enrolment.objects.bulk_create([Enrolment(run=run, person=who) for who in people])
    return [row.pk for row in rows]


def main() -> None:
    """Fill the site and say what is in it."""
    learners, per_page, folder = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    path = write_course(folder / "exam", per_page)
    document, _unused = read_course(path)
    import_course(document, path)
    with transaction.atomic():
        people = add_learners(learners)
        enrolments = enrol(people)
        sessions = sign_in(people)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    found = {
        "learners": [
            {"session": session, "enrolment": enrolment}
            for session, enrolment in zip(sessions, enrolments, strict=True)
        ],
        "database": database_version(),
        "python": platform.python_version(),
        "django": django.get_version(),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
