"""Stations in compiled code: counting, waiting lines, places. The rules are those of sim.engines.places and wards."""

from __future__ import annotations

from math import ceil, floor, inf, log2

from sim.engines import records as at
from sim.engines.arrays import Rules, SmallArray
from sim.engines.calendar_queue import number_of, spell_of
from sim.engines.compiling import called, inlined
from sim.engines.contract import WAIT_BINS
from sim.engines.period import LOGGED, NEW_PLACES, NEXT_CENSUS, SAY_LEFT, Period
from sim.engines.records import State
from sim.results.waits import BINS_A_DOUBLING, SHORTEST


@inlined
def change(state: State, level: int, now: float, by: float) -> None:
    """Add to a level, and to its area until the period's end: sim.engines.tally.Level.change, counted ahead."""
    state.levels[level, at.VALUE] += by
    state.levels[level, at.AREA] += by * (state.clock[at.UNTIL] - now)


@inlined
def note(period: Period, people: SmallArray, event: int, p: int, where: int, now: float) -> None:
    """Write into the log, if one is kept."""
    if len(period.log) > 0:
        row = period.progress[LOGGED]
        period.log[row], period.progress[LOGGED] = now, row + 1
        period.said[row, 0], period.said[row, 1] = event, number_of(people, p)
        period.said[row, 2], period.said[row, 3] = people[p, at.GROUP], where


@inlined
def wait_bin(wait: float) -> int:
    """sim.results.waits.wait_bin."""
    if wait <= 0:
        return 0
    return min(max(1 + floor(BINS_A_DOUBLING * log2(wait / SHORTEST)), 1), WAIT_BINS - 1)


@called
def count_heads(rules: Rules, state: State, period: Period) -> None:
    """The census: people in places and people waiting, by station."""
    row, kinds = period.progress[NEXT_CENSUS], rules.kinds
    for s in range(len(state.places)):
        inside, waiting = 0.0, 0.0
        for level in range(s * kinds, (s + 1) * kinds):
            inside += state.levels[level, at.VALUE]
            waiting += state.levels[rules.waiting_at + level, at.VALUE]
        period.heads[row, 0, s], period.heads[row, 1, s] = int(inside), int(waiting)
    period.progress[NEXT_CENSUS] = row + 1


@inlined
def level_of(rules: Rules, state: State, station: int, p: int) -> int:
    """Which of the occupied (or, further on, waiting) levels a person is counted in."""
    return station * rules.kinds + rules.kind[state.people[p, at.GROUP]]


@inlined
def blocked_level(rules: Rules, state: State, p: int) -> int:
    """Where a person is counted who holds a place of one station and waits for another."""
    return rules.blocked_at + state.people[p, at.HELD] * len(state.places) + state.people[p, at.WARD]


# ---- waiting lines -------------------------------------------------------------------------------------------


@called
def stand_in(state: State, line: int, station: int, place: int, p: int) -> None:
    """Join a waiting line: by since when, number and spell; usually at its end."""
    links, ends, moments, people = state.links, state.lines, state.moments, state.people
    since, before = moments[p, at.SINCE], ends[station, line, place, 1]
    while before >= 0 and moments[before, at.SINCE] >= since:
        if moments[before, at.SINCE] == since:
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


@called
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


@called
def leave_lines(rules: Rules, state: State, p: int, now: float) -> None:
    """Stop waiting, whatever for; who waited in a buffer makes room there."""
    people = state.people
    ward, place = people[p, at.WARD], place_in_line(rules, people, p)
    step_out(state, at.QUEUE, ward, place, p)
    state.wards[ward, at.IN_LINE] -= 1
    if people[p, at.FLAGS] & at.MOVES:
        step_out(state, at.MOVERS, ward, place, p)
    if people[p, at.HELD] >= 0:
        change(state, blocked_level(rules, state, p), now, -1.0)
        if rules.buffer[ward] > 0:
            step_out(state, at.BUFFER, ward, place, p)
        return
    change(state, rules.waiting_at + level_of(rules, state, ward, p), now, -1.0)
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
            is_open = min(most, max(0, ceil(state.wards[station, at.TAKEN] - rules.opens_at[station] * places)))
        level = rules.escalation_at + station
        if is_open != state.levels[level, at.VALUE]:
            change(state, level, now, is_open - state.levels[level, at.VALUE])


