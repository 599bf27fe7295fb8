"""Starting the server: ports, and what is said when one is taken."""

from __future__ import annotations

import pytest

from dashboard.__main__ import has_desktop, listen, main
from dashboard.surroundings import MOST_MEMORY, memory_budget, thread_count

pytestmark = pytest.mark.unit


def test_a_taken_port_gives_the_next_free_one():
    first = listen("127.0.0.1", 0)
    port = first.getsockname()[1]
    second = listen("127.0.0.1", port)
    assert port < second.getsockname()[1] < port + 50
    first.close()
    second.close()


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_a_port_that_cannot_be_is_refused(port, capsys):
    with pytest.raises(SystemExit) as stop:
        main(["--port", port])
    assert stop.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


def test_one_simulation_a_core_unless_told(monkeypatch):
    monkeypatch.setattr("dashboard.surroundings._cores", lambda: 7)
    for given, count in (("", 7), ("3", 3), ("0", 7), ("many", 7)):
        monkeypatch.setenv("UPSTREAM_WORKERS", given)
        assert thread_count() == count


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setenv("UPSTREAM_MEMORY_MB", "12")
    assert memory_budget() == 12 * 2**20
    monkeypatch.delenv("UPSTREAM_MEMORY_MB")
    assert 0 < memory_budget() <= MOST_MEMORY


def test_no_browser_opens_without_a_desktop(monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not has_desktop()
