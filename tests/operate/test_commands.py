"""The command line, as an operator types it."""

import json
import os
import re
import signal
import stat
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from preau.operate.cli import COMMANDS, cli
from tests.operate.site.running import await_answer, free_port

PREAU = Path(sys.executable).with_name("preau")
REFERENCE = Path(__file__).parents[2] / "docs/reference/commands.md"


@pytest.fixture
def environ():
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PREAU_", "DJANGO_"))}
    return {**kept, "NO_COLOR": "1"}


def preau(*words, environ, cwd=None):
    return subprocess.run(
        [PREAU, *map(str, words)], env=environ, cwd=cwd, capture_output=True, text=True, timeout=120
    )


@pytest.fixture
def site(tmp_path, environ):
    done = preau("init", tmp_path / "site", environ=environ)
    assert done.returncode == 0, done.stderr
    return tmp_path / "site"


def test_init_makes_a_site_that_doctor_finds_well(site, environ):
    assert stat.S_IMODE((site / "secrets.toml").stat().st_mode) == 0o600
    done = preau("doctor", "--json", "--site", site, environ=environ)
    findings = json.loads(done.stdout)
    assert {it["verdict"] for it in findings} <= {"ok", "warning"}, done.stdout
    assert done.returncode == 0
    assert {"check", "verdict", "message", "what_to_do"} == set(findings[0])


def test_init_twice_changes_nothing(site, environ):
    before = (site / "secrets.toml").read_text(), (site / "preau.toml").read_text()
    done = preau("init", site, environ=environ)
    assert done.returncode == 0
    assert "was a site already" in done.stdout
    assert before == ((site / "secrets.toml").read_text(), (site / "preau.toml").read_text())


def test_a_command_outside_a_site_says_so_in_one_line(tmp_path, environ):
    done = preau("serve", environ=environ, cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Error: {tmp_path} is not a site")
    assert done.stderr.count("\n") == 1


def test_the_site_is_taken_from_the_option_the_environment_or_the_folder(site, tmp_path, environ):
    shown = [
        preau("config", "show", "--json", "--site", site, environ=environ, cwd=tmp_path),
        preau("config", "show", "--json", environ={**environ, "PREAU_SITE": str(site)}),
        preau("config", "show", "--json", environ=environ, cwd=site),
    ]
    assert [it.returncode for it in shown] == [0, 0, 0]
    assert shown[0].stdout == shown[1].stdout == shown[2].stdout


def test_a_wrong_setting_is_one_line_with_its_place(site, environ):
    (site / "preau.toml").write_text("[server]\nprot = 3\n")
    done = preau("serve", "--site", site, environ=environ)
    assert done.returncode == 2
    assert f"{site / 'preau.toml'}:2:" in done.stderr
    assert "did you mean “server.port”" in done.stderr
    assert preau("doctor", "--site", site, environ=environ).returncode == 1


def test_secrets_are_never_shown(site, environ):
    key = re.search(r'secret_key = "(.+)"', (site / "secrets.toml").read_text())[1]
    for words in (("config", "show"), ("config", "show", "--json"), ("doctor",)):
        done = preau(*words, "--site", site, environ=environ)
        assert key not in done.stdout + done.stderr


def test_a_port_in_use_is_one_clear_line(site, environ):
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = preau("serve", "--site", site, "--port", port, environ=environ)
    assert done.returncode == 1
    assert f"Port {port} on 127.0.0.1 can't be used" in done.stderr


def test_manage_passes_everything_through(site, environ):
    done = preau(
        "manage", "--site", site, "check", "--deploy", "--fail-level", "ERROR", environ=environ
    )
    assert done.returncode == 0, done.stderr


def test_a_course_goes_in_and_out_by_command(site, environ, tmp_path):
    from tests.people import small_folder

    folder = small_folder(tmp_path / "small")
    dry = preau("course", "import", folder, "--dry-run", "--site", site, environ=environ)
    assert dry.returncode == 0, dry.stderr
    assert "would change" in dry.stdout
    real = preau("course", "import", folder, "--json", "--site", site, environ=environ)
    assert json.loads(real.stdout)["version"] == 1
    out = preau("course", "export", "small-now", tmp_path / "out", "--site", site, environ=environ)
    assert out.returncode == 0, out.stderr
    again = preau("course", "import", tmp_path / "out", "--site", site, environ=environ)
    assert "nothing to change" in again.stdout


def test_roles_are_granted_by_address(site, environ, tmp_path):
    done = preau("role", "grant", "ada@example.org", "manager", "--site", site, environ=environ)
    assert done.returncode == 1
    assert (
        done.stderr
        == "Error: Nobody has an account with the address ada@example.org; sign up first.\n"
    )


@pytest.mark.serving
@pytest.mark.xdist_group("servers")
def test_the_demonstration_is_online_and_ends_with_ctrl_c(tmp_path, environ):
    port = free_port()
    command = [
        str(PREAU),
        "demo",
        "--dir",
        str(tmp_path / "demo"),
        "--port",
        str(port),
        "--no-browser",
    ]
    process = subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True)
    try:
        await_answer(port, process)
        said = ""
        while "Ctrl-C" not in said:
            said += process.stdout.readline()
        assert said.count(f"http://127.0.0.1:{port}") == 1
        assert "ada@demo.example" in said
        with urllib.request.urlopen(
            f"http://127.0.0.1:{port}/courses/introduction-telecoms/"
        ) as page:
            assert page.status == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0
    finally:
        process.kill()  # nothing, when it has ended
        process.wait(timeout=30)
        process.stdout.close()


def test_help_lists_every_command_without_loading_them():
    shown = CliRunner().invoke(cli, ["--help"]).output
    for name, words in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(words)}", shown, re.MULTILINE)


def test_every_command_and_option_is_documented():
    page = REFERENCE.read_text()
    for name in COMMANDS:
        command = cli.get_command(None, name)
        for path, leaf in _leaves(name, command):
            assert f"preau {path}" in page, path
            for parameter in leaf.params:
                for option in parameter.opts:
                    if option.startswith("--"):
                        assert option in page, (path, option)


def _leaves(path, command):
    inner = getattr(command, "commands", None)
    if not inner:
        return [(path, command)]
    return [(f"{path} {name}", leaf) for name, leaf in inner.items()]
