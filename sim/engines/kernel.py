"""The compiled engine's events: the rules of sim.engines.reference and places, as loops over arrays.

One call of `run` moves a replication to the end of a period, or to where an array is full and must grow. Where the
reference starts a process or answers a request, only the stay that follows is entered in the calendar, and the order
of events there does not depend on when they were entered: so here everything happens at once, in the same order.
"""

from __future__ import annotations

from math import floor, inf

from sim.engines import records as at
from sim.engines.arrays import Rules, SmallArray
from sim.engines.calendar_queue import number_of, open_until, put, rank_of, spell_of, take_out
from sim.engines.clock import Rank
from sim.engines.compiled_wards import (
    blocked_level,
    change,
    count_escalation,
    count_heads,
    first_in,
    forget,
    go_away,
    has_place,
    leave_lines,
    level_of,
    note,
    open_places,
    place_in_line,
    release,
    stand_in,
    step_out,
    unsettle,
    wait_bin,
)
from sim.engines.compiling import by_reference, compiled, inlined
from sim.engines.draws import (
    DEATH_AND_RESIDUAL,
    DELAY_AND_PATIENCE,
    INTERVAL_AND_SPARE,
    MAY_MOVE_AND_READMISSION,
    PAIRS_A_STATION,
    STAY_AND_ROUTE,
    length,
    pair,
)
from sim.engines.records import Period, State
from sim.engines.week import DAYS

DONE, FULL, LOG_FULL, NO_WAY = range(4)
"""Why `run` came back: the period is over; a record or the log is wanted; somebody has nowhere to stay or to go."""
_ARRIVAL = int(Rank.ARRIVAL)


# ---- one person's way ----------------------------------------------------------------------------------------


@inlined
def draw(state: State, p: int, purposes: int) -> tuple[float, float]:
    """Two of a person's own numbers, for this time round."""
    who, key = state.people[p], state.key
    return pair(key[0], key[1], who[at.STREAM], who[at.BLOCK], who[at.INDEX], who[at.ADDRESS], purposes)


@inlined
def draw_once(state: State, p: int, purposes: int) -> tuple[float, float]:
    """Two of a person's own numbers, for the whole spell."""
    who, key, spell = state.people[p], state.key, spell_of(state.people, p)
    return pair(key[0], key[1], who[at.STREAM], who[at.BLOCK], who[at.INDEX], spell, purposes)


@inlined
def length_of(rules: Rules, table: int, u: float) -> float:
    """A length of time from one of the quantile tables."""
    return length(rules.nodes, rules.separate, rules.reached, rules.values, table, u)


@inlined
def leaves(rules: Rules, held: int, now: float, stay: float) -> float:
    """When a stay that begins now is over: sim.engines.week.Week.leaves."""
    if not rules.weekly[held]:
        return now + stay
    reached, rates, units = rules.reached_by[held], rules.rates[held], rules.day
    # divmod's quotient and rest, exactly: a week is a whole number of units, so the product is not rounded
    weeks = floor(now / (DAYS * units))
    rest = now - weeks * (DAYS * units)
    if rest < 0:
        weeks, rest = weeks - 1, now - (weeks - 1) * (DAYS * units)
    elif rest >= DAYS * units:
        weeks, rest = weeks + 1, now - (weeks + 1) * (DAYS * units)
    day = min(int(rest / units), DAYS - 1)
    clock = weeks * reached[DAYS] + reached[day] + (rest - day * units) * rates[day] + stay
    week = int(floor(clock / reached[DAYS]))
    rest, day = clock - week * reached[DAYS], DAYS - 1
    while day > 0 and rest < reached[day]:
        day -= 1
    return (week * DAYS + day) * units + (rest - reached[day]) / rates[day]


