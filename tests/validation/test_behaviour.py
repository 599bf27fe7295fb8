"""Each lever does what is declared of it in behaviour.yaml.

Both ends of its range, three replications of one typical locality: in a smaller place the hospital is full at both
ends, and nothing moves. Sharing between localities needs two of them.
"""

from __future__ import annotations

import pytest

from sim.experiments.behaviour import sweep_levers
from sim.inputs import load_behaviour

pytestmark = pytest.mark.validation

PLACE = "nottingham-and-nottinghamshire"
NEEDS_LOCALITIES = "capacity.pooling_share"
LEVERS = list(load_behaviour())


@pytest.fixture(scope="module")
def sweeps():
    small = [path for path in LEVERS if path != NEEDS_LOCALITIES]
    found = sweep_levers(PLACE, small, points=2, replications=3, people=300_000, keep=False)
    found += sweep_levers(PLACE, [NEEDS_LOCALITIES], points=2, replications=2, people=600_000, keep=False)
    return {each.lever.path: each for each in found}


@pytest.mark.parametrize("path", LEVERS)
def test_a_lever_does_what_is_declared_of_it(path, sweeps):
    wrong = {}
    for effect in sweeps[path].effects:
        mean = effect.difference.mean
        right = {"any": True, "nothing": effect.shape == "nothing", "rises": mean > 0, "falls": mean < 0}
        if not right[effect.declared]:
            wrong[effect.series] = (effect.declared, mean)
    assert not wrong
