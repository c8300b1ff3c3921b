"""What is counted of each day, a file each. To count something more, copy a neighbour."""

from preau.operate.accesslog.analysis.counts import (
    agents,
    campaigns,
    downloads,
    errors,
    hosts,
    hours,
    kinds,
    pages,
    referrers,
    robots,
    statuses,
    times,
    users,
    vhosts,
    visits,
    worms,
)
from preau.operate.accesslog.analysis.counts.count import Count
from preau.operate.accesslog.analysis.definitions import Definitions


def counts_of(definitions: Definitions) -> list[Count]:
    """Every count, in the order of the report."""
    return [
        hours.COUNT, visits.counted(definitions), hosts.COUNT, users.COUNT, robots.COUNT,
        worms.COUNT, kinds.COUNT, downloads.COUNT, pages.COUNT, agents.COUNT, referrers.COUNT,
        campaigns.COUNT, statuses.COUNT, errors.COUNT, times.COUNT, vhosts.COUNT,
    ]  # fmt: skip