@inlined
def begin_stay(rules: Rules, state: State, period: Period, p: int, residual: bool, now: float) -> None:
    """Stay in the place held, as long as the ward asked for demands; choose the way out already."""
    people = state.people
    group, ward = people[p, at.GROUP], people[p, at.WARD]
    table, beyond = rules.stay[group, ward], rules.beyond_route[group, ward]
    if table < 0 or rules.first_route[group, ward] == beyond:
        state.count[at.FAULT] = 1 + group * len(state.places) + ward
        return
    purposes = PAIRS_A_STATION * ward
    u, lot = draw(state, p, purposes + STAY_AND_ROUTE)
    if residual:
        _, u = draw(state, p, purposes + DEATH_AND_RESIDUAL)
        stay = length_of(rules, rules.residual[group, ward], u)
    else:
        stay = length_of(rules, table, u) * period.stays[group, ward]
    route = rules.first_route[group, ward]
    lot -= rules.share[route]
    while lot >= 0 and route + 1 < beyond:
        route += 1
        lot -= rules.share[route]
    people[p, at.ROUTE], people[p, at.STATE] = route, at.STAYING
    put(state, p, leaves(rules, people[p, at.HELD], now, stay))


@inlined
def admit(rules: Rules, state: State, period: Period, p: int, given: int, now: float) -> None:
    """Give a place; the one held until now is free again, and the stay begins."""
    people, kind = state.people, rules.kind[state.people[p, at.GROUP]]
    state.wards[given, at.TAKEN] += 1
    change(state.levels, level_of(rules, state, given, p), now, 1.0)
    count_escalation(rules, state, given, now)
    period.counted[at.ADMITTED, given, kind] += 1
    if people[p, at.FLAGS] & at.OUTSIDE:
        wait = now - state.times[p, at.SINCE]
        period.waits[given, kind, wait_bin(wait)] += 1
        period.wait_total[given, kind] += wait
    note(period, people, at.SAY_ADMITTED, p, given, now)
    if people[p, at.HELD] >= 0:
        release(rules, state, period, p, now)
    people[p, at.HELD] = given
    begin_stay(rules, state, period, p, False, now)


@inlined
def ask(rules: Rules, state: State, period: Period, p: int, ward: int, now: float) -> None:
    """Ask for a place: given at once if one is free, else wait, stay blocked, or be turned away."""
    people, given = state.people, -1
    flags = at.OUTSIDE if people[p, at.HELD] < 0 else 0
    people[p, at.WARD], state.times[p, at.SINCE] = ward, now
    if has_place(rules, state, ward):
        given = ward
    elif period.moving > 0 and rules.sister_from[ward] < rules.sister_from[ward + 1]:
        if draw_once(state, p, MAY_MOVE_AND_READMISSION)[0] < period.moving:
            flags |= at.MOVES
            for i in range(rules.sister_from[ward], rules.sister_from[ward + 1]):
                if given < 0 and has_place(rules, state, rules.sisters[i]):
                    given = rules.sisters[i]
    people[p, at.FLAGS] = flags
    if given >= 0:
        admit(rules, state, period, p, given, now)
    elif flags & at.OUTSIDE and state.wards[ward, at.OUT] >= rules.room[ward]:
        go_away(rules, state, period, p, at.LOST, at.SAY_LOST, now)
    else:
        wait(rules, state, period, p, now)


@inlined
def wait(rules: Rules, state: State, period: Period, p: int, now: float) -> None:
    """Wait for a place, outside or blocked in the one held."""
    people, ward = state.people, state.people[p, at.WARD]
    place = place_in_line(rules, people, p)
    stand_in(state, at.QUEUE, ward, place, p)
    state.wards[ward, at.IN_LINE] += 1
    if people[p, at.FLAGS] & at.MOVES:
        stand_in(state, at.MOVERS, ward, place, p)
    if people[p, at.FLAGS] & at.OUTSIDE:
        people[p, at.STATE] = at.WAITING
        state.wards[ward, at.OUT] += 1
        change(state.levels, rules.waiting_at + level_of(rules, state, ward, p), now, 1.0)
        set_limit(rules, state, p, now)
        return
    people[p, at.STATE] = at.BLOCKED
    change(state.levels, blocked_level(rules, state, p), now, 1.0)
    note(period, people, at.SAY_BLOCKED, p, people[p, at.HELD], now)
    if rules.buffer[ward] > 0:
        stand_in(state, at.BUFFER, ward, place, p)
    unsettle(state, ward)


