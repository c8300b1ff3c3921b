"""Statistics and learning analytics, read from the record of events."""
