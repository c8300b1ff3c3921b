"""Who opened a connection, when a proxy that we trust stands in front."""


def client_address(peer: str, forwarded_for: str, trusted: frozenset[str]) -> str:
    """The last address of ``X-Forwarded-For`` that is not one of our proxies.

    The header counts only when ``peer``, who opened the connection, is trusted: anybody can
    send it.
    """
    if peer not in trusted:
        return peer
    hops = [hop.strip() for hop in forwarded_for.split(",") if hop.strip()]
    return next((hop for hop in reversed(hops) if hop not in trusted), peer)
