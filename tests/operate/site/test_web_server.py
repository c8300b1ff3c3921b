"""The web server: a socket for each worker, nothing lost when workers change."""

import http.client
import os
import signal
import threading
import time
from pathlib import Path

import pytest

from tests.operate.site.running import Load, await_true, get, starting_server, tiny_server

pytestmark = [pytest.mark.serving, pytest.mark.xdist_group("servers")]


def children(pid: int) -> set[int]:
    return {int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}


def test_no_request_fails_while_workers_are_replaced_again_and_again():
    with tiny_server() as (port, process):
        with Load(port) as load:
            for _round in range(3):
                before = children(process.pid)
                process.send_signal(signal.SIGHUP)
                await_true(lambda old=before: not children(process.pid) & old)
        assert load.failures == []
        assert len(load.served) > 100
        assert len(set(load.served)) >= 4, "several generations of workers have answered"


def test_a_request_in_flight_is_finished_before_the_server_ends(tmp_path):
    held, let_go = tmp_path / "held", tmp_path / "let_go"
    os.mkfifo(held)
    os.mkfifo(let_go)
    with tiny_server(TINY_HELD=str(held), TINY_LET_GO=str(let_go)) as (port, process):
        answers: list[bytes] = []
        asking = threading.Thread(target=lambda: answers.append(get(port, "/held")))
        asking.start()
        assert held.read_text() == "held\n"
        workers = children(process.pid)
        process.send_signal(signal.SIGTERM)
        await_true(lambda: len(children(process.pid)) < len(workers), seconds=20)  # the idle one
        let_go.write_text("go on")
        assert process.wait(timeout=40) == 0
        asking.join(timeout=30)
        assert len(answers) == 1
        assert answers[0].isdigit()


def test_a_server_that_is_still_starting_ends_at_once(tmp_path):
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    with starting_server(workers=1, TINY_SLOW_IMPORT=str(gate)) as (_port, process):
        assert gate.read_text() == "importing\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0  # far below the time after which workers are killed


def test_idle_readers_shut_nobody_out():
    with tiny_server(workers=1) as (port, _process):
        readers = [http.client.HTTPConnection("127.0.0.1", port, timeout=10) for _ in range(200)]
        for reader in readers:
            reader.request("GET", "/")
            assert reader.getresponse().read().isdigit()
        assert get(port).isdigit()
        for reader in readers:
            reader.close()


def test_what_a_worker_forks_is_its_own():
    with tiny_server(workers=1) as (port, _process):
        assert get(port, "/fork") == b"7"


def _listening(port: int) -> list[str]:
    """The sockets that listen on that port, as a process's descriptors name them.

    The kernel's list is read in parts: one that changes meanwhile can leave a socket out.
    """
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()]
    there = [row for row in rows if row[1].endswith(f":{port:04X}") and row[3] == "0A"]
    return [f"socket:[{row[9]}]" for row in there]


def test_each_worker_has_a_socket_and_the_main_process_keeps_them_all():
    with tiny_server(workers=2) as (port, process):
        await_true(lambda: len(_listening(port)) == 2)
        sockets = set(_listening(port))
        assert sockets <= _descriptors(process.pid)
        os.kill(min(children(process.pid)), signal.SIGKILL)
        await_true(lambda: set(_listening(port)) == sockets)


def test_connections_go_to_all_workers():
    with tiny_server(workers=2) as (port, _process):
        assert len({get(port) for _round in range(40)}) == 2


def test_what_waits_for_a_worker_that_drains_is_answered_by_the_next_one():
    with tiny_server(workers=2) as (port, _process):
        kept = {}
        while len(kept) < 2:  # a connection to each worker
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/")
            pid = int(connection.getresponse().read())
            if kept.setdefault(pid, connection) is not connection:
                connection.close()
        draining = min(kept)
        sockets = set(_listening(port))
        os.kill(draining, signal.SIGUSR1)
        await_true(lambda: sockets - _descriptors(draining))
        waiting = [http.client.HTTPConnection("127.0.0.1", port, timeout=10) for _ in range(20)]
        for connection in waiting:
            connection.request("GET", "/")
        kept[draining].request("GET", "/")
        assert int(kept[draining].getresponse().read()) == draining, "it goes on with what it has"
        os.kill(draining, signal.SIGKILL)
        answered = [int(connection.getresponse().read()) for connection in waiting]
        assert draining not in answered
        assert len(set(answered)) == 2, "the other worker's, and the new one's"
        for connection in (*waiting, *kept.values()):
            connection.close()


def _descriptors(pid: int) -> set[str]:
    return {str(path.readlink()) for path in Path(f"/proc/{pid}/fd").iterdir()}


def test_a_worker_that_dies_is_replaced():
    with tiny_server(workers=2) as (port, process):
        os.kill(min(children(process.pid)), signal.SIGKILL)
        await_true(lambda: len(children(process.pid)) == 2)
        assert get(port).isdigit()


def test_no_worker_outlives_a_server_that_is_killed():
    with tiny_server() as (_port, process):
        workers = children(process.pid)
        process.kill()
        process.wait(timeout=10)
        # Not by the port: another test's server may have been given it meanwhile.
        await_true(lambda: not any(_alive(pid) for pid in workers))


def test_a_worker_told_to_stop_many_times_finishes_its_request_first(tmp_path):
    held, let_go = tmp_path / "held", tmp_path / "let_go"
    os.mkfifo(held)
    os.mkfifo(let_go)
    with tiny_server(1, TINY_HELD=str(held), TINY_LET_GO=str(let_go)) as (port, process):
        answers: list[bytes] = []
        asking = threading.Thread(target=lambda: answers.append(get(port, "/held")))
        asking.start()
        assert held.read_text() == "held\n"
        (worker,) = children(process.pid)
        process.kill()  # by which the kernel sends it one, or several
        for _again in range(20):
            os.kill(worker, signal.SIGTERM)
            time.sleep(0.01)  # two that come at once are one
        let_go.write_text("go on")
        asking.join(timeout=30)
        assert answers == [str(worker).encode()]
        await_true(lambda: not _alive(worker))


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_kept_connection_serves_many_requests():
    with tiny_server(workers=1) as (port, _process):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        for _round in range(3):
            connection.request("GET", "/")
            assert connection.getresponse().read().isdigit()
        connection.close()
