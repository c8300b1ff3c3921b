"""Django's backend for MariaDB and MySQL, named in ``DATABASES``."""
