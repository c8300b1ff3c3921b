"""How fast the site is, and what bounds it: ``make bench``."""
