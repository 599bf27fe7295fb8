"""Steps in which an answer is shown, and what counts as narrow."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.answering.precision import judged, stages
from dashboard.facts.catalogue import Replications

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("least", "most", "expected"),
    [(10, 10, (2, 4, 10)), (30, 30, (2, 4, 10, 30)), (1, 1, (1,)), (3, 3, (2, 3)), (10, 35, (2, 4, 10, 20, 30, 35))],
)
def test_an_answer_is_shown_early_and_then_improved(least, most, expected):
    assert stages(Replications("", "", least, most)) == expected


def test_looks_at_the_rule_come_every_ten():
    assert stages(Replications("narrow", "", 10, 100)) == (2, 4, *range(10, 101, 10))


def pairs(delayed):
    nothing = np.full((3, 2), float(delayed))
    plan = nothing + np.array([[0.0, 1.0], [0.0, 2.0], [0.0, 4.0]])
    return dict.fromkeys(("occupancy", "delayed", "gap"), (plan, nothing))


def test_the_last_years_change_is_judged_by_the_size_of_the_place():
    """400 delayed: 5 % are 20. 2.5 million people: £1 a head is £2.5m."""
    by_name = dict(zip(("occupancy", "delayed", "gap"), judged(pairs(400), 2_500_000), strict=True))
    assert {name: width for name, (_, width) in by_name.items()} == {"occupancy": 0.5, "delayed": 20.0, "gap": 2.5}
    assert all(sample.tolist() == [1.0, 2.0, 4.0] for sample, _ in by_name.values())


def test_where_hardly_anybody_is_delayed_one_patient_is_close_enough():
    assert judged(pairs(3), 1000)[1][1] == 1.0
