"""Run as a program on a site: what it has of the attempts at a quiz, as JSON."""

import json
import sys

import django


def main(quiz: str) -> None:
    """Each attempt with its answers by slot."""
    django.setup()

    from preau.learn.quizzes.models import Attempt, Response

    found = []
    for attempt in Attempt.objects.filter(activity__key=quiz).select_related("enrolment__person"):
        rows = Response.objects.filter(attempt=attempt)
        found.append(
            {
                "email": attempt.enrolment.person.email,
                "number": attempt.number,
                "handed_in": attempt.submitted_at is not None,
                "mark": attempt.mark,
                "answers": {row.slot: row.answer for row in rows},
            }
        )
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
