"""The picture that other sites show with a link to a course: never an SVG, which they don't show."""

from pathlib import Path

import pytest
from PIL import Image

from preau.learn.courses.folder import CourseFolderError, read_course
from preau.learn.courses.models import Course
from tests.learn.courses.changing import replaced
from tests.learn.theme.html import read_page
from tests.people import imported, signed_in, small_folder

SAMPLE = Path(__file__).parents[3] / "samples" / "introduction-telecoms"


def course(folder, cover="cover.svg", share_image=""):
    """The small course's folder with these pictures."""
    files = {name: b"a picture" for name in (cover, share_image) if name and name != "cover.svg"}
    small_folder(folder, **files)
    more = f"\nshare_image: {share_image}" if share_image else ""
    replaced(folder, "course.yaml", "cover: cover.svg", f"cover: {cover}{more}")
    if cover != "cover.svg":
        (folder / "cover.svg").unlink()
    return folder


def shared_picture():
    head = read_page(signed_in(None).get("/courses/small/")).one("head")
    return [it["content"] for it in head.all("meta", property="og:image")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cover", "share_image", "shown"),
    [
        ("cover.svg", "", None),
        ("COVER.SVG", "", None),
        ("cover.jpg", "", "cover.jpg"),
        ("cover.svg", "share.png", "share.png"),
        ("cover.webp", "waves/share.JPEG", "share.JPEG"),
    ],
)
def test_the_picture_is_one_that_other_sites_show(tmp_path, cover, share_image, shown, settings):
    settings.SITE_ADDRESS = "https://mooc.example"
    imported(course(tmp_path / "small", cover, share_image))
    if shown is None:
        assert shared_picture() == []
        return
    (address,) = shared_picture()
    media = f"https://mooc.example/media/{Course.objects.get().uuid}/"
    assert address.startswith(media)
    assert address.endswith(f"/{shown}")
    answer = signed_in(None).get(address.removeprefix("https://mooc.example"))
    assert (answer.status_code, answer.content) == (200, b"a picture")


def test_an_svg_is_refused_with_a_sentence(tmp_path):
    folder = course(tmp_path / "small", share_image="share.svg")
    with pytest.raises(CourseFolderError) as refused:
        read_course(folder)
    (problem,) = refused.value.problems
    assert (problem.file, problem.message) == (
        "course.yaml",
        "“share.svg” is not a picture that other sites show (.png, .jpg, .webp)",
    )


def test_the_sample_course_has_one_of_the_size_that_they_want():
    document, unused = read_course(SAMPLE)
    path = SAMPLE / document.share_image
    with Image.open(path) as image:
        assert (image.format, image.size) == ("PNG", (1200, 630))
    assert path.stat().st_size < 60_000
    assert unused == []
