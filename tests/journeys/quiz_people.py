"""Run as a program on a served site: makes the people of the quizzes' journeys."""

import sys

import django

TEACHER = "Claire"


def main(names: list[str]) -> None:
    """Each of them learns in the small course's run; Claire teaches there."""
    django.setup()

    from preau.learn.courses.models import Run
    from preau.learn.enrolments.actions import place_in_run
    from preau.learn.enrolments.models import RunRole
    from tests.people import RUN, person

    run = Run.objects.select_related("course").get(key=RUN)
    for name in names:
        role = RunRole.TEACHER if name == TEACHER else RunRole.LEARNER
        place_in_run(person(name), run, role)


if __name__ == "__main__":
    main(sys.argv[1:])
