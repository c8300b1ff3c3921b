"""The style page: everything the site is made of, on one page."""

import re
from pathlib import Path

import pytest

import preau.learn.theme
from tests.learn.theme.html import read_page
from tests.people import noah, signed_in

pytestmark = pytest.mark.django_db

STATIC = Path(preau.learn.theme.__file__).parent / "static/theme"
# Frames of a whole page, and what stands outside its content: nothing to look at by themselves.
FRAMES = {
    "catalogue-layout", "course-columns", "course-hero", "course-layout", "course-main",
    "demo-banner", "facets", "hero", "problem", "run-tools", "sidebar-fold", "svg",
    "video-layout-alone",
}  # fmt: skip


def style_page(language="en"):
    return read_page(signed_in(None, language).get("/style/"))


def classes_of(name):
    text = re.sub(r"/\*.*?\*/", "", (STATIC / name).read_text(), flags=re.DOTALL)
    selectors = re.sub(r"\{[^{}]*\}", " ", text)
    return set(re.findall(r"\.([a-z][a-z-]{2,})", selectors))


def shown_classes():
    return {name for it in style_page().all() for name in it["class"].split()}


def test_it_shows_every_component():
    assert sorted(classes_of("components.css") - shown_classes() - FRAMES) == []


def test_it_shows_every_icon():
    icons = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text()))
    used = {it["href"].partition("#")[2] for it in style_page().all("use")}
    listed = {it.text for it in style_page().one("ul", "icon-list").all("code")}
    assert len(icons) > 20
    assert used >= icons == listed


def test_every_colour_it_shows_is_a_variable_and_has_its_swatch():
    variables = set(re.findall(r"(--[\w-]+):", (STATIC / "variables.css").read_text()))
    listed = {it.text for it in style_page().one("ul", "swatches").all("code")}
    assert len(listed) > 10
    assert listed <= variables
    swatches = {f"--{name.removeprefix('swatch-')}" for name in classes_of("style-page.css")}
    assert listed <= swatches


def test_it_is_there_in_both_languages_for_everybody():
    assert style_page("fr").one("h1").text == "Style"
    assert "Boutons" in style_page("fr").one("main").text
    assert "Buttons" in style_page("en").one("main").text
    assert signed_in(noah()).get("/style/").status_code == 200


def test_every_field_on_it_has_a_label_and_every_link_a_target():
    page = style_page()
    labels = {it["for"] for it in page.all("label")}
    for tag in ("input", "select", "textarea"):
        for it in page.one("main").all(tag):
            wrapped = not it["id"]
            assert wrapped or it["id"] in labels, it["id"]
    ids = {it["id"] for it in page.all() if it["id"]}
    for link in page.all("a"):
        if link["href"].startswith("#"):
            assert link["href"][1:] in ids, link["href"]
