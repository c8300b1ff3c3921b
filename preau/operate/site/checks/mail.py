"""Letters can leave."""

import smtplib

from preau.operate.site.checks.finding import Finding, Site, settings_of


def check(site: Site) -> list[Finding]:
    """Greets the SMTP server; sends nothing."""
    settings = settings_of(site)
    delivery = settings["mail.delivery"]
    if delivery == "none":
        return [_warning("letters are dropped, so nobody can confirm an address")]
    if delivery == "folder":
        return [_warning(f"letters are only written to {site.folder / 'mail'}")]
    host, port = settings["mail.host"], settings["mail.port"]
    try:
        kind = smtplib.SMTP_SSL if settings["mail.encryption"] == "tls" else smtplib.SMTP
        with kind(host, port, timeout=10) as server:
            server.ehlo()
    except OSError as error:
        return [
            Finding(
                "mail", "error", f"{host}:{port} does not answer as a mail server: {error}",
                "Correct mail.host, mail.port and mail.encryption, or start the server.",
            )
        ]  # fmt: skip
    return [Finding("mail", "ok", f"{host}:{port} answers")]


def _warning(message: str) -> Finding:
    return Finding("mail", "warning", message, 'For a real site set mail.delivery = "smtp".')
