"""Statistics as pages: the picture first, then its table, its files and what it counts."""
