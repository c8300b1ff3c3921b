"""Runs that give certificates, and what people do to get one, by its addresses."""

import json
import re

from preau.learn.certificates.actions import set_conditions
from preau.learn.certificates.models import Certificate
from preau.learn.courses.models import Run
from tests.learn.enrolments.doing import complete_everything
from tests.people import RUN, place, signed_in, small_run

MINE = f"/runs/{RUN}/certificate/"
ISSUED = f"/runs/{RUN}/certificates/"
SETTINGS = f"{ISSUED}settings/"


def certified_run(folder, **asks) -> Run:
    """The small course's run, which gives certificates."""
    run = small_run(folder)
    return giving(run, **asks)


def giving(run: Run, **asks) -> Run:
    """The run, which gives certificates from now on."""
    set_conditions(run, given=True, **{"least": None, "with_marks": False, **asks})
    return Run.objects.select_related("course").get(pk=run.pk)


def finish(who, **options):
    """Somebody does all that counts; their browser."""
    browser = signed_in(who, **options)
    complete_everything(browser)
    return browser


def certificate_of(who) -> Certificate:
    """What they were given."""
    return Certificate.objects.select_related("key", "run").get(enrolment=place(who).enrolment)


def address_of(who) -> str:
    """The page of their certificate."""
    return f"/certificates/{certificate_of(who).uuid}/"


def signed_file(browser, address) -> tuple[bytes, bytes]:
    """The file of a certificate, and the public keys."""
    file = browser.get(f"{address}certificate.json")
    assert file.status_code == 200
    assert json.loads(file.content)
    return file.content, browser.get("/certificates/keys.pem").content


def events_of(settings, verb) -> list[dict]:
    """What was recorded with that verb."""
    lines = [
        json.loads(line)
        for path in sorted(settings.EVENTS_FOLDER.glob("*.jsonl"))
        for line in path.read_text().splitlines()
    ]
    return [it for it in lines if it["verb"] == verb]


def buttons(html) -> list[str]:
    """Where the page's forms lead."""
    return re.findall(r'<form method="post" action="([^"]+)"', html)
