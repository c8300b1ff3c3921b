"""Settings can be read, and fit each other."""

import os
import stat
from ipaddress import ip_address

from preau.kit.errors import PreauError
from preau.kit.settings_file import SECRETS, Settings, load_settings
from preau.operate.site.checks.finding import Finding, Site


def check(site: Site) -> list[Finding]:
    """Reads them; the other checks go by what is found here."""
    try:
        site.settings = settings = load_settings(site.folder, os.environ)
    except PreauError as error:
        return [Finding("settings", "error", str(error), "Mend that line, then run doctor again.")]
    findings = [Finding("settings", "ok", f"preau.toml and secrets.toml of {site.folder} are read")]
    findings.append(_secrets(site))
    secure = str(settings["site.address"]).startswith("https://")
    if secure and not settings["server.https"]:
        findings.append(
            Finding(
                "https", "warning", "site.address is https, but server.https is off",
                "Set server.https = true: cookies then travel by https only.",
            )
        )  # fmt: skip
    elif settings["server.https"] and not secure:
        findings.append(
            Finding(
                "https", "error", "server.https is on, but site.address is not https",
                "Nobody could sign in: set site.address to the https address.",
            )
        )  # fmt: skip
    else:
        findings.append(Finding("https", "ok", "address and cookies agree"))
    findings.append(_visitors(settings, secure))
    return findings


def _visitors(settings: Settings, secure: bool) -> Finding:
    """Who speaks https for a server on loopback is a proxy, on this machine."""
    if secure and _is_loopback(settings["server.host"]) and not settings["server.trusted_proxies"]:
        return Finding(
            "visitors", "warning", "behind a proxy that is not trusted, all have its address",
            'Set server.trusted_proxies = ["127.0.0.1", "::1"]: '
            "else some wrong passwords make everybody wait.",
        )  # fmt: skip
    return Finding("visitors", "ok", "each is known by their own network address")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False  # another machine name


def _secrets(site: Site) -> Finding:
    """A file that others can read was refused above."""
    path = site.folder / SECRETS
    if not path.is_file():
        return Finding("secrets", "ok", "all in the environment")
    return Finding("secrets", "ok", f"{SECRETS} has mode {stat.S_IMODE(path.stat().st_mode):04o}")
