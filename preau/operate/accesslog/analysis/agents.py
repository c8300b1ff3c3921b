"""Who asks: a robot of a list that others keep up to date, or a browser on a system.

Each text that programs call themselves by is looked at once.
"""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawlerdetect import CrawlerDetect

_MOST = 1000  # characters of an agent that are looked at


@dataclass(frozen=True)
class Agent:
    """``robot`` is its name, and ``why`` what in its text says so; None for people's programs."""

    robot: str | None
    why: str | None
    browser: str = ""
    browser_version: str = ""
    system: str = ""
    system_version: str = ""
    device: str = ""  # phone, tablet, computer, or nothing


def agent_of(text: str | None) -> Agent:
    """What is known of it; whoever does not say who it is, is a robot, as AWStats has it.

    None is of a log that never says it.
    """
    if text is None:
        return Agent(None, None)
    if not text:
        return Agent("no agent", "it does not say who it is")
    text = text[:_MOST]
    crawlers = _crawlers()
    if crawlers.isCrawler(text):
        found = crawlers.getMatches() or text
        return Agent(str(found)[:80], f"the list of robots has “{found}”")
    from ua_parser import parse

    it = parse(text).with_defaults()
    return Agent(
        None, None, it.user_agent.family, _version(it.user_agent.major, None), it.os.family,
        _version(it.os.major, it.os.minor), _device(text, it.device.family, it.os.family),
    )  # fmt: skip


def _version(major: str | None, minor: str | None) -> str:
    return ".".join(it for it in (major, minor) if it)


def _device(text: str, family: str, system: str) -> str:
    if "iPad" in family or "Tablet" in text or (system == "Android" and "Mobile" not in text):
        return "tablet"
    if "Mobi" in text or "iPhone" in family:
        return "phone"
    return "computer" if system in _COMPUTERS else ""


_COMPUTERS = {
    "Windows", "Mac OS X", "Linux", "Ubuntu", "Fedora", "Debian", "Chrome OS", "FreeBSD", "OpenBSD",
}  # fmt: skip


@cache
def _crawlers() -> "CrawlerDetect":
    from crawlerdetect import CrawlerDetect

    return CrawlerDetect()
