"""Each month demand sets the rates, the ledger sets the places, people flow, and the ledger pays.

This is the only room where the three meet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Protocol

import numpy as np

from sim.dynamics.costs import MonthActivity
from sim.engines.compiled import CompiledEngine
from sim.engines.contract import Conditions
from sim.engines.snapshots import Snapshot
from sim.inputs import STATIONS
from sim.results.history import History
from sim.system.memory import Memory, RememberingEngine
from sim.system.place import MONTH, FloatArray, Place
from sim.system.record import Record
from sim.system.together import ACUTE, CARE, Together, together


class Steps(Protocol):
    """What lives through the months."""

    def advance(self, until: float, conditions: Conditions | None = None) -> Together:
        """What is seen of the time until then."""
        ...


def simulate(
    place: Place,
    seed: int,
    replication: int,
    on_month: Callable[[int], None] | None = None,
    memory: Memory | None = None,
    *,
    keep_end: bool = False,
) -> History:
    """One replication: the same people come in every scenario of the same seed and replication.

    on_month   is told the number of every month that is done
    memory     what earlier runs lived through; it saves time and changes nothing
    keep_end   remember how the run ended too, for a longer one that goes on from there
    """
    engine = RememberingEngine(
        partial(engine_of, place, seed, replication),
        repr((place.origin, seed, replication)),
        partial(together, at=place.at),
        memory or Memory(0),
        marked=(place.months + 1,) if keep_end else (),
    )
    return coupled(place, engine, on_month)


def coupled(place: Place, engine: Steps, on_month: Callable[[int], None] | None = None) -> History:
    """The months of a place lived through by an engine that stands at the beginning of its warm-up."""
    seen, record, state = engine.advance(0.0), Record(place), place.ledger.open()
    for month, plan in enumerate(place.outlook.plans):
        feedback = place.demand.feedback(*_need(place, seen))
        conditions = _conditions(place, month, feedback, place.ledger.places(state, plan))
        seen = engine.advance((month + 1) * MONTH, conditions)
        activity = _activity(place, month, feedback, seen)
        state, books = place.ledger.book(state, plan, activity)
        record.add(seen, activity, books)
        if on_month is not None:
            on_month(month)
    return record.history()


def engine_of(place: Place, seed: int, replication: int, snapshot: Snapshot | None = None) -> CompiledEngine:
    """An engine at the beginning of the warm-up, or as one stood when the snapshot was taken."""
    if snapshot is not None:
        return CompiledEngine.resumed(place.network, snapshot, long_wait=place.long_wait)
    pooling = place.parameters.value("capacity.pooling_share")
    return CompiledEngine(
        place.network, seed, replication, long_wait=place.long_wait, moving_share=pooling, begins=-place.warm_up
    )


def _conditions(place: Place, month: int, feedback: float, places: Mapping[str, float]) -> Conditions:
    """The month's rates, stays and places, in the order of the network.

    feedback   relative increase of emergency admissions
    places     open by kind, over the whole footprint
    """
    ahead, beds = place.outlook, place.at[ACUTE]
    stays, delays = np.ones((len(place.network.groups), place.at.size)), np.ones(place.at.size)
    stays[:, beds] = ahead.stays[month][:, np.newaxis]
    delays[beds] = ahead.delays[month]
    return Conditions(
        arrivals=ahead.arrivals[month] * np.where(place.emergency, 1.0 + feedback, 1.0),
        diverted=ahead.diverted[month],
        stays=stays,
        delays=delays,
        places=_in_localities(place, np.array([places[kind] for kind in STATIONS])),
    )


def _in_localities(place: Place, places: FloatArray) -> FloatArray:
    """Whole places of every station, S: those of a kind, (N,), evenly over localities; the first have one more."""
    each, left = np.divmod(np.rint(places / place.weight), place.localities)
    shared = np.empty(place.at.size)
    shared[place.at] = each[:, np.newaxis] + (np.arange(place.localities) < left[:, np.newaxis])
    return shared


def _activity(place: Place, month: int, feedback: float, flow: Together) -> MonthActivity:
    """What the month did, scaled to the whole footprint."""
    weight = place.weight
    return MonthActivity(
        occupied_days=_by_station(flow.occupied_time.sum(axis=1) * weight),
        place_days=_by_station(flow.place_time * weight),
        escalation_days=float(flow.escalation_time.sum()) * weight,
        volumes=_volumes(place, month, feedback, flow),
    )


def _volumes(place: Place, month: int, feedback: float, flow: Together) -> dict[str, float]:
    """First admissions asked for in the month by stream, for the whole footprint.

    People count as they come: a hospital too full to admit them has neither averted them nor saved their cost. The
    same holds for readmissions, which follow pro rata: who cannot leave has not been spared one.
    """
    came = (flow.arrived[ACUTE] - flow.readmitted) * place.weight
    return {
        "emergency_same_day": float(place.outlook.same_day[month]) * (1.0 + feedback),
        "emergency_overnight": float(came[place.kinds["emergency"]]),
        "elective_overnight": float(came[place.kinds["elective"]]),
        "day_case": float(place.outlook.day_case[month]),
    }


def _by_station(values: FloatArray) -> dict[str, float]:
    return dict(zip(STATIONS, values.tolist(), strict=True))


def _need(place: Place, flow: Together) -> tuple[float, float]:
    """People who wait too long for community or social care, and all who have or want a place there."""
    waiting_long = float(flow.waiting_long[CARE].sum())
    return waiting_long * place.weight, float((flow.occupied[CARE] + flow.waiting[CARE]).sum()) * place.weight
