"""Who arrives when: envelope processes thinned to the rate that holds.

Each group has layers of a Poisson process on top of each other: the first is a quarter denser than the group's usual
peak, and every further one a quarter as dense as that peak. Person n of a layer exists in every scenario, at a height
of their own within the layer; they come if the rate reaches up to them. Arrivals are therefore nested: a scenario
with fewer admissions has the same people less some named ones.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim.engines.people import INSIDE, LAYERS
from sim.network.model import Arrivals, CareNetwork, Distribution
from sim.randomness.distributions import QuantileTable, quantile_table
from sim.randomness.streams import MOST_STATIONS, MOST_STREAMS, Purpose, Streams

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

UNITS_PER_DAY = {"minutes": 1440.0, "hours": 24.0, "days": 1.0}
DAYS_PER_YEAR = 365.25
CHUNK = 128
"""Time units drawn together; a matter of speed only."""

DEPTHS = (5 / 4, 1 / 4)
"""Depth of the first layer and of each further one, relative to the usual peak: most rates need the first alone."""
HIGHEST = DEPTHS[0] + DEPTHS[1] * (INSIDE - 1)
"""How far all layers reach."""


def layers_up_to(height: float) -> int:
    """How many layers a rate relative to the usual peak needs."""
    if height <= 0:
        return 0
    return max(1, 1 + math.ceil((height - DEPTHS[0]) / DEPTHS[1]))


def floor_of(layer: int) -> float:
    """What the layers beneath one carry, relative to the usual peak."""
    return DEPTHS[0] + (layer - 1) * DEPTHS[1] if layer else 0.0


def usual_peak(arrivals: Arrivals) -> float:
    """The highest rate of an ordinary year, per time unit: growth, years and busy days come on top."""
    if arrivals.series:
        return max(arrivals.series)
    profiles = (arrivals.by_hour, arrivals.by_weekday, arrivals.by_month)
    return arrivals.rate * math.prod(max(profile, default=1.0) for profile in profiles)


@dataclass(frozen=True, slots=True)
class Batch:
    """People of one stream who come in a period: arrays of one length, in order of time.

    diverted   True where the person goes to the group's `diverts_to` instead of the usual door
    """

    stream: int
    times: FloatArray
    blocks: IntArray
    indices: IntArray
    diverted: NDArray[np.bool_]


class Calendar:
    """Turns network time into days, hours, weekdays, months and years since the beginning."""

    def __init__(self, network: CareNetwork) -> None:
        self.per_day = UNITS_PER_DAY[network.time_unit]
        begins = network.begins
        self.first_weekday = begins.weekday() if begins else 0
        start = np.datetime64(begins.isoformat() if begins else "2001-01-01", "D")
        self.start = start
        self.first_month = start.astype("datetime64[M]").astype(int) % 12

    def weekday(self, times: FloatArray) -> IntArray:
        """0 for Monday to 6."""
        return (np.floor(times / self.per_day).astype(np.int64) + self.first_weekday) % 7

    def month(self, times: FloatArray) -> IntArray:
        """0 for January to 11, by the calendar from the network's first date."""
        days = np.floor(times / self.per_day).astype(np.int64)
        return (self.start + days).astype("datetime64[M]").astype(np.int64) % 12

    def hour(self, times: FloatArray) -> IntArray:
        """0 to 23."""
        return np.floor(times / self.per_day * 24.0).astype(np.int64) % 24

    def years(self, times: FloatArray) -> FloatArray:
        """Years since the beginning."""
        return times / self.per_day / DAYS_PER_YEAR


