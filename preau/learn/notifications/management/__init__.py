"""Management of notifications."""
