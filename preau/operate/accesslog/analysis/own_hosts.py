"""Which names the site itself has, where nobody says: those of pages that styles lie on."""

from typing import TYPE_CHECKING

from preau.kit.duck import listed

if TYPE_CHECKING:
    from preau.operate.accesslog.store.folder import Store

_ROWS = 200_000  # that are looked at
_SHARE = 0.2  # of what lies on pages, that a name needs


def own_hosts(store: "Store") -> tuple[str, ...]:
    """The names: those in the log, and those of the pages that css, js and pictures lie on.

    Found once and kept, so that a later run counts as the first did.
    """
    database = store.database
    database.execute("CREATE TABLE IF NOT EXISTS own_hosts (name VARCHAR)")
    kept = database.execute("SELECT name FROM own_hosts ORDER BY name").fetchall()
    files = store.files()
    if not kept and files:
        found = database.execute(
            f"""WITH looked AS (SELECT request, referrer, vhost
                FROM read_parquet({listed(files[:4])}, hive_partitioning = false)
                WHERE odd IS NULL LIMIT {_ROWS}),
            lying AS (SELECT regexp_extract(lower(referrer), '^https?://(?:www\\.)?([^/:?#]+)', 1)
                    AS name, count(*) AS hits FROM looked
                WHERE regexp_matches(request, '\\.(css|js|mjs|png|jpe?g|svg|webp|woff2?)[? ]')
                GROUP BY name)
            SELECT name FROM lying WHERE name != '' AND hits >= {_SHARE} * (SELECT sum(hits) FROM
                lying WHERE name != '')
            UNION SELECT DISTINCT regexp_replace(lower(vhost), '^www\\.', '') FROM looked
            WHERE vhost IS NOT NULL"""
        ).fetchall()
        database.executemany("INSERT INTO own_hosts VALUES (?)", found) if found else None
        kept = found
    return tuple(sorted(name for (name,) in kept))
