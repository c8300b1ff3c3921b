"""The task worker of a site has one name, by which it knows what it left behind."""

from preau.kit.settings_file import load_settings
from preau.operate.site.folder import make_site
from preau.operate.site.processes import site_children, worker_id


def test_a_site_keeps_its_workers_name_and_shares_it_with_no_other(tmp_path):
    assert worker_id(tmp_path / "one") == worker_id(tmp_path / "two" / ".." / "one")
    assert worker_id(tmp_path / "one") != worker_id(tmp_path / "two")


def test_the_same_folder_on_another_machine_has_another(tmp_path, monkeypatch):
    here = worker_id(tmp_path)
    monkeypatch.setattr("platform.node", lambda: "x" * 200)
    assert worker_id(tmp_path) != here
    assert len(worker_id(tmp_path)) <= 64  # as much as the worker takes


def test_the_supervisor_tells_the_worker_its_name(tmp_path):
    make_site(tmp_path, {}, [])
    children = site_children(load_settings(tmp_path, {}), "127.0.0.1", 8000, 1)
    (command,) = (list(it.command) for it in children if it.name == "task worker")
    assert command[command.index("--worker-id") + 1] == worker_id(tmp_path)
