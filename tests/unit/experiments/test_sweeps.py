"""The shape of a sweep, on numbers made up; and every lever has its sentence and its directions."""

from __future__ import annotations

import numpy as np
import pytest

from sim.experiments.behaviour import effect
from sim.inputs import Faults, load_behaviour, scenario_names
from sim.results.measures import KEY_SERIES

pytestmark = pytest.mark.unit


def swept(*means: float, noise: float = 0.01):
    """Points by replications: each mean with the same small differences between replications."""
    return np.array(means)[:, np.newaxis] + noise * np.array([[-1.0, 1.0, -1.0, 1.0]]) * np.arange(len(means))[:, None]


@pytest.mark.parametrize(
    ("means", "shape", "found"),
    [
        ((1, 2, 3, 4), "steady", "rises"),
        ((4, 3, 2, 1), "steady", "falls"),
        ((1, 5, 7, 7.2), "levels off", "rises"),
        ((1, 1.2, 3, 7), "starts late", "rises"),
        ((1, 4, 1.5), "turns", "rises"),
    ],
)
def test_the_shape_of_a_sweep(means, shape, found):
    told = effect("delayed", swept(*means))
    assert (told.shape, told.found) == (shape, found)


def test_what_never_differs_is_nothing_and_what_chance_hides_cannot_be_seen():
    assert effect("delayed", np.ones((3, 4))).shape == "nothing"
    hidden = effect("delayed", swept(1, 1.001, 1.002, noise=5), "rises")
    assert (hidden.shape, hidden.found, hidden.contradicted) == ("cannot be seen", "any", False)


def test_a_declared_direction_is_held_against_the_numbers():
    assert effect("delayed", swept(1, 2), "rises").confirmed
    assert effect("delayed", swept(1, 2), "falls").contradicted
    assert effect("delayed", swept(1, 2), "nothing").contradicted
    assert effect("delayed", np.ones((2, 4)), "rises").contradicted
    assert not effect("delayed", swept(1, 2), "any").contradicted


def test_every_lever_has_its_sentence_and_names_what_there_is():
    for lever, behaviour in load_behaviour().values():
        assert lever.path == behaviour.path
        assert set(behaviour.on) <= set(scenario_names())
        nothing = () if behaviour.nothing == "all" else behaviour.nothing
        assert {*behaviour.rises, *behaviour.falls, *nothing} <= set(KEY_SERIES), behaviour.path


def test_a_behaviour_without_a_lever_and_a_lever_without_one_are_faults(tmp_path):
    from sim.inputs.folders import default_folder

    for name in ("levers.yaml", "behaviour.yaml"):
        text = (default_folder() / name).read_text(encoding="utf-8")
        if name == "behaviour.yaml":
            text = text.replace("- path: policy.regime", "- path: policy.regimen")
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(Faults) as error:
        load_behaviour(tmp_path)
    assert "policy.regimen" in str(error.value)
    assert "has no behaviour" in str(error.value)
