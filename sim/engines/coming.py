"""Arrivals in compiled code: the people of sim.engines.arrivals.Envelope, in the order in which they come.

Unit by unit and layer by layer the same draws decide the same people; only layers that a unit's rate does not reach
are passed over. Within a unit times are even, so people are put in order by counting, not by comparing.
"""

from __future__ import annotations

from math import ceil, floor, inf, nextafter
from typing import NamedTuple

import numpy as np

from sim.engines.arrays import FlagArray, SmallArray
from sim.engines.arrivals import DAYS_PER_YEAR, Calendar, Envelope
from sim.engines.compiling import by_reference, compiled, inlined
from sim.engines.contract import FloatArray, IntArray
from sim.engines.draws import between_nodes, pair
from sim.engines.people import INSIDE, LAYERS
from sim.network.model import CareNetwork
from sim.randomness.distributions import HALF
from sim.randomness.streams import Purpose

_COUNT_AND_TIME, _THIN_AND_DAY = Purpose.COUNT // 2, Purpose.THIN // 2
COLUMNS = 6
"""Of `who`: stream, block, index, group, station, diverted?"""
NO_ROOM, TOO_MANY_LAYERS = -1, -2
"""What `come` hands back instead of a number of people."""


class Envelopes(NamedTuple):
    """The Poisson arrivals of D groups.

    group, usual, other   D: group, station where they come in, and where those go who are diverted (-1 = nowhere)
    stream, day_stream    D: the first layer's stream, and the stream of the days' random factors
    layer, growth    D: people per unit and layer; growth a year
    hourly           D: do hours differ? hours, weekdays, months (D by 24, 7, 12): factors
    years, series, counts   factors by year, people by unit, cumulative Poisson shares: one after the other
    year_at, series_at, count_at   D + 1: where those of each group begin
    dispersed        D: row of `factors`, the quantile tables of a day's factor, or -1
    per_day, weekday units in a day; the weekday of time 0
    """

    group: SmallArray
    usual: SmallArray
    other: SmallArray
    stream: IntArray
    day_stream: IntArray
    layer: FloatArray
    growth: FloatArray
    hourly: FlagArray
    hours: FloatArray
    weekdays: FloatArray
    months: FloatArray
    years: FloatArray
    series: FloatArray
    counts: FloatArray
    year_at: IntArray
    series_at: IntArray
    count_at: IntArray
    dispersed: SmallArray
    factors: FloatArray
    per_day: float
    weekday: int


class Wanted(NamedTuple):
    """The people of one period.

    start, end   from when until before when
    usual, all   D: multiplier of each group's rate at its usual door, and in all with those diverted
    first_day, month   the first day of the period; the month (0 = January) of each day from then on
    times, who   people found, in order; columns of `who` as in Period
    loose_times, loose, place   the people of one unit before they are in order; how many come before each slot
    rows         of each one found, the row of `loose`
    """

    start: float
    end: float
    usual: FloatArray
    all: FloatArray
    first_day: int
    month: IntArray
    times: FloatArray
    who: SmallArray
    loose_times: FloatArray
    loose: SmallArray
    place: IntArray
    rows: SmallArray


@inlined
def _dispersion(envelopes: Envelopes, key: IntArray, d: int, day: int) -> float:
    """A day's random factor."""
    row = envelopes.dispersed[d]
    if row < 0:
        return 1.0
    _, u = pair(key[0], key[1], envelopes.day_stream[d], day, 0, 0, _THIN_AND_DAY)
    return between_nodes(envelopes.factors, row, u)


@inlined
def _changing(envelopes: Envelopes, d: int, rate: float, time: float) -> float:
    """A rate with what changes within a day or unit: the year and the growth."""
    years = time / envelopes.per_day / DAYS_PER_YEAR
    first, beyond = envelopes.year_at[d], envelopes.year_at[d + 1]
    if first < beyond:
        rate *= envelopes.years[min(max(first + int(years), first), beyond - 1)]
    if envelopes.growth[d] != 0.0:
        rate *= (1.0 + envelopes.growth[d]) ** years
    return rate


@inlined
def _of_series(envelopes: Envelopes, d: int, unit: int) -> float:
    """The series' people of a unit relative to a layer; nobody comes after its end."""
    first, beyond = envelopes.series_at[d], envelopes.series_at[d + 1]
    if first == beyond:
        return 1.0
    if unit < 0 or unit >= beyond - first:
        return 0.0
    return envelopes.series[first + unit] / envelopes.layer[d]


