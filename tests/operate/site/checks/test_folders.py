"""The site's folders and disk."""

import shutil
from collections import namedtuple

import pytest

from preau.operate.site.checks import Site, folders
from preau.operate.site.folder import make_site

Usage = namedtuple("Usage", "total used free")


def examined(folder):
    return {finding.check: finding for finding in folders.check(Site(folder))}


def test_a_folder_that_is_missing_is_an_error(tmp_path):
    make_site(tmp_path, {}, [])
    assert examined(tmp_path)["folders"].verdict == "ok"
    (tmp_path / "events").rmdir()
    found = examined(tmp_path)["folders"]
    assert (found.verdict, found.message) == ("error", "can't be written: events")


@pytest.mark.parametrize(("free", "verdict"), [(6, "ok"), (2, "warning"), (0.1, "error")])
def test_the_room_left_on_the_disk(tmp_path, monkeypatch, free, verdict):
    make_site(tmp_path, {}, [])
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(0, 0, free * 2**30))
    assert examined(tmp_path)["disk"].verdict == verdict