@inlined
def unsettle(state: State, station: int) -> None:
    """Remember that somebody may get a place."""
    state.unsettled[state.counts[at.TAIL]] = station
    state.counts[at.TAIL] += 1


@called
def open_places(rules: Rules, state: State, station: int, places: float, now: float) -> None:
    """A new number of places at one station."""
    state.places[station] = places
    level = rules.place_at + station
    change(state, level, now, (0.0 if places == inf else floor(places)) - state.levels[level, at.VALUE])
    count_escalation(rules, state, station, now)
    unsettle(state, station)


@called
def release(rules: Rules, state: State, period: Period, p: int, now: float) -> None:
    """Give up the place held."""
    held = state.people[p, at.HELD]
    state.wards[held, at.TAKEN] -= 1
    change(state, level_of(rules, state, held, p), now, -1.0)
    note(period, state.people, SAY_LEFT, p, held, now)
    count_escalation(rules, state, held, now)
    unsettle(state, held)


# ---- leaving without one -------------------------------------------------------------------------------------


@called
def go_away(rules: Rules, state: State, period: Period, p: int, row: int, event: int, now: float) -> None:
    """Leave the network without a place."""
    ward = state.people[p, at.WARD]
    period.counted[row, ward, rules.kind[state.people[p, at.GROUP]]] += 1
    state.counts[at.INSIDE] -= 1
    note(period, state.people, event, p, ward, now)
    forget(state, p)


@inlined
def forget(state: State, p: int) -> None:
    """The record is free for somebody else."""
    state.after[p] = state.counts[at.FREE]
    state.counts[at.FREE] = p


@called
def count_long(rules: Rules, state: State, period: Period) -> None:
    """Count the people from outside who have waited for longer than is long at their station."""
    people = state.people
    for s in range(len(period.long_wait)):
        latest = state.clock[at.NOW] - period.long_wait[s]
        for place in range(state.lines.shape[2]):
            p = state.lines[s, at.QUEUE, place, 0]
            while p >= 0:
                if people[p, at.FLAGS] & at.OUTSIDE and state.moments[p, at.SINCE] < latest:
                    period.waiting_long[s, rules.kind[people[p, at.GROUP]]] += 1
                p = state.links[at.QUEUE, p, 0]


# ---- with time -----------------------------------------------------------------------------------------------


@called
def open_period(rules: Rules, state: State, period: Period, now: float) -> None:
    """What is inside stays to the end, until it changes; the places of this period, downstream first, to be settled.

    A cut never evicts, a rise admits all who fit.
    """
    left = state.clock[at.UNTIL] - now
    for level in range(len(state.levels)):
        state.levels[level, at.AREA] = state.levels[level, at.VALUE] * left
    if period.progress[NEW_PLACES]:
        for turn in range(len(rules.downstream)):
            ward = rules.downstream[turn]
            open_places(rules, state, ward, period.places[ward], now)


@called
def change_with_time(rules: Rules, state: State, period: Period, now: float) -> None:
    """What is fixed in time: the census of a whole unit, else the network's next change of places."""
    if now == state.clock[at.CENSUS_DUE] and state.counts[at.STEP] >= state.counts[at.EARLY]:
        count_heads(rules, state, period)
        state.clock[at.CENSUS_DUE] += 1
        return
    row = state.counts[at.STEP]
    state.counts[at.STEP] = row + 1
    open_places(rules, state, period.step_station[row], period.step_places[row], now)


@called
def look_ahead(state: State, period: Period) -> None:
    """When the next thing happens that is fixed in time: the census, a change of places, the period's end."""
    clock, step = state.clock, state.counts[at.STEP]
    fixed = min(clock[at.CENSUS_DUE], clock[at.END])
    clock[at.FIXED] = min(fixed, period.steps[step]) if step < len(period.steps) else fixed
