"""The pace of replications: whoever shares the machine may slow them down, or end them."""

from __future__ import annotations

import pytest

from sim.experiments.replicate import Way, replicate

pytestmark = pytest.mark.unit


class EndedError(Exception):
    """Somebody gave it up."""


@pytest.mark.parametrize("workers", [1, 3])
def test_pace_is_called_before_every_replication_and_changes_no_result(workers):
    called = []
    found = replicate(lambda number, _: number**2, 5, Way(workers, pace=lambda: called.append(1)))
    assert found == (0, 1, 4, 9, 16)
    assert len(called) == 5


def test_what_pace_raises_ends_the_work():
    done = []

    def pace():
        if len(done) == 2:
            raise EndedError

    with pytest.raises(EndedError):
        replicate(lambda number, _: done.append(number), 5, Way(1, pace=pace))
    assert done == [0, 1]
