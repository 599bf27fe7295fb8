"""What is kept of a replication: flow, programmes and books of its months as named series, each (T,).

Counts and money are for the whole footprint.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from sim.dynamics.costs import MonthActivity
from sim.dynamics.statements import MonthBooks
from sim.inputs import ORGANISATIONS, STATIONS, STREAMS
from sim.network.attribution import delay_owners
from sim.network.moves import possible_moves
from sim.results.history import History
from sim.results.measures import MOVE
from sim.results.waits import share_over
from sim.system.outlook import MONTHS_A_YEAR
from sim.system.place import FloatArray, Place
from sim.system.together import ACUTE, CARE, Together, in_a_row

HOURS_A_DAY = 24.0
COMMUNITY_BEDS = ("p2", "p3")
"""Beds that are no hospital beds and no homes."""
Named = Iterator[tuple[str, FloatArray]]


class Record:
    """Months of one replication under way; they become series at the end, all months at once."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.flows: list[Together] = []
        self.activities: list[MonthActivity] = []
        self.books: list[MonthBooks] = []

    def add(self, flow: Together, activity: MonthActivity, books: MonthBooks) -> None:
        """Keep a month."""
        self.flows.append(flow)
        self.activities.append(activity)
        self.books.append(books)

    def history(self) -> History:
        """The series of all months."""
        place, flow = self.place, in_a_row(self.flows)
        volumes = {stream: _row(self.activities, "volumes", stream) for stream in STREAMS}
        parts = (
            _hospital(place, flow),
            _delays(place, flow),
            _waits(place, flow),
            _care(place, flow),
            _admissions(place, flow, volumes),
            _moves(place, flow),
            _programmes(place),
            _money(self.books),
        )
        return History(len(self.books), {name: values for part in parts for name, values in part})


def _hospital(place: Place, flow: Together) -> Named:
    used, open_, by_kind = flow.occupied_time[:, ACUTE], flow.place_time[:, ACUTE], place.kinds
    yield "occupancy:acute", _ratio(used.sum(axis=1), open_)
    yield "occupancy_p95:acute", _ratio(flow.busiest, open_ / flow.days)
    yield "discharges", flow.departed[:, ACUTE].sum(axis=1) * place.weight
    yield "emergency_bed_days", used[:, by_kind["emergency"]] * place.weight
    yield "escalation_beds", flow.escalation_time[:, ACUTE] * place.weight / flow.days


def _delays(place: Place, flow: Together) -> Named:
    """Beds held by people ready to leave, by who owns the delay and by whether it is about capacity."""
    full, other = (time * place.weight / flow.days[:, np.newaxis] for time in (flow.blocked_time, flow.delay_time))
    yield "delayed", full.sum(axis=1) + other.sum(axis=1)
    yield "delayed:capacity", full.sum(axis=1)
    yield "delayed:noncapacity", other.sum(axis=1)
    for at, kind in enumerate(STATIONS[1:], 1):
        yield f"delayed_for:{kind}", full[:, at] + other[:, at]
    beds = [STATIONS.index(kind) for kind in COMMUNITY_BEDS]
    yield "delayed_in_community_beds", flow.blocked_in_care[:, beds].sum(axis=1) * place.weight / flow.days
    for here, there in possible_moves(place.network):
        if here in STATIONS and there in STATIONS:
            held = flow.held_time[:, STATIONS.index(here), STATIONS.index(there)]
            yield f"held:{here}{MOVE}{there}", held * place.weight / flow.days
    for owner, laid in delay_owners(place.parameters).items():
        yield f"delayed:{owner}", (full + other) @ np.array([laid.get(kind, 0.0) for kind in STATIONS])


def _waits(place: Place, flow: Together) -> Named:
    emergency, elective = place.kinds["emergency"], place.kinds["elective"]
    waits = flow.waits[:, emergency]
    mean = _ratio(flow.wait_total[:, ACUTE, emergency], waits.sum(axis=1))
    yield "emergency_wait_hours", mean * HOURS_A_DAY
    for hours in (4, 12):
        yield f"emergency_wait_over_{hours}h", np.nan_to_num(share_over(waits, hours / HOURS_A_DAY))
    yield "elective_waiting", flow.waiting[:, ACUTE, elective] * place.weight
    yield "elective_over_18w", flow.waiting_long[:, ACUTE, elective] * place.weight


def _care(place: Place, flow: Together) -> Named:
    """Each kind of station: places, use, queue; and people whose need is not met."""
    weight, days = place.weight, flow.days
    for at, kind in enumerate(STATIONS):
        places, occupied = flow.place_time[:, at], flow.occupied_time[:, at].sum(axis=1)
        yield f"places:{kind}", places * weight / days
        yield f"occupied:{kind}", occupied * weight / days
        yield f"utilisation:{kind}", _ratio(occupied, places)
        yield f"waiting:{kind}", flow.waiting_time[:, at].sum(axis=1) * weight / days
        yield f"gave_up:{kind}", (flow.reneged[:, at] + flow.died_waiting[:, at]).sum(axis=1) * weight
        yield f"held_back:{kind}", _row(place.outlook.plans, "held_back", kind)
    yield "unmet", flow.waiting_long[:, CARE].sum(axis=(1, 2)) * weight


def _admissions(place: Place, flow: Together, volumes: Mapping[str, FloatArray]) -> Named:
    for stream in STREAMS:
        yield f"admissions:{stream}", volumes[stream]
    yield "readmissions", flow.readmitted.sum(axis=1) * place.weight
    yield "admissions:community", flow.arrived[:, :, place.kinds["community"]].sum(axis=1) * place.weight
    yield "averted", place.outlook.averted.sum(axis=1)
    yield "displaced", flow.diverted.sum(axis=1) * place.weight


def _moves(place: Place, flow: Together) -> Named:
    """Who went where: from a kind of group or station to a kind of station or an exit; all pairs there can be."""
    network = place.network
    rows, columns = (*STATIONS, *network.kinds), (*STATIONS, *network.exits)
    people = flow.moved.astype(np.float64) * place.weight
    for origin, destination in possible_moves(network):
        yield f"moved:{origin}{MOVE}{destination}", people[:, rows.index(origin), columns.index(destination)].copy()


def _programmes(place: Place) -> Named:
    course = place.outlook.programmes
    for index, name in enumerate(place.programmes.ids):
        yield f"averted:{name}", place.outlook.averted[:, index].copy()
        yield f"coverage:{name}", course.coverage[:, index].copy()
        yield f"in_force:{name}", course.in_force[:, index].copy()
        yield f"programme_spend:{name}", course.spent[:, index] / MONTHS_A_YEAR


def _money(books: Sequence[MonthBooks]) -> Named:
    for measure in ("income", "spending", "balance", "transfer", "stranded"):
        for organisation in ORGANISATIONS:
            yield f"{measure}:{organisation}", _row(books, measure, organisation)
    yield "stranded", np.array([sum(month.stranded.values()) for month in books])
    yield "gap", np.array([month.gap for month in books])
    yield "unspent", np.array([sum(month.unspent.values()) for month in books])
    yield "capital", np.array([month.capital for month in books])


def _row(months: Sequence[object], measure: str, name: str) -> FloatArray:
    """One number of every month."""
    return np.array([getattr(month, measure)[name] for month in months])


def _ratio(above: FloatArray, below: FloatArray) -> FloatArray:
    return np.divide(above, below, out=np.zeros(len(below)), where=below != 0)
