"""Whether a connection that rests is still there, without asking the server.

Django would ask ``SELECT 1`` before the first query of each request, which costs a request of
three queries a quarter of its time at the database. A server that ends a connection says so
on the socket, and nothing else comes there unasked: as long as it is silent, the connection
stands.
"""

import select


def is_silent(descriptor: int) -> bool:
    """Whether nothing has come on the socket: no farewell, no end."""
    poll = select.poll()
    poll.register(descriptor, select.POLLIN | select.POLLPRI)
    return not poll.poll(0)
