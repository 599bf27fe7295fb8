"""Why a job cannot be done: everything that is wrong with what was asked, in a few sentences."""

from __future__ import annotations

from sim.inputs import Faults

MOST = 5
"""Told at most; how many more there are is counted."""


def reasons(faults: Faults) -> str:
    """All that is wrong, each once; the model says it in English."""
    told = list(dict.fromkeys(" ".join(str(each).split()) for each in faults.faults))
    more = [f"And {len(told) - MOST} more."] if len(told) > MOST else []
    return " ".join([*told[:MOST], *more])