class Envelope:
    """The Poisson arrivals of one group.

    day_of   the group whose days it shares: a busy day is busy for everyone of a kind at a door
    """

    def __init__(self, group: int, day_of: int, arrivals: Arrivals, calendar: Calendar, streams: Streams) -> None:
        self.group, self.day_of = group, day_of
        self.arrivals, self.calendar, self.streams = arrivals, calendar, streams
        self.peak = usual_peak(arrivals)
        self.counts = [_poisson_cumulative(self.peak * depth) for depth in DEPTHS]
        self.day_factor = _day_factor(arrivals.dispersion)
        self.chunks: dict[int, tuple[int, tuple[FloatArray, FloatArray, IntArray, IntArray]]] = {}

    def coming(self, start: float, end: float, multiplier: float, diverted: float) -> list[Batch]:
        """People who come in [start, end); one batch for each layer that the rate reaches."""
        if self.peak <= 0:
            return []
        units = np.arange(math.floor(start), math.ceil(end), dtype=np.float64)
        ends = np.concatenate([units, np.nextafter(units + 1.0, units)])
        highest = self._relative_rate(ends, hourly=False).max(initial=0.0)
        layers = layers_up_to(highest * (multiplier + diverted))
        if layers > INSIDE:
            raise too_many(self.arrivals.at)
        batches = [self._layer(layer, start, end, multiplier, diverted) for layer in range(layers)]
        return [batch for batch in batches if len(batch.times)]

    def _layer(self, layer: int, start: float, end: float, multiplier: float, diverted: float) -> Batch:
        stream = self.group * LAYERS + layer
        times, lot, blocks, indices = self._everyone(stream, start, end)
        height = floor_of(layer) + lot * DEPTHS[min(layer, 1)]
        rate = self._relative_rate(times, hourly=True)
        comes = height < rate * (multiplier + diverted)
        away = height >= rate * multiplier
        order = np.flatnonzero(comes)[np.argsort(times[comes], kind="stable")]
        return Batch(stream, times[order], blocks[order], indices[order], away[order])

    def _everyone(self, stream: int, start: float, end: float) -> tuple[FloatArray, FloatArray, IntArray, IntArray]:
        """All people of one layer's envelope whose time lies in [start, end), and the number that decides."""
        first, last = math.floor(start) // CHUNK, (math.ceil(end) - 1) // CHUNK
        chunks = [self._chunk(stream, number) for number in range(first, last + 1)]
        times, lot, blocks, indices = (np.concatenate(parts) for parts in zip(*chunks, strict=True))
        inside = (times >= start) & (times < end)
        return times[inside], lot[inside], blocks[inside], indices[inside]

    def _chunk(self, stream: int, number: int) -> tuple[FloatArray, FloatArray, IntArray, IntArray]:
        """The envelope of some successive time units, drawn together for speed and kept for the next period."""
        kept = self.chunks.get(stream)
        if kept is None or kept[0] != number:
            kept = self.chunks[stream] = (number, self._drawn(stream, number * CHUNK, (number + 1) * CHUNK))
        return kept[1]

    def _drawn(self, stream: int, start: int, end: int) -> tuple[FloatArray, FloatArray, IntArray, IntArray]:
        units = np.arange(start, end, dtype=np.int64)
        lots = self.streams.many(stream, units, np.zeros_like(units), 0, Purpose.COUNT)[0]
        number = np.searchsorted(self.counts[min(stream % LAYERS, 1)], lots)
        blocks = np.repeat(units, number)
        indices = np.arange(len(blocks)) - np.repeat(np.cumsum(number) - number, number)
        within, lot = self.streams.many(stream, blocks, indices, 0, Purpose.TIME, Purpose.THIN)
        return blocks + within, lot, blocks, indices

    def _relative_rate(self, times: FloatArray, *, hourly: bool) -> FloatArray:
        """The network's own rate at these times, relative to the usual peak; without hours, the day's peak hour."""
        a, calendar = self.arrivals, self.calendar
        rate = np.full(len(times), (1.0 if a.series else a.rate) / self.peak)
        if a.by_hour:
            rate *= np.asarray(a.by_hour)[calendar.hour(times)] if hourly else max(a.by_hour)
        if a.by_weekday:
            rate *= np.asarray(a.by_weekday)[calendar.weekday(times)]
        if a.by_month:
            rate *= np.asarray(a.by_month)[calendar.month(times)]
        if a.by_year:
            year = np.clip(calendar.years(times).astype(np.int64), 0, len(a.by_year) - 1)
            rate *= np.asarray(a.by_year)[year]
        if a.growth:
            rate *= (1.0 + a.growth) ** calendar.years(times)
        if a.series:
            rate *= _of_series(a.series, times)
        if self.day_factor is not None:
            rate *= self._dispersion(times)
        return rate

    def _dispersion(self, times: FloatArray) -> FloatArray:
        assert self.day_factor is not None
        days = np.floor(times / self.calendar.per_day).astype(np.int64)
        each, back = np.unique(days, return_inverse=True)
        lots = self.streams.many(self.day_of * LAYERS, each, np.zeros_like(each), 0, Purpose.DAY)[0]
        return self.day_factor.many(lots)[back]


