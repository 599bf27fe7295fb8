"""What is said of a job that cannot be done."""

from __future__ import annotations

import pytest

from dashboard.gateway.refused import MOST, reasons
from sim.inputs import Fault, Faults

pytestmark = pytest.mark.unit


def test_everything_that_is_wrong_is_said_at_once_each_once():
    seed, years = Fault("", 0, "seed", "2", "is 1 in the baseline"), Fault("", 0, "years", "0", "must be 1 or more")
    faults = Faults([seed, years])
    assert reasons(faults) == "seed 2 is 1 in the baseline. years 0 must be 1 or more."
    assert reasons(Faults([*faults.faults, *faults.faults])) == reasons(faults)


def test_of_very_many_the_first_are_said_and_the_others_counted():
    told = reasons(Faults([Fault("", 0, f"number{each}", "x", "is wrong") for each in range(MOST + 3)]))
    assert told.count("is wrong.") == MOST
    assert told.endswith("And 3 more.")
