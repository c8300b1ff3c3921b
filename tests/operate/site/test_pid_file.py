"""Who serves a site."""

import os
import subprocess
import sys

import pytest

from preau.kit.errors import PreauError
from preau.operate.site.pid_file import pid_file, require_unserved, serving_pid


def test_it_says_who_serves_while_somebody_does(tmp_path):
    assert serving_pid(tmp_path) == 0
    with pid_file(tmp_path):
        assert serving_pid(tmp_path) == os.getpid()
        with pytest.raises(PreauError, match=f"already, by process {os.getpid()}; end that"):
            require_unserved(tmp_path)
    assert serving_pid(tmp_path) == 0
    require_unserved(tmp_path)


def test_a_site_is_served_once(tmp_path):
    with (
        pid_file(tmp_path),
        pytest.raises(PreauError, match="is being served already"),
        pid_file(tmp_path),
    ):
        pass


def test_a_number_that_a_killed_server_left_fools_nobody(tmp_path):
    code = (
        "import sys; from pathlib import Path; from preau.operate.site.pid_file import pid_file\n"
        f"with pid_file(Path({str(tmp_path)!r})): print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"held\n"
        assert serving_pid(tmp_path) == holder.pid
        holder.kill()
    assert (tmp_path / "run/serve.pid").read_text() == f"{holder.pid}\n"
    assert serving_pid(tmp_path) == 0
    with pid_file(tmp_path):
        assert serving_pid(tmp_path) == os.getpid()
