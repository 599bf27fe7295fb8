"""The Poisson arrivals of a network as arrays, for compiled code; they depend on neither seed nor replication."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.engines.arrays import FlagArray, SmallArray
from sim.engines.arrivals import DEPTHS, Calendar, Envelope
from sim.engines.contract import FloatArray, IntArray
from sim.engines.people import LAYERS
from sim.network.model import CareNetwork
from sim.randomness.distributions import HALF

GUIDES = 64
"""Entries of a guide into a table of counts."""
AT_ONCE = 400
"""People who are drawn together, about: enough to draw side by side, few enough to stay near the processor."""


class Envelopes(NamedTuple):
    """The Poisson arrivals of D groups, each through its own door.

    group, usual, other   D: group, station where they come in, and where those go who are diverted (-1 = nowhere)
    stream, day_stream    D: the first layer's stream, and the stream of the days' random factors
    open             D: does anybody ever come?
    base, growth     D: rate relative to the usual peak before any factor; growth a year
    hourly, changing  D: do hours differ; does the rate change within a unit?
    hours, weekdays, months, busiest   D by 24, 7, 12: factors; D: highest factor of an hour
    years, series, counts   factors by year, people by unit, cumulative Poisson shares: one after the other
    year_at, series_at   D + 1: where those of each group begin
    count_at         2 D + 1: where the counts of each group's first layer begin, and of its further ones
    guide            2 D by GUIDES: the first count that an even part of all lots can have
    dispersed        D: row of `factors`, the quantile tables of a day's factor, or -1
    per_day, weekday, date   units in a day; the weekday of time 0, and its date as days since 1970-01-01
    at_once          units whose people are drawn together
    """

    group: SmallArray
    usual: SmallArray
    other: SmallArray
    stream: IntArray
    day_stream: IntArray
    open: FlagArray
    base: FloatArray
    growth: FloatArray
    hourly: FlagArray
    changing: FlagArray
    hours: FloatArray
    weekdays: FloatArray
    months: FloatArray
    busiest: FloatArray
    years: FloatArray
    series: FloatArray
    counts: FloatArray
    year_at: IntArray
    series_at: IntArray
    count_at: IntArray
    guide: SmallArray
    dispersed: SmallArray
    factors: FloatArray
    per_day: float
    weekday: int
    date: int
    at_once: int


def envelopes_of(network: CareNetwork, doors: list[Envelope]) -> Envelopes:
    """The Poisson arrivals of a network as arrays."""
    calendar, names, own = Calendar(network), network.station_names, [door.arrivals for door in doors]
    onward = [network.groups[door.group].diverts_to for door in doors]
    tables = [door.day_factor.nodes.ravel() for door in doors if door.day_factor]
    dispersed = np.cumsum([door.day_factor is not None for door in doors], dtype=np.int32) - 1
    counts = [layer for door in doors for layer in door.counts]
    a_unit = sum(door.peak for door in doors) * DEPTHS[0]
    return Envelopes(
        group=np.array([door.group for door in doors], dtype=np.int32),
        usual=np.array([names.index(arrivals.at) for arrivals in own], dtype=np.int32),
        other=np.array([names.index(name) if name else -1 for name in onward], dtype=np.int32),
        stream=np.array([door.group * LAYERS for door in doors], dtype=np.int64),
        day_stream=np.array([door.day_of * LAYERS for door in doors], dtype=np.int64),
        open=np.array([door.peak > 0 for door in doors], dtype=np.bool_),
        base=np.array([_base(door) for door in doors], dtype=np.float64),
        growth=np.array([arrivals.growth for arrivals in own], dtype=np.float64),
        hourly=np.array([bool(arrivals.by_hour) for arrivals in own], dtype=np.bool_),
        changing=np.array([bool(a.by_hour or a.by_year or a.growth) for a in own], dtype=np.bool_),
        hours=_profile([arrivals.by_hour for arrivals in own], 24),
        weekdays=_profile([arrivals.by_weekday for arrivals in own], 7),
        months=_profile([arrivals.by_month for arrivals in own], 12),
        busiest=np.array([max(arrivals.by_hour, default=1.0) for arrivals in own], dtype=np.float64),
        years=_joined([arrivals.by_year for arrivals in own]),
        series=_joined([arrivals.series for arrivals in own]),
        counts=_joined(counts),
        year_at=_begins([arrivals.by_year for arrivals in own]),
        series_at=_begins([arrivals.series for arrivals in own]),
        count_at=_begins(counts),
        guide=_guide(counts),
        dispersed=np.where([door.day_factor is not None for door in doors], dispersed, -1).astype(np.int32),
        factors=np.array(tables) if tables else np.empty((0, 2 * (HALF + 1))),
        per_day=calendar.per_day,
        weekday=calendar.first_weekday,
        date=int(calendar.start.astype(np.int64)),
        at_once=max(1, int(AT_ONCE / max(a_unit, len(doors), 1))),
    )


def _base(door: Envelope) -> float:
    if door.peak <= 0:
        return 0.0
    return (1.0 if door.arrivals.series else door.arrivals.rate) / door.peak


def _guide(counts: list[FloatArray]) -> SmallArray:
    lots = np.arange(GUIDES) / GUIDES
    return np.array([np.searchsorted(shares, lots) for shares in counts], dtype=np.int32).reshape(-1, GUIDES)


def _profile(rows: list[tuple[float, ...]], size: int) -> FloatArray:
    return np.array([row or (1.0,) * size for row in rows], dtype=np.float64).reshape(-1, size)


def _joined(rows: list[tuple[float, ...]] | list[FloatArray]) -> FloatArray:
    return np.concatenate([np.empty(0), *(np.asarray(row, dtype=np.float64) for row in rows)])


def _begins(rows: list[tuple[float, ...]] | list[FloatArray]) -> IntArray:
    return np.cumsum([0, *(len(row) for row in rows)])
