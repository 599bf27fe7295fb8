"""Does the map name the right place? More of what it names relieves hospital beds more than more of anything else."""

from __future__ import annotations

from threading import Event

import numpy as np
import pytest

from dashboard.answering.pressing import stations
from dashboard.facts.stations import KINDS
from dashboard.gateway.pressure import rules
from sim.experiments.question import Question, resolve
from sim.experiments.run import task_of
from sim.system import Memory

pytestmark = pytest.mark.validation
YEARS, MONTHS, MORE = 5, 12, 5.0
"""MORE percent of places a year."""

ELSEWHERE = KINDS[1:]


@pytest.fixture(scope="module")
def runs():
    """Three replications of a locality in which nothing is done, and with more of each kind of place in turn."""
    memory = Memory(2**28)

    def run(changes):
        asked = Question(
            "west-yorkshire-and-harrogate", years=YEARS, replications=3, seed=1, people=300_000.0, changes=changes
        )
        task = task_of(resolve(asked), memory)
        return [task(replication, Event()).series for replication in range(3)]

    return {"": run({})} | {kind: run({f"capacity.growth.{kind}": MORE}) for kind in ELSEWHERE}


def held(runs):
    """People in hospital beds who wait for room elsewhere, on an average day of the last year."""
    ways = [name for name in runs[0] if name.startswith("held:acute>")]
    return np.mean([sum(run[way][-MONTHS:].mean() for way in ways) for run in runs])


def test_more_of_what_is_named_relieves_most_and_in_the_order_of_the_map(runs):
    jam = stations(rules(), runs[""], runs[""], MONTHS).plan.jams[-1]
    relief = {kind: held(runs[""]) - held(runs[kind]) for kind in ELSEWHERE}
    named = [hold.kind for hold in jam.binding]
    assert named
    assert sorted(relief, key=relief.__getitem__, reverse=True)[: len(named)] == named
    assert min(relief[kind] for kind in named) > max(relief[kind] for kind in ELSEWHERE if kind not in named)


def test_who_is_held_is_counted_as_delayed_for_want_of_room(runs):
    for run in runs[""]:
        every = sum(run[name] for name in run if name.startswith("held:acute>"))
        assert every == pytest.approx(run["delayed:capacity"])
