"""Running the site's management commands."""

import pytest

from preau.kit.errors import PreauError
from preau.operate.site import learn_process
from preau.operate.site.learn_process import ask_learn, learn_environment, run_learn


def test_the_site_s_processes_know_their_site(tmp_path):
    environ = learn_environment(tmp_path, {"PREAU_SITE": "/other", "HOME": "/home"})
    assert environ["PREAU_SITE"] == str(tmp_path)
    assert environ["HOME"] == "/home"


def test_a_command_that_fails_is_told_by_its_last_words(site):
    with pytest.raises(PreauError, match=r"`preau manage no_such` failed: .*help"):
        ask_learn(site, "no_such")


def test_a_command_ended_by_a_signal_has_the_shell_s_exit_code(tmp_path, monkeypatch):
    monkeypatch.setattr(learn_process, "learn_command", lambda *_words: ["sh", "-c", "kill $$"])
    assert run_learn(tmp_path) == 128 + 15
