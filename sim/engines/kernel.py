"""The compiled engine's events: the rules of sim.engines.reference and places, as loops over arrays.

One call of `run` moves a replication to the end of a period, or to where an array is full and must grow. Where the
reference starts a process or answers a request, only the stay that follows is entered in the calendar, and the order
of events there does not depend on when they were entered: so here everything happens at once, in the same order.
"""

from __future__ import annotations

from math import inf

from sim.engines import records as at
from sim.engines.arrays import Rules, SmallArray
from sim.engines.calendar_queue import number_of, open_until, put, rank_of, spell_of
from sim.engines.clock import Rank
from sim.engines.coming import expect
from sim.engines.compiled_places import NOBODY, NOWHERE, ask, settle, wait
from sim.engines.compiled_stays import comes_back, delay_over, rest_over
from sim.engines.compiled_wards import (
    change,
    change_with_time,
    count_long,
    forget,
    go_away,
    leave_lines,
    look_ahead,
    note,
    open_period,
    release,
)
from sim.engines.compiling import called, compiled, inlined
from sim.engines.crowd import Crowd
from sim.engines.envelopes import Envelopes
from sim.engines.period import (
    ARRIVED,
    DIED_WAITING,
    LOGGED,
    PAUSE_AT,
    RENEGED,
    SAY_ARRIVED,
    SAY_DIED,
    SAY_EXITED,
    SAY_RENEGED,
    Period,
)
from sim.engines.records import State

DONE, FULL, LOG_FULL, NO_WAY, PAUSED = range(5)
"""Why `run` came back: the period is over; a record or the log is wanted; somebody has nowhere to stay or to go; or
only for a moment, so that it can be stopped."""
DRAWN, OPEN, READY = range(1, 4)
"""How far a period is prepared: its first arrivals are drawn, its conditions hold, everyone at the start is there."""
_ARRIVAL = int(Rank.ARRIVAL)


# ---- coming and going ----------------------------------------------------------------------------------------


@inlined
def enter(state: State, who: SmallArray, row: int) -> int:
    """A record for a person whose stream, block, index and group stand in a row of `who`."""
    count, one = state.counts, who[row]
    p = int(count[at.FREE])
    if p >= 0:
        count[at.FREE] = state.after[p]
    else:
        p = int(count[at.USED])
        count[at.USED] = p + 1
    person = state.people[p]
    person[at.STREAM], person[at.BLOCK], person[at.INDEX], person[at.GROUP] = one[0], one[1], one[2], one[3]
    person[at.ADDRESS], person[at.HELD], person[at.BACK] = 0, NOWHERE, at.UNKNOWN
    return p


@inlined
def be_there(rules: Rules, state: State) -> tuple[int, int]:
    """The next of those who were inside before the simulation began; the station they ask for, if any."""
    row = state.counts[at.START]
    state.counts[at.START] = row + 1
    one, p = rules.starts[row], enter(state, rules.starts, row)
    station, waits, wants = int(one[4]), one[5], int(one[6])
    if waits:
        return p, station
    state.people[p, at.HELD], state.people[p, at.WARD] = station, station
    return p, wants


@inlined
def arrive(rules: Rules, state: State, period: Period, p: int, ward: int, now: float) -> None:
    """Come in from outside."""
    period.counted[ARRIVED, ward, rules.kind[state.people[p, at.GROUP]]] += 1
    state.counts[at.INSIDE] += 1
    note(period, state.people, SAY_ARRIVED, p, ward, now)


@called
def give_up(rules: Rules, state: State, period: Period, p: int, now: float) -> None:
    """Leave the line for good."""
    leave_lines(rules, state, p, now)
    if state.people[p, at.FLAGS] & at.DIES:
        go_away(rules, state, period, p, DIED_WAITING, SAY_DIED, now)
    else:
        go_away(rules, state, period, p, RENEGED, SAY_RENEGED, now)


