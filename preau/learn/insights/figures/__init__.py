"""The pictures of the statistics' pages, each with its table and what it counts."""
