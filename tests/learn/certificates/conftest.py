"""A site folder of its own for each test: its key is made there."""

import pytest


@pytest.fixture(autouse=True)
def site_folder(settings, tmp_path):
    settings.SITE_FOLDER = tmp_path / "site"
    settings.SITE_FOLDER.mkdir()
    return settings.SITE_FOLDER
