"""Django's backend, with connections whose silence tells that they stand."""

from django.db.backends.mysql import base

from preau.learn.databases.quiet import is_silent


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to MariaDB or MySQL by PyMySQL."""

    def is_usable(self) -> bool:
        """Whether the next query will find the server."""
        socket = getattr(self.connection, "_sock", None)
        return socket is not None and (is_silent(socket.fileno()) or super().is_usable())
