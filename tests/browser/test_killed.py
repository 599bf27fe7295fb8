"""The server is killed in mid-session and started again: what was kept is there, and open pages go on by themselves."""

from __future__ import annotations

import pytest

from tests.browser.conftest import SMALL, Dashboard, Server

pytestmark = pytest.mark.browser

GROWTH = "demand.admissions_growth"
KEEP = """(link) => window.fetch("/shelf", {
    method: "POST", headers: {"Content-Type": "application/json"},
    body: JSON.stringify({name: "Before the fall", note: "", link: link}),
}).then((reply) => reply.status)"""
KEPT = """window.fetch("/shelf").then((reply) => reply.json())
    .then((found) => found.scenarios.map((each) => [each.name, each.link]))"""
UNDER_WAY = "document.getElementById('doubts-status').textContent.includes('%')"
TOLD = "document.getElementById('doubts-status').textContent.startsWith('{}')"


@pytest.fixture
def server(tmp_path):
    """A dashboard of its own, whose opening page takes little work."""
    database = f"sqlite:///{tmp_path}/scenarios.sqlite3"
    running = Server(SMALL | {"UPSTREAM_DATABASE": database, "UPSTREAM_REPLICATIONS": "2", "UPSTREAM_DRAWS": "200"})
    running.start()
    yield running
    running.stop()


def test_pages_recover_kept_scenarios_are_there_and_a_lost_job_says_so(window, server):
    mover, asker = (Dashboard(window.new_page(), server.address) for _ in range(2))
    mover.open("years=1")
    assert mover.page.evaluate(KEEP, f"place=dorset&{GROWTH}=2.2") == 201
    asker.open("years=10&place=dorset")
    asker.page.locator("#doubts-ask").click()
    asker.until(UNDER_WAY)
    address = server.address
    server.kill()

    mover.slider("Growth in admissions").press("ArrowRight")
    mover.until("document.getElementById('status').textContent.startsWith('No reply from the model')")
    assert mover.page.evaluate("document.body.dataset.answer") == "stale"

    assert server.start() == address
    mover.settled()
    assert "3.7%" in mover.page.locator("#story").inner_text()
    ((name, link),) = mover.page.evaluate(KEPT)
    assert name == "Before the fall"
    assert f"{GROWTH}=2.2" in link

    asker.until(TOLD.format("This work was lost"))
    asker.page.locator("#doubts-again").click()
    asker.until(UNDER_WAY)
    asker.page.locator("#doubts-stop").click()
    asker.until(TOLD.format("Stopped"))
    for page in (mover, asker):
        assert all("ERR_CONNECTION" in each or "ERR_EMPTY_RESPONSE" in each for each in page.complaints)
        page.page.close()
