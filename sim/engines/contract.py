"""What every engine promises: advance to a time under given conditions, and say what flowed.

Arrays are indexed in the order of the network's tuples: S stations, G groups, K kinds of group, E exits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

WAIT_BINS = 178
"""Bins that waits are counted in (see sim.results.waits): no wait, then 22 doublings up to eleven years in days."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """What holds from now until the next coupling step; None means as the network file says.

    arrivals   G: multiplies each group's arrival rate
    diverted   G: share of each group's rate that goes to the group's `diverts_to` instead of arriving
    stays      G by S: multiplies stays that begin in the period
    delays     S: multiplies non-capacity delays that begin in the period
    places     S: core places (inf = without limit); a cut never evicts
    """

    arrivals: FloatArray | None = None
    diverted: FloatArray | None = None
    stays: FloatArray | None = None
    delays: FloatArray | None = None
    places: FloatArray | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """What happened between `start` and `end`; person-time in the network's time unit.

    arrived, lost, reneged, died_waiting   S by K: people from outside who came, were turned away, left, died
    admitted        S by K: people who began a stay (from outside or from another station)
    departed        S by K: people who gave up their place
    readmitted      K: arrivals that are readmissions (also counted in arrived), by the kind they come back as
    diverted        K: arrivals that were diverted from their group's usual door (also counted in arrived)
    exits           E: people who left the network, by exit (renegers and deaths waiting not included)
    moved           S+K by S+E: people by where they came from (stations, then kinds of people from outside) and where
                    they went (stations, then exits), counted when they get the next place or leave by an exit
    place_time      S: core places open; inf where without limit
    occupied_time   S by K: places in use, whatever for (stay, non-capacity delay, blocked)
    escalation_time S: escalation places open
    delay_time      S by S+E: places held by non-capacity delay, by where the person is going
    blocked_time    S by S: row's places held by people waiting for the column's station
    waiting_time    S by K: people waiting without a place here or elsewhere in the network
    waits           S by K by WAIT_BINS: people admitted from outside, by how long they had waited
    wait_total      S by K: the sum of those waits
    census          S by n: people in places at each whole time unit of the period
    waiting_census  S by n: people waiting without a place, likewise
    occupied, waiting   S by K: people at the end of the period
    blocked         S by S: blocked people at the end
    waiting_long    S by K: people at the end who have waited longer than the engine's `long_wait`
    inside          people in places or waiting at the end; those at home before a readmission are outside
    """

    start: float
    end: float
    arrived: IntArray
    lost: IntArray
    reneged: IntArray
    died_waiting: IntArray
    admitted: IntArray
    departed: IntArray
    readmitted: IntArray
    diverted: IntArray
    exits: IntArray
    moved: IntArray
    place_time: FloatArray
    occupied_time: FloatArray
    escalation_time: FloatArray
    delay_time: FloatArray
    blocked_time: FloatArray
    waiting_time: FloatArray
    waits: IntArray
    wait_total: FloatArray
    census: IntArray
    waiting_census: IntArray
    occupied: IntArray
    waiting: IntArray
    blocked: IntArray
    waiting_long: IntArray
    inside: int


class PeopleLostError(RuntimeError):
    """People came from nowhere or went nowhere: a fault of the engine, never of the input."""


def check_people(inside_before: int, flow: Flow) -> None:
    """People in = people out + people inside, in the period, and every admission and exit is a move.

    Raises PeopleLostError.
    """
    left = int(flow.lost.sum() + flow.reneged.sum() + flow.died_waiting.sum() + flow.exits.sum())
    expected = inside_before + int(flow.arrived.sum()) - left
    found = int(flow.occupied.sum() + flow.waiting.sum())
    if not expected == flow.inside == found:
        raise PeopleLostError(
            f"from {flow.start:g} to {flow.end:g}: {expected} people should be inside; "
            f"{flow.inside} are counted, {found} are in places and queues."
        )
    _check_moves(flow)


def _check_moves(flow: Flow) -> None:
    """Column by column: who was admitted to a station, or left by an exit, came from somewhere.

    Row by row: who was admitted from outside has a wait. A station's own row adds up to who departed, but for people
    who gave up its place to wait in the buffer of the next: they have left and not yet arrived.
    """
    arrived_at = np.concatenate((flow.admitted.sum(axis=1), flow.exits))
    from_outside = flow.waits.sum(axis=(0, 2))
    columns, rows = flow.moved.sum(axis=0), flow.moved[len(flow.admitted) :].sum(axis=1)
    if not (np.array_equal(columns, arrived_at) and np.array_equal(rows, from_outside)):
        raise PeopleLostError(
            f"from {flow.start:g} to {flow.end:g}: {columns.tolist()} people moved to the stations and exits, "
            f"{arrived_at.tolist()} got there; {rows.tolist()} moved in from outside, {from_outside.tolist()} did."
        )


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One event of one person: arrived, admitted, blocked, left, lost, reneged, died, exited, readmitted."""

    time: float
    event: str
    person: int
    group: str
    station: str


class Engine(Protocol):
    """One replication of one network; keeps people in places and queues between calls of `advance`."""

    def advance(self, until: float, conditions: Conditions | None = None) -> Flow:
        """Move to time `until` and return what flowed since the last call."""
        ...
