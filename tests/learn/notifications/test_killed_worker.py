"""A real worker that is ended in the middle of a letter: the next one sends it."""

import asyncio
import os
import signal
import subprocess
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from preau.kit.settings_file import load_settings
from preau.operate.site.learn_process import learn_command, learn_environment
from preau.operate.site.processes import site_children
from tests.journeys.databases import NAMES, new_database
from tests.journeys.site import free_port, preau
from tests.learn.notifications.letters import MailServer
from tests.operate.site.running import await_true

pytestmark = pytest.mark.serving

SEND = (
    "from django.core.mail import send_mail;"
    "send_mail('Hello', 'A text.', 'preau@example.org', ['zoe@example.org'])"
)


class HangingServer(MailServer):
    """Takes the first letter's text and never answers; takes all that follow."""

    def __init__(self):
        super().__init__()
        self.reached = threading.Event()

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if not self.reached.is_set():
            self.reached.set()
            await asyncio.sleep(3600)
        return await super().handle_DATA(server, session, envelope)


@pytest.fixture
def mail():
    server = HangingServer()
    controller = Controller(server, hostname="127.0.0.1", port=free_port())
    controller.start()
    server.port = controller.port
    yield server
    controller.stop()


@pytest.fixture
def site(request, tmp_path, mail):
    """A site whose mail server hangs: its folder and the environment of its processes."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PREAU_")}
    clean.pop("DJANGO_SETTINGS_MODULE", None)
    with new_database(request.param) as database:
        environ = {
            **clean,
            **database,
            "PREAU_MAIL_DELIVERY": "smtp",
            "PREAU_MAIL_HOST": "127.0.0.1",
            "PREAU_MAIL_PORT": str(mail.port),
            "PREAU_MAIL_ENCRYPTION": "none",
            "PREAU_TASKS_INTERVAL_SECONDS": "0.1",
        }
        preau("init", tmp_path / "site", environ=environ)
        yield tmp_path / "site", learn_environment(tmp_path / "site", environ)


@contextmanager
def worker(site):
    """The task worker, as the supervisor starts it."""
    folder, environ = site
    children = site_children(load_settings(folder, environ), "127.0.0.1", 0, 1)
    (command,) = (child.command for child in children if child.name == "task worker")
    process = subprocess.Popen(command, env=environ)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


ENDS = [
    *(pytest.param(name, [signal.SIGKILL], id=f"killed-{name}") for name in NAMES),
    pytest.param("SQLite", [signal.SIGTERM, signal.SIGTERM], id="told twice"),
]


@pytest.mark.parametrize(("site", "how"), ENDS, indirect=["site"])
def test_a_letter_is_sent_by_the_next_worker(site, mail, how):
    subprocess.run(learn_command("shell", "-c", SEND), env=site[1], check=True)
    with worker(site) as process:
        assert mail.reached.wait(30)
        for number in how:
            process.send_signal(number)
            await_true(lambda: process.poll() is not None or not pending(process))
        process.wait(timeout=60)  # Django takes leave of the server that hangs
    assert mail.letters == []
    with worker(site):
        await_true(lambda: mail.letters, 30)
    assert [it["Subject"] for it in mail.letters] == ["Hello"]


def pending(process):
    """Whether the process has yet to take a signal; two of a kind would become one."""
    try:
        status = Path(f"/proc/{process.pid}/status").read_text()
    except OSError:
        return False
    (mask,) = (line.split()[1] for line in status.splitlines() if line.startswith("ShdPnd"))
    return int(mask, 16) != 0
