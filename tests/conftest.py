"""What every test finds: a process that remembers nothing of the test before."""

import os

import pytest
from hypothesis import settings as hypothesis_settings

# A busy machine is no fault of the code. In CI the same examples are tried each time; elsewhere new
# ones look for what they miss.
hypothesis_settings.register_profile("here", deadline=None)
hypothesis_settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")


def pytest_make_parametrize_id(val, argname):
    """Name bytes by their argument: a zip holds the time it was made, and workers must agree."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(autouse=True)
def _fresh_process(settings, tmp_path):
    """Nothing rendered for one test is seen by the next; events go to the test's own folder."""
    from django.core.cache import cache

    from preau.learn.events.record import recorder
    from preau.learn.theme.stencil import clear_shelves

    clear_shelves()
    cache.clear()
    settings.VISITOR_SECONDS = 0
    settings.EVENTS_FOLDER = tmp_path / "events"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    recorder.cache_clear()
    yield
    recorder().close()
    recorder.cache_clear()
