"""Which database and cache the site has, and connections that are checked for nothing."""

from preau.learn.databases.entries import cache_settings, database_settings

__all__ = ["cache_settings", "database_settings"]
