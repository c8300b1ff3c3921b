"""The reference page of the settings, as ``docs/reference/settings.md`` has it."""

import json

from preau.kit.settings_schema import SECTIONS, SETTINGS, Setting

_HEAD = """# Settings

A site's settings stand in `preau.toml` in its folder; an environment variable goes before the
file; secrets stand in `secrets.toml` (mode 0600) or in the environment, never in `preau.toml`.
`preau config show` tells every value and where it was set. An unknown or wrong setting is
refused with its line. This page is written by `preau config explain --markdown`.
"""


def settings_markdown() -> str:
    """The whole page."""
    parts = [_HEAD]
    for section in SECTIONS:
        rows = [_row(setting) for setting in SETTINGS if setting.section == section]
        head = "| setting | type | default | what it is for |\n|---|---|---|---|"
        parts.append(f"\n## [{section}]\n{head}\n" + "\n".join(rows) + "\n")
    return "".join(parts)


def _row(setting: Setting) -> str:
    default = f"`{json.dumps(setting.default, ensure_ascii=False)}`" if not setting.secret else "–"
    secret = " **Secret.**" if setting.secret else ""
    help_ = setting.help.replace("|", "\\|")
    name = f"`{setting.name}`<br>`{setting.variable}`"
    return f"| {name} | {setting.type} | {default} | {help_}{secret} |"