@inlined
def set_limit(rules: Rules, state: State, p: int, now: float) -> None:
    """How long a person from outside waits at most: until they give up or die, whichever comes first."""
    people, limit = state.people, inf
    group, ward = people[p, at.GROUP], people[p, at.WARD]
    patience, death, purposes = rules.patience[group, ward], rules.death[group, ward], PAIRS_A_STATION * ward
    if patience >= 0:
        limit = now + length_of(rules, patience, draw(state, p, purposes + DELAY_AND_PATIENCE)[1])
    if death >= 0:
        dies = now + length_of(rules, death, draw(state, p, purposes + DEATH_AND_RESIDUAL)[0])
        if dies < limit:
            limit = dies
            people[p, at.FLAGS] |= at.DIES
    if limit < inf:
        people[p, at.FLAGS] |= at.LIMITED
        put(state, p, limit)


@inlined
def give_up(rules: Rules, state: State, period: Period, p: int, now: float) -> None:
    """Leave the line for good."""
    leave_lines(rules, state, p, now)
    if state.people[p, at.FLAGS] & at.DIES:
        go_away(rules, state, period, p, at.DIED_WAITING, at.SAY_DIED, now)
    else:
        go_away(rules, state, period, p, at.RENEGED, at.SAY_RENEGED, now)


@inlined
def move_on(rules: Rules, state: State, period: Period, p: int, now: float) -> int:
    """The stay is over: sit out the delay of the way chosen, then take it. The station asked for next, or -1."""
    people = state.people
    held, ward, route, stations = people[p, at.HELD], people[p, at.WARD], people[p, at.ROUTE], len(state.places)
    target = rules.target[route]
    level = rules.delay_at + held * (stations + len(period.exits)) + target
    if people[p, at.STATE] == at.DELAYED:
        change(state.levels, level, now, -1.0)
    elif rules.delay[route] >= 0:
        u, _ = draw(state, p, PAIRS_A_STATION * ward + DELAY_AND_PATIENCE)
        change(state.levels, level, now, 1.0)
        people[p, at.STATE] = at.DELAYED
        put(state, p, now + length_of(rules, rules.delay[route], u) * period.delays[held])
        return -1
    if target >= stations:
        leave(rules, state, period, p, target - stations, now)
        return -1
    if target <= ward:
        people[p, at.ADDRESS] += 1 << 16
    return int(target)


@inlined
def leave(rules: Rules, state: State, period: Period, p: int, exit_: int, now: float) -> None:
    """Leave the network; perhaps to come back."""
    people, group, spell = state.people, state.people[p, at.GROUP], spell_of(state.people, p)
    period.exits[exit_] += 1
    state.count[at.INSIDE] -= 1
    note(period, people, at.SAY_EXITED, p, len(state.places) + exit_, now)
    release(rules, state, period, p, now)
    if not rules.back_after[group, exit_] or spell >= rules.back[group, 3]:
        forget(state, p)
        return
    if draw_once(state, p, MAY_MOVE_AND_READMISSION)[1] >= rules.back_share[group]:
        forget(state, p)
        return
    interval = length_of(rules, rules.back[group, 2], draw_once(state, p, INTERVAL_AND_SPARE)[0])
    people[p, at.GROUP], people[p, at.WARD], people[p, at.HELD] = rules.back[group, 0], rules.back[group, 1], -1
    people[p, at.ADDRESS], people[p, at.STATE] = spell + 1, at.AT_HOME
    put(state, p, now + interval)


@inlined
def arrive(rules: Rules, state: State, period: Period, p: int, ward: int, now: float) -> None:
    """Come in from outside."""
    period.counted[at.ARRIVED, ward, rules.kind[state.people[p, at.GROUP]]] += 1
    state.count[at.INSIDE] += 1
    note(period, state.people, at.SAY_ARRIVED, p, ward, now)
    ask(rules, state, period, p, ward, now)


