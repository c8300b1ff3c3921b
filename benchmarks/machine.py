"""What the figures were measured on."""

import os
import platform
from importlib.metadata import version
from pathlib import Path


def describe(
    facts: list[dict[str, object]], workers: int, threads: int, data: str
) -> dict[str, str]:
    """The machine, the software and the data, line by line."""
    first = facts[0]
    return {
        "Processor": f"{_first('/proc/cpuinfo', 'model name')}, {os.cpu_count()} cores",
        "Memory": f"{int(_first('/proc/meminfo', 'MemTotal').split()[0]) / 1e6:.1f} GB",
        "System": f"{_distribution()}, Linux {platform.release()}",
        "Software": f"Python {first['python']}, Django {first['django']}, "
        f"granian {version('granian')}",
        "Databases": ", ".join(str(fact["database"]) for fact in facts),
        "Server": f"{workers} workers of {threads} thread{'s' if threads > 1 else ''}; "
        "client, server and database on the same machine",
        "Data": data,
        "Load": f"{os.getloadavg()[0]:.1f} at the end",
    }


def _first(path: str, name: str) -> str:
    for line in Path(path).read_text().splitlines():
        key, _colon, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return "0 unknown"


def _distribution() -> str:
    try:
        return platform.freedesktop_os_release().get("PRETTY_NAME", "Linux")
    except OSError:
        return "Linux"
