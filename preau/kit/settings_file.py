"""A site's settings: ``preau.toml``, over it the environment, beside it ``secrets.toml``.

Anything unknown or wrong is refused by name and line, before the site starts.
"""

import difflib
import os
import re
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from preau.kit.errors import PreauError
from preau.kit.settings_schema import BY_KEY, SECTIONS, SETTINGS, Setting
from preau.kit.toml_lines import line_of_error, lines_of

FILE = "preau.toml"
SECRETS = "secrets.toml"
_PASSWORD = re.compile(r"(?<=:)[^:/@]+(?=@)")  # in an address: never shown
_RESERVED = {"PREAU_SITE"}
_FOREIGN = ("PREAU_TEST_", "PREAU_BENCH_")


class SettingsError(PreauError):
    """A setting that is unknown, misplaced or wrong."""

    exit_code = 2


@dataclass(frozen=True)
class Settings:
    """Every setting's value, and where each was set."""

    folder: Path
    values: Mapping[str, Any]
    origins: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Any:
        """The value of ``section.name``; ``KeyError`` for a name that is no setting."""
        return self.values[key]

    def origin(self, key: str) -> str:
        """Where it was set: ``preau.toml:12``, ``secrets.toml:3``, ``PREAU_…`` or ``default``."""
        return self.origins.get(key, "default")


def load_settings(folder: Path, environ: Mapping[str, str]) -> Settings:
    """Read the settings of the site in ``folder``; environment variables go before the file.

    Raises ``SettingsError`` naming file, line and setting. A folder without ``preau.toml``
    gives the defaults, with a secret key that nobody knows and that lasts for this process.
    """
    values: dict[str, Any] = {setting.key: setting.default for setting in SETTINGS}
    origins: dict[str, str] = {}
    for name, secret in ((FILE, False), (SECRETS, True)):
        path = folder / name
        if path.is_file():
            if secret:
                _check_mode(path)
            _take_file(path, secret, values, origins)
    _take_environment(environ, values, origins)
    if not values["site.secret_key"]:
        if (folder / FILE).is_file():
            raise SettingsError(
                f"{folder / SECRETS}: “site.secret_key” is missing; "
                f"run `preau init {folder}` to make one."
            )
        values["site.secret_key"] = os.urandom(32).hex()
    if not values["site.allowed_hosts"]:
        values["site.allowed_hosts"] = _own_hosts(values["site.address"])
    return Settings(folder, values, origins)


def _own_hosts(address: str) -> list[str]:
    own = urlsplit(address).hostname or "localhost"
    return list(dict.fromkeys([own, "localhost", "127.0.0.1", "[::1]"]))


def _check_mode(path: Path) -> None:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise SettingsError(
            f"{path} can be read by others (mode {mode:04o}); run: chmod 600 {path}"
        )


def _take_file(path: Path, secret: bool, values: dict[str, Any], origins: dict[str, str]) -> None:
    text, data = _read(path)
    lines = lines_of(text)
    for section, entries in data.items():
        if section not in SECTIONS or not isinstance(entries, dict):
            where = f"{path}:{lines[(section,)]}"
            raise SettingsError(f"{where}: {_unknown('section', section, list(SECTIONS))}")
        for name, value in entries.items():
            line = lines[section, name]
            setting = _known(f"{section}.{name}", f"{path}:{line}")
            _check_place(setting, secret, f"{path}:{line}")
            values[setting.key] = checked(setting, value, f"{path}:{line}")
            origins[setting.key] = f"{path.name}:{line}"


def _read(path: Path) -> tuple[str, dict[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8")
    except (UnicodeDecodeError, OSError) as error:
        raise SettingsError(f"{path}: can't be read: {error}") from error
    try:
        return text, tomllib.loads(text)
    except ValueError as error:  # bad syntax, or a number of thousands of digits
        where = f"{path}:{line_of_error(error, text)}"
        raise SettingsError(f"{where}: can't be read: {error}") from error


def _known(key: str, where: str) -> Setting:
    if key not in BY_KEY:
        raise SettingsError(f"{where}: {_unknown('setting', key, list(BY_KEY))}")
    return BY_KEY[key]


def _unknown(what: str, name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    meant = f"; did you mean “{near[0]}”?" if near else "; see `preau config explain`."
    return f"“{name}” is not a known {what}{meant}"


def _check_place(setting: Setting, secret: bool, where: str) -> None:
    if setting.secret and not secret:
        raise SettingsError(
            f"{where}: “{setting.key}” is a secret; move it to {SECRETS} (mode 0600)."
        )
    if secret and not setting.secret:
        raise SettingsError(f"{where}: “{setting.key}” is no secret; move it to {FILE}.")


def checked(setting: Setting, value: Any, where: str) -> Any:
    """The value as the settings keep it; ``SettingsError`` beginning with ``where`` if wrong."""
    if not _is_of(setting.type, value):
        shown = "" if setting.secret else f", not {value!r}"
        raise SettingsError(f"{where}: “{setting.key}” must be a {setting.type}{shown}.")
    if setting.type == "number":
        value = float(value)
    if wrong := setting.check(value):
        shown = "" if setting.secret else f" ({_PASSWORD.sub('…', repr(value))})"
        raise SettingsError(f"{where}: “{setting.key}”{shown} {wrong}.")
    return value


def _is_of(type_: str, value: Any) -> bool:
    if type_ == "list of words":
        return isinstance(value, list) and all(isinstance(word, str) for word in value)
    if type_ == "yes or no":
        return isinstance(value, bool)
    if type_ == "text":
        return isinstance(value, str)
    kinds = (int,) if type_ == "whole number" else (int, float)
    return isinstance(value, kinds) and not isinstance(value, bool)


def _take_environment(
    environ: Mapping[str, str], values: dict[str, Any], origins: dict[str, str]
) -> None:
    variables = {setting.variable: setting for setting in SETTINGS}
    for name, text in environ.items():
        if not name.startswith("PREAU_") or name in _RESERVED or name.startswith(_FOREIGN):
            continue
        if name not in variables:
            raise SettingsError(f"environment: {_unknown('variable', name, list(variables))}")
        setting = variables[name]
        values[setting.key] = checked(setting, _from_text(setting, text), f"environment: {name}")
        origins[setting.key] = name


def _from_text(setting: Setting, text: str) -> Any:
    """A variable's text as a value of the setting's type; the text itself if it is none."""
    if setting.type == "list of words":
        return [word.strip() for word in text.split(",") if word.strip()]
    if setting.type == "yes or no":
        words = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
        return words.get(text.strip().lower(), text)
    try:
        if setting.type == "whole number":
            return int(text)
        if setting.type == "number":
            return float(text)
    except ValueError:
        pass
    return text
