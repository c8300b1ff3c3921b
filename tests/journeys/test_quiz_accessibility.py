"""Every page of quizzes and marks, in both themes and both languages: axe-core finds nothing, and
no page scrolls sideways on the narrowest phone."""

import pytest
from playwright.sync_api import expect

from tests.journeys.quiz_answering import Mouse, first_page, third_page
from tests.journeys.quiz_site import Visit, expect_saved, hand_in
from tests.journeys.test_accessibility import violations
from tests.people import RUN

pytestmark = [pytest.mark.browser, pytest.mark.serving, pytest.mark.xdist_group("quiz-axe")]

LEARN, ABOUT = f"/learn/{RUN}", f"/runs/{RUN}/quizzes/everything"
LEARNER_PAGES = [
    f"{LEARN}/everything/",
    f"{LEARN}/everything/quiz/1/",
    f"{LEARN}/everything/quiz/2/?page=1",
    f"{LEARN}/everything/quiz/2/?page=2",
    f"{LEARN}/everything/quiz/2/?page=3",
    f"{LEARN}/everything/quiz/2/summary/",
    f"{LEARN}/tried/quiz/1/",
    f"{LEARN}/sure/quiz/1/",
    f"{LEARN}/crowd/quiz/1/",
    f"/runs/{RUN}/marks/",
]
TEACHER_PAGES = [
    f"{LEARN}/everything/",
    f"/runs/{RUN}/questions/",
    f"/runs/{RUN}/questions/?q=nothing-has-these-words",
    f"/runs/{RUN}/questions/import/",
    f"{ABOUT}/",
    f"{ABOUT}/questions/2/",
    f"{ABOUT}/questions/14/",
    f"{ABOUT}/attempts/",
    f"{ABOUT}/attempts/?q=nobody",
    f"{ABOUT}/marking/",
    f"{ABOUT}/regrade/",
    f"{ABOUT}/rules/",
    f"/runs/{RUN}/quizzes/brief/",
    f"/runs/{RUN}/marks/",
    f"/runs/{RUN}/marks/everybody/",
    f"/runs/{RUN}/marks/everybody/?q=nobody",
]
# More pages, by the links that lead to them: where, which, how many.
LINKED = [
    (f"/runs/{RUN}/questions/?q=", "tbody a", 14),
    (f"{ABOUT}/attempts/?q=uma", "tbody a", 2),
    (f"{ABOUT}/marking/", "main ol a", 1),
]
LOOKS = [(scheme, language) for scheme in ("light", "dark") for language in ("en", "fr")]


@pytest.fixture(scope="module")
def teacher_pages(chromium, quiz_site):
    """All that a teacher sees once Uma handed in an attempt, and has others open."""
    uma = Visit(chromium, quiz_site, "Uma")
    page = uma.begin("everything")
    first_page(page, Mouse())
    page.locator("#q2 label", has_text="metre").click()
    page.locator("[data-map='11']").click()
    third_page(page, Mouse())
    page.locator("#q12 input").nth(1).fill("5")
    hand_in(page)
    uma.open(f"{LEARN}/everything/")
    page.get_by_role("button", name="Begin another attempt").click()
    first_page(page, Mouse())
    expect_saved(page)
    for key in ("tried", "sure"):
        page = uma.begin(key)
        page.locator("#q1 label.option", has_text="Lille").click()
        with page.expect_navigation():
            page.locator("#q1").get_by_role("button", name="Check").click()
    uma.begin("crowd")
    uma.end()
    claire = Visit(chromium, quiz_site, "Claire")
    found = list(TEACHER_PAGES)
    for path, links, count in LINKED:
        page = claire.open(path)
        expect(page.locator(links).first).to_be_visible()
        found += [it.get_attribute("href") for it in page.locator(links).all()[:count]]
    claire.end()
    return found


@pytest.fixture(params=LOOKS, ids="-".join)
def look(request, visit):
    """``look("Uma")`` is she on a phone, with that theme and language."""
    scheme, language = request.param

    def come(name):
        size = {"width": 390, "height": 844}
        person = visit(name, color_scheme=scheme, locale=language, viewport=size)
        person.open(f"/language/{language}/")  # goes before the person's own
        person.scheme, person.language = scheme, language
        return person

    return come


def faults(person) -> list[str]:
    """What is wrong with the page as it is now."""
    page = person.page
    assert page.locator("html").get_attribute("lang") == person.language
    found = violations(page)
    page.set_viewport_size({"width": 320, "height": 700})
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append(f"{page.url} is wider than a phone")
    page.set_viewport_size({"width": 390, "height": 844})
    return found


def test_a_learner_meets_no_fault(look, teacher_pages):
    uma = look("Uma")
    found = []
    for path in LEARNER_PAGES:
        uma.open(path)
        found += faults(uma)
    assert found == []


def test_a_teacher_meets_no_fault(look, teacher_pages):
    claire = look("Claire")
    found = []
    for path in teacher_pages:
        answer = claire.page.goto(claire.site.address + path)
        assert answer.status == 200, path
        found += faults(claire)
    assert found == []


def test_nor_where_something_went_wrong(look, teacher_pages):
    """A conflict as it is told in the page, and as a page; a mark and a file that are refused."""
    uma = look("Uma")
    page = uma.open(f"{LEARN}/crowd/quiz/1/")
    other = uma.new_page()
    other.goto(page.url)
    typed = f"{uma.scheme} {uma.language}"
    for it, text in ((other, f"{typed} there"), (page, f"{typed} here")):
        it.locator("#q2 input[name=q2-text]").fill(text)
        expect(it.locator("[data-saving]")).to_have_attribute(
            "data-state", "saved" if it is other else "conflict"
        )
    found = faults(uma)
    page.locator(".conflict button").click()
    expect(page.locator(".message[role=alert] strong")).to_have_text(f"{typed} here")
    found += faults(uma)
    uma.context.set_offline(True)
    expect(page.locator("[data-saving]")).to_have_attribute("data-state", "offline")
    found += faults(uma)
    uma.context.set_offline(False)
    claire = look("Claire")
    page = claire.open(f"{ABOUT}/marking/")
    page.locator("main ol a.button").click()
    page.locator("input[name=mark]").fill("a lot")
    page.locator("main form.question button").click()
    expect(page.locator(".errorlist")).to_be_visible()
    found += faults(claire)
    page = claire.open(f"/runs/{RUN}/questions/import/")
    page.locator("input[type=file]").set_input_files(
        {"name": "none.txt", "mimeType": "text/plain", "buffer": b"no questions at all"}
    )
    page.locator("main form.form-card button").click()
    expect(page.locator(".errorlist")).to_be_visible()
    found += faults(claire)
    page = claire.open(f"{ABOUT}/rules/")
    page.locator("main form.form-card button").click()
    expect(page.locator(".errorlist")).to_be_visible()
    found += faults(claire)
    assert found == []
