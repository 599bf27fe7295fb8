"""Stations in compiled code: counting, waiting lines, places. The rules are those of sim.engines.places and wards."""

from __future__ import annotations

from math import ceil, floor, inf, log2

from sim.engines import records as at
from sim.engines.arrays import Rules, SmallArray
from sim.engines.calendar_queue import number_of, spell_of
from sim.engines.compiling import compiled, inlined
from sim.engines.contract import WAIT_BINS, FloatArray, IntArray
from sim.engines.records import Period, State
from sim.results.waits import BINS_A_DOUBLING, SHORTEST


@inlined
def change(levels: FloatArray, level: int, now: float, by: float) -> None:
    """Add to a level: sim.engines.tally.Level.change."""
    levels[level, 1] += levels[level, 0] * (now - levels[level, 2])
    levels[level, 2] = now
    levels[level, 0] += by


@inlined
def note(period: Period, people: SmallArray, event: int, p: int, where: int, now: float) -> None:
    """Write into the log, if one is kept."""
    if len(period.log) > 0:
        row = period.progress[at.LOGGED]
        period.log[row], period.progress[at.LOGGED] = now, row + 1
        period.said[row, 0], period.said[row, 1] = event, number_of(people, p)
        period.said[row, 2], period.said[row, 3] = people[p, at.GROUP], where


@inlined
def wait_bin(wait: float) -> int:
    """sim.results.waits.wait_bin."""
    if wait <= 0:
        return 0
    return min(max(1 + int(floor(BINS_A_DOUBLING * log2(wait / SHORTEST))), 1), WAIT_BINS - 1)


@inlined
def count_heads(rules: Rules, state: State, period: Period) -> None:
    """The census: people in places and people waiting, by station."""
    row, kinds = period.progress[at.NEXT_CENSUS], rules.kinds
    for s in range(len(state.places)):
        inside, waiting = 0.0, 0.0
        for level in range(s * kinds, (s + 1) * kinds):
            inside += state.levels[level, 0]
            waiting += state.levels[rules.waiting_at + level, 0]
        period.heads[row, s], period.waiting_heads[row, s] = int(inside), int(waiting)
    period.progress[at.NEXT_CENSUS] = row + 1


@inlined
def level_of(rules: Rules, state: State, station: int, p: int) -> int:
    """Which of the occupied (or, further on, waiting) levels a person is counted in."""
    return station * rules.kinds + rules.kind[state.people[p, at.GROUP]]


@inlined
def blocked_level(rules: Rules, state: State, p: int) -> int:
    """Where a person is counted who holds a place of one station and waits for another."""
    return rules.blocked_at + state.people[p, at.HELD] * len(state.places) + state.people[p, at.WARD]


# ---- waiting lines -------------------------------------------------------------------------------------------


@inlined
def stand_in(state: State, line: int, station: int, place: int, p: int) -> None:
    """Join a waiting line: by since when, number and spell; usually at its end."""
    links, ends, times, people = state.links, state.lines, state.times, state.people
    since, before = times[p, at.SINCE], ends[station, line, place, 1]
    while before >= 0 and times[before, at.SINCE] >= since:
        if times[before, at.SINCE] == since:
            first, second = number_of(people, before), number_of(people, p)
            if first < second or (first == second and spell_of(people, before) < spell_of(people, p)):
                break
        before = links[line, before, 1]
    after = ends[station, line, place, 0] if before < 0 else links[line, before, 0]
    links[line, p, 0], links[line, p, 1] = after, before
    if before < 0:
        ends[station, line, place, 0] = p
    else:
        links[line, before, 0] = p
    if after < 0:
        ends[station, line, place, 1] = p
    else:
        links[line, after, 1] = p


@inlined
def step_out(state: State, line: int, station: int, place: int, p: int) -> None:
    """Leave a waiting line."""
    links, ends = state.links, state.lines
    after, before = links[line, p, 0], links[line, p, 1]
    if before < 0:
        ends[station, line, place, 0] = after
    else:
        links[line, before, 0] = after
    if after < 0:
        ends[station, line, place, 1] = before
    else:
        links[line, after, 1] = before


@inlined
def place_in_line(rules: Rules, people: SmallArray, p: int) -> int:
    """Which class a person waits in: transfers first, if they are, then by priority."""
    transfer = rules.transfers[people[p, at.WARD]] and not people[p, at.FLAGS] & at.OUTSIDE
    return rules.order[people[p, at.GROUP]] + (0 if transfer else rules.orders)