class Sequence:
    """Arrivals one after another: at a fixed interval, or with random gaps. Remembers the last one."""

    def __init__(self, group: int, arrivals: Arrivals, streams: Streams) -> None:
        self.group, self.stream, self.streams, self.every = group, group * LAYERS, streams, arrivals.every
        self.gaps = quantile_table(arrivals.gaps) if arrivals.gaps else None
        self.number, self.last = 0, 0.0

    def coming(self, start: float, end: float, multiplier: float, diverted: float) -> list[Batch]:
        """People who come in [start, end); thinned, so a multiplier above 1 is refused with a ValueError."""
        if multiplier + diverted > 1.0:
            raise ValueError("arrivals at fixed or random intervals can be thinned but not multiplied.")
        times, numbers = [], []
        while (following := self._next()) < end:
            times.append(following)
            numbers.append(self.number)
            self.number, self.last = self.number + 1, following
        blocks, indices = np.asarray(numbers, dtype=np.int64), np.zeros(len(numbers), dtype=np.int64)
        lot = self.streams.many(self.stream, blocks, indices, 0, Purpose.THIN)[0]
        comes = lot < multiplier + diverted
        batch = Batch(self.stream, np.asarray(times)[comes], blocks[comes], indices[comes], lot[comes] >= multiplier)
        return [batch] if len(batch.times) else []

    def _next(self) -> float:
        if self.gaps is None:
            return (self.number + 1) * self.every
        lot = self.streams.one(self.stream, self.number, 0, 0, Purpose.TIME)
        return self.last + self.gaps.at(lot)


def doors(network: CareNetwork, streams: Streams) -> list[Envelope | Sequence]:
    """The ways in of all groups that come from outside, in the order of the network.

    Raises ValueError for more stations or groups than have random numbers of their own.
    """
    if len(network.stations) > MOST_STATIONS:
        raise ValueError(
            f"{network.name} has {len(network.stations):,} stations; at most {MOST_STATIONS:,} can run together."
        )
    if len(network.groups) * LAYERS > MOST_STREAMS:
        raise ValueError(
            f"{network.name} has {len(network.groups):,} groups; at most {MOST_STREAMS // LAYERS:,} can run together."
        )
    calendar, first, found = Calendar(network), dict[tuple[str, str], int](), list[Envelope | Sequence]()
    for index, group in enumerate(network.groups):
        arrivals = group.arrivals
        if arrivals is None:
            continue
        if arrivals.every or arrivals.gaps:
            found.append(Sequence(index, arrivals, streams))
            continue
        day_of = first.setdefault((group.kind, arrivals.at), index)
        found.append(Envelope(index, day_of, arrivals, calendar, streams))
    return found


def too_many(station: str) -> ValueError:
    """Arrivals above all layers."""
    return ValueError(
        f"arrivals at {station} reach more than {HIGHEST:g} times their usual peak; too many to simulate."
    )


def _poisson_cumulative(rate: float) -> FloatArray:
    most = math.ceil(rate + 12.0 * math.sqrt(rate) + 30.0)
    return np.asarray(special.pdtr(np.arange(most), rate))


def _day_factor(dispersion: float) -> QuantileTable | None:
    """A gamma factor of mean one and the given standard deviation."""
    if not dispersion:
        return None
    return quantile_table(Distribution("gamma", {"mean": 1.0, "shape": dispersion**-2}))


def _of_series(series: tuple[float, ...], times: FloatArray) -> FloatArray:
    """The series' value in force; nobody comes after its end."""
    unit = np.floor(times).astype(np.int64)
    known = (unit >= 0) & (unit < len(series))
    return np.where(known, np.asarray(series)[np.clip(unit, 0, len(series) - 1)], 0.0)
