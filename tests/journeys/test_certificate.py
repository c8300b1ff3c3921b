"""A certificate in a browser: on a phone without scripts, made public, seen by anyone, checked."""

import pytest
from playwright.sync_api import expect

from tests.journeys.pages import RUN, sign_in
from tests.journeys.site import preau
from tests.journeys.test_accessibility import violations

pytestmark = [pytest.mark.browser, pytest.mark.serving, pytest.mark.xdist_group("demo-site")]

ALL_BUT_ONE = """
from preau.learn.accounts.models import Person
from preau.learn.accounts.actions import create_verified_person
from preau.learn.courses.models import Run
from preau.learn.courses.outline import outline_of
from preau.learn.enrolments.actions import complete, place_in_run
from preau.learn.enrolments.models import Completion, Enrolment
from preau.learn.home.management.commands.demo_load import demo_password
run = Run.objects.select_related("course").get(key="{run}")
who = create_verified_person("zoe@demo.example", "Zoé Martin", demo_password(), language="en")
enrolment, _new = place_in_run(who, run)
enrolment.run = run
counting = [it for it in outline_of(run.course).by_key.values() if it.can_be_completed]
last = next(it for it in counting if it.completion["rule"] == "view")
for it in counting:
    if it != last:
        complete(enrolment, it, Completion.How.MANUAL)
print("LAST", last.key)
"""


@pytest.fixture
def phone(chromium):
    opened = []

    def open_page(**options):
        size = {"width": 390, "height": 844}
        opened.append(chromium.new_context(locale="en", viewport=size, **options))
        return opened[-1].new_page()

    yield open_page
    for context in opened:
        context.close()


def turn_on(page, site):
    """A teacher has the run give certificates."""
    sign_in(page, site, "claire@demo.example")
    page.goto(f"{site.address}/language/en/")
    page.goto(f"{site.address}/learn/{RUN}/")
    page.locator(".run-tools").get_by_role("link", name="Certificates").click()
    page.get_by_role("link", name="What a certificate asks").click()
    page.get_by_label("Give a certificate to whoever completes the session").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Given to whoever completes all activities")).to_be_visible()


def finish(page, site):
    """A learner does the last thing; her page says what was missing, then that she has one."""
    said = preau("manage", "shell", "-c", ALL_BUT_ONE.format(run=RUN), environ=site.environ)
    last = said.split("LAST ")[1].split()[0]
    sign_in(page, site, "zoe@demo.example")
    page.goto(f"{site.address}/learn/{RUN}/")
    page.get_by_role("link", name="Certificate: 1 activity to go").click()
    expect(page.locator("main")).to_contain_text("Still to complete")
    page.locator(f"a[href$='/{last}/']").click()
    page.goto(f"{site.address}/dashboard/")
    page.get_by_role("link", name="My certificate").click()
    expect(page.locator(".certificate-name")).to_have_text("Zoé Martin")


def download(page, link, path):
    with page.expect_download() as found:
        page.get_by_role("link", name=link).click()
    found.value.save_as(path)
    return path


def test_from_the_last_activity_to_the_check(phone, demo_site, tmp_path):
    teacher, learner = phone(), phone(java_script_enabled=False)
    visitor = phone()
    turn_on(teacher, demo_site)
    finish(learner, demo_site)
    address = learner.url
    assert visitor.goto(address).status == 404
    learner.get_by_role("button", name="Make it public").click()
    expect(
        learner.get_by_text("Anyone with the link can see your certificate now.")
    ).to_be_visible()
    visitor.goto(address)
    expect(visitor.locator(".certificate-name")).to_have_text("Zoé Martin")
    expect(visitor.get_by_text("Valid", exact=True)).to_be_visible()
    assert violations(visitor) == []
    pdf = download(visitor, "PDF", tmp_path / "certificate.pdf")
    assert pdf.read_bytes().startswith(b"%PDF-")
    file = download(visitor, "Signed file", tmp_path / "certificate.json")
    visitor.get_by_role("link", name="How a certificate is checked").click()
    assert violations(visitor) == []
    keys = download(visitor, "All keys (PEM)", tmp_path / "keys.pem")
    told = preau("certificate", "verify", file, "--key", keys, environ=demo_site.environ)
    assert "Zoé Martin" in told
    teacher.goto(f"{demo_site.address}/runs/{RUN}/certificates/")
    assert violations(teacher) == []
    teacher.get_by_role("link", name="Revoke: Zoé Martin").click()
    assert violations(teacher) == []
    teacher.get_by_label("Reason").fill("A trial.")
    teacher.get_by_role("button", name="Revoke").click()
    visitor.goto(address)
    expect(visitor.get_by_text("Revoked on")).to_be_visible()
    assert violations(visitor) == []
    learner.goto(address)
    expect(learner.get_by_text("A trial.")).to_be_visible()
