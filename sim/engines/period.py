"""What holds in one period, and what is counted in it: arrays for compiled code, used again by every period."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from sim.engines.arrays import Rules, SmallArray
from sim.engines.contract import WAIT_BINS, FloatArray, IntArray
from sim.engines.records import COMING_COLUMNS

ARRIVED, LOST, RENEGED, DIED_WAITING, ADMITTED, DEPARTED = range(6)
"""Rows of `counted`."""
EVENTS_SAID = ("arrived", "admitted", "blocked", "left", "lost", "reneged", "died", "exited")
SAY_ARRIVED, SAY_ADMITTED, SAY_BLOCKED, SAY_LEFT, SAY_LOST, SAY_RENEGED, SAY_DIED, SAY_EXITED = range(8)
NEXT_CENSUS, LOGGED, NEXT_GIVEN, NEW_PLACES, PAUSE_AT = range(5)
"""What `progress` counts."""
DAYS_AT_FIRST = 64


class Period(NamedTuple):
    """What holds in one period, and what is counted in it.

    moving     share of people who may move to a sister
    multiplier, away   G: of each group's own rate, how much comes to its usual station, and how much is diverted
    stays, delays, places   the conditions
    long_wait  S: who has waited longer is counted at the end; empty if nobody is
    given, given_who   arrivals that follow no rate, in order: times, and columns as in State.coming
    steps, step_station, step_places   the network's own changes of places, in order of time
    whole      all that is counted in whole numbers; the next six are parts of it
    counted    6 by S by K (rows named above); the other counters are named as in Flow
    moved      S by S+E: those rows of Flow's that begin at a station; its columns of exits are the count of those, and
               who came in from outside is counted in `waits`
    wait_total   S by K, as in Flow
    heads      days by 2 by S: the census of people in places, and of people waiting
    log, said  times of the log, and event, person's number, group and destination; empty if not asked for
    progress   census days counted, entries logged, arrivals taken from `given`; do places change?; the number of
               events at which to come back for a moment
    """

    moving: float
    multiplier: FloatArray
    away: FloatArray
    stays: FloatArray
    delays: FloatArray
    places: FloatArray
    long_wait: FloatArray
    given: FloatArray
    given_who: SmallArray
    steps: FloatArray
    step_station: SmallArray
    step_places: FloatArray
    whole: IntArray
    counted: IntArray
    readmitted: IntArray
    diverted: IntArray
    moved: IntArray
    waits: IntArray
    waiting_long: IntArray
    wait_total: FloatArray
    heads: IntArray
    log: FloatArray
    said: IntArray
    progress: IntArray


Part = tuple[slice, tuple[int, ...]]
Steps = tuple[FloatArray, SmallArray, FloatArray]


def parts_of_whole(stations: int, kinds: int, exits: int) -> dict[str, Part]:
    """Where the counters lie in `whole`, and their shapes."""
    shapes: dict[str, tuple[int, ...]] = {
        "counted": (6, stations, kinds),
        "readmitted": (kinds,),
        "diverted": (kinds,),
        "moved": (stations, stations + exits),
        "waits": (stations, kinds, WAIT_BINS),
        "waiting_long": (stations, kinds),
    }
    found, begins = dict[str, Part](), 0
    for name, shape in shapes.items():
        ends = begins + int(np.prod(shape))
        found[name], begins = (slice(begins, ends), shape), ends
    return found


def moves(parts: Mapping[str, IntArray]) -> IntArray:
    """All of Flow's `moved`: from station to station and exit as counted, and from outside as waits tell."""
    stations = parts["moved"]
    from_outside = np.zeros((parts["waits"].shape[1], stations.shape[1]), dtype=np.int64)
    from_outside[:, : len(stations)] = parts["waits"].sum(axis=2).T
    return np.concatenate((stations, from_outside))


def empty_period(
    rules: Rules,
    parts: dict[str, Part],
    long_wait: FloatArray,
    moving: float,
    steps: Steps,
) -> Period:
    """Nothing counted, no log, and nobody given."""
    groups, stations = rules.stay.shape
    whole = np.zeros(max(where.stop for where, _ in parts.values()), dtype=np.int64)
    return Period(
        moving=float(moving),
        multiplier=np.empty(groups),
        away=np.empty(groups),
        stays=np.empty((groups, stations)),
        delays=np.empty(stations),
        places=np.empty(stations),
        long_wait=long_wait,
        given=np.empty(0),
        given_who=np.empty((0, COMING_COLUMNS), dtype=np.int32),
        steps=steps[0],
        step_station=steps[1],
        step_places=steps[2],
        whole=whole,
        wait_total=np.zeros((stations, rules.kinds)),
        heads=np.zeros((DAYS_AT_FIRST, 2, stations), dtype=np.int64),
        log=np.empty(0),
        said=np.empty((0, 4), dtype=np.int64),
        progress=np.zeros(5, dtype=np.int64),
        **{name: whole[where].reshape(shape) for name, (where, shape) in parts.items()},
    )


def with_log(period: Period, more: int) -> Period:
    """The same period with room for more entries in its log."""
    return period._replace(
        log=np.concatenate([period.log, np.empty(more)]),
        said=np.concatenate([period.said, np.empty((more, 4), dtype=np.int64)]),
    )


def write(target: FloatArray, name: str, given: FloatArray | None, otherwise: float = 1.0) -> None:
    """Write down what holds. Its shape is checked here, because compiled code does not look where it reads."""
    if given is None:
        target.fill(otherwise)
        return
    if np.shape(given) != target.shape:
        raise ValueError(f"{name} has shape {np.shape(given)}; this network needs {target.shape}.")
    target[...] = given
