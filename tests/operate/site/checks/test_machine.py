"""The machine below the site."""

import resource

import pytest

from preau.operate.site.checks import Site, machine


def examined(tmp_path):
    return {finding.check: finding for finding in machine.check(Site(tmp_path))}


def test_this_machine_has_python_and_time_zones(tmp_path):
    found = examined(tmp_path)
    assert found["python"].verdict == found["time zones"].verdict == "ok"


@pytest.mark.parametrize(
    ("hard", "verdict"), [(1024, "warning"), (65536, "ok"), (resource.RLIM_INFINITY, "ok")]
)
def test_the_limit_that_counts_is_the_one_the_server_can_raise_to(
    tmp_path, monkeypatch, hard, verdict
):
    monkeypatch.setattr(resource, "getrlimit", lambda _which: (1024, hard))
    assert examined(tmp_path)["open files"].verdict == verdict


def test_a_machine_without_time_zones_is_told_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(machine, "available_timezones", set)
    assert examined(tmp_path)["time zones"].what_to_do == "Run: pip install tzdata"
