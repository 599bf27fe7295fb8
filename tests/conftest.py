"""Every test says which question it answers, by a marker."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from tests.long import LONG

# the same examples every time: a test that fails now and then teaches nothing
settings.register_profile(
    "same examples", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("same examples")

QUESTIONS = {
    "unit",
    "verification",
    "agreement",
    "reproducibility",
    "validation",
    "regression",
    "evidence",
    "architecture",
    "browser",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse a test without a question, and mark those that take long."""
    for item in items:
        if item.nodeid.startswith(LONG):
            item.add_marker("long")
    silent = [item.nodeid for item in items if not QUESTIONS & {mark.name for mark in item.iter_markers()}]
    if silent:
        raise pytest.UsageError("these tests say no question (see the markers in pyproject.toml): " + ", ".join(silent))
