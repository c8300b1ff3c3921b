"""The command line as a whole."""

import subprocess
import sys
from pathlib import Path

import preau as package
from preau.operate.cli import COMMANDS

FOLDER = Path(package.__file__).parent / "operate" / "commands"


def test_every_file_of_a_command_is_listed():
    files = {path.name.removesuffix("_cmd.py") for path in FOLDER.glob("*_cmd.py")}
    assert files == set(COMMANDS)


def test_it_tells_its_version(preau):
    assert preau("--version").out == f"preau, version {package.__version__}\n"


def test_help_loads_neither_django_nor_the_web_server_nor_any_command():
    code = (
        "import sys\nfrom preau.operate.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    loaded = set(done.stderr.split())
    assert "preau.operate.cli" in loaded
    assert not {it for it in loaded if it.split(".")[0] in {"django", "granian", "sqlite3"}}
    assert not {it for it in loaded if it.startswith("preau.operate.commands.")}


def test_an_unknown_command_is_refused(preau):
    done = preau("nonsense")
    assert done.code == 2
    assert "No such command 'nonsense'" in done.err


def test_ctrl_c_is_no_traceback(preau, site, monkeypatch):
    from preau.operate.commands import manage_cmd

    def interrupted(*_words):
        raise KeyboardInterrupt

    monkeypatch.setattr(manage_cmd, "run_learn", interrupted)
    done = preau("manage", "--site", site, "migrate")
    assert (done.code, done.err) == (130, "\nStopped.\n")
