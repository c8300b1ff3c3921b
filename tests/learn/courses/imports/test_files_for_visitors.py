"""What the public page shows is served to visitors, wherever in the folder it lies."""

import pytest

from preau.learn.courses.models import Asset
from tests.learn.courses.changing import replaced
from tests.learn.theme.html import read_page
from tests.people import imported, signed_in, small_folder

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    files = {f"waves/{name}.svg": f"<svg id='{name}'/>" for name in ("cover", "claire", "about")}
    folder = small_folder(
        tmp_path / "small",
        **files,
        **{
            "waves/share.png": b"a picture",
            "cover.svg": None,
            "about.en.md": "Look: ![Waves](waves/about.svg) and [all](waves/film.en.vtt).\n",
        },
    )
    replaced(
        folder,
        "course.yaml",
        "cover: cover.svg",
        "cover: waves/cover.svg\nshare_image: waves/share.png",
    )
    replaced(
        folder, "course.yaml", "name: Claire Fontaine", "name: Claire\n    photo: waves/claire.svg"
    )
    return folder


def public():
    return set(Asset.objects.filter(public=True).values_list("path", flat=True))


def test_a_visitor_gets_all_that_the_public_page_shows(folder):
    imported(folder)
    visitor = signed_in(None)
    page = read_page(visitor.get("/courses/small/")).one("article", "course-page")
    pictures = [it["src"] for it in page.all("img")]
    assert sorted(it.rsplit("/", 1)[1] for it in pictures) == [
        "about.svg",
        "claire.svg",
        "cover.svg",
    ]
    (card,) = read_page(visitor.get("/courses/")).all("article", "course-card")
    link = page.one("section", "prose").one("a")["href"]
    for path in [*pictures, card.one("img")["src"], link]:
        assert visitor.get(path).status_code == 200, path
    assert public() == {
        "waves/cover.svg", "waves/share.png", "waves/claire.svg", "waves/about.svg",
        "waves/film.en.vtt",
    }  # fmt: skip


def test_the_rest_of_the_section_stays_with_its_learners(folder):
    imported(folder)
    asset = Asset.objects.get(path="waves/film.mp4")
    answer = signed_in(None).get(f"/media/{asset.course.uuid}/{asset.digest}/film.mp4")
    assert answer.status_code == 404


def test_what_the_public_page_shows_no_more_is_public_no_more(folder):
    imported(folder)
    replaced(folder, "about.en.md", "[all](waves/film.en.vtt)", "all")
    report = imported(folder)
    assert "waves/film.en.vtt" not in public()
    assert [(it.noun, it.detail) for it in report.changes] == [("course", "about")]
    assert imported(folder).changes == []
