"""Chance and ignorance told apart, on numbers made up so that both are known."""

from __future__ import annotations

from math import isnan

import numpy as np
import pytest

from sim.results.ignorance import Band, futures, split

pytestmark = pytest.mark.unit


def source():
    return np.random.Generator(np.random.Philox(3))


def test_what_only_draws_differ_by_is_ignorance():
    """Draws 1, 2, 3, all replications alike: variance 1 between them, none within."""
    found = split(np.repeat([[1.0], [2.0], [3.0]], 4, axis=1))
    assert (found.chance_variance, found.ignorance_variance, found.share_of_ignorance) == (0, 1, 1)
    assert found.mean == 2
    assert found.chance.low == found.chance.high == 2
    assert (found.ignorance.low, found.ignorance.high) == pytest.approx((1.1, 2.9))


def test_luck_that_every_draw_shares_is_chance_and_is_not_taken_off_ignorance():
    """Value = draw + luck: two replications 10 apart, so the variance within is 50; between draws it stays 1."""
    found = split(np.array([[1.0], [2.0], [3.0]]) + np.array([[-5.0, 5.0]]))
    assert found.chance_variance == 50
    assert found.ignorance_variance == pytest.approx(1)


def test_known_variances_are_found_again():
    """Draws with sd 3, luck with sd 2 shared by all, left-overs with sd 1: ignorance 9, chance 4 + 1."""
    random = source()
    values = 3 * random.normal(size=(4000, 1)) + random.normal(size=(4000, 60))
    values += 2 * np.sqrt(60 / 59) * _standard(random.normal(size=60))
    found = split(values)
    assert found.ignorance_variance == pytest.approx(9, rel=0.08)
    assert found.chance_variance == pytest.approx(5, rel=0.08)
    assert found.ignorance.high - found.ignorance.low == pytest.approx(2 * 1.645 * 3, rel=0.05)
    assert found.together.high - found.together.low > found.ignorance.high - found.ignorance.low


def _standard(values):
    return (values - values.mean()) / values.std()


def test_chance_alone_is_not_taken_for_ignorance():
    """Without any difference between draws, few replications leave almost nothing over."""
    found = split(source().normal(size=(500, 3)))
    assert found.share_of_ignorance < 0.1


def test_draws_in_which_nothing_can_change_stay_where_they_are():
    """Half of the draws are exactly 0, as beds of a hospital that is full either way; the band begins there."""
    moved = source().normal(5, 2, size=(20, 2))
    found = split(np.concatenate((np.zeros((20, 2)), moved)))
    assert found.ignorance.low == 0


def test_impossible_draws_are_left_out_and_nothing_varying_has_no_share():
    found = split(np.array([[1.0, 1.0], [1.0, 1.0], [np.nan, np.nan]]))
    assert found.draws == 2
    assert isnan(found.share_of_ignorance)


def test_one_replication_cannot_tell_chance():
    with pytest.raises(ValueError, match="Two draws of two replications"):
        split(np.ones((5, 1)))


def test_luck_of_what_is_believed_is_not_that_of_a_full_hospital():
    """Five runs 1 to 5: mean 3, variance 2.5, Student's 95th percentile with 4 degrees of freedom 2.132."""
    runs = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
    found = futures(runs)
    reach = 2.132 * np.sqrt(2.5 * 6 / 5)
    assert (found.low, found.high) == pytest.approx((3 - reach, 3 + reach), rel=1e-3)
    assert futures(runs, limits=(0, 4)) == Band(0, 4)
    with pytest.raises(ValueError, match="one replication"):
        futures(np.ones(1))


@pytest.mark.parametrize("count", [2, 3, 10])
def test_nine_in_ten_further_runs_are_foreseen_however_few_there_were(count):
    """Of 4,000 made-up plays one more run lies in the band: 0.90, with a standard error of 0.005."""
    plays = source().normal(size=(4000, count + 1))
    bands = [futures(each[:-1]) for each in plays]
    held = np.mean([band.low <= each[-1] <= band.high for band, each in zip(bands, plays, strict=True)])
    assert held == pytest.approx(0.9, abs=0.015)
