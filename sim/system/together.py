"""The month's flow of all localities together: what the ledger books and the record keeps of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.engines.contract import Flow, IntArray
from sim.inputs import STATIONS

FloatArray = NDArray[np.float64]
Count = TypeVar("Count", np.float64, np.int64)

ACUTE = STATIONS.index("acute")
CARE = slice(ACUTE + 1, None)
"""Community and social care, in STATIONS: all that is not hospital."""
WORST_DAY_IN_TWENTY = 19 / 20

BY_KIND = (
    "arrived",
    "departed",
    "reneged",
    "died_waiting",
    "occupied",
    "waiting",
    "waiting_long",
    "occupied_time",
    "waiting_time",
    "wait_total",
)
"""What a Flow counts by station and kind of group, as far as it is looked at."""
TIMES = ("place_time", "escalation_time", "blocked_time", "blocked_in_care", "delay_time")


@dataclass(frozen=True, slots=True)
class Together:
    """A flow summed over localities: N kinds of station (STATIONS) by K kinds of group, as in Flow.

    Fields of several months in a row have the months before these axes, (T, ...).
    days             length of the month
    place_time, escalation_time   N
    blocked_time     N: hospital beds held by people waiting for each kind of station
    blocked_in_care  N: places of each kind held by people who wait for another kind
    held_time        N by N: places of the row's kind held by people who wait for the column's
    delay_time       N: hospital beds held by other delays, by where the person is going
    waits            K by WAIT_BINS: people admitted to hospital from outside, by how long they had waited
    busiest          hospital beds in use on the worst day in twenty
    moved            N+K by N+E: people by where they came from and where they went, as in Flow
    readmitted, diverted   K
    """

    arrived: FloatArray
    departed: FloatArray
    reneged: FloatArray
    died_waiting: FloatArray
    occupied: FloatArray
    waiting: FloatArray
    waiting_long: FloatArray
    occupied_time: FloatArray
    waiting_time: FloatArray
    wait_total: FloatArray
    days: FloatArray
    place_time: FloatArray
    escalation_time: FloatArray
    blocked_time: FloatArray
    blocked_in_care: FloatArray
    held_time: FloatArray
    delay_time: FloatArray
    waits: IntArray
    busiest: FloatArray
    moved: IntArray
    readmitted: IntArray
    diverted: IntArray


def together(flow: Flow, at: NDArray[np.intp]) -> Together:
    """The sum over localities.

    at   N by L: index of the station of each kind in each locality
    """
    beds, stations = at[ACUTE], at.size
    by_kind = np.array([getattr(flow, name) for name in BY_KIND])[:, at].sum(axis=2)
    blocked, delayed = (time[beds].sum(axis=0)[:stations] for time in (flow.blocked_time, flow.delay_time))
    held = flow.blocked_time.sum(axis=1)
    times = np.array((flow.place_time, flow.escalation_time, blocked, held, delayed))[:, at].sum(axis=2)
    return Together(
        **dict(zip(BY_KIND, by_kind, strict=True)),
        **dict(zip(TIMES, times, strict=True)),
        held_time=_by_kind(_by_kind(flow.blocked_time, at).T, at).T,
        days=np.array(flow.end - flow.start),
        waits=flow.waits[beds].sum(axis=0),
        busiest=np.array(_reached(flow.census[beds].sum(axis=0), WORST_DAY_IN_TWENTY)),
        moved=_by_kind(_by_kind(flow.moved, at).T, at).T,
        # copies: these are views of all that the engine counted, which would be kept with them
        readmitted=flow.readmitted.copy(),
        diverted=flow.diverted.copy(),
    )


def in_a_row(months: Sequence[Together]) -> Together:
    """Months stacked: every field with the months as its first axis."""
    names = [item.name for item in fields(Together)]
    return Together(**{name: np.array([getattr(month, name) for month in months]) for name in names})


def _by_kind(rows: NDArray[Count], at: NDArray[np.intp]) -> NDArray[Count]:
    """Rows of stations summed by their kind; the rows behind them stay as they are."""
    return np.concatenate((rows[at].sum(axis=1), rows[at.size :]))


def _reached(days: IntArray, share: float) -> float:
    """What this share of the days do not exceed, between two days in proportion."""
    ordered = sorted(days.tolist())
    place = share * (len(ordered) - 1)
    low, part = int(place), place % 1
    high = min(low + 1, len(ordered) - 1)
    return float(ordered[low] * (1 - part) + ordered[high] * part)
