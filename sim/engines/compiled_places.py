"""Who gets a place, who waits for one, who is blocked, in compiled code: the rules of sim.engines.places."""

from __future__ import annotations

from math import inf

from sim.engines import records as at
from sim.engines.arrays import Rules
from sim.engines.calendar_queue import put, take_out
from sim.engines.compiled_stays import draw_once, first_over, gives_up, stay_over
from sim.engines.compiled_wards import (
    blocked_level,
    change,
    count_escalation,
    first_in,
    go_away,
    has_place,
    leave_lines,
    level_of,
    note,
    place_in_line,
    release,
    stand_in,
    step_out,
    unsettle,
    wait_bin,
)
from sim.engines.compiling import called, inlined
from sim.engines.draws import MAY_MOVE_AND_READMISSION
from sim.engines.period import ADMITTED, LOST, SAY_ADMITTED, SAY_BLOCKED, SAY_LOST, Period
from sim.engines.records import State

NOBODY = NOWHERE = -1


@inlined
def ask(rules: Rules, state: State, period: Period, p: int, ward: int, now: float) -> int:
    """Ask for a place: where one is free for them, or NOWHERE."""
    who = state.people[p]
    who[at.FLAGS] = at.OUTSIDE if who[at.HELD] < 0 else 0
    who[at.WARD], state.moments[p, at.SINCE] = ward, now
    if has_place(rules, state, ward):
        return ward
    first, beyond = rules.sister_from[ward], rules.sister_from[ward + 1]
    if period.moving <= 0 or first == beyond:
        return NOWHERE
    if draw_once(state, p, MAY_MOVE_AND_READMISSION)[0] >= period.moving:
        return NOWHERE
    who[at.FLAGS] |= at.MOVES
    for i in range(first, beyond):
        if has_place(rules, state, rules.sisters[i]):
            return int(rules.sisters[i])
    return NOWHERE


@called
def wait(rules: Rules, state: State, period: Period, p: int, now: float) -> float:
    """Wait for a place, outside or blocked in the one held, or be turned away; when they give up, or inf."""
    who, ward = state.people[p], state.people[p, at.WARD]
    outside = who[at.FLAGS] & at.OUTSIDE
    if outside and state.wards[ward, at.OUT] >= rules.room[ward]:
        go_away(rules, state, period, p, LOST, SAY_LOST, now)
        return inf
    place = place_in_line(rules, state.people, p)
    stand_in(state, at.QUEUE, ward, place, p)
    state.wards[ward, at.IN_LINE] += 1
    if who[at.FLAGS] & at.MOVES:
        stand_in(state, at.MOVERS, ward, place, p)
    if outside:
        who[at.STATE] = at.WAITING
        state.wards[ward, at.OUT] += 1
        change(state, rules.waiting_at + level_of(rules, state, ward, p), now, 1.0)
        return gives_up(rules, state, p, now)
    who[at.STATE] = at.BLOCKED
    change(state, blocked_level(rules, state, p), now, 1.0)
    note(period, state.people, SAY_BLOCKED, p, who[at.HELD], now)
    if rules.buffer[ward] > 0:
        stand_in(state, at.BUFFER, ward, place, p)
    unsettle(state, ward)
    return inf


@inlined
def admit(rules: Rules, state: State, period: Period, p: int, given: int, now: float) -> None:
    """Give a place; the one held until now is free again."""
    who = state.people[p]
    kind = rules.kind[who[at.GROUP]]
    state.wards[given, at.TAKEN] += 1
    change(state, given * rules.kinds + kind, now, 1.0)
    count_escalation(rules, state, given, now)
    period.counted[ADMITTED, given, kind] += 1
    if who[at.FLAGS] & at.OUTSIDE:
        waited = now - state.moments[p, at.SINCE]
        period.waits[given, kind, wait_bin(waited)] += 1
        period.wait_total[given, kind] += waited
    else:
        period.moved[who[at.HELD] if who[at.HELD] >= 0 else who[at.LEFT], given] += 1
    note(period, state.people, SAY_ADMITTED, p, given, now)
    if who[at.HELD] >= 0:
        release(rules, state, period, p, now)
    who[at.HELD], who[at.STATE] = given, at.STAYING


@inlined
def settle(rules: Rules, state: State, period: Period, p: int, given: int, row: int, now: float) -> None:
    """Admit p to the place given, if any; then give free places to those who wait, until nothing moves.

    row   of `coming`, where p's first stay is foreseen, or -1
    """
    while True:
        if given >= 0:
            admit(rules, state, period, p, given, now)
            if row >= 0 and given == state.people[p, at.WARD]:
                put(state, p, first_over(rules, state, p, row, now))
            else:
                put(state, p, stay_over(rules, state, period, p, now))
        row = -1
        p, given = next_admitted(rules, state, period, now)
        if p < 0:
            return


@inlined
def next_admitted(rules: Rules, state: State, period: Period, now: float) -> tuple[int, int]:
    """Who gets the next free place, and where; buffer places are given out on the way."""
    count = state.counts
    while count[at.HEAD] < count[at.TAIL]:
        ward = int(state.unsettled[count[at.HEAD]])
        if has_place(rules, state, ward):
            p = next_for(rules, state, ward)
            if p >= 0:
                leave_lines(rules, state, p, now)
                if state.people[p, at.FLAGS] & at.LIMITED:
                    take_out(state, p)
                return p, ward
        if rules.buffer[ward] > 0:
            fill_buffer(rules, state, period, ward, now)
        count[at.HEAD] += 1
    count[at.HEAD] = count[at.TAIL] = 0
    return NOBODY, NOWHERE


@inlined
def next_for(rules: Rules, state: State, ward: int) -> int:
    """Who is met next at a ward: its own line first, then people of a sister's who may move."""
    if state.wards[ward, at.IN_LINE] > 0:
        return first_in(state, at.QUEUE, ward)
    if state.lines.shape[1] > at.MOVERS:
        for i in range(rules.sister_from[ward], rules.sister_from[ward + 1]):
            p = first_in(state, at.MOVERS, rules.sisters[i])
            if p >= 0:
                return p
    return NOBODY


@called
def fill_buffer(rules: Rules, state: State, period: Period, ward: int, now: float) -> None:
    """Let blocked people wait outside their old place, as many as may."""
    while state.wards[ward, at.IN_BUFFER] < rules.buffer[ward]:
        p = first_in(state, at.BUFFER, ward)
        if p < 0:
            return
        step_out(state, at.BUFFER, ward, place_in_line(rules, state.people, p), p)
        state.people[p, at.STATE] = at.BUFFERED
        state.wards[ward, at.IN_BUFFER] += 1
        change(state, blocked_level(rules, state, p), now, -1.0)
        change(state, rules.waiting_at + level_of(rules, state, ward, p), now, 1.0)
        release(rules, state, period, p, now)
        state.people[p, at.LEFT], state.people[p, at.HELD] = state.people[p, at.HELD], NOWHERE
