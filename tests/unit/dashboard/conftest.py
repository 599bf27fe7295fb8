"""Gateways of two kinds for tests of questions: with real threads, and one whose runs end when told to."""

from __future__ import annotations

import pytest

from tests.unit.dashboard.fake_model import ByHand, fake_gateway, fake_run


@pytest.fixture
def counted():
    """A gateway with real threads, and every task it has run."""
    tasks = []

    def run(task, cancelled):
        tasks.append(task)
        return fake_run(task, cancelled)

    gateway = fake_gateway(run=run)
    yield gateway, tasks
    gateway.close()


@pytest.fixture
def by_hand():
    """A gateway whose runs end when told to."""
    pool = ByHand()
    return fake_gateway(pool=lambda: pool), pool
