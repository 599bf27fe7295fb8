"""Until ranges are narrow: how many replications that takes, and that it takes no more."""

from __future__ import annotations

import numpy as np
import pytest

from tests.unit.dashboard.fake_model import SHIFT, fake_enough, fake_gateway, fake_run, settled

pytestmark = pytest.mark.unit
LINK = f"{SHIFT}=0.05"
NARROW = "replications=narrow"


def noisy(size):
    """Runs whose plan has its own luck, so that the change is uncertain by so much of its size."""

    def run(task, cancelled):
        luck = np.random.default_rng([task.replication, 7]).normal() if task.settings else 0.0
        series = fake_run(task, cancelled)
        return series | {"occupancy:acute": series["occupancy:acute"] + size * luck}

    return run


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_the_number_for_narrow_ranges_does_not_depend_on_threads(threads):
    gateway = fake_gateway(run=noisy(0.01), slots=threads)
    answer = settled(gateway, f"{LINK}&{NARROW}")
    gateway.close()
    assert (answer.done, answer.narrow) == (EXPECTED, True)


def smallest(size):
    """The first number at which `size` normal points are known to within half a point."""
    luck = np.array([np.random.default_rng([number, 7]).normal() for number in range(100)])
    return fake_enough([(luck * size * 100, 0.5)])


EXPECTED = smallest(0.01)


def test_ranges_that_stay_wide_stop_at_a_hundred():
    assert smallest(0.2) is None
    gateway = fake_gateway(run=noisy(0.2))
    answer = settled(gateway, f"{LINK}&{NARROW}")
    gateway.close()
    assert (answer.done, answer.narrow, answer.settled) == (100, False, True)


def test_no_more_is_run_than_the_next_look_needs(by_hand):
    gateway, pool = by_hand
    gateway.ask(f"{LINK}&{NARROW}", "me", 0, 0)
    pool.finish_all()
    assert {task.replication for task in pool.started} == set(range(10))
