"""Views of a run: each parses, calls, renders."""
