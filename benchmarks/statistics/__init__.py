"""Ten million events of a month: compacted, gathered."""