@inlined
def first_in(state: State, line: int, station: int) -> int:
    """Who is met first, or -1."""
    for place in range(state.lines.shape[2]):
        first = state.lines[station, line, place, 0]
        if first >= 0:
            return first
    return -1


@inlined
def leave_lines(rules: Rules, state: State, p: int, now: float) -> None:
    """Stop waiting, whatever for; who waited in a buffer makes room there."""
    people = state.people
    ward, place = people[p, at.WARD], place_in_line(rules, people, p)
    step_out(state, at.QUEUE, ward, place, p)
    state.wards[ward, at.IN_LINE] -= 1
    if people[p, at.FLAGS] & at.MOVES:
        step_out(state, at.MOVERS, ward, place, p)
    if people[p, at.HELD] >= 0:
        change(state.levels, blocked_level(rules, state, p), now, -1.0)
        if rules.buffer[ward] > 0:
            step_out(state, at.BUFFER, ward, place, p)
        return
    change(state.levels, rules.waiting_at + level_of(rules, state, ward, p), now, -1.0)
    if people[p, at.STATE] == at.BUFFERED:
        state.wards[ward, at.IN_BUFFER] -= 1
        unsettle(state, ward)
    else:
        state.wards[ward, at.OUT] -= 1


# ---- places --------------------------------------------------------------------------------------------------


@inlined
def has_place(rules: Rules, state: State, station: int) -> bool:
    """Is a place free, escalation places included?"""
    return state.wards[station, at.TAKEN] < state.places[station] + max(rules.extra[station], 0)


@inlined
def count_escalation(rules: Rules, state: State, station: int, now: float) -> None:
    """Escalation places that count as open."""
    most, places = rules.extra[station], state.places[station]
    if most >= 0:
        is_open = 0
        if places != inf:
            is_open = min(most, max(0, int(ceil(state.wards[station, at.TAKEN] - rules.opens_at[station] * places))))
        level = rules.escalation_at + station
        change(state.levels, level, now, is_open - state.levels[level, 0])


@inlined
def unsettle(state: State, station: int) -> None:
    """Remember that somebody may get a place."""
    state.unsettled[state.count[at.TAIL]] = station
    state.count[at.TAIL] += 1


@inlined
def open_places(rules: Rules, state: State, station: int, places: float, now: float) -> None:
    """A new number of places at one station."""
    state.places[station] = places
    level = rules.place_at + station
    change(state.levels, level, now, (0.0 if places == inf else floor(places)) - state.levels[level, 0])
    count_escalation(rules, state, station, now)
    unsettle(state, station)


@inlined
def release(rules: Rules, state: State, period: Period, p: int, now: float) -> None:
    """Give up the place held."""
    held = state.people[p, at.HELD]
    state.wards[held, at.TAKEN] -= 1
    change(state.levels, level_of(rules, state, held, p), now, -1.0)
    period.counted[at.DEPARTED, held, rules.kind[state.people[p, at.GROUP]]] += 1
    note(period, state.people, at.SAY_LEFT, p, held, now)
    count_escalation(rules, state, held, now)
    unsettle(state, held)


# ---- leaving without one -------------------------------------------------------------------------------------


@inlined
def go_away(rules: Rules, state: State, period: Period, p: int, row: int, event: int, now: float) -> None:
    """Leave the network without a place."""
    ward = state.people[p, at.WARD]
    period.counted[row, ward, rules.kind[state.people[p, at.GROUP]]] += 1
    state.count[at.INSIDE] -= 1
    note(period, state.people, event, p, ward, now)
    forget(state, p)


@inlined
def forget(state: State, p: int) -> None:
    """The record is free for somebody else."""
    state.people[p, at.AFTER] = state.count[at.FREE]
    state.count[at.FREE] = p


@compiled
def count_long(rules: Rules, state: State, latest: FloatArray, found: IntArray) -> None:
    """Count into `found`, S by K, the people from outside who have waited since before their station's latest."""
    people = state.people
    for s in range(len(state.places)):
        for place in range(state.lines.shape[2]):
            p = state.lines[s, at.QUEUE, place, 0]
            while p >= 0:
                if people[p, at.FLAGS] & at.OUTSIDE and state.times[p, at.SINCE] < latest[s]:
                    found[s, rules.kind[people[p, at.GROUP]]] += 1
                p = state.links[at.QUEUE, p, 0]