# ---- who gets a place ----------------------------------------------------------------------------------------


@inlined
def settle(rules: Rules, state: State, period: Period, now: float) -> None:
    """Give free places to those who wait, and buffer places to the blocked, until nothing moves."""
    count = state.count
    while count[at.HEAD] < count[at.TAIL]:
        ward = state.unsettled[count[at.HEAD]]
        count[at.HEAD] += 1
        while has_place(rules, state, ward):
            p = next_for(rules, state, ward)
            if p < 0:
                break
            leave_lines(rules, state, p, now)
            if state.people[p, at.FLAGS] & at.LIMITED:
                take_out(state, p)
            admit(rules, state, period, p, ward, now)
        while state.wards[ward, at.IN_BUFFER] < rules.buffer[ward]:
            p = first_in(state, at.BUFFER, ward)
            if p < 0:
                break
            into_buffer(rules, state, period, p, now)
    count[at.HEAD] = count[at.TAIL] = 0


@inlined
def next_for(rules: Rules, state: State, ward: int) -> int:
    """Who gets the next place: the ward's own line first, then people of a sister's who may move."""
    if state.wards[ward, at.IN_LINE] > 0:
        return first_in(state, at.QUEUE, ward)
    if state.lines.shape[1] > at.MOVERS:
        for i in range(rules.sister_from[ward], rules.sister_from[ward + 1]):
            p = first_in(state, at.MOVERS, rules.sisters[i])
            if p >= 0:
                return p
    return -1


@inlined
def into_buffer(rules: Rules, state: State, period: Period, p: int, now: float) -> None:
    """Wait outside the old place instead of in it."""
    people, ward = state.people, state.people[p, at.WARD]
    step_out(state, at.BUFFER, ward, place_in_line(rules, people, p), p)
    people[p, at.STATE] = at.BUFFERED
    state.wards[ward, at.IN_BUFFER] += 1
    change(state.levels, blocked_level(rules, state, p), now, -1.0)
    change(state.levels, rules.waiting_at + level_of(rules, state, ward, p), now, 1.0)
    release(rules, state, period, p, now)
    people[p, at.HELD] = -1


# ---- what happens next ---------------------------------------------------------------------------------------


@inlined
def enter(state: State, who: SmallArray, row: int) -> int:
    """A record for a person whose stream, block, index and group stand in a row of `who`."""
    people, count = state.people, state.count
    p = count[at.FREE]
    if p >= 0:
        count[at.FREE] = people[p, at.AFTER]
    else:
        p = count[at.USED]
        count[at.USED] += 1
    people[p, at.STREAM], people[p, at.BLOCK], people[p, at.INDEX] = who[row, 0], who[row, 1], who[row, 2]
    people[p, at.ADDRESS], people[p, at.GROUP], people[p, at.HELD] = 0, who[row, 3], -1
    return int(p)


@inlined
def come_in(rules: Rules, state: State, period: Period, now: float) -> None:
    """The next person at a door."""
    row = period.progress[at.NEXT_ARRIVAL]
    period.progress[at.NEXT_ARRIVAL] = row + 1
    p = enter(state, period.who, row)
    period.diverted[rules.kind[state.people[p, at.GROUP]]] += period.who[row, 5]
    arrive(rules, state, period, p, int(period.who[row, 4]), now)


@inlined
def be_there(rules: Rules, state: State, period: Period, now: float) -> None:
    """The next of those who were inside before the simulation began."""
    row = state.count[at.START]
    state.count[at.START] = row + 1
    station, waits, wants = rules.starts[row, 4], rules.starts[row, 5], int(rules.starts[row, 6])
    p = enter(state, rules.starts, row)
    if waits:
        ask(rules, state, period, p, int(station), now)
        return
    people = state.people
    people[p, at.HELD], people[p, at.WARD] = station, station
    if wants >= 0:
        ask(rules, state, period, p, wants, now)
    else:
        begin_stay(rules, state, period, p, True, now)


