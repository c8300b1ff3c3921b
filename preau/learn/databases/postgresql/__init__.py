"""Django's PostgreSQL backend, named in ``DATABASES``."""
