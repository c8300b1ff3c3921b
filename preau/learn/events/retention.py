"""Old days go, when the operator says so; what was counted of them stays."""

from datetime import date, timedelta

from preau.learn.events.folder import EventsFolder

_FACTS_LONGER = timedelta(days=62)  # so that the month that a day is in can still be counted


def forget(folder: EventsFolder, before: date) -> list[date]:
    """Remove the compacted days before ``before`` (UTC), and their facts two months later."""
    with folder.locked("compaction"):
        gone = [day for day in folder.compacted() if day < before]
        if gone:
            kept = folder.kept_since()
            folder.keep_since(max(before, kept) if kept else before)
        for day in gone:
            folder.day_file(day).unlink()
        for path in (*folder.facts.glob("*.parquet"), *folder.videos.glob("*.parquet")):
            if date.fromisoformat(path.stem) < before - _FACTS_LONGER:
                path.unlink()
    return gone
