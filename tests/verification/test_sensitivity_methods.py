"""Morris and Sobol of functions whose answer is known, by the same way as the engine's."""

from __future__ import annotations

import numpy as np
import pytest

from sim.experiments.sensitivity import decompose, screen
from sim.experiments.sensitivity.designs import indices, noise, screened, sobol_design

pytestmark = pytest.mark.verification

NAMES = ("first", "second", "third")
WEIGHTS = np.array([3.0, -2.0, 0.0])
A, B = 7.0, 0.1


def ishigami(points):
    """sin x + 7 sin² y + z⁴ sin x / 10 on three angles from -π to π (Ishigami and Homma 1990)."""
    x, y, z = (np.pi * (2 * points[:, each] - 1) for each in range(3))
    return np.sin(x) + A * np.sin(y) ** 2 + B * z**4 * np.sin(x)


def known_indices():
    """The variance of each part by hand: of x alone, of y alone, of x and z together."""
    alone_x, alone_y = (1 + B * np.pi**4 / 5) ** 2 / 2, A**2 / 8
    together = B**2 * np.pi**8 * (1 / 18 - 1 / 50)
    whole = alone_x + alone_y + together
    first = np.array([alone_x, alone_y, 0]) / whole
    return first, np.array([alone_x + together, alone_y, together]) / whole


def additive(points):
    return points @ WEIGHTS


def test_sobol_indices_of_the_ishigami_function():
    first, total = known_indices()
    assert first == pytest.approx([0.3139, 0.4424, 0], abs=1e-4)
    found = decompose(NAMES, ishigami, 4096, seed=3)
    assert [each.name for each in found] == list(NAMES)
    for place, each in enumerate(found):
        assert each.first == pytest.approx(first[place], abs=0.02)
        assert each.total == pytest.approx(total[place], abs=0.02)
        assert abs(each.first - first[place]) <= 1.5 * each.first_reach
        assert abs(each.total - total[place]) <= 1.5 * each.total_reach


def test_in_a_sum_nothing_acts_together():
    """Variance of each is its weight squared over 12: 9/13, 4/13 and nothing."""
    found = decompose(NAMES, additive, 1024)
    for each, share in zip(found, WEIGHTS**2 / (WEIGHTS**2).sum(), strict=True):
        assert each.first == pytest.approx(share, abs=0.02)
        assert each.total == pytest.approx(share, abs=0.02)
    assert found[2].first == found[2].total == 0


def test_screening_finds_the_weights_of_a_sum_exactly():
    """Wherever the others stand, the effect is the weight: no spread, no need of many trajectories."""
    for each, weight in zip(screen(NAMES, additive, 4), WEIGHTS, strict=True):
        assert each.mean == pytest.approx(weight)
        assert each.size == pytest.approx(abs(weight))
        assert each.spread == pytest.approx(0, abs=1e-12)
        assert each.reach == pytest.approx(0, abs=1e-12)


def test_screening_sees_what_depends_on_the_rest():
    """In the Ishigami function z does nothing on average, and a great deal by where x stands."""
    x, y, z = screen(NAMES, ishigami, 100, seed=2)
    assert min(x.size, y.size, z.size) > 4
    assert z.spread > abs(z.mean)
    assert abs(y.mean) < y.size / 2


def test_a_function_that_never_moves_has_no_indices():
    found = decompose(NAMES, lambda points: np.ones(len(points)), 64)
    assert all(np.isnan(each.first) and np.isnan(each.total) for each in found)
    assert [each.size for each in screen(NAMES, lambda points: np.ones(len(points)), 4)] == [0, 0, 0]


def test_luck_that_all_points_share_changes_nothing():
    """A replication that is two higher everywhere has the same indices, and no noise."""
    design = sobol_design(NAMES, 256, 1)
    values = ishigami(design.points)
    both = np.column_stack((values, values + 2))
    assert noise(both) == pytest.approx(0, abs=1e-12)
    alone, paired = indices(design, values, 1), indices(design, both, 1)
    for each, other in zip(alone, paired, strict=True):
        assert other.total == pytest.approx(each.total)
        assert other.chance == pytest.approx(0, abs=1e-9)


def test_luck_of_single_points_is_told_as_noise():
    """Chance of standard deviation 1 on a sum of variance 13/12, in four replications: 1/4 of 1 over the whole."""
    source = np.random.Generator(np.random.Philox(9))
    design = sobol_design(NAMES, 1024, 1)
    values = additive(design.points)[:, np.newaxis] + source.normal(size=(len(design.points), 4))
    assert noise(values) == pytest.approx(0.25 / (0.25 + 13 / 12), abs=0.02)
    third = indices(design, values, 1)[2]
    assert third.total > 0.05  # noise looks like a thing that acts together with all others
    assert third.chance > 0


@pytest.mark.parametrize("seed", [0, 1, 2**32 - 1])
def test_the_same_seed_gives_the_same_numbers(seed):
    for ask in (lambda: screen(NAMES, ishigami, 6, seed), lambda: decompose(NAMES, ishigami, 32, seed)):
        assert ask() == ask()


def test_another_seed_draws_other_points():
    assert screen(NAMES, ishigami, 6, 1) != screen(NAMES, ishigami, 6, 2)


def test_trajectories_with_a_point_that_cannot_be_are_left_out_whole():
    from sim.experiments.sensitivity.designs import morris_design

    design = morris_design(NAMES, 8, 1)
    known = np.ones(8, dtype=bool)
    known[[2, 5]] = False
    fewer = design.only(known)
    assert fewer.blocks == 6
    found = screened(fewer, additive(fewer.points), 1)
    assert [each.mean for each in found] == pytest.approx(WEIGHTS)
