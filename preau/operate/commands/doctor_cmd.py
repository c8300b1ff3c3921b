"""``preau doctor``."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from preau.operate.commands.options import site_option
from preau.operate.site.checks import Finding, Site, examine

_COLOURS = {"ok": "green", "warning": "yellow", "error": "red"}


@click.command()
@site_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(site: Path, as_json: bool) -> int:
    """Check a site: each check one line, and what to do. Exits with 1 if anything is wrong."""
    findings = []
    for finding in examine(Site(site)):
        findings.append(finding)
        if not as_json:
            _print(finding)
    if as_json:
        click.echo(json.dumps([asdict(it) for it in findings], ensure_ascii=False, indent=2))
    return int(any(it.verdict == "error" for it in findings))


def _print(finding: Finding) -> None:
    verdict = click.style(f"{finding.verdict:<7}", fg=_COLOURS[finding.verdict])
    click.echo(f"{verdict}  {finding.check:<10}  {finding.message}")
    if finding.what_to_do:
        click.echo(f"{'':<21}→ {finding.what_to_do}")