@inlined
def move_on(rules: Rules, state: State, period: Period, p: int, now: float) -> tuple[int, float]:
    """The stay is over: sit out the delay of the way chosen, then take it.

    The station asked for next, if any, and the time of the person's next event (inf if there is none).
    """
    who, stations = state.people[p], len(state.places)
    held, ward, route = who[at.HELD], who[at.WARD], who[at.ROUTE]
    target = int(rules.target[route])
    level = rules.delay_at + held * period.moved.shape[1] + target
    if who[at.STATE] == at.DELAYED:
        change(state, level, now, -1.0)
    elif rules.delay[route] >= 0:
        change(state, level, now, 1.0)
        who[at.STATE] = at.DELAYED
        return NOWHERE, delay_over(rules, state, period, p, now)
    if target >= stations:
        return NOWHERE, leave(rules, state, period, p, target - stations, now)
    if target <= ward:
        who[at.ADDRESS] += 1 << 16
    return target, inf


@inlined
def leave(rules: Rules, state: State, period: Period, p: int, exit_: int, now: float) -> float:
    """Leave the network; when they come back, or inf."""
    who = state.people[p]
    period.moved[who[at.HELD], len(state.places) + exit_] += 1
    state.counts[at.INSIDE] -= 1
    note(period, state.people, SAY_EXITED, p, len(state.places) + exit_, now)
    release(rules, state, period, p, now)
    again = comes_back(rules, state, p, exit_, now)
    if again == inf:
        forget(state, p)
        return inf
    back = rules.back[who[at.GROUP]]
    who[at.ADDRESS], who[at.STATE], who[at.BACK] = spell_of(state.people, p) + 1, at.AT_HOME, at.UNKNOWN
    who[at.GROUP], who[at.WARD], who[at.HELD] = back[0], back[1], NOWHERE
    return again


# ---- what happens next ---------------------------------------------------------------------------------------


@inlined
def is_next(state: State, coming: float) -> bool:
    """Does the open bucket's first event go before the next arrival, which is at the time `coming`?"""
    count = state.counts
    if count[at.NEXT] == count[at.LAST] or state.due[count[at.NEXT]] > coming:
        return False
    if state.due[count[at.NEXT]] < coming:
        return True
    p, who = state.opened[count[at.NEXT]], state.coming[count[at.NEXT_COMING]]
    number = int(who[0]) << 40 | (int(who[1]) & 0xFFFFFF) << 16 | int(who[2])
    return rank_of(state.people, p) < _ARRIVAL or number_of(state.people, p) < number


@inlined
def take_turn(rules: Rules, state: State, period: Period, now: float) -> tuple[int, int, float]:
    """The first event of the open bucket: whose it is, what they ask for, and when their next event is."""
    counts = state.counts
    p = int(state.opened[counts[at.NEXT]])
    counts[at.NEXT] += 1
    who = state.people[p]
    if who[at.STATE] == at.WAITING:
        give_up(rules, state, period, p, now)
        return p, NOWHERE, inf
    if who[at.STATE] == at.AT_HOME:
        wanted = int(who[at.WARD])
        period.readmitted[rules.kind[who[at.GROUP]]] += 1
        arrive(rules, state, period, p, wanted, now)
        return p, wanted, inf
    wanted, when = move_on(rules, state, period, p, now)
    return p, wanted, when


@inlined
def come_in(rules: Rules, state: State, period: Period, row: int, now: float) -> tuple[int, int]:
    """The next person at a door, and what they ask for."""
    state.counts[at.NEXT_COMING] = row + 1
    one, p = state.coming[row], enter(state, state.coming, row)
    who, wanted = state.people[p], int(one[at.CAME_AT])
    who[at.BACK] = one[at.RETURNS]
    period.diverted[rules.kind[who[at.GROUP]]] += one[at.AWAY]
    arrive(rules, state, period, p, wanted, now)
    return p, wanted


