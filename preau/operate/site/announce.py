"""Waits until a demonstration site answers, then says where it is and who can sign in.

A process of its own, so that the supervisor has one thread and nothing to wait for.
"""

import json
import os
import subprocess
import sys
import time
import urllib.request
import webbrowser
from pathlib import Path

import click

from preau.operate.site.orphans import end_with

_PATIENCE = 60.0  # seconds


def start_announcing(address: str, people: Path, mail: Path, browser: bool) -> None:
    """Start the process; it ends when it has spoken, or with this one."""
    words = [address, str(people), str(mail), *(["--browser"] if browser else [])]
    subprocess.Popen(
        [sys.executable, "-m", "preau.operate.site.announce", *words],
        start_new_session=True,  # Ctrl-C is the supervisor's
        preexec_fn=end_with(os.getpid()),  # noqa: PLW1509  (this process has one thread)
    )


def main(words: list[str]) -> None:
    """``announce.py ADDRESS PEOPLE_FILE MAIL_FOLDER [--browser]``."""
    address, people, mail = words[:3]
    if not _answers(address):
        click.echo("The site does not answer; look at the lines above.", err=True)
        return
    click.echo(announcement(address, json.loads(Path(people).read_text("utf-8")), mail))
    if "--browser" in words:
        webbrowser.open(address)


def announcement(address: str, people: list[dict[str, str]], mail: str) -> str:
    """The block that ``preau demo`` prints."""
    width = max((len(person["email"]) for person in people), default=0)
    lines = ["", f"  Préau is ready:  {click.style(address, bold=True, fg='cyan')}", ""]
    for person in people:
        role = click.style(person["role"], fg="yellow")
        lines.append(f"    {person['email']:<{width}}   {person['name']}, {role}")
    for password in dict.fromkeys(person["password"] for person in people):
        lines += ["", f"  Password of them all:  {click.style(password, bold=True)}"]
    lines += [f"  Letters are written to {mail}", "  Ctrl-C ends it.", ""]
    return "\n".join(lines)


def _answers(address: str) -> bool:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        try:
            with direct.open(f"{address}/health/", timeout=5) as answer:
                if answer.status == 200:
                    return True
        except OSError:
            time.sleep(0.05)
    return False


if __name__ == "__main__":
    main(sys.argv[1:])
