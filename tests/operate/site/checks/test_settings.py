"""Settings that fit each other."""

import pytest

from preau.operate.site.checks import Site, examine, settings
from preau.operate.site.folder import make_site


@pytest.mark.parametrize(
    ("address", "https", "verdict"),
    [
        ("http://x.example", "false", "ok"),
        ("https://x.example", "true", "ok"),
        ("https://x.example", "false", "warning"),
        ("http://x.example", "true", "error"),
    ],
)
def test_address_and_cookies_agree_or_not(tmp_path, address, https, verdict):
    make_site(tmp_path, {}, [])
    (tmp_path / "preau.toml").write_text(
        f'[site]\naddress = "{address}"\n[server]\nhttps = {https}\n'
    )
    found = {it.check: it for it in settings.check(Site(tmp_path))}
    assert found["https"].verdict == verdict
    assert found["secrets"].message == "secrets.toml has mode 0600"


@pytest.mark.parametrize(
    ("address", "host", "proxies", "verdict"),
    [
        ("https://x.example", "127.0.0.1", "[]", "warning"),
        ("https://x.example", "::1", "[]", "warning"),
        ("https://x.example", "localhost", "[]", "warning"),
        ("https://x.example", "127.0.0.1", '["127.0.0.1"]', "ok"),
        ("https://x.example", "0.0.0.0", "[]", "ok"),
        ("http://x.example", "127.0.0.1", "[]", "ok"),
    ],
)
def test_a_proxy_that_is_not_trusted_gives_all_visitors_one_address(
    tmp_path, address, host, proxies, verdict
):
    make_site(tmp_path, {}, [])
    (tmp_path / "preau.toml").write_text(
        f'[site]\naddress = "{address}"\n'
        f'[server]\nhttps = true\nhost = "{host}"\ntrusted_proxies = {proxies}\n'
    )
    found = {it.check: it for it in settings.check(Site(tmp_path))}
    assert found["visitors"].verdict == verdict
    assert ("trusted_proxies" in found["visitors"].what_to_do) is (verdict == "warning")


def test_secrets_that_others_can_read_end_the_examination(tmp_path):
    make_site(tmp_path, {}, [])
    (tmp_path / "secrets.toml").chmod(0o640)
    (finding,) = examine(Site(tmp_path))
    assert finding.verdict == "error"
    assert f"run: chmod 600 {tmp_path / 'secrets.toml'}" in finding.message
