"""A place on the web."""
