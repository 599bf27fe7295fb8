"""Of a screen that changed, the parts that differ are sent, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.workshop.serving.looking import PAST, Looks
from sim.workshop import FACILITATOR, acts

pytestmark = pytest.mark.unit
ADDRESS, LEVER = "http://10.0.0.2:8050/workshop/K", "capacity.growth.acute"


def parts(browser, people, screen, seen):
    """What a screen is sent that has seen a version: the version it has then, and the names of parts."""
    reply = browser.look(people.code, screen, seen)
    return (seen, set()) if reply.status_code == 204 else (reply.json["seen"], set(reply.json["parts"]))


def test_the_wall_is_sent_what_happens_now_and_not_all_results_again(people):
    wall = people.lead
    seen, first = parts(wall, people, "board", 0)
    assert first == {"board-top", "board-now", "board-results", "board-ways"}
    people.leads("Begin")
    seen, begun = parts(wall, people, "board", seen)
    assert "board-now" in begun and "board-results" not in begun
    people.seats["Blue", "acute"].act(people.code, "Decide", path=LEVER, value=2.0)
    seen, decided = parts(wall, people, "board", seen)
    assert decided == {"board-now"}
    assert parts(wall, people, "board", seen) == (seen, set())


def test_what_stood_for_longer_than_a_looker_was_away_is_not_sent(people):
    """Who missed a change gets what changed since; who says a version that was never theirs gets everything."""
    people.leads("Begin")
    _seen, _all = parts(people.lead, people, "console", 0)
    people.leads("Pause")
    old, _some = parts(people.lead, people, "console", 0)
    people.leads("Resume")
    parts(people.lead, people, "console", 0)
    people.leads("HideNames", hidden=True)
    _new, since = parts(people.lead, people, "console", old)
    assert {"console-now", "console-ways", "console-tables"} <= since
    assert not {"console-join", "console-cards", "console-out"} & since
    for strange in (old + 10_000, 1, "x"):
        assert len(parts(people.lead, people, "console", strange)[1]) == 7


def test_versions_that_may_be_asked_from_are_few(hub, people):
    room, looks = hub.keeper.room(people.code), Looks()
    for number in range(2 * PAST):
        room.act(FACILITATOR, acts.HideNames(number % 2 == 0))
        look = looks.look(room, "console", FACILITATOR, ADDRESS)
    assert len(look.past) == PAST + 1 and look.past[-1] == look.seen


def test_phones_are_told_of_a_running_round_in_steps(hub, people):
    people.leads("Begin", "Lock")
    room, looks = hub.keeper.room(people.code), Looks()
    (seat, *_rest) = room.state.seats
    room.session = replace(room.session, state=replace(room.state, phase="run"))
    seen = {who: set() for who in (seat, FACILITATOR)}
    for done in range(200):
        room.progress, room.version = (done, 200), room.version + 1
        for who, screen in ((seat, "seat"), (FACILITATOR, "console")):
            seen[who].add(looks.look(room, screen, who, ADDRESS).seen)
    assert (len(seen[seat]), len(seen[FACILITATOR])) == (20, 200)
