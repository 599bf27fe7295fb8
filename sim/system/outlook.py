"""What every month brings whoever comes: worked out for all months at once, before the first day.

Demand before feedback, programmes and plans follow from time alone. Only unmet need, and cuts by owners who live
within their means, wait for the patient flow.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.dynamics.demand import Demand, Group
from sim.dynamics.effects import Effects
from sim.dynamics.ledger import Ledger
from sim.dynamics.plans import MonthPlan
from sim.dynamics.programmes import Course, Programmes
from sim.inputs import AGE_BANDS, Parameters
from sim.network.model import CareNetwork

FloatArray = NDArray[np.float64]

MONTHS_A_YEAR = 12
APRIL = 4


@dataclass(frozen=True, slots=True)
class Outlook:
    """T months ahead of the network's G groups, under P programmes.

    arrivals    multipliers of the base-year rates, before unmet need brings more, (T, G)
    diverted    averted people who come as community work, as shares of the base-year rates, (T, G)
    stays       factors on hospital stays, (T, G)
    delays      factors on hospital delays that are not about capacity, (T,)
    same_day, day_case   people who need no bed, in the whole footprint, before unmet need brings more, (T,)
    averted     emergency admissions averted in the whole footprint, (T, P)
    """

    arrivals: FloatArray
    diverted: FloatArray
    stays: FloatArray
    delays: FloatArray
    same_day: FloatArray
    day_case: FloatArray
    averted: FloatArray
    programmes: Course
    plans: tuple[MonthPlan, ...]


def look_ahead(
    parameters: Parameters, network: CareNetwork, demand: Demand, programmes: Programmes, ledger: Ledger, months: int
) -> Outlook:
    """The outlook for so many months from 1 April of the first year."""
    years = np.arange(months) / MONTHS_A_YEAR
    month_of_year = (np.arange(months) + APRIL - 1) % MONTHS_A_YEAR + 1
    offered = ledger.offered(years)
    price = ledger.terms.cost_index("public_health", years)
    course = programmes.course(np.stack([offered[name] for name in programmes.ids], axis=-1), years, price)
    effects, expected = course.effects, demand.monthly(years, month_of_year)
    counted = demand.counted(years, month_of_year, effects)
    groups: list[Group] = [(group.template, group.age_band) for group in network.groups]
    rates, away = demand.arrivals(years, effects), demand.diverted(years, effects)
    nobody = np.zeros(months)
    unusual = np.where(_emergency(network), demand.unusual(years, month_of_year)[:, np.newaxis], 1.0)
    return Outlook(
        arrivals=np.stack([rates[group] for group in groups], axis=-1) * unusual,
        diverted=np.stack([away.get(group, nobody) for group in groups], axis=-1) * unusual,
        stays=_stays(network, demand, years, effects),
        delays=_delays(parameters, years),
        same_day=counted["emergency_same_day"],
        day_case=counted["day_case"],
        averted=course.averted_admissions(expected["emergency_overnight"], expected["emergency_same_day"]),
        programmes=course,
        plans=ledger.plans(years, course.spent.sum(axis=1)),
    )


def _emergency(network: CareNetwork) -> NDArray[np.bool_]:
    """Which groups come as an emergency, G."""
    return np.array([group.template == "emergency" for group in network.groups])


def _stays(network: CareNetwork, demand: Demand, years: FloatArray, effects: Effects) -> FloatArray:
    """The trend, and what programmes save of emergency stays; groups that are not by age stay in no hospital."""
    trend = demand.stays(years)
    factors = np.ones((len(years), len(network.groups)))
    for index, group in enumerate(network.groups):
        if group.age_band is not None:
            saved = effects.stay[:, AGE_BANDS.index(group.age_band)] if group.kind == "emergency" else 0.0
            factors[:, index] = trend[group.kind] * (1.0 - saved)
    return factors


def _delays(parameters: Parameters, years: FloatArray) -> FloatArray:
    """What is planned, delivered in part and after a while."""
    since = years - parameters.value("policy.start_delay", unit="years")
    planned = _held(parameters, "policy.discharge_delay", since) - 1.0
    # a plan to shorten delays is delivered in part; delays that grow do so by themselves
    delivered = np.where(planned < 0, _held(parameters, "policy.share_delivered", years), 1.0)
    return 1.0 + np.where(since >= 0, planned * delivered, 0.0)


def _held(parameters: Parameters, path: str, years: FloatArray) -> FloatArray:
    """A number as it is at these times, (T,)."""
    found = np.full(years.shape, parameters.value(path))
    for begins, value in parameters.later(path):
        found = np.where(years >= begins, value, found)
    return found
