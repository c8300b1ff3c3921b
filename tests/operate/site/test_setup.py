"""Bringing a site up to a release."""

from preau.operate.site.setup import is_ready, mark_ready, refresh_static


def test_static_files_are_gathered_again_only_for_another_release(site):
    assert refresh_static(site) is False
    (site / "run/static").write_text("0.0.1 another\n")
    (style,) = (site / "static/theme").glob("base.*.css")
    style.unlink()
    assert refresh_static(site) is True
    assert style.is_file()
    assert refresh_static(site) is False


def test_a_site_is_ready_for_the_release_it_was_made_ready_for(tmp_path):
    assert not is_ready(tmp_path, "a")
    mark_ready(tmp_path, "a")
    assert is_ready(tmp_path, "a")
    assert not is_ready(tmp_path, "b")