@inlined
def _number(envelopes: Envelopes, d: int, lot: float) -> int:
    """How many people a layer has in a unit: the first count whose cumulative share reaches the lot."""
    first, low, high = envelopes.count_at[d], envelopes.count_at[d], envelopes.count_at[d + 1]
    while low < high:
        middle = (low + high) // 2
        if envelopes.counts[middle] < lot:
            low = middle + 1
        else:
            high = middle
    return int(low - first)


@compiled
def come(envelopes: Envelopes, key: IntArray, wanted: Wanted) -> int:
    """Find everyone who comes; how many, or why not."""
    return _come(by_reference(envelopes), key, by_reference(wanted))


@inlined
def _come(envelopes: Envelopes, key: IntArray, wanted: Wanted) -> int:
    found = 0
    for unit in range(floor(wanted.start), ceil(wanted.end)):
        loose = 0
        for d in range(len(envelopes.group)):
            if envelopes.layer[d] > 0:
                loose = _of_group(envelopes, key, wanted, d, unit, loose)
                if loose < 0:
                    return loose
        if found + loose > len(wanted.times):
            return NO_ROOM
        _in_order(wanted, unit, loose, found)
        found += loose
    return found


@inlined
def _of_group(envelopes: Envelopes, key: IntArray, wanted: Wanted, d: int, unit: int, loose: int) -> int:
    """Append one group's people of one unit; how many there are then."""
    day = floor(unit / envelopes.per_day)
    by_weekday = envelopes.weekdays[d, (day + envelopes.weekday) % 7]
    by_month = envelopes.months[d, wanted.month[day - wanted.first_day]]
    by_series, by_day = _of_series(envelopes, d, unit), _dispersion(envelopes, key, d, day)
    highest = max(envelopes.hours[d]) * by_weekday * by_month
    last = nextafter(unit + 1.0, -inf)
    highest = max(_changing(envelopes, d, highest, float(unit)), _changing(envelopes, d, highest, last))
    layers = ceil(highest * by_series * by_day * wanted.all[d])
    if layers >= INSIDE:
        return TOO_MANY_LAYERS
    for layer in range(layers):
        stream = envelopes.stream[d] + layer
        lot, _ = pair(key[0], key[1], stream, unit, 0, 0, _COUNT_AND_TIME)
        number = _number(envelopes, d, lot)
        if loose + number > len(wanted.loose_times):
            return NO_ROOM
        for index in range(number):
            _, within = pair(key[0], key[1], stream, unit, index, 0, _COUNT_AND_TIME)
            lot, _ = pair(key[0], key[1], stream, unit, index, 0, _THIN_AND_DAY)
            time = unit + within
            rate = by_weekday
            if envelopes.hourly[d]:
                rate *= envelopes.hours[d, floor(time / envelopes.per_day * 24.0) % 24]
            rate = _changing(envelopes, d, rate * by_month, time) * by_series * by_day
            lot += layer
            if lot < rate * wanted.all[d] and wanted.start <= time < wanted.end:
                away = lot >= rate * wanted.usual[d]
                who = wanted.loose[loose]
                who[0], who[1], who[2], who[3] = stream, unit, index, envelopes.group[d]
                who[4], who[5] = envelopes.other[d] if away else envelopes.usual[d], away
                wanted.loose_times[loose] = time
                loose += 1
    return loose


@inlined
def _slot(time: float, unit: int, slots: int) -> int:
    """The part of a unit that a time falls in; the sum of unit and a number just below 1 may round up."""
    return min(int((time - unit) * slots), slots - 1)


@inlined
def _in_order(wanted: Wanted, unit: int, loose: int, found: int) -> None:
    """Put one unit's people behind those found so far, in order of time, then number."""
    place, times, rows = wanted.place, wanted.times, wanted.rows
    place[: loose + 1] = 0
    for i in range(loose):
        place[_slot(wanted.loose_times[i], unit, loose) + 1] += 1
    for i in range(loose):
        place[i + 1] += place[i]
    for i in range(loose):
        slot = _slot(wanted.loose_times[i], unit, loose)
        rows[found + place[slot]], times[found + place[slot]] = i, wanted.loose_times[i]
        place[slot] += 1
    for i in range(found + 1, found + loose):
        # those of the same time came by stream and index, and so by number
        time, row, at = times[i], rows[i], i
        while at > found and times[at - 1] > time:
            times[at], rows[at] = times[at - 1], rows[at - 1]
            at -= 1
        times[at], rows[at] = time, row
    for at in range(found, found + loose):
        for column in range(COLUMNS):
            wanted.who[at, column] = wanted.loose[rows[at], column]


# ---- from the network's own values ---------------------------------------------------------------------------


