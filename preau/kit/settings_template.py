"""The ``preau.toml`` that a new site begins with: every setting, explained, at its default."""

import json
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from preau.kit.settings_schema import SECTIONS, SETTINGS, Setting

_HEAD = """\
# The settings of this site. Each is shown with its default, behind a "#":
# remove the "#" and change the value. Passwords and keys belong into secrets.toml.
# `preau config show` tells every value and where it was set; `preau doctor` checks them.
"""


def settings_template(chosen: Mapping[str, Any]) -> str:
    """The file's text; the settings in ``chosen`` (by key) are set, the others commented."""
    return _HEAD + "".join(f"\n[{section}]\n{_entries(section, chosen)}" for section in SECTIONS)


def _entries(section: str, chosen: Mapping[str, Any]) -> str:
    settings = [it for it in SETTINGS if it.section == section and not it.secret]
    return "\n".join(line for setting in settings for line in _lines(setting, chosen)) + "\n"


def _lines(setting: Setting, chosen: Mapping[str, Any]) -> Iterator[str]:
    yield from textwrap.wrap(setting.help, 96, initial_indent="# ", subsequent_indent="# ")
    sign = "" if setting.key in chosen else "# "
    value = json.dumps(chosen.get(setting.key, setting.default), ensure_ascii=False)
    yield f"{sign}{setting.name} = {value}"
