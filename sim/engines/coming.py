"""Arrivals in compiled code: the people of sim.engines.arrivals.Envelope, in the order in which they come.

A few time units are drawn together, in steps that each do one thing to everybody: count, draw, thin, put in order.
Within a unit times are even, so people are put in order by counting, not by comparing.
"""

from __future__ import annotations

from math import ceil, floor, inf, nextafter

from sim.engines import records as at
from sim.engines.arrays import Rules, SmallArray
from sim.engines.arrivals import DAYS_PER_YEAR, DEPTHS
from sim.engines.compiled_stays import foresee
from sim.engines.compiling import called, inlined
from sim.engines.contract import IntArray
from sim.engines.crowd import Crowd
from sim.engines.draws import COUNT_AND_DAY, TIME_AND_THIN, between_nodes, head, pair, pairs
from sim.engines.envelopes import GUIDES, Envelopes
from sim.engines.people import INSIDE
from sim.engines.period import NEXT_GIVEN, Period
from sim.engines.records import COMING_COLUMNS, State

NO_ROOM, TOO_MANY_LAYERS, NO_OTHER_DOOR = -1, -2, -3
"""What is handed back instead of a number of people."""
_FIRST, _FURTHER = DEPTHS


@called
def expect(rules: Rules, doors: Envelopes, crowd: Crowd, state: State, period: Period) -> int:
    """Draw who comes in the next few units, and what they will need first; below 0, why not (see NO_ROOM)."""
    counts, until = state.counts, state.clock[at.UNTIL]
    first = counts[at.UNIT]
    beyond = min(first + doors.at_once, ceil(until))
    found = _come_late(crowd, state)
    layers = _layers(doors, crowd, state, period, first, beyond)
    if layers < 0:
        return layers
    people = _people(doors, crowd, state, layers)
    if people < 0:
        return people
    found = _thinned(doors, crowd, state, period, people, found)
    if found < 0:
        return found
    found, given = _given(crowd, period, found, beyond if beyond < until else inf)
    if found < 0:
        return found
    _in_order(crowd, state, found, first, beyond)
    foresee(rules, crowd, state, period, found)
    period.progress[NEXT_GIVEN] = given
    counts[at.NEXT_COMING], counts[at.COMING], counts[at.UNIT] = 0, found, beyond
    return 0


@inlined
def _come_late(crowd: Crowd, state: State) -> int:
    """Those of the last period who were too late for it by a rounding error."""
    counts, found = state.counts, 0
    for row in range(counts[at.NEXT_COMING], counts[at.COMING]):
        crowd.times[found] = state.come[row]
        for column in range(COMING_COLUMNS):
            crowd.who[found, column] = state.coming[row, column]
        found += 1
    return found


# ---- which layers are reached --------------------------------------------------------------------------------


@inlined
def _layers(doors: Envelopes, crowd: Crowd, state: State, period: Period, first: int, beyond: int) -> int:
    """List the layers that each door's rate reaches in each unit; how many."""
    found, room = 0, len(crowd.door)
    for unit in range(first, beyond):
        day = floor(unit / doors.per_day)
        weekday, month = (day + doors.weekday) % 7, _month(doors.date + day)
        for d in range(len(doors.open)):
            if not doors.open[d]:
                continue
            height = doors.base[d] * doors.weekdays[d, weekday] * doors.months[d, month]
            height *= _of_series(doors, d, unit) * _dispersion(doors, state.key, d, day)
            most = height * _highest(doors, d, unit) * (period.multiplier[doors.group[d]] + period.away[doors.group[d]])
            if most <= 0:
                continue
            layers = max(1, 1 + ceil((most - _FIRST) / _FURTHER))
            if layers > INSIDE:
                state.counts[at.FAULT] = doors.usual[d]
                return TOO_MANY_LAYERS
            if found + layers > room:
                return NO_ROOM
            for layer in range(layers):
                crowd.door[found], crowd.layer[found], crowd.unit[found] = d, layer, unit
                crowd.most[found], crowd.height[found] = most, height
                found += 1
    return found


