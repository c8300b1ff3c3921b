"""Static files have names that tell their content; they never vanish under a running site."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

import preau.learn
from preau.learn.theme.page import icon
from preau.learn.theme.static_files import HashedFiles
from tests.people import noah, signed_in

HASHED = r"\.[0-9a-f]{12}\."


@pytest.fixture
def gathered(settings, tmp_path, monkeypatch):
    """The site's static files, gathered into a folder."""
    settings.STATIC_ROOT = tmp_path / "static"
    monkeypatch.setattr(staticfiles_storage, "_wrapped", HashedFiles())
    icon.cache_clear()
    call_command("collectstatic", "--no-input", verbosity=0)
    yield settings.STATIC_ROOT
    icon.cache_clear()


def addresses(browser, path):
    return re.findall(r'"(/static/[^"#]+)', browser.get(path).content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/dashboard/", "/no-such-page/", "/style/"])
def test_pages_name_files_by_their_content(gathered, path):
    found = addresses(signed_in(noah()), path)
    assert len(found) > 4
    for address in found:
        assert re.search(HASHED, address), address
        assert (gathered / address.removeprefix("/static/")).is_file(), address


def test_icons_and_what_styles_refer_to_have_such_names_too(gathered):
    assert re.search(rf'href="/static/theme/icons{HASHED}svg#check"', icon("check"))
    (style,) = gathered.glob("theme/components.*.css")
    (drawing,) = gathered.glob("theme/arcade.*.svg")
    assert f'url("{drawing.name}")' in style.read_text()


def test_gathering_again_takes_nothing_away_and_leaves_no_draft(gathered, monkeypatch):
    files = set(gathered.rglob("*.css"))
    before = gathered / "theme/of-before.css"
    before.touch()
    monkeypatch.setattr(Path, "unlink", None)
    call_command("collectstatic", "--no-input", verbosity=0)
    assert files | {before} == set(gathered.rglob("*.css"))
    assert not list(gathered.rglob(".*"))


def test_what_was_not_gathered_has_its_plain_name(gathered):
    assert staticfiles_storage.url("theme/not-yet.css") == "/static/theme/not-yet.css"


def test_every_file_that_a_template_names_is_there():
    named = {
        name
        for path in Path(preau.learn.__path__[0]).rglob("*.html")
        for name in re.findall(r"{% static '([^']+)' %}", path.read_text())
    }
    assert len(named) > 10
    assert [name for name in named if finders.find(name) is None] == []
