"""The web log of any site: read, stored by day, analysed, reported."""
