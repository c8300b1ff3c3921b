"""The site's port."""

import socket

from preau.kit.settings_file import load_settings
from preau.operate.site.checks import Site, network
from preau.operate.site.folder import make_site
from preau.operate.site.pid_file import pid_file


def examined(folder, port):
    make_site(folder, {}, [])
    settings = load_settings(folder, {"PREAU_SERVER_PORT": str(port)})
    (finding,) = network.check(Site(folder, settings))
    return finding


def test_a_free_port_is_well(tmp_path, free_port):
    assert examined(tmp_path, free_port).message == f"port {free_port} on 127.0.0.1 is free"


def test_a_port_that_something_else_uses_is_an_error(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        finding = examined(tmp_path, taken.getsockname()[1])
    assert finding.verdict == "error"
    assert finding.what_to_do.startswith("Stop what listens there")


def test_a_port_that_the_site_itself_uses_is_well(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken, pid_file(tmp_path):
        finding = examined(tmp_path, taken.getsockname()[1])
    assert finding.verdict == "ok"
    assert "is being served" in finding.message
