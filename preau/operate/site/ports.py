"""The port a site listens on."""

import socket

from preau.kit.errors import PreauError


def numeric_host(host: str) -> str:
    """The IP address of a host name, IPv4 first; an address stays what it is.

    The web server listens on addresses only. Raises ``PreauError`` for an unknown name.
    """
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise PreauError(
            f"“{host}” is no address of this machine: {error}. "
            "Set server.host or --host to one, for example 127.0.0.1, or 0.0.0.0 for all."
        ) from error
    families = sorted(found, key=lambda it: it[0] != socket.AF_INET)
    return str(families[0][4][0])


def require_free(host: str, port: int) -> None:
    """Raise ``PreauError`` when something listens there already, or nothing may."""
    address = numeric_host(host)
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
            probe.listen(1)
        except OSError as error:
            raise PreauError(
                f"Port {port} on {host} can't be used: {error.strerror}. "
                "Stop what listens there, or choose another with --port."
            ) from error


def web_address(host: str, port: int) -> str:
    """``http://host:port``, an IPv6 address in brackets."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
