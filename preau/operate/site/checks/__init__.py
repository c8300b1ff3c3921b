"""What ``preau doctor`` looks at: one file a kind of check, each with ``check(site)``."""

from collections.abc import Callable, Iterator
from types import ModuleType

from preau.operate.site.checks import database, folders, machine, mail, network, settings
from preau.operate.site.checks.finding import Finding, Site

CHECKS: tuple[ModuleType, ...] = (settings, machine, folders, database, mail, network)


def examine(site: Site) -> Iterator[Finding]:
    """Every check in turn. Without readable settings the others have nothing to go by."""
    for module in CHECKS:
        check: Callable[[Site], list[Finding]] = module.check
        found = check(site)
        yield from found
        if site.settings is None:
            return


__all__ = ["CHECKS", "Finding", "Site", "examine"]
