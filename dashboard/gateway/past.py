"""The back-test as it is stored: nothing is run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from dashboard.facts.past import Past, PastScore, PastSeries, PastYear, Phase
from dashboard.gateway.looked_up import believed
from dashboard.wording.past import LABELS
from sim.experiments.backtest.results import SHARES, SHOWN, Row, score
from sim.experiments.backtest.stored import RESULTS, load_results
from sim.inputs import Faults
from sim.inputs.backtest_fit import STORED, load_backtest_fit
from sim.inputs.backtest_plan import BacktestPlan, load_backtest_plan
from sim.inputs.folders import default_folder
from sim.inputs.history import FOLDER, YEAR
from sim.inputs.keys import MONTHS
from sim.inputs.years import financial_year_name

PERCENT, THOUSAND = 100, 1000
WHOLE = (0, len(YEAR) - 1)


def stated_past() -> Past | None:
    """The stored back-test of England, or what is wrong with its files; None where none is stored."""
    home = default_folder()
    if not all((home / FOLDER / name).is_file() for name in (STORED, RESULTS)):
        return None
    try:
        return _read(home)
    except Faults as faults:
        return Past(faults=str(faults))


def _read(home: Path) -> Past:
    plan, fit, rows = load_backtest_plan(believed(), home), load_backtest_fit(home), load_results(home)
    return Past(
        series=tuple(_series(name, words, rows, plan) for name, words in SHOWN.items()),
        until=financial_year_name(plan.fitted_until),
        compared=financial_year_name(plan.compared_until),
        draws=len(fit.draws),
        aside=fit.aside,
        on=date.fromisoformat(fit.made.on),
    )


def _series(name: str, words: str, rows: Sequence[Row], plan: BacktestPlan) -> PastSeries:
    own = [row for row in rows if row.series == name]
    return PastSeries(
        id=name,
        label=LABELS.get(name, words),
        is_share=name in SHARES,
        years=tuple(_year(row, plan) for row in own),
        fitted=_score([row for row in own if _phase(row, plan) == "fitted"]),
        unseen=_score([row for row in own if _phase(row, plan) == "not fitted"]),
        forecast=_score([row for row in own if _phase(row, plan) == "forecast"]),
    )


def _phase(row: Row, plan: BacktestPlan) -> Phase:
    if row.year <= plan.fitted_until:
        return "fitted"
    return "not fitted" if row.year <= plan.compared_until else "forecast"


def _year(row: Row, plan: BacktestPlan) -> PastYear:
    unit = PERCENT if row.series in SHARES else 1 / THOUSAND
    return PastYear(
        label=financial_year_name(row.year),
        months=() if (row.first, row.last) == WHOLE else _months(row),
        phase=_phase(row, plan),
        begins=row.year + row.first / len(MONTHS),
        ends=row.year + (row.last + 1) / len(MONTHS),
        observed=_times(row.observed, unit),
        model=row.mean * unit,
        low=row.low * unit,
        high=row.high * unit,
        carried=_times(row.carried, unit),
        trend=_times(row.trend, unit),
        error=row.error,
        inside=row.inside,
    )


def _months(row: Row) -> tuple[int, ...]:
    return tuple(MONTHS.index(YEAR[month]) + 1 for month in dict.fromkeys((row.first, row.last)))


def _times(value: float | None, unit: float) -> float | None:
    return None if value is None else value * unit


def _score(rows: Sequence[Row]) -> PastScore | None:
    found = score(rows)
    if found is None:
        return None
    seen = tuple(financial_year_name(row.year) for row in rows if row.observed is not None)
    inside = sum(bool(row.inside) for row in rows)
    return PastScore(seen, found.error, inside, found.carried, found.trend)
