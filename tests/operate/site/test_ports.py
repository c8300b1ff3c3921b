"""Hosts and ports."""

import socket

import pytest

from preau.kit.errors import PreauError
from preau.operate.site.ports import numeric_host, require_free, web_address


def test_a_free_port_is_free(free_port):
    require_free("127.0.0.1", free_port)
    require_free("localhost", free_port)


def test_a_port_in_use_is_refused():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PreauError, match=f"Port {port} on 127.0.0.1 can't be used: Address"):
            require_free("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused(free_port):
    with pytest.raises(PreauError, match="Cannot assign requested address"):
        require_free("192.0.2.1", free_port)


def test_names_become_addresses():
    assert numeric_host("localhost") == "127.0.0.1"
    assert numeric_host("0.0.0.0") == "0.0.0.0"
    assert numeric_host("::1") == "::1"


@pytest.mark.parametrize("name", ["no such host", "a" * 300])
def test_what_is_no_address_is_refused(name):
    with pytest.raises(PreauError, match="is no address of this machine"):
        numeric_host(name)


def test_an_address_can_be_opened_in_a_browser():
    assert web_address("127.0.0.1", 80) == "http://127.0.0.1:80"
    assert web_address("::1", 80) == "http://[::1]:80"
