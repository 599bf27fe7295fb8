"""A whole place, month by month: what people meet changes demand and money, and both engines tell the same story."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from sim.engines.reference import ReferenceEngine
from sim.inputs import Phase, find_footprint, load_footprints, load_parameters, month_of, resolve_scenarios
from sim.system import coupling, prepare, simulate

pytestmark = pytest.mark.agreement

FEEDBACK = {"demand.unmet_elasticity": 0.2, "demand.unmet_threshold": 3.0, "policy.shift_start": 0.0}


class Reference(ReferenceEngine):
    """The reference engine, which cannot be resumed: nothing is remembered here, so nobody asks."""

    def snapshot(self) -> SimpleNamespace:
        return SimpleNamespace(bytes=0)


TURN = Phase(
    month_of("2016-10"),
    {"policy.shift_share": 0.1, "policy.behaviour": "place", "policy.regime": "means", "capacity.growth.acute": -9},
)
"""Half a year in, everything turns: money, beds, and how deficits are met."""


@pytest.mark.parametrize("phases", [(), (TURN,)], ids=["throughout", "in phases"])
@pytest.mark.parametrize("scenario", ["live_within_means", "prevention_shift"])
def test_a_coupled_run_with_feedback_is_the_same_on_both_engines(scenario, phases, monkeypatch):
    parameters = resolve_scenarios(load_parameters(), [scenario], FEEDBACK).with_phases(phases)
    place = prepare(parameters, find_footprint("devon", load_footprints()), 2, 60_000)
    compiled = simulate(place, 4, 2)
    monkeypatch.setattr(coupling, "CompiledEngine", Reference)
    reference = simulate(place, 4, 2)
    assert reference.series.keys() == compiled.series.keys()
    assert compiled["unmet"].max() > 0
    for name, expected in reference.series.items():
        np.testing.assert_allclose(compiled[name], expected, rtol=1e-9, atol=1e-6, err_msg=name)