@inlined
def take_turn(rules: Rules, state: State, period: Period, now: float) -> None:
    """The event of the first person in the open bucket."""
    p = state.opened[state.count[at.NEXT]]
    state.count[at.NEXT] += 1
    is_at = state.people[p, at.STATE]
    if is_at == at.WAITING:
        give_up(rules, state, period, p, now)
    elif is_at == at.AT_HOME:
        period.readmitted[rules.kind[state.people[p, at.GROUP]]] += 1
        arrive(rules, state, period, p, int(state.people[p, at.WARD]), now)
    else:
        wanted = move_on(rules, state, period, p, now)
        if wanted >= 0:
            ask(rules, state, period, p, wanted, now)


@compiled
def set_places(rules: Rules, state: State, period: Period) -> None:
    """The places of this period, downstream first; a cut never evicts, a rise admits everyone who fits."""
    _set_places(by_reference(rules), by_reference(state), by_reference(period))


@inlined
def _set_places(rules: Rules, state: State, period: Period) -> None:
    now = state.clock[at.NOW]
    if len(period.places) > 0:
        for ward in rules.downstream:
            open_places(rules, state, ward, period.places[ward], now)
        settle(rules, state, period, now)
    for row in range(period.early):
        open_places(rules, state, period.step_station[row], period.step_places[row], now)
        settle(rules, state, period, now)


@inlined
def is_next(state: State, period: Period, coming: float) -> bool:
    """Does the open bucket's first event go before the next arrival, which is at the time `coming`?"""
    count = state.count
    if count[at.NEXT] == count[at.LAST] or state.due[count[at.NEXT]] > coming:
        return False
    p, row, who = state.opened[count[at.NEXT]], period.progress[at.NEXT_ARRIVAL], period.who
    if state.due[count[at.NEXT]] < coming or rank_of(state.people, p) < _ARRIVAL:
        return True
    number = int(who[row, 0]) << 40 | (int(who[row, 1]) & 0xFFFFFF) << 16 | int(who[row, 2])
    return number_of(state.people, p) < number


@compiled
def run(rules: Rules, state: State, period: Period) -> int:
    """Move to the period's end, and say why it came back (see DONE and what follows)."""
    return _run(by_reference(rules), by_reference(state), by_reference(period))


@inlined
def _run(rules: Rules, state: State, period: Period) -> int:
    count, clock, come, steps = state.count, state.clock, period.come, period.steps
    now = clock[at.NOW]
    while count[at.FAULT] == 0:
        if count[at.FREE] < 0 and count[at.USED] == len(state.people):
            return FULL
        if 0 < len(period.log) < period.progress[at.LOGGED] + 4 * count[at.USED] + 16:
            return LOG_FULL
        step = steps[count[at.STEP]] if count[at.STEP] < len(steps) else inf
        if count[at.START] < len(rules.starts):
            be_there(rules, state, period, now)
            settle(rules, state, period, now)
            continue
        coming = come[period.progress[at.NEXT_ARRIVAL]] if period.progress[at.NEXT_ARRIVAL] < len(come) else inf
        fixed = min(clock[at.CENSUS_DUE], step, period.until)
        open_until(state, min(coming, fixed))
        due = state.due[count[at.NEXT]] if count[at.NEXT] < count[at.LAST] else inf
        if fixed <= min(due, coming):
            now = clock[at.NOW] = fixed
            if fixed == period.until:
                return DONE
            if fixed == clock[at.CENSUS_DUE]:
                count_heads(rules, state, period)
                clock[at.CENSUS_DUE] += 1
                continue
            row = count[at.STEP]
            count[at.STEP] = row + 1
            open_places(rules, state, period.step_station[row], period.step_places[row], now)
        elif is_next(state, period, coming):
            now = due
            count[at.EVENTS] += 1
            take_turn(rules, state, period, now)
        else:
            now = coming
            count[at.EVENTS] += 1
            come_in(rules, state, period, now)
        settle(rules, state, period, now)
        clock[at.NOW] = now
    return NO_WAY
