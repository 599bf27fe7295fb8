"""Whole numbers in proportion to weights."""

import numpy as np
import pytest

from sim.engines.start import share_out

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("count", "weights", "shared"),
    [
        (7, [1.0, 1.0, 1.0], [3, 2, 2]),
        (5, [0.0, 3.0, 1.0], [0, 4, 1]),
        (0, [1.0, 2.0], [0, 0]),
    ],
)
def test_what_is_shared_out_is_neither_more_nor_less(count, weights, shared):
    assert share_out(count, np.array(weights)).tolist() == shared


@pytest.mark.regression
@pytest.mark.filterwarnings("error")
def test_where_nobody_may_have_a_share_nothing_is_shared_out():
    assert share_out(3, np.zeros(2)).tolist() == [0, 0]
