"""How long people stay and which way they leave, in compiled code: their own draws and the network's tables."""

from __future__ import annotations

from math import floor, inf

from sim.engines import records as at
from sim.engines.arrays import Rules
from sim.engines.calendar_queue import spell_of
from sim.engines.compiling import called, inlined
from sim.engines.crowd import Crowd
from sim.engines.draws import (
    DEATH_AND_RESIDUAL,
    DELAY_AND_PATIENCE,
    INTERVAL_AND_SPARE,
    MAY_MOVE_AND_READMISSION,
    PAIRS_A_STATION,
    STAY_AND_ROUTE,
    head,
    length,
    pair,
    pairs,
)
from sim.engines.period import Period
from sim.engines.records import State
from sim.engines.week import DAYS

_NEAR = 1e-6
"""A share of a week far above any rounding; so near a whole week, a product with 1 / week may be on its wrong side."""


@called
def draw(state: State, p: int, station: int, purposes: int) -> tuple[float, float]:
    """Two of a person's own numbers at a station, for this time round."""
    who, key = state.people[p], state.key
    first = head(who[at.STREAM], PAIRS_A_STATION * station + purposes)
    return pair(key, first, who[at.BLOCK], who[at.INDEX], who[at.ADDRESS])


@called
def draw_once(state: State, p: int, purposes: int) -> tuple[float, float]:
    """Two of a person's own numbers, for the whole spell."""
    who = state.people[p]
    return pair(state.key, head(who[at.STREAM], purposes), who[at.BLOCK], who[at.INDEX], spell_of(state.people, p))


@called
def length_of(rules: Rules, table: int, u: float) -> float:
    """A length of time from one of the quantile tables."""
    return length(rules.nodes, rules.separate, rules.reached, rules.values, table, u)


@inlined
def has_way(rules: Rules, group: int, ward: int) -> bool:
    """Does the network say how this group stays here, and where it goes then?"""
    return rules.stay[group, ward] >= 0 and rules.first_route[group, ward] < rules.beyond_route[group, ward]


@inlined
def way_out(rules: Rules, group: int, ward: int, lot: float) -> int:
    """The route that a person takes."""
    first, last = rules.first_route[group, ward], rules.beyond_route[group, ward] - 1
    # passing over every route costs less than guessing where to stop
    way = first
    for route in range(first, last):
        lot -= rules.share[route]
        way += int(lot >= 0)
    return int(way)


@inlined
def foresee(rules: Rules, crowd: Crowd, state: State, period: Period, found: int) -> None:
    """For those who come next: when their first stay is over if it begins at once, their way out, their return.

    Only a matter of speed: draws for many people do not wait for each other. Who has to wait draws again.
    """
    coming = state.coming
    for i in range(found):
        crowd.heads[i] = head(coming[i, 0], PAIRS_A_STATION * coming[i, at.CAME_AT] + STAY_AND_ROUTE)
        crowd.blocks[i], crowd.indices[i] = coming[i, 1], coming[i, 2]
    pairs(state.key, crowd.heads, crowd.blocks, crowd.indices, crowd.first, crowd.second, found)
    for i in range(found):
        group, ward = coming[i, 3], coming[i, at.CAME_AT]
        coming[i, at.WAY] = -1
        if has_way(rules, group, ward):
            coming[i, at.WAY] = way_out(rules, group, ward, crowd.second[i])
            stay = length_of(rules, rules.stay[group, ward], crowd.first[i]) * period.stays[group, ward]
            state.first_over[i] = leaves(rules, ward, state.come[i], stay)
    for i in range(found):
        crowd.heads[i] = head(coming[i, 0], MAY_MOVE_AND_READMISSION)
    pairs(state.key, crowd.heads, crowd.blocks, crowd.indices, crowd.first, crowd.second, found)
    for i in range(found):
        returns = crowd.second[i] < rules.back_share[coming[i, 3]]
        coming[i, at.RETURNS] = at.COMES_BACK if returns else at.STAYS_AWAY


@inlined
def stay_over(rules: Rules, state: State, period: Period, p: int, now: float) -> float:
    """When the stay that begins now is over; the way out is chosen already.

    The ward that was asked for says how long, in whichever place.
    """
    who = state.people[p]
    group, ward = who[at.GROUP], who[at.WARD]
    if not has_way(rules, group, ward):
        state.counts[at.FAULT] = 1 + group * len(state.places) + ward
        return now
    u, lot = draw(state, p, ward, STAY_AND_ROUTE)
    who[at.ROUTE] = way_out(rules, group, ward, lot)
    stay = length_of(rules, rules.stay[group, ward], u) * period.stays[group, ward]
    return leaves(rules, who[at.HELD], now, stay)


