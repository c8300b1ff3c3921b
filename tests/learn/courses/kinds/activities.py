"""A course of one section, for the activity that a test is about."""

import json

import yaml

from preau.learn.courses.folder import CourseFolderError, read_course
from preau.learn.courses.models import Run
from tests.learn.theme.html import read_page
from tests.people import ada, imported, signed_in, write

RUN = "one-now"


def course_with(folder, activity, files=(), languages=("en", "fr"), **more):
    """The folder of a course whose section ``part`` holds that activity and a page ``after``."""
    titles = {code: f"A thing ({code})" for code in languages}
    activities = [
        {"key": "thing", "title": titles, **activity},
        {"key": "after", "kind": "page", "title": titles},
    ]
    course = {
        "format": "preau-course/1", "key": "one", "languages": list(languages),
        "title": titles, "summary": titles, "subject": "physics",
        "teachers": [{"name": "Claire"}], "sections": ["part"],
    }  # fmt: skip
    run = {"key": RUN, "pace": "self"}
    texts = {f"part/after.{code}.md": "After.\n" for code in languages}
    section = {"title": titles, "activities": activities, **more}
    plain = {
        "course.yaml": course, "runs.yaml": {"runs": [run]}, "part/section.yaml": section,
    }  # fmt: skip
    written = {name: _yaml(it) for name, it in plain.items()}
    below = {f"part/{name}": content for name, content in dict(files).items()}
    return write(folder, {**written, **texts, **below})


def learner(folder, language="en"):
    """A browser in which Ada follows the course."""
    imported(folder)
    return signed_in(ada(Run.objects.select_related("course").get(key=RUN)), language)


def opened(browser, key="thing"):
    """The activity's page."""
    answer = browser.get(f"/learn/{RUN}/{key}/")
    assert answer.status_code == 200
    return read_page(answer)


def outline(browser):
    """The course page."""
    return read_page(browser.get(f"/learn/{RUN}/"))


def problems(folder):
    """What the import says is wrong, each with its place."""
    try:
        read_course(folder)
    except CourseFolderError as error:
        return [str(it) for it in error.problems]
    return []


def _yaml(data):
    alone = json.loads(json.dumps(data))  # what stands twice would become an anchor
    return yaml.safe_dump(alone, allow_unicode=True, sort_keys=False)
