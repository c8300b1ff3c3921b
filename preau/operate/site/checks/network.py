"""The site's port is free, or served by this site."""

from preau.kit.errors import PreauError
from preau.operate.site.checks.finding import Finding, Site, settings_of
from preau.operate.site.pid_file import serving_pid
from preau.operate.site.ports import require_free


def check(site: Site) -> list[Finding]:
    """Tries to listen for a moment, unless the site is being served."""
    settings = settings_of(site)
    if served_by := serving_pid(site.folder):
        return [Finding("server", "ok", f"the site is being served (process {served_by})")]
    host, port = settings["server.host"], settings["server.port"]
    try:
        require_free(host, port)
    except PreauError as error:
        return [Finding("server", "error", *_sentences(str(error)))]
    return [Finding("server", "ok", f"port {port} on {host} is free")]


def _sentences(text: str) -> tuple[str, str]:
    """What is wrong, and what to do."""
    wrong, _, remedy = text.partition(". ")
    return wrong, remedy