@inlined
def first_over(rules: Rules, state: State, p: int, row: int, now: float) -> float:
    """When a stay is over that begins on arrival; the way out is chosen already."""
    way = state.coming[row, at.WAY]
    if way < 0:
        state.counts[at.FAULT] = 1 + state.people[p, at.GROUP] * len(state.places) + state.people[p, at.WARD]
        return now
    state.people[p, at.ROUTE] = way
    return state.first_over[row]


@called
def rest_over(rules: Rules, state: State, p: int, now: float) -> float:
    """When a stay is over that began before the simulation did; the way out is chosen already."""
    who = state.people[p]
    group, ward = who[at.GROUP], who[at.WARD]
    if not has_way(rules, group, ward):
        state.counts[at.FAULT] = 1 + group * len(state.places) + ward
        return now
    _, lot = draw(state, p, ward, STAY_AND_ROUTE)
    _, u = draw(state, p, ward, DEATH_AND_RESIDUAL)
    who[at.ROUTE] = way_out(rules, group, ward, lot)
    return leaves(rules, who[at.HELD], now, length_of(rules, rules.residual[group, ward], u))


@called
def leaves(rules: Rules, held: int, now: float, stay: float) -> float:
    """When a stay that begins now is over: sim.engines.week.Week.leaves."""
    if not rules.weekly[held]:
        return now + stay
    reached, rates, units = rules.reached_by[held], rules.rates[held], rules.day
    span = DAYS * units
    # divmod's quotient and rest, exactly: a week is a whole number of units, so the product is not rounded
    weeks = floor(now * rules.of_week)
    rest = now - weeks * span
    if rest < 0:
        weeks -= 1
        rest = now - weeks * span
    elif rest >= span:
        weeks += 1
        rest = now - weeks * span
    day = min(int(rest if units == 1.0 else rest / units), DAYS - 1)
    clock = weeks * reached[DAYS] + reached[day] + (rest - day * units) * rates[day] + stay
    # about a week is as good as a week, except near its ends
    about = clock * rules.of_clock_week[held]
    week = floor(about)
    if about - week < _NEAR or about - week > 1.0 - _NEAR:
        week = floor(clock / reached[DAYS])
    rest, day = clock - week * reached[DAYS], 0
    for later in range(1, DAYS):
        day += int(rest >= reached[later])
    return (week * DAYS + day) * units + (rest - reached[day]) / rates[day]


@called
def gives_up(rules: Rules, state: State, p: int, now: float) -> float:
    """When a person from outside gives up waiting or dies, whichever comes first; inf if never."""
    who, limit = state.people[p], inf
    group, ward = who[at.GROUP], who[at.WARD]
    patience, death = rules.patience[group, ward], rules.death[group, ward]
    if patience >= 0:
        limit = now + length_of(rules, patience, draw(state, p, ward, DELAY_AND_PATIENCE)[1])
    if death >= 0:
        dies = now + length_of(rules, death, draw(state, p, ward, DEATH_AND_RESIDUAL)[0])
        if dies < limit:
            limit = dies
            who[at.FLAGS] |= at.DIES
    if limit < inf:
        who[at.FLAGS] |= at.LIMITED
    return limit


@called
def delay_over(rules: Rules, state: State, period: Period, p: int, now: float) -> float:
    """When the delay before leaving by the chosen way is over."""
    who = state.people[p]
    u, _ = draw(state, p, who[at.WARD], DELAY_AND_PATIENCE)
    return now + length_of(rules, rules.delay[who[at.ROUTE]], u) * period.delays[who[at.HELD]]


@inlined
def comes_back(rules: Rules, state: State, p: int, exit_: int, now: float) -> float:
    """When a person who leaves by this exit comes back; inf if never."""
    group = state.people[p, at.GROUP]
    if not rules.back_after[group, exit_] or spell_of(state.people, p) >= rules.back[group, 3]:
        return inf
    back = state.people[p, at.BACK]
    if back == at.UNKNOWN:
        back = int(draw_once(state, p, MAY_MOVE_AND_READMISSION)[1] < rules.back_share[group])
    if back == at.STAYS_AWAY:
        return inf
    return now + length_of(rules, rules.back[group, 2], draw_once(state, p, INTERVAL_AND_SPARE)[0])
