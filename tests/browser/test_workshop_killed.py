"""The server is killed in every phase and started again at the same address: every browser goes on by itself, nothing
that was decided or is being typed is lost, and no round is run twice."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim.workshop import read_export, replay, results_bytes
from tests.browser.conftest import Server
from tests.browser.workshop_room import ACUTE, COMMUNITY, DROPPED, LAPTOP, Room
from tests.unit.dashboard.workshop.serving import HOST_TOKEN

pytestmark = pytest.mark.browser

TYPED = "Ask the ward what waits on "


class Alone(Server):
    """Workshops alone, in a process of their own."""

    def __init__(self, folder):
        super().__init__({})
        self.folder = folder

    def start(self):
        port = self.address.rpartition(":")[2].strip("/") or "0"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.browser.workshop_alone", str(self.folder), port, *self.more],
            cwd=Path(__file__).parents[2],
            env=os.environ | {"UPSTREAM_CACHE": str(self.folder)},
            stdout=subprocess.PIPE,
            text=True,
        )
        self.address = self.said(r"http://\S+")
        return self.address


@pytest.fixture
def server(tmp_path):
    running = Alone(tmp_path)
    running.start()
    yield running
    running.kill()


@pytest.fixture
def room(browser, server):
    made = Room(browser, server.address, f"{server.address}workshop/host/{HOST_TOKEN}")
    made.joins("Ada", "Blue", "acute")
    made.joins("Cy", "Red", "community", LAPTOP)
    made.screen = made.board()
    yield made
    complaints, outside = made.close()
    assert [each for _, each in complaints if not any(sign in each for sign in DROPPED)] == []
    assert outside == []


def killed(server, room, meanwhile=lambda: None):
    """Kill it, see everybody told so, and start it again: everybody is told nothing more."""
    address = server.address
    server.kill()
    everybody = (room.lead, room.screen, *room.seats.values())
    for each in everybody:
        each.page.locator("#room-lost:not([hidden])").wait_for()
    meanwhile()
    assert server.start() == address
    for each in everybody:
        each.page.locator("#room-lost").wait_for(state="hidden")


def test_everybody_goes_on_after_a_kill_in_every_phase(server, room, tmp_path, monkeypatch):
    monkeypatch.setenv("UPSTREAM_CACHE", str(tmp_path / "of the replay"))
    ada, cy = room.seats["Blue", "acute"], room.seats["Red", "community"]
    killed(server, room)
    room.next("decide", room.screen)
    set_and_type(server, room, ada)
    cy.lever(COMMUNITY).locator("input[type=range]").press("ArrowRight")
    cy.saved(COMMUNITY)
    room.next("lock", room.screen)
    in_mid_run(server, room)
    room.next("reveal", room.screen)
    before = ada.page.inner_text("#seat-main")
    killed(server, room)
    ada.page.reload()
    assert ada.in_phase("reveal").page.inner_text("#seat-main") == before
    room.next("debrief", room.screen)
    half_a_commitment(server, room, ada)
    room.lead.press_twice("Finish now", "Sure? End the session")
    room.all_in("finished", room.screen)
    killed(server, room)
    once_and_the_same(room, tmp_path)


def set_and_type(server, room, ada):
    """What was set is there; what is set while nobody answers is sent when somebody does."""
    box = ada.lever(ACUTE).locator("input[type=number]")
    box.fill("1.37")
    box.press("Enter")
    ada.saved(ACUTE)

    def meanwhile():
        box.fill("1.41")
        box.press("Enter")
        ada.shown(f"[data-key='{ACUTE}'] [data-saved]", "Not saved yet")

    killed(server, room, meanwhile)
    ada.saved(ACUTE)
    assert box.input_value() == "1.41"
    ada.page.reload()
    assert box.input_value() == "1.41"


def in_mid_run(server, room):
    """Killed while locked; and again by a server that has run a part of the round."""
    server.more = ("stays",)
    killed(server, room)
    room.next("run", room.screen)
    room.lead.shown(".run-words", "of")
    server.more = ()
    killed(server, room)


def half_a_commitment(server, room, ada):
    """Words that were typed and not sent are still in their box, and can be sent."""
    box = ada.page.locator("#commit-text")
    box.fill(TYPED)
    killed(server, room, lambda: box.press_sequentially("a Friday"))
    assert box.input_value() == f"{TYPED}a Friday"
    ada.press("Add it").shown(".said li", f"{TYPED}a Friday")


def once_and_the_same(room, folder):
    """One running, and its bytes are those of a replay."""
    log = room.log()
    names = [each["act"] for each in log]
    assert [names.count(each) for each in ("Lock", "Run", "Ran", "Reveal", "Finish", "Commit")] == [1] * 6
    assert [each["value"] for each in log if each["act"] == "Decide"][:2] == [1.37, 1.41]
    kept = [folder / f"{name}.json" for name in ("session", "results")]
    for file in kept:
        file.write_bytes(room.lead.context.request.get(f"{room.address}workshop/{room.code}/{file.name}").body())
    assert results_bytes(replay(read_export(kept[0]))) == kept[1].read_bytes()
