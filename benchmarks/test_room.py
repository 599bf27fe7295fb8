"""Phones of the room do what a screen offers, or a room would be measured in which nobody does anything."""

from __future__ import annotations

import json
import os
import subprocess
from threading import Event, Thread
from time import sleep

import pytest

from benchmarks import memory
from benchmarks.phones import Device
from benchmarks.room import READY, spread
from benchmarks.room_shown import ASKED, shown
from dashboard.workshop.screens import console, seat
from sim.workshop import load_template
from tests.unit.dashboard.workshop.played import leading, looked, text

pytestmark = pytest.mark.unit


def doing(step, who):
    """What a phone sends that shows a seat's screen, over many tries."""
    phone, sent = Device("nowhere", "seat", 1), []
    phone.phase, phone.parts = looked(step, who).view.phase, {"seat-main": text(seat.parts(looked(step, who)))}
    phone.acts = lambda **keys: sent.append(keys) or True
    for _ in range(40):
        phone.does_something()
    return sent


def test_a_phone_moves_the_levers_that_it_shows_within_their_bounds():
    scene = looked("pot", "Red/place")
    moved = [each for each in doing("pot", "Red/place") if each["act"] == "Decide"]
    assert {each["path"] for each in moved} <= scene.view.levers.keys()
    for each in moved:
        span = scene.template.spans[each["path"]]
        assert span.low <= each["value"] <= span.high


def test_a_phone_takes_back_what_was_moved():
    assert any(each["act"] == "Withdraw" for each in doing("pot", "Red/place"))


def test_who_is_asked_answers():
    asked = looked("begun", "Blue/community")
    assert {each["act"] for each in doing("decide", "Blue/acute")} > {"Decide"}
    assert {each["act"] for each in doing("begun", asked.who)} >= {"Decide", "Propose"}


def test_at_a_debrief_a_phone_says_little():
    assert [each["act"] for each in doing("debrief", "Blue/acute")] == ["Commit", "Commit"]


@pytest.mark.parametrize("step, act", [("lock", "Run"), ("ran", "Reveal"), ("reveal", "Debrief")])
def test_the_facilitator_sees_the_next_step(step, act):
    device = Device("nowhere", "console", 1)
    device.parts = {"console": text(console.parts(leading(step)))}
    assert device.may(act)


def test_results_can_only_be_revealed_when_they_are_there():
    device = Device("nowhere", "console", 1)
    device.parts = {"console": text(console.parts(leading("run")))}
    assert not device.may("Reveal")


@pytest.mark.parametrize("name", READY)
def test_what_is_measured_is_a_ready_workshop_with_five_roles(name):
    assert len(load_template(name).roles) == 5


@pytest.mark.skipif(not memory.PROCESSES.exists(), reason="the system does not tell of its processes")
def test_memory_is_that_of_a_process_and_of_those_it_began(monkeypatch):
    monkeypatch.setattr(memory, "EVERY", 0.01)
    own, beside, over = [], [], Event()
    with subprocess.Popen(["sleep", "60"]) as child:
        Thread(target=memory.watch, args=(os.getpid(), over, own, beside)).start()
        while not own:
            sleep(0.01)
        over.set()
        assert child.pid in memory.begun_by(os.getpid())
        child.kill()
    assert 0 < beside[0] < own[0]
    assert memory.resident(child.pid) == 0


def test_a_table_says_what_went_wrong():
    one = {
        "seconds": {name: spread([0.1, 0.2]) for name in ASKED},
        "people": 60,
        "times": [1.0, 2.0, 3.0],
        "acts": 7,
        "refused": {"No.": 2},
        "whole": False,
        "problems": ["look: 500"],
        "ran": [3.0],
        "revealed": spread([1.0]),
        "news": 9,
        "bytes": {phase: [1000, 60.0] for phase in ("lobby", "decide", "lock", "run", "reveal", "debrief", "finished")},
        "decided": [10.0, 5.0],
        "memory": [2**20, 3 * 2**20, 2 * 2**20],
        "load": [0.1, 0.2],
    }
    machine = {"processor": "a processor", "cores": 2}
    told = shown({"workshops": {"x": one}, "machine": machine, "measured": "2026-11-22"})
    assert "**no**" in told
    assert "look: 500" in told
    assert "memory of the server, MB | 1 at first, 3 at most, 2 at the end" in told
    assert "p50 150 ms, p95 195 ms, at most 200 ms" in told
    assert json.loads(json.dumps(one)) == one