@inlined
def _month(date: int) -> int:
    """0 for January to 11, of a date in days since 1970-01-01.

    Source: Hinnant (2013), chrono-compatible low-level date algorithms; years there begin in March.
    """
    day = (date + 719_468) % 146_097
    year = (day - day // 1_460 + day // 36_524 - day // 146_096) // 365
    of_year = day - (365 * year + year // 4 - year // 100)
    return ((5 * of_year + 2) // 153 + 2) % 12


@inlined
def _dispersion(doors: Envelopes, key: IntArray, d: int, day: int) -> float:
    """A day's random factor."""
    row = doors.dispersed[d]
    if row < 0:
        return 1.0
    return between_nodes(doors.factors, row, pair(key, head(doors.day_stream[d], COUNT_AND_DAY), day, 0, 0)[1])


@inlined
def _of_series(doors: Envelopes, d: int, unit: int) -> float:
    """The series' people of a unit; nobody comes after its end."""
    first, beyond = doors.series_at[d], doors.series_at[d + 1]
    if first == beyond:
        return 1.0
    if unit < 0 or unit >= beyond - first:
        return 0.0
    return doors.series[first + unit]


@inlined
def _highest(doors: Envelopes, d: int, unit: int) -> float:
    """The highest factor within a unit of what changes there: hours, years and growth."""
    if not doors.changing[d]:
        return 1.0
    last = nextafter(unit + 1.0, -inf)
    return doors.busiest[d] * max(_changing(doors, d, float(unit)), _changing(doors, d, last))


@called
def _changing(doors: Envelopes, d: int, time: float) -> float:
    """The factor of the year and the growth."""
    first, beyond = doors.year_at[d], doors.year_at[d + 1]
    years, factor = time / doors.per_day / DAYS_PER_YEAR, 1.0
    if first < beyond:
        factor = doors.years[min(max(first + int(years), first), beyond - 1)]
    if doors.growth[d] != 0.0:
        factor *= (1.0 + doors.growth[d]) ** years
    return factor


# ---- who comes -----------------------------------------------------------------------------------------------


@inlined
def _people(doors: Envelopes, crowd: Crowd, state: State, layers: int) -> int:
    """Count the people of every layer, and draw their times and heights within it; how many."""
    for i in range(layers):
        crowd.heads[i] = head(doors.stream[crowd.door[i]] + crowd.layer[i], COUNT_AND_DAY)
        crowd.blocks[i], crowd.indices[i] = crowd.unit[i], 0
    pairs(state.key, crowd.heads, crowd.blocks, crowd.indices, crowd.lots, crowd.second, layers)
    people, room = 0, len(crowd.times)
    for i in range(layers):
        number = _number(doors, 2 * crowd.door[i] + min(crowd.layer[i], 1), crowd.lots[i])
        if people + number > room:
            return NO_ROOM
        address = head(doors.stream[crowd.door[i]] + crowd.layer[i], TIME_AND_THIN)
        for index in range(number):
            crowd.heads[people], crowd.blocks[people], crowd.indices[people] = address, crowd.unit[i], index
            crowd.layer_of[people] = i
            people += 1
    pairs(state.key, crowd.heads, crowd.blocks, crowd.indices, crowd.first, crowd.second, people)
    return people


@inlined
def _number(doors: Envelopes, table: int, lot: float) -> int:
    """How many people a layer has in a unit: the first count whose cumulative share reaches the lot."""
    first, last = doors.count_at[table], doors.count_at[table + 1] - 1
    at_least = first + doors.guide[table, int(lot * GUIDES)]
    while at_least < last and doors.counts[at_least] < lot:
        at_least += 1
    return int(at_least - first)


@inlined
def _thinned(doors: Envelopes, crowd: Crowd, state: State, period: Period, people: int, found: int) -> int:
    """Append those of the layers' people whom the rate reaches; how many there are then."""
    clock, room = state.clock, len(crowd.times)
    start, until = clock[at.NOW], clock[at.UNTIL]
    if found + people > room:
        return NO_ROOM
    for j in range(people):
        i = crowd.layer_of[j]
        d, layer, time = crowd.door[i], crowd.layer[i], crowd.blocks[j] + crowd.first[j]
        depth = _FURTHER if layer > 0 else _FIRST
        height = crowd.second[j] * depth + (_FIRST + (layer - 1) * _FURTHER if layer > 0 else 0.0)
        rate = crowd.height[i]
        if doors.changing[d] and height < crowd.most[i]:
            rate *= _changing(doors, d, time)
            if doors.hourly[d]:
                rate *= doors.hours[d, floor(time / doors.per_day * 24.0) % 24]
        group = doors.group[d]
        multiplier = period.multiplier[group]
        away = height >= rate * multiplier
        who = crowd.who[found]
        who[0], who[1], who[2] = doors.stream[d] + layer, crowd.blocks[j], crowd.indices[j]
        who[3], who[at.CAME_AT] = group, doors.other[d] if away else doors.usual[d]
        who[at.AWAY], crowd.times[found] = away, time
        comes = height < crowd.most[i] and height < rate * (multiplier + period.away[group]) and start <= time < until
        if comes and away and doors.other[d] < 0:
            state.counts[at.FAULT] = doors.group[d]
            return NO_OTHER_DOOR
        # written in any case: a branch here would be a toss-up
        found += int(comes)
    return found


@inlined
def _given(crowd: Crowd, period: Period, found: int, before: float) -> tuple[int, int]:
    """Append those who come by no rate, before a time; how many there are then, and who is given next."""
    row, room = period.progress[NEXT_GIVEN], len(crowd.times)
    while row < len(period.given) and period.given[row] < before:
        if found == room:
            return NO_ROOM, row
        crowd.times[found] = period.given[row]
        for column in range(COMING_COLUMNS):
            crowd.who[found, column] = period.given_who[row, column]
        found, row = found + 1, row + 1
    return found, row


# ---- in what order -------------------------------------------------------------------------------------------


@inlined
def _part(time: float, first: int, a_unit: float, parts: int) -> int:
    """The part of a batch that a time falls in; who is late belongs to the first."""
    return min(max(int((time - first) * a_unit), 0), parts - 1)


@inlined
def _in_order(crowd: Crowd, state: State, found: int, first: int, beyond: int) -> None:
    """Put those who come in order of time, then number."""
    place, times, rows, a_unit = crowd.place, state.come, crowd.rows, found / (beyond - first)
    for i in range(found + 1):
        place[i] = 0
    for i in range(found):
        place[_part(crowd.times[i], first, a_unit, found) + 1] += 1
    for i in range(found):
        place[i + 1] += place[i]
    for i in range(found):
        part = _part(crowd.times[i], first, a_unit, found)
        rows[place[part]], times[place[part]] = i, crowd.times[i]
        place[part] += 1
    for i in range(1, found):
        time, row, j = times[i], rows[i], i
        while j > 0 and (
            times[j - 1] > time
            or (times[j - 1] == time and _number_in(crowd.who, rows[j - 1]) > _number_in(crowd.who, row))
        ):
            times[j], rows[j] = times[j - 1], rows[j - 1]
            j -= 1
        times[j], rows[j] = time, row
    for i in range(found):
        for column in range(at.AWAY + 1):
            state.coming[i, column] = crowd.who[rows[i], column]


@inlined
def _number_in(who: SmallArray, row: int) -> int:
    """The person's number, as in sim.engines.people."""
    return int(who[row, 0]) << 40 | (int(who[row, 1]) & 0xFFFFFF) << 16 | int(who[row, 2])