def envelopes_of(network: CareNetwork, doors: list[Envelope]) -> Envelopes:
    """The Poisson arrivals of a network as arrays."""
    calendar, names, own = Calendar(network), network.station_names, [door.arrivals for door in doors]
    onward = [network.groups[door.group].diverts_to for door in doors]
    tables = [door.day_factor.nodes.ravel() for door in doors if door.day_factor]
    dispersed = np.cumsum([door.day_factor is not None for door in doors], dtype=np.int32) - 1
    return Envelopes(
        group=np.array([door.group for door in doors], dtype=np.int32),
        usual=np.array([names.index(arrivals.at) for arrivals in own], dtype=np.int32),
        other=np.array([names.index(name) if name else -1 for name in onward], dtype=np.int32),
        stream=np.array([door.group * LAYERS for door in doors], dtype=np.int64),
        day_stream=np.array([door.day_of * LAYERS for door in doors], dtype=np.int64),
        layer=np.array([door.layer_rate for door in doors], dtype=np.float64),
        growth=np.array([arrivals.growth for arrivals in own], dtype=np.float64),
        hourly=np.array([bool(arrivals.by_hour) for arrivals in own], dtype=np.bool_),
        hours=_profile([arrivals.by_hour for arrivals in own], 24),
        weekdays=_profile([arrivals.by_weekday for arrivals in own], 7),
        months=_profile([arrivals.by_month for arrivals in own], 12),
        years=_joined([arrivals.by_year for arrivals in own]),
        series=_joined([arrivals.series for arrivals in own]),
        counts=_joined([door.counts for door in doors]),
        year_at=_begins([arrivals.by_year for arrivals in own]),
        series_at=_begins([arrivals.series for arrivals in own]),
        count_at=_begins([door.counts for door in doors]),
        dispersed=np.where([door.day_factor is not None for door in doors], dispersed, -1).astype(np.int32),
        factors=np.array(tables) if tables else np.empty((0, 2 * (HALF + 1))),
        per_day=calendar.per_day,
        weekday=calendar.first_weekday,
    )


def _profile(rows: list[tuple[float, ...]], size: int) -> FloatArray:
    return np.array([row or (1.0,) * size for row in rows], dtype=np.float64).reshape(-1, size)


def _joined(rows: list[tuple[float, ...]] | list[FloatArray]) -> FloatArray:
    return np.concatenate([np.empty(0), *(np.asarray(row, dtype=np.float64) for row in rows)])


def _begins(rows: list[tuple[float, ...]] | list[FloatArray]) -> IntArray:
    return np.cumsum([0, *(len(row) for row in rows)])


class Coming:
    """Everyone who comes in by the envelopes of one replication, period by period."""

    def __init__(self, network: CareNetwork, doors: list[Envelope], envelopes: Envelopes, key: IntArray) -> None:
        self.network, self.doors, self.envelopes, self.key = network, doors, envelopes, key
        self.calendar, self.room = Calendar(network), 256

    def people(
        self, start: float, end: float, multiplier: FloatArray, diverted: FloatArray
    ) -> tuple[FloatArray, SmallArray]:
        """Times of those who come in [start, end), in order, and who they are (columns as in Period)."""
        while True:
            wanted = self._wanted(start, end, multiplier, diverted)
            found = come(self.envelopes, self.key, wanted)
            if found == TOO_MANY_LAYERS:
                raise ValueError(f"arrivals grow to more than {INSIDE} times their base rate.")
            if found != NO_ROOM:
                break
            self.room *= 2
        who = wanted.who[:found]
        nowhere = who[who[:, 4] < 0, 3]
        if len(nowhere):
            group = self.network.groups[int(nowhere[0])]
            raise ValueError(f"{group.name}: people are diverted, but diverts_to names no station.")
        return wanted.times[:found], who

    def _wanted(self, start: float, end: float, multiplier: FloatArray, diverted: FloatArray) -> Wanted:
        per_day, groups, room = self.calendar.per_day, self.envelopes.group, self.room
        days = np.arange(floor(floor(start) / per_day), floor(ceil(end) / per_day) + 1)
        return Wanted(
            start=start,
            end=end,
            usual=multiplier[groups],
            all=(multiplier + diverted)[groups],
            first_day=int(days[0]),
            month=self.calendar.month(days * per_day),
            times=np.empty(room),
            who=np.empty((room, COLUMNS), dtype=np.int32),
            loose_times=np.empty(room),
            loose=np.empty((room, COLUMNS), dtype=np.int32),
            place=np.empty(room + 1, dtype=np.int64),
            rows=np.empty(room, dtype=np.int32),
        )
