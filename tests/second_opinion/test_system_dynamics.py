"""Demand, programmes and money once more: written as XMILE, run by PySD, compared stock by stock.

The equations stand in both places; what they say of every month must be the same. The patient flow is in the file as
series of the run, so a small place does: equations do not know how many people live there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import black
import numpy as np
import pandas as pd
import pysd
import pytest

from sim.dynamics.costs import FixedCosts, MonthActivity
from sim.experiments.question import Question, resolve
from sim.experiments.run import task_of
from sim.experiments.xmile import caption, document, model_of
from sim.inputs import ORGANISATIONS, STATIONS, STREAMS
from sim.results.history import History
from sim.system import Place

pytestmark = pytest.mark.agreement

RELATIVE = 1e-6
PENNY = 1 / 100
ENTRIES = 12
"""More entries than an account has in a month; each is rounded to the penny in the model, and not in the export."""
PLANS: dict[str, Question] = {
    "do_nothing": Question("devon", ("do_nothing",)),
    "prevention_shift": Question("devon", ("prevention_shift",)),
    # what the two leave untouched: harm, a fund drawn on, one pot for all, efficiency, a shift and contracts at once
    "every_branch": Question(
        "devon",
        ("prevention_shift",),
        {
            "policy.evidence_stance": "cautious",
            "policy.behaviour": "place",
            "policy.transition_fund": 5,
            "policy.transition_years": 2,
            "policy.efficiency_planned": 1,
            "policy.shift_ramp": 0,
            "policy.start_delay": 0,
            "demand.unmet_elasticity": 1,
        },
    ),
}


@dataclass(frozen=True)
class Both:
    """A plan run by the model, and its export run by PySD at every step."""

    place: Place
    history: History
    steps: int
    run: pd.DataFrame

    def stock(self, name: str) -> np.ndarray:
        """What a stock holds after each month."""
        return self.run[name].to_numpy()[self.steps :: self.steps]

    def in_month(self, name: str) -> np.ndarray:
        """What a variable is when the books of each month are closed."""
        return self.run[name].to_numpy()[self.steps - 1 :: self.steps]


@pytest.fixture(scope="module", params=PLANS)
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Both:
    asked = PLANS[request.param]
    resolved = resolve(Question(asked.footprint, asked.scenarios, asked.changes, 5, 1, 1, 20_000.0))
    task = task_of(resolved)
    history = task(0)
    model = model_of(task.place, history)
    path = tmp_path_factory.mktemp("xmile") / f"{request.param}.xmile"
    path.write_bytes(document(model, resolved.footprint.name, caption(resolved)))
    read = _read(path)
    return Both(task.place, history, model.steps, read.run(return_columns=[each.name for each in model.parts]))


def _read(path):
    """The model as PySD understands it; without laying out the code that it writes, which takes most of the time."""

    # PySD writes graphical functions as numpy prints them: eight decimals, unless one asks for all
    with pytest.MonkeyPatch.context() as patch, np.printoptions(precision=17):
        patch.setattr(black, "format_file_contents", lambda text, **_: text)
        return pysd.read_xmile(str(path))


def test_every_account_holds_the_same(both):
    """The stocks of the ledger, in pounds; whole pence in the model."""
    months = np.arange(both.place.months) + 1
    for name in ORGANISATIONS:
        ours = np.cumsum(both.history[f"balance:{name}"])
        _same(both.stock(f"balance_{name}"), ours, ENTRIES * PENNY / 2 * months)


def test_all_accounts_together_hold_nothing(both):
    """What leaves one account enters another."""
    accounts = [*ORGANISATIONS, "treasury", "world", "pool"]
    together = sum(both.stock(f"balance_{name}") for name in accounts)
    assert np.abs(together).max() < PENNY
    assert np.abs(both.stock("balance_pool")).max() < PENNY


def test_effects_in_force_are_the_same(both):
    """The last stock of every third-order delay, by programme."""
    for name in _paid(both):
        _same(both.in_month(f"in_force_{name}"), both.history[f"in_force:{name}"])
        _same(both.place.ledger.terms.delivered * both.stock(f"effect_{name}_3"), both.history[f"in_force:{name}"])
        _same(both.in_month(f"coverage_{name}"), both.history[f"coverage:{name}"])
        _same(both.in_month(f"spent_{name}") / 12, both.history[f"programme_spend:{name}"])


def test_fixed_cost_is_released_alike(both):
    """Stocks of what is still paid for, stepped from the activity of the run; and what it strands."""
    found = list(_fixed(both))
    _same(both.stock("fixed_beds"), np.array([each.beds for each in found]))
    _same(both.stock("fixed_work"), np.array([each.work for each in found]))
    _same(both.in_month("usual_work"), np.array([each.usual_work for each in found]))
    _same(both.in_month("stranded"), both.history["stranded"], PENNY)


def test_demand_is_the_same(both):
    """What the flow is told: arrivals, stays, and people who come as community work, relative to the base year."""
    ahead = both.place.outlook
    for index, group in enumerate(both.place.network.groups):
        band = (group.age_band or "").replace("-", "_").replace("+", "_plus")
        _same(both.in_month(f"arrivals_{group.template}{'_' * bool(band)}{band}"), ahead.arrivals[:, index])
        if group.template == "emergency":
            _same(both.in_month(f"diverted_{band}"), ahead.diverted[:, index])
            _same(both.in_month(f"stay_emergency_{band}"), ahead.stays[:, index])
        if group.template == "elective":
            _same(both.in_month("stay_elective"), ahead.stays[:, index])
    _same(both.in_month("admissions_emergency_same_day"), both.history["admissions:emergency_same_day"])
    _same(both.in_month("admissions_day_case"), both.history["admissions:day_case"])


def test_what_each_programme_averts_is_the_same(both):
    for name in _paid(both):
        _same(both.in_month(f"averted_by_{name}"), both.history[f"averted:{name}"])


def test_money_of_the_month_is_the_same(both):
    for name in both.place.ledger.terms.budget:
        _same(both.in_month(f"spent_{name}"), both.history[f"spending:{name}"], ENTRIES * PENNY)
    _same(both.in_month("gap"), both.history["gap"], 5 * ENTRIES * PENNY)


def _same(found: np.ndarray, expected: np.ndarray, rounding: float | np.ndarray = 1e-12) -> None:
    """Within RELATIVE of each month's value, and `rounding` on top where the model rounds or holds nothing."""
    assert found.shape == expected.shape
    assert np.isfinite(expected).all()
    assert (np.abs(found - expected) <= RELATIVE * np.abs(expected) + rounding).all()


def _paid(both: Both) -> list[str]:
    return [name for name, weight in both.place.ledger.terms.programme_mix.items() if weight > 0]


def _fixed(both: Both) -> Iterator[FixedCosts]:
    """Fixed cost after each month, by the model's own step."""
    costs, history, days = both.place.ledger.costs, both.history, 365.25 / 12
    fixed = costs.open()
    for month in range(both.place.months):
        activity = MonthActivity(
            occupied_days={kind: history[f"occupied:{kind}"][month] * days for kind in STATIONS},
            place_days={kind: history[f"places:{kind}"][month] * days for kind in STATIONS},
            escalation_days=history["escalation_beds"][month] * days,
            volumes={stream: history[f"admissions:{stream}"][month] for stream in STREAMS},
        )
        fixed = costs.step(fixed, activity)
        yield fixed
