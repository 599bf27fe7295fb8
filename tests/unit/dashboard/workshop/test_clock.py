"""The clock of a round."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dashboard.workshop.keeping.clock import MOST, Clock, clock_after, running
from sim.workshop import acts
from tests.unit.workshop.rooms import joined, led

pytestmark = pytest.mark.unit
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def at(minutes):
    return NOON + timedelta(minutes=minutes)


def after(clock, session, act, now):
    """The session and the clock after an act of the facilitator."""
    then = led(session, act)
    return then, clock_after(clock, session.state, then.state, act, now)


def test_a_clock_runs_stands_and_goes_on():
    clock = running(300, NOON)
    assert clock.seconds(at(1)) == 240
    stopped = clock.stopped(at(1))
    assert (stopped.stands, stopped.seconds(at(60))) == (True, 240)
    assert stopped.going(at(60)).seconds(at(61)) == 180
    assert clock.seconds(at(60)) == 0


def test_minutes_are_added_to_a_clock_that_runs_stands_or_was_not_there():
    assert running(300, NOON).with_more(1, NOON).seconds(NOON) == 360
    assert running(60, NOON).with_more(2, at(5)).seconds(at(5)) == 120  # time that was up counts from now
    assert Clock(None, 60).with_more(1, NOON) == Clock(None, 120)
    assert Clock().with_more(1, NOON).seconds(NOON) == 60
    assert running(60, NOON).with_more(-5, NOON).seconds(NOON) == 0
    assert running(60, NOON).with_more(10**6, NOON).seconds(NOON) == MOST


def test_it_begins_with_the_round_stands_when_locked_run_or_paused_and_goes_when_revealed():
    session, clock = after(Clock(), joined(), acts.Begin(), NOON)
    assert clock.seconds(NOON) == 300  # the small workshop gives five minutes
    session, clock = after(clock, session, acts.Pause(), at(1))
    assert clock == Clock(None, 240)
    session, clock = after(clock, session, acts.Resume(), at(31))
    assert clock.seconds(at(32)) == 180
    session, clock = after(clock, session, acts.Lock(), at(32))
    assert clock == Clock(None, 180)
    session, clock = after(clock, session, acts.Undo(), at(33))
    assert clock == Clock(None, 180)  # the facilitator lets it go again
    session, clock = after(clock, session, acts.Restart(), at(34))
    assert clock.seconds(at(34)) == 300
    session, clock = after(clock, session, acts.Lock(), at(35))
    session, clock = after(clock, session, acts.Run(), at(36))
    assert clock == Clock(None, 240)
    back, again = after(clock, *[session, acts.Undo()], at(37))
    assert after(again, back, acts.Undo(), at(38))[1] == Clock(None, 240)  # two steps back, there is a clock to let go
    session = led(session, acts.Ran("name"))
    _session, clock = after(clock, session, acts.Reveal(), at(39))
    assert clock == Clock()


def test_a_round_restarted_while_paused_waits_with_a_full_clock():
    session, clock = after(Clock(), joined(), acts.Begin(), NOON)
    session, clock = after(clock, session, acts.Pause(), at(1))
    _session, clock = after(clock, session, acts.Restart(), at(2))
    assert clock == Clock(None, 300)
