"""``preau config show|explain``."""

import difflib
import json
import os
from pathlib import Path
from typing import Any

import click

from preau.kit.errors import PreauError
from preau.kit.settings_file import Settings, load_settings
from preau.kit.settings_page import settings_markdown
from preau.kit.settings_schema import BY_KEY, SETTINGS, Setting
from preau.operate.commands.options import site_option


@click.group()
def command() -> None:
    """Show and explain the site's settings."""


@command.command()
@site_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(site: Path, as_json: bool) -> None:
    """Every setting: its value and where it was set. Secrets are not shown."""
    settings = load_settings(site, os.environ)
    rows = [_row(setting, settings) for setting in SETTINGS]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    width = max(len(row["setting"]) for row in rows)
    for row in rows:
        value = json.dumps(row["value"], ensure_ascii=False)
        origin = "" if row["origin"] == "default" else f"  ← {row['origin']}"
        line = f"{row['setting']:<{width}}  {value}"
        click.echo(line + (click.style(origin, fg="cyan") if origin else ""))


def _row(setting: Setting, settings: Settings) -> dict[str, Any]:
    value = settings[setting.key]
    if setting.secret:
        value = "(set)" if value else "(not set)"
    return {"setting": setting.key, "value": value, "origin": settings.origin(setting.key)}


@command.command()
@click.argument("name", required=False)
@click.option("--markdown", is_flag=True, help="Print the reference page.")
def explain(name: str | None, markdown: bool) -> None:
    """What a setting is for; all of them without NAME."""
    if markdown:
        click.echo(settings_markdown(), nl=False)
        return
    if name is not None and name not in BY_KEY:
        near = difflib.get_close_matches(name, BY_KEY, n=1)
        meant = f"did you mean “{near[0]}”?" if near else "`preau config explain` lists them all."
        raise PreauError(f"“{name}” is not a setting; {meant}")
    for setting in SETTINGS:
        if name in {None, setting.key}:
            default = "secret" if setting.secret else f"default {json.dumps(setting.default)}"
            click.echo(click.style(setting.key, bold=True) + f"  ({setting.type}, {default})")
            click.echo(f"    {setting.help}  [{setting.variable}]")