@called
def prepare(rules: Rules, state: State, period: Period, now: float) -> tuple[int, int, float]:
    """What comes before the first event of a period or run: whose turn it is, what they ask for, when they leave."""
    counts = state.counts
    if counts[at.READY] == DRAWN:
        counts[at.READY] = OPEN
        open_period(rules, state, period, now)
        return NOBODY, NOWHERE, inf
    if counts[at.STEP] < counts[at.EARLY]:
        change_with_time(rules, state, period, now)
        return NOBODY, NOWHERE, inf
    if counts[at.START] == len(rules.starts):
        counts[at.READY] = READY
        return NOBODY, NOWHERE, inf
    p, wanted = be_there(rules, state)
    if wanted >= 0:
        return p, wanted, inf
    state.people[p, at.STATE] = at.STAYING
    return p, wanted, rest_over(rules, state, p, now)


@inlined
def wants_room(state: State, period: Period) -> int:
    """FULL if there is no record for one more person, LOG_FULL if one event might not fit the log, else DONE."""
    counts = state.counts
    if counts[at.FREE] < 0 and counts[at.USED] == len(state.people):
        return FULL
    if 0 < len(period.log) < period.progress[LOGGED] + 4 * counts[at.USED] + 16:
        return LOG_FULL
    return DONE


@inlined
def step_to(state: State, coming: float) -> float:
    """The time of what happens next: an arrival at `coming`, something fixed in time, or the calendar's next event."""
    counts, fixed = state.counts, state.clock[at.FIXED]
    if counts[at.NEXT] == counts[at.LAST]:
        open_until(state, min(coming, fixed))
    due = state.due[counts[at.NEXT]] if counts[at.NEXT] < counts[at.LAST] else inf
    return min(fixed, due, coming)


@inlined
def happen(
    rules: Rules, state: State, period: Period, arrival: int, coming: float, now: float
) -> tuple[int, int, int, float]:
    """One person's event: the row of `coming` if they arrive, who they are, what they ask for, and when they leave."""
    state.counts[at.EVENTS] += 1
    if is_next(state, coming):
        p, wanted, when = take_turn(rules, state, period, now)
        return -1, p, wanted, when
    p, wanted = come_in(rules, state, period, arrival, now)
    return arrival, p, wanted, inf


@inlined
def serve(rules: Rules, state: State, period: Period, p: int, wanted: int, when: float, row: int, now: float) -> None:
    """Give a place to who asks for one, or let them wait; enter their next event; give out what has become free."""
    given = NOWHERE
    if wanted >= 0:
        given = ask(rules, state, period, p, wanted, now)
        if given < 0:
            when = wait(rules, state, period, p, now)
    if when < inf:
        put(state, p, when)
    settle(rules, state, period, p, given, row, now)


@compiled
def run(rules: Rules, doors: Envelopes, crowd: Crowd, state: State, period: Period) -> int:
    """Move to the period's end, and say why it came back (see DONE and what follows)."""
    counts, clock = state.counts, state.clock
    now, lacks = clock[at.NOW], wants_room(state, period)
    if counts[at.READY] == 0 and lacks == DONE:
        lacks = expect(rules, doors, crowd, state, period)
        counts[at.READY] = DRAWN if lacks == DONE else 0
    look_ahead(state, period)
    while counts[at.FAULT] == 0 and lacks == DONE:
        arrival, row = counts[at.NEXT_COMING], -1
        if counts[at.READY] < READY:
            p, wanted, when = prepare(rules, state, period, now)
            look_ahead(state, period)
        elif arrival == counts[at.COMING] and counts[at.UNIT] < clock[at.UNTIL]:
            lacks = expect(rules, doors, crowd, state, period)
            if lacks == DONE and counts[at.EVENTS] >= period.progress[PAUSE_AT]:
                lacks = PAUSED
            continue
        else:
            coming = state.come[arrival] if arrival < counts[at.COMING] else inf
            now = clock[at.NOW] = step_to(state, coming)
            if now == clock[at.END]:
                count_long(rules, state, period)
                return DONE
            if now == clock[at.FIXED]:
                change_with_time(rules, state, period, now)
                look_ahead(state, period)
                p, wanted, when = NOBODY, NOWHERE, inf
            else:
                row, p, wanted, when = happen(rules, state, period, arrival, coming, now)
        serve(rules, state, period, p, wanted, when, row, now)
        lacks = wants_room(state, period)
    return lacks if lacks != DONE else NO_WAY
