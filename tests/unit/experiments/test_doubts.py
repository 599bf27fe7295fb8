"""What is drawn and what is held, and how a number is drawn from its range."""

from __future__ import annotations

import numpy as np
import pytest

from sim.experiments.closing import PLACES_OF, TypicalYear, draws_that_close
from sim.experiments.doubts import doubts, drawn, hypercube, pert, pert_share
from sim.inputs import load_parameters, resolve_scenarios

pytestmark = pytest.mark.unit

PARAMETERS = load_parameters()


def names(*plans):
    return {each.name for each in doubts(plans or (PARAMETERS,), PARAMETERS)}


def test_a_draw_stays_in_its_range_and_is_centred_as_a_pert_is():
    """Mean of a beta-PERT: (low + 4 mode + high) / 6 = (0 + 8 + 10) / 6 = 3."""
    quantiles = (np.arange(2000) + 0.5) / 2000
    values = np.array([pert(each, 0, 2, 10) for each in quantiles])
    assert 0 < values.min() < values.max() < 10
    assert values.mean() == pytest.approx(3, abs=0.01)


@pytest.mark.parametrize("mode", [0.0, 2.0, 10.0])
def test_where_a_value_lies_in_its_range_is_the_inverse_of_drawing_it(mode):
    assert pert_share(pert(0.3, 0, mode, 10), 0, mode, 10) == pytest.approx(0.3)


def test_a_range_without_width_is_its_value():
    assert pert(0.9, 5, 5, 5) == 5


def test_every_slice_of_every_range_is_met_once():
    found = hypercube(20, 7, seed=5)
    assert (np.sort(np.floor(found * 20), axis=0) == np.arange(20)[:, np.newaxis]).all()
    assert (found == hypercube(20, 7, seed=5)).all()
    assert (found != hypercube(20, 7, seed=5, batch=1)).any()


def test_what_the_world_does_is_drawn_and_what_a_place_decides_is_not():
    found = names()
    assert {"demand.admissions_growth", "stay.emergency", "policy.share_delivered"} <= found
    assert not {"policy.shift_share", "policy.capital", "capacity.growth", "run.warm_up", "target.gap_total"} & found
    assert not {"demand.month_factor_emergency", "flow.leaving_by_weekday", "finance.price_index"} & found


def test_what_a_plan_sets_is_held_in_every_plan():
    held = resolve_scenarios(PARAMETERS, ["severe_cuts"])
    assert "finance.budget_growth" in names()
    assert "finance.budget_growth" not in names(PARAMETERS, held)


def test_a_programme_is_drawn_only_when_some_plan_pays_for_it():
    shift = resolve_scenarios(PARAMETERS, ["prevention_shift"])
    assert not any(name.startswith("programme") for name in names())
    found = names(PARAMETERS, shift)
    assert {"programme.reablement.effect_emergency_overnight", "programme_overlap"} <= found
    assert not any(name.startswith("programme.case_management") or name.endswith("evidence_grade") for name in found)
    cautious = shift.with_changes({"policy.evidence_stance": "cautious"})
    assert not any(".effect_" in name for name in names(cautious))


def test_the_keys_of_a_number_move_together():
    found = doubts([PARAMETERS], PARAMETERS)
    low, high = (drawn(PARAMETERS, found, np.full(len(found), each)) for each in (0.1, 0.9))
    rates = [list(each.by("demand.emergency_rate").values()) for each in (low, high)]
    assert all(first < second for first, second in zip(*rates, strict=True))


def test_in_draws_that_close_no_place_is_overfull_in_the_base_year():
    """And hospital beds are as full as believed, within the published range."""
    found = doubts([PARAMETERS], PARAMETERS)
    told: list[int] = []
    quantiles, aside = draws_that_close(PARAMETERS, found, 10, 1, told.append)
    assert len(quantiles) == 10 == told[-1]
    assert aside > 0
    believed = TypicalYear.prepare(PARAMETERS)
    low, high = PARAMETERS.range("target.acute_occupancy")
    for row in quantiles[:4]:
        use = TypicalYear.prepare(drawn(PARAMETERS, found, row)).use
        # places are whole, and one of the few of a small kind is a percent or two
        assert all(use[kind] <= max(1, believed.use[kind]) + 0.02 for kind in PLACES_OF if kind != "acute")
        assert abs(use["acute"] - believed.use["acute"]) <= high - low
