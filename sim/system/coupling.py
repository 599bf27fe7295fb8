"""Each month demand sets the rates, the ledger sets the places, people flow, and the ledger pays.

This is the only room where the three meet.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.dynamics.costs import MonthActivity
from sim.dynamics.effects import Effects
from sim.dynamics.statements import MonthPlan
from sim.engines.contract import Conditions, Engine, Flow, check_people
from sim.engines.reference import ReferenceEngine
from sim.engines.start import share_out
from sim.inputs import AGE_BANDS, STATIONS
from sim.results.history import History
from sim.system.place import MONTH, MONTHS_A_YEAR, FloatArray, Place, month_of_year
from sim.system.record import Month, Record, volumes

CARE = tuple(kind for kind in STATIONS if kind != "acute")


def simulate(place: Place, seed: int, replication: int, on_month: Callable[[int], None] | None = None) -> History:
    """One replication: the same people come in every scenario of the same seed and replication.

    on_month   is told the number of every month that is done
    """
    engine, flow = _warmed_up(place, seed, replication)
    record, state, programmes = Record(place), place.ledger.open(), place.programmes.open()
    unmet, in_need = _need(place, flow)
    for month in range(place.months):
        years = month / MONTHS_A_YEAR
        plan = place.ledger.plan(state, years)
        budget = np.array([plan.programme_budget[name] for name in place.programmes.ids])
        programmes, effect = place.programmes.step(programmes, budget, years, plan.price["public_health"])
        feedback = place.demand.feedback(unmet, in_need)
        inside = flow.inside
        flow = engine.advance((month + 1) * MONTH, _conditions(place, years, effect.effects, feedback, plan))
        check_people(inside, flow)
        counted = place.demand.counted(years, month_of_year(month), effect.effects, feedback)
        state, books = place.ledger.book(state, plan, _activity(place, flow, counted, float(effect.spent.sum())))
        record.add(Month(month, flow, counted, effect, books, plan))
        unmet, in_need = _need(place, flow)
        if on_month is not None:
            on_month(month)
    return record.history()


def _warmed_up(place: Place, seed: int, replication: int) -> tuple[Engine, Flow]:
    """An engine that has lived through the warm-up, under the base year's conditions, and the flow of it."""
    engine = ReferenceEngine(
        place.network,
        seed,
        replication,
        long_wait=place.long_wait,
        moving_share=place.parameters.value("capacity.pooling_share"),
        begins=-place.warm_up,
    )
    return engine, engine.advance(0.0)


def _conditions(place: Place, years: float, effects: Effects, feedback: float, plan: MonthPlan) -> Conditions:
    """The month's rates, stays and places, in the order of the network."""
    rates = place.demand.arrivals(years, effects, feedback)
    away = place.demand.diverted(years, effects)
    keys = [(group.template, group.age_band) for group in place.network.groups]
    places = np.empty(len(place.network.stations))
    for kind, stations in place.stations.items():
        places[stations] = share_out(round(plan.places[kind] / place.weight), np.ones(place.localities))
    return Conditions(
        arrivals=np.array([rates[key] for key in keys]),
        diverted=np.array([away.get(key, 0.0) for key in keys]),
        stays=_stays(place, years, effects),
        delays=_delays(place, years),
        places=places,
    )


def _stays(place: Place, years: float, effects: Effects) -> FloatArray:
    """Factors on hospital stays, G by S: the trend, and what programmes save of emergency stays."""
    trend = place.demand.stays(years)
    factors = np.ones((len(place.network.groups), len(place.network.stations)))
    for index, group in enumerate(place.network.groups):
        if group.age_band is not None:
            saved = effects.stay[AGE_BANDS.index(group.age_band)] if group.kind == "emergency" else 0.0
            factors[index, place.stations["acute"]] = trend[group.kind] * (1.0 - saved)
    return factors


def _delays(place: Place, years: float) -> FloatArray:
    """Factors on delays that are not about capacity, S: what is planned, delivered in part and after a while."""
    parameters = place.parameters
    factors = np.ones(len(place.network.stations))
    if years >= parameters.value("policy.start_delay", unit="years"):
        planned = parameters.value("policy.discharge_delay") - 1.0
        # a plan to shorten delays is delivered in part; delays that grow do so by themselves
        delivered = parameters.value("policy.share_delivered") if planned < 0 else 1.0
        factors[place.stations["acute"]] += planned * delivered
    return factors


def _activity(place: Place, flow: Flow, counted: dict[str, float], programme_spending: float) -> MonthActivity:
    """What the month did, scaled to the whole footprint."""
    weight, occupied = place.weight, flow.occupied_time.sum(axis=1)
    return MonthActivity(
        occupied_days={kind: float(occupied[at].sum()) * weight for kind, at in place.stations.items()},
        place_days={kind: float(flow.place_time[at].sum()) * weight for kind, at in place.stations.items()},
        escalation_days=float(flow.escalation_time.sum()) * weight,
        volumes=volumes(place, flow, counted),
        programme_spending=programme_spending,
    )


def _need(place: Place, flow: Flow) -> tuple[float, float]:
    """People who wait too long for community or social care, and all who have or want a place there."""
    care = np.concatenate([place.stations[kind] for kind in CARE])
    waiting_long = float(flow.waiting_long[care].sum())
    return waiting_long * place.weight, float((flow.occupied[care] + flow.waiting[care]).sum()) * place.weight
