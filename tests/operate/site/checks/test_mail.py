"""Whether letters can leave."""

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

from preau.kit.settings_file import load_settings
from preau.operate.site.checks import Site, mail
from preau.operate.site.folder import make_site


def examined(folder, delivery, port=1):
    make_site(folder, {}, [])
    (folder / "preau.toml").write_text(
        f'[mail]\ndelivery = "{delivery}"\nhost = "127.0.0.1"\nport = {port}\n'
    )
    (finding,) = mail.check(Site(folder, load_settings(folder, {})))
    return finding


@pytest.mark.parametrize(("delivery", "said"), [("none", "dropped"), ("folder", "only written to")])
def test_letters_that_reach_nobody_are_a_warning(tmp_path, delivery, said):
    finding = examined(tmp_path, delivery)
    assert finding.verdict == "warning"
    assert said in finding.message


def test_a_mail_server_that_answers_is_well(tmp_path, free_port):
    server = Controller(Sink(), hostname="127.0.0.1", port=free_port)
    server.start()
    try:
        assert examined(tmp_path, "smtp", free_port).verdict == "ok"
    finally:
        server.stop()


def test_a_mail_server_that_does_not_answer_is_an_error(tmp_path, free_port):
    finding = examined(tmp_path, "smtp", free_port)
    assert finding.verdict == "error"
    assert f"127.0.0.1:{free_port} does not answer as a mail server" in finding.message
