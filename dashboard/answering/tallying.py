"""Runs into accounts: which series the views of people and pounds are made of, by financial year."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from dashboard.answering.pressing import is_pressing
from dashboard.answering.reading import MONTHS, half_widths
from dashboard.facts.accounts import Accounts, Amount

FloatArray = NDArray[np.float64]
Series = Mapping[str, FloatArray]
Yearly = Callable[[Sequence[Series], str], FloatArray]

SUMMED = ("moved", "gave_up", "income", "spending", "transfer", "balance", "stranded")
"""Measures whose parts are added up over a year."""

ALONE = ("readmissions", "programme_spend", "unspent", "capital", "gap")
"""Series that are added up over a year and have no parts."""

TOTALLED = ("income", "spending", "transfer", "balance", "stranded")
"""Measures of money that are also added up over organisations, each under its own name."""

STANDING = ("occupied", "waiting")
"""Measures looked at as they stand at the end of a year."""


def is_tallied(series: str) -> bool:
    """Whether accounts are made of it."""
    measure, _, part = series.partition(":")
    return series in ALONE or is_pressing(series) or (bool(part) and measure in SUMMED + STANDING)


def accounts(yearly: Yearly, years: Sequence[str], plan: Sequence[Series], baseline: Sequence[Series]) -> Accounts:
    """Accounts of the plan and of doing nothing, from runs that come in pairs.

    yearly   one series of several runs by financial year, shape (runs, years)
    """
    names = [name for name in plan[0] if is_tallied(name) and name in baseline[0]]
    summed = [name for name in names if not _stands(name) and not is_pressing(name)]
    values = {name: (yearly(plan, name), yearly(baseline, name)) for name in summed}
    standing = {name: (_last(plan, name), _last(baseline, name)) for name in names if _stands(name)}
    pressing = {name: (_mean(plan, name), _mean(baseline, name)) for name in names if is_pressing(name)}
    return Accounts(
        tuple(years),
        {name: _amounts(*each) for name, each in (values | _totals(values)).items()},
        {name: _amounts(*each) for name, each in standing.items()},
        {name: _amounts(*each) for name, each in pressing.items()},
    )


def _totals(values: Mapping[str, tuple[FloatArray, FloatArray]]) -> dict[str, tuple[FloatArray, FloatArray]]:
    """Measures of money over all organisations."""
    parts = {each: [values[name] for name in values if name.startswith(f"{each}:")] for each in TOTALLED}
    return {each: (_added(found, 0), _added(found, 1)) for each, found in parts.items() if found}


def _added(parts: Sequence[tuple[FloatArray, FloatArray]], which: int) -> FloatArray:
    return np.sum([part[which] for part in parts], axis=0)


def _last(runs: Sequence[Series], name: str) -> FloatArray:
    """The last month of every year, shape (runs, years)."""
    return np.stack([run[name] for run in runs])[:, MONTHS - 1 :: MONTHS]


def _mean(runs: Sequence[Series], name: str) -> FloatArray:
    """The average month of every year, shape (runs, years)."""
    months: FloatArray = np.stack([run[name] for run in runs])
    return months.reshape(len(runs), -1, MONTHS).mean(axis=2)


def _stands(series: str) -> bool:
    return series.partition(":")[0] in STANDING


def _amounts(plan: FloatArray, baseline: FloatArray) -> tuple[Amount, ...]:
    change, half = (plan - baseline).mean(axis=0), half_widths(plan - baseline)
    each = zip(plan.mean(axis=0), baseline.mean(axis=0), change - half, change + half, strict=True)
    return tuple(Amount(*map(float, values)) for values in each)
