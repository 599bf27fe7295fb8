"""How much narrower a difference is when both sides have the same people.

The variance of a scenario's effect over replications, with the same seeds on both sides (paired) and with different
ones (independent: replication i of the scenario against replication j of the baseline, for all i and j but i = j).
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.inputs import AGE_BANDS, MONTHS, Parameters, find_footprint, load_footprints, load_parameters
from sim.inputs import resolve_scenarios as with_scenarios
from sim.results.summarise import yearly_values
from sim.system import Place, prepare, simulate

FloatArray = NDArray[np.float64]
DAYS_A_YEAR = 365.25
RESAMPLES = 4000
SEED = 20160401

LABELS = {
    "packages": "2 % more home-care packages",
    "beds": "1 % more hospital beds",
    "emergencies": "1 % more emergencies in every month",
    "emergency_rate": "1 % more emergencies in the base year",
    "prevention_shift": "shift to prevention",
}
MEASURES = {"delayed": "delayed bed days", "occupancy:acute": "occupancy", "admissions": "emergency admissions"}


def measure(scenario: str, footprint: str, years: int, runs: int, workers: int) -> dict[str, Any]:
    """Effects in the last year and the ratios of variances, with 95 % bootstrap intervals."""
    base = load_parameters()
    before = _replications(base, footprint, years, runs, workers)
    after = _replications(changed(base, scenario), footprint, years, runs, workers)
    return {"measures": {name: compared(before[name], after[name]) for name in MEASURES}}


def changed(base: Parameters, scenario: str) -> Parameters:
    """The parameters of a scenario named in LABELS."""
    if scenario == "prevention_shift":
        return with_scenarios(base, [scenario], {})
    path, keys, factor = {
        "packages": ("capacity.home_care", (), 1.02),
        "beds": ("capacity.acute_beds", (), 1.01),
        "emergencies": ("demand.month_factor_emergency", MONTHS, 1.01),
        "emergency_rate": ("demand.emergency_rate", AGE_BANDS, 1.01),
    }[scenario]
    paths = [f"{path}.{key}" for key in keys] or [path]
    return base.with_changes({each: base.value(each) * factor for each in paths})


def compared(before: FloatArray, after: FloatArray) -> dict[str, float | None]:
    """The mean effect, the variance of a paired and of an independent difference, their ratio and its interval."""
    paired = float(np.var(after - before, ddof=1))
    independent = _independent(before, after)
    low, high = _bootstrap(before, after)
    return {
        "effect": float(np.mean(after - before)),
        "base": float(np.mean(before)),
        "paired_variance": paired,
        "independent_variance": independent,
        "ratio": independent / paired if paired > 0 else None,
        "low": low,
        "high": high,
    }


def _independent(before: FloatArray, after: FloatArray) -> float:
    """Variance of after i less before j over all pairs of different replications."""
    apart = (after[:, np.newaxis] - before)[~np.eye(len(before), dtype=bool)]
    return float(np.mean((apart - apart.mean()) ** 2) * len(before) / (len(before) - 1))


def _bootstrap(before: FloatArray, after: FloatArray) -> tuple[float | None, float | None]:
    """Replications drawn anew, pair by pair; two different ones are independent, so their variances add."""
    drawn = np.random.default_rng(SEED).integers(0, len(before), (RESAMPLES, len(before)))
    first, second = before[drawn], after[drawn]
    paired = np.var(second - first, axis=1, ddof=1)
    if not (paired > 0).all():
        return None, None
    ratios = (np.var(first, axis=1, ddof=1) + np.var(second, axis=1, ddof=1)) / paired
    low, high = np.percentile(ratios, [2.5, 97.5])
    return float(low), float(high)


def _replications(parameters: Parameters, name: str, years: int, runs: int, workers: int) -> dict[str, FloatArray]:
    """The last year's measures, one number for each replication."""
    footprint = find_footprint(name, load_footprints())
    place: Place = prepare(parameters, footprint, years, footprint.total)
    with ThreadPoolExecutor(workers) as pool:
        histories = list(pool.map(lambda number: simulate(place, 1, number), range(runs)))

    def last(series: str) -> FloatArray:
        return np.asarray(yearly_values(histories, series)[:, -1])

    return {
        "delayed": last("delayed") * DAYS_A_YEAR,
        "occupancy:acute": last("occupancy:acute"),
        "admissions": last("admissions:emergency_overnight") + last("readmissions"),
    }
