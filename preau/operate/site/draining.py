"""A worker that takes no more connections, but goes on with those it has.

When granian stops a worker, hyper closes at once each connection that was accepted but of
which no byte was read yet: on a busy machine a reload would lose requests. So a worker that is
replaced first stops accepting, and is stopped a little later. granian has no such step, and
closing the listening socket in one process does not take it out of that process's epoll as
long as others have it open. Here another listening socket takes the place of its descriptor,
one that nobody can reach: accepting then finds nothing to accept.
"""

import os
import socket
import sys
from pathlib import Path

SECONDS = 0.5  # from accepting no more to being stopped: the first bytes come within a round trip
_DESCRIPTORS = Path("/proc/self/fd")


def stop_accepting(descriptor: int) -> None:
    """Let this process accept nothing more on the socket that it listens on with ``descriptor``.

    Other processes that share the socket are not touched. Linux only; nothing is done
    elsewhere.
    """
    if sys.platform != "linux":
        return
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind("")  # the kernel chooses a name that nobody is told
        deaf.listen(1)
        deaf.setblocking(False)
        for copy in _copies(descriptor):
            os.dup2(deaf.fileno(), copy, inheritable=False)


def _copies(descriptor: int) -> list[int]:
    """Every descriptor of this process that is the same socket."""
    wanted = (_DESCRIPTORS / str(descriptor)).readlink()
    found = []
    for path in _DESCRIPTORS.iterdir():
        try:
            if path.readlink() == wanted:
                found.append(int(path.name))
        except OSError:  # the listing's own, closed by now
            continue
    return found
