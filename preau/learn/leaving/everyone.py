"""All apps that keep something of a person, and the tables that do not."""

from importlib import import_module
from typing import cast

from django.conf import settings

from preau.learn.accounts.leaver import Personal

# Tables in which nothing of a person is, each with the reason; a test finds those in neither list.
IMPERSONAL = {
    "auth.Group": "Django's own, unused",
    "auth.Group_permissions": "Django's own, unused",
    "auth.Permission": "Django's own, unused",
    "certificates.Conditions": "what a session asks for a certificate",
    "certificates.PublicKey": "keys of the site",
    "contenttypes.ContentType": "names of tables",
    "courses.Activity": "what authors wrote; it is the course's",
    "courses.ActivityText": "what authors wrote; it is the course's",
    "courses.Asset": "what authors wrote; it is the course's",
    "courses.Course": "what authors wrote, the names of its teachers too; it is the course's",
    "courses.Run": "dates and titles of a session",
    "courses.Section": "what authors wrote; it is the course's",
    "forum.Week": "counts",
    "insights.Country": "names of countries",
    "insights.Gathered": "which days are counted",
    "insights.Rollup": "counts",
    "insights.VideoCurve": "counts",
    "notifications.Due": "when tasks are due",
    "quizzes.Category": "what authors wrote; it is the course's",
    "quizzes.Question": "what authors wrote; it is the course's",
    "quizzes.QuestionImport": "what became of a file of questions",
    "quizzes.QuestionVersion": "what authors wrote; it is the course's",
    "quizzes.Quiz": "which questions a quiz asks",
}


def everyone() -> dict[str, Personal]:
    """The modules of the settings by the name of their app, in the order to erase."""
    return {
        name.removesuffix(".personal").rpartition(".")[2]: cast("Personal", import_module(name))
        for name in settings.PERSONAL
    }
