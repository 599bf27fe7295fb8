"""Demand in equations: growth, ageing and what programmes avert (the equations of `sim.dynamics.demand`)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.dynamics.demand import COMMUNITY, SOCIAL_CARE, Demand
from sim.experiments.xmile.parts import PURE, SHARE_A_YEAR, Part, auxiliary, by_month, called, constant, divided, plus
from sim.inputs import AGE_BANDS, MONTHS, STREAMS
from sim.system.outlook import APRIL, MONTHS_A_YEAR

A_YEAR = "people/year"
AVERTED_BY = dict(zip(STREAMS, ("same_day", "overnight", "elective", "elective"), strict=True))
"""Which effect of programmes each stream feels."""
GROUPS = {"emergency": "emergency_overnight", "elective": "elective_overnight"}
"""Groups of the flow that come by age, and their stream."""


def demand_parts(demand: Demand, months: int) -> Iterator[Part]:
    """Everything about how many people come, for so many months."""
    yield from _ageing(demand, months)
    yield from _before_programmes(demand)
    yield from _admissions(demand, months)
    yield from _multipliers()
    yield from _referrals(demand)
    yield from _stays(demand)


def _ageing(demand: Demand, months: int) -> Iterator[Part]:
    years = np.arange(months + 1) / MONTHS_A_YEAR
    for band in AGE_BANDS:
        says = f"People aged {band} relative to 1 April 2016."
        yield by_month(called("people_index", band), demand.population(band, years), PURE, says)


def _before_programmes(demand: Demand) -> Iterator[Part]:
    for row, stream in enumerate(STREAMS):
        for column, band in enumerate(AGE_BANDS):
            says = f"{_words(stream)} of people aged {band} in the base year."
            yield constant(called("base", stream, band), demand.admissions[row, column], A_YEAR, says)
        share = f"Part of the growth beyond ageing that goes to: {_words(stream)}."
        yield constant(called("excess_share", stream), demand.excess_share[row], PURE, share)
        by_ageing = plus(f"base_{called(stream, band)} * people_index_{called(band)}" for band in AGE_BANDS)
        yield auxiliary(f"by_ageing_{stream}", by_ageing, A_YEAR, f"{_words(stream)}, growing by ageing alone.")
        beyond = divided(f"excess_share_{stream} * excess", f"by_ageing_{stream}")
        says = f"{_words(stream)}, relative to growth by ageing alone."
        yield auxiliary(f"beyond_{stream}", f"MAX(0, 1 + {beyond})", PURE, says)
    yield constant("admissions_growth", demand.growth.rate, SHARE_A_YEAR, "Growth of all admissions together.")
    base = plus(called("base", stream, band) for stream in STREAMS for band in AGE_BANDS)
    yield auxiliary("base_admissions", base, A_YEAR, "All admissions of the base year.")
    everyone = "base_admissions * (1 + admissions_growth) ^ years"
    yield auxiliary("excess", f"{everyone} - ({plus(f'by_ageing_{stream}' for stream in STREAMS)})", A_YEAR,
                    "Admissions beyond what ageing brings.")  # fmt: skip
    for stream in STREAMS:
        for band in AGE_BANDS:
            grown = f"base_{called(stream, band)} * people_index_{called(band)} * beyond_{stream}"
            says = f"{_words(stream)} of people aged {band}, before programmes."
            yield auxiliary(called("before", stream, band), grown, A_YEAR, says)


def _admissions(demand: Demand, months: int) -> Iterator[Part]:
    """Admissions of the month by stream."""
    of_year = (np.arange(months) + APRIL - 1) % len(MONTHS)
    for stream in STREAMS:
        factor = demand.month_factor[stream][of_year]
        yield by_month(f"season_{stream}", factor, PURE, f"{_words(stream)} of the month relative to the year's mean.")
        left = plus(
            f"before_{called(stream, band)} * (1 - averted_{called(AVERTED_BY[stream], band)})" for band in AGE_BANDS
        )
        says = f"{_words(stream)} in the month, after what programmes avert and before unmet need brings more."
        yield auxiliary(f"wanted_{stream}", f"season_{stream} / months_a_year * ({left})", "people", says)


def _multipliers() -> Iterator[Part]:
    """What the flow is told: rates relative to the base year."""
    for group, stream in GROUPS.items():
        for band in AGE_BANDS:
            growth = divided(called("before", stream, band), called("base", stream, band), "1")
            says = f"{group.capitalize()} arrivals of people aged {band}, relative to the base year."
            left = f"{growth} * (1 - averted_{called(AVERTED_BY[stream], band)})"
            yield auxiliary(called("arrivals", group, band), left, PURE, says)
    for band in AGE_BANDS:
        growth = divided(called("before_emergency_overnight", band), called("base_emergency_overnight", band), "1")
        says = f"Averted emergencies aged {band} who come as community work, relative to arrivals of the base year."
        yield auxiliary(called("diverted", band), f"{growth} * displaced_{called(band)}", PURE, says)


def _referrals(demand: Demand) -> Iterator[Part]:
    yield constant("community_growth", demand.community_growth.rate, SHARE_A_YEAR, "Growth of referrals beyond ageing.")
    for row, kind in enumerate(COMMUNITY):
        for column, band in enumerate(AGE_BANDS):
            says = f"{_words(kind)}: referrals of people aged {band} in the base year."
            yield constant(called("base", kind, band), demand.referrals[row, column], A_YEAR, says)
        kept = {
            band: f" * (1 - averted_social_care_{called(band)})" if kind in SOCIAL_CARE else "" for band in AGE_BANDS
        }
        now = plus(f"base_{called(kind, band)} * people_index_{called(band)}{kept[band]}" for band in AGE_BANDS)
        base = plus(called("base", kind, band) for band in AGE_BANDS)
        equation = f"(1 + community_growth) ^ years * {divided(now, base, '1')}"
        yield auxiliary(f"arrivals_{kind}", equation, PURE, f"{_words(kind)}: referrals relative to the base year.")


def _stays(demand: Demand) -> Iterator[Part]:
    for kind, trend in demand.stay_trend.items():
        yield constant(f"stay_trend_{kind}", trend.rate, SHARE_A_YEAR, f"Trend of {kind} stays.")
    says = "Length of elective stays relative to the base year."
    yield auxiliary("stay_elective", "(1 + stay_trend_elective) ^ years", PURE, says)
    for band in AGE_BANDS:
        equation = f"(1 + stay_trend_emergency) ^ years * (1 - averted_stay_{called(band)})"
        says = f"Length of emergency stays of people aged {band} relative to the base year."
        yield auxiliary(called("stay_emergency", band), equation, PURE, says)


def _words(stream: str) -> str:
    return stream.replace("_", " ").capitalize()
