"""Sessions that are kept: after a restart, by two servers at once, and until their time is over."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from dashboard.shelf.sessions import Sessions
from dashboard.shelf.trouble import ChangedError, GoneError
from dashboard.shelf.trouble import RefusedError as RefusedByStore
from dashboard.workshop.keeping.keeper import KEPT_FOR, Keeper
from dashboard.workshop.keeping.moment import now
from dashboard.workshop.keeping.tokens import fits, hashed
from sim.inputs import Faults
from sim.workshop import FACILITATOR, RefusedError, acts
from tests.unit.dashboard.workshop.serving import database
from tests.unit.workshop.rooms import TEXT

pytestmark = pytest.mark.unit


def keeper(folder):
    """A server's sessions; a second one is another server, or the same one started again."""
    return Keeper(Sessions(database(folder)))


@pytest.fixture
def kept(tmp_path):
    return keeper(tmp_path)


@pytest.fixture
def room(kept):
    """A session in which two have joined."""
    room, _token = kept.make("small", TEXT)
    room.act("s1", acts.Join("s1", "Ada", "Blue", "acute"), ("s1", hashed("token of s1")))
    room.act("s2", acts.Join("s2", "Bo", "Red", "acute"), ("s2", hashed("token of s2")))
    return room


def test_a_session_has_a_code_and_the_facilitator_a_token(kept):
    room, token = kept.make("small", TEXT)
    assert kept.room(room.kept.code) is room
    assert fits(token, room.kept.lead)
    assert token not in str(kept.every())


def test_a_file_with_faults_makes_no_session(kept):
    with pytest.raises(Faults, match="year"):
        kept.make("small", TEXT.replace("years: 1", "years: many"))
    assert kept.every() == ()


PHASES = ((), (acts.Begin(),), (acts.Lock(),), (acts.Run(),), (acts.Ran("name"),), (acts.Reveal(),), (acts.Debrief(),))


def test_a_restart_in_every_phase_forgets_nothing(kept, room, tmp_path):
    for steps in (*PHASES, (acts.PlayCard("winter"),), (acts.Pause(),), (acts.Finish(),)):
        for act in steps:
            room.act(FACILITATOR, act)
        if room.state.phase == "decide":
            room.act("s1", acts.Decide("capacity.growth.acute", 2.0))
        again = keeper(tmp_path).room(room.kept.code)
        assert again.session == room.session
        assert again.seat_of(hashed("token of s2")) == room.state.seats["s2"]
        assert again.version > 0
        assert again.clock == room.clock


def test_what_is_refused_is_not_written(room, tmp_path):
    for by, act in (("s1", acts.Begin()), ("s9", acts.Commit("x")), (FACILITATOR, acts.Run())):
        with pytest.raises(RefusedError):
            room.act(by, act)
    assert len(keeper(tmp_path).room(room.kept.code).session.log) == 2


def test_what_the_database_does_not_take_is_not_in_memory_either(room, monkeypatch):
    before = room.session
    monkeypatch.setattr(room._store, "append", lambda *_: (_ for _ in ()).throw(GoneError("gone")))
    with pytest.raises(GoneError):
        room.act(FACILITATOR, acts.Begin())
    assert room.session is before


def test_two_servers_on_one_database_notice_each_other(room, tmp_path):
    other = keeper(tmp_path).room(room.kept.code)
    room.act(FACILITATOR, acts.Begin())
    other.act("s1", acts.Decide("capacity.growth.acute", 2.0))  # has not seen the beginning, and tries again
    with pytest.raises(RefusedError, match="lobby or after a debrief"):
        other.act(FACILITATOR, acts.Begin())
    assert room.state.teams["Blue"].now.settings == {}
    seen = room.version
    room.refresh()
    assert room.session == other.session
    assert room.version > seen
    assert room.clock == other.clock


def test_a_server_that_is_always_too_late_says_so(room, monkeypatch):
    monkeypatch.setattr(room._store, "append", lambda *_: (_ for _ in ()).throw(ChangedError("late")))
    with pytest.raises(ChangedError, match="Try again"):
        room.act(FACILITATOR, acts.Begin())


def test_sixty_acts_at_once_are_all_kept_in_one_order(kept, room, tmp_path):
    room.act(FACILITATOR, acts.Begin())
    other = keeper(tmp_path).room(room.kept.code)
    values = [number / 100 for number in range(30)]
    acting = [(who, here, value) for who, here in (("s1", room), ("s2", other)) for value in values]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda each: each[1].act(each[0], acts.Decide("capacity.growth.acute", each[2])), acting))
    again = keeper(tmp_path).room(room.kept.code)
    decided = [(record.by, record.act.value) for record in again.session.log[3:]]
    assert sorted(decided) == sorted((who, value) for who, _, value in acting)


def test_a_clock_that_a_killed_server_did_not_set_is_set_by_the_next(room, tmp_path):
    room.act(FACILITATOR, acts.Begin())
    room._store.set_clock(room.number, None, None)  # killed between the act and the clock
    left = keeper(tmp_path).room(room.kept.code).left(now())
    assert 290 < left <= 300


def test_a_removed_seat_is_nobodys_and_comes_back_with_an_undo(room):
    room.act(FACILITATOR, acts.Remove("s2"))
    assert room.seat_of(hashed("token of s2")) is None
    room.act(FACILITATOR, acts.Undo())
    assert room.seat_of(hashed("token of s2")).id == "s2"
    assert room.seat_of(hashed("token of nobody")) is None


def test_a_session_is_gone_when_it_is_dropped_or_its_time_is_over(kept, room, tmp_path, monkeypatch):
    other, _token = kept.make("small", TEXT)
    kept.drop(other)
    with pytest.raises(GoneError):
        kept.room(other.kept.code)
    code, later = room.kept.code, now() + KEPT_FOR + timedelta(seconds=1)
    monkeypatch.setattr("dashboard.workshop.keeping.keeper.now", lambda: later)
    for each in (kept, keeper(tmp_path)):
        with pytest.raises(GoneError):
            each.room(code)
        assert each.every() == ()
    kept.tidy()
    monkeypatch.undo()
    with pytest.raises(GoneError):
        keeper(tmp_path).room(code)


def test_a_session_that_another_server_dropped_is_let_go(kept, room, tmp_path):
    keeper(tmp_path).store.drop(room.number)
    kept.refresh(room)
    with pytest.raises(GoneError):
        kept.room(room.kept.code)


def test_a_log_that_this_version_does_not_understand_opens_nothing_and_says_so(kept, room, tmp_path):
    kept.store.append(room.number, 2, {"act": "Dance", "by": "s1", "at": 0.0})
    with pytest.raises(RefusedByStore, match="cannot be opened"):
        keeper(tmp_path).room(room.kept.code)
