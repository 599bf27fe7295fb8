"""Ranks with their ranges, on places whose numbers are made up."""

from __future__ import annotations

import numpy as np
import pytest

from sim.experiments.batch import PlaceResults, league, pairs_apart

pytestmark = pytest.mark.unit

LUCK = np.array([-20.0, -10.0, 0.0, 10.0, 20.0])
"""What chance does to every place alike, replication by replication."""


def place(name: str, gap: float, own: float = 0.0, people: float = 100.0, saved: float = 0.0) -> PlaceResults:
    """A place with a gap that shares its luck with all others, and has `own` luck besides."""
    twist = own * np.array([1.0, -1.0, 0.5, -1.0, 0.5])
    gaps = (gap + LUCK + twist).reshape(1, 5, 1)
    return PlaceResults(name, people, ("a", "b"), 0, 2016, {"gap": np.stack([gaps, gaps - saved])})


def ranges(standings) -> dict[str, tuple[int, int, int]]:
    return {each.footprint: (each.rank, each.best, each.worst) for each in standings}


def test_shared_luck_does_not_hide_a_difference():
    """Means 5 apart under luck of plus and minus 20: alone each interval holds the others, in pairs none does."""
    found = league([place("far", 110), place("near", 100), place("mid", 105)], "gap", "a", change=False)
    assert ranges(found) == {"near": (1, 1, 1), "mid": (2, 2, 2), "far": (3, 3, 3)}
    assert pairs_apart(found) == 3
    assert all(each.is_sure for each in found)
    assert found[0].found.high > found[2].found.low


def test_what_cannot_be_told_apart_shares_its_ranks():
    """Two places 1 apart with luck of their own of 30, and a third 200 away from both."""
    found = league([place("one", 100, 30), place("two", 101), place("three", 301)], "gap", "a", change=False)
    assert ranges(found) == {"one": (1, 1, 2), "two": (2, 1, 2), "three": (3, 3, 3)}
    assert pairs_apart(found) == 2


def test_changes_are_ranked_in_pounds_a_head_and_the_most_saved_comes_first():
    """Saved 50 of 100 people, and 60 of 300: half a pound a head against a fifth."""
    found = league([place("much", 0, 9, 300, 60), place("more", 0, 1, 100, 50)], "gap", "b", change=True, per_head=True)
    assert [(each.footprint, each.found.mean) for each in found] == [("more", -0.5), ("much", -0.2)]
    assert ranges(found) == {"more": (1, 1, 1), "much": (2, 2, 2)}


def test_one_replication_tells_nothing_apart():
    values = {"gap": np.array([[[[1.0]]]])}
    alone = [
        PlaceResults(name, 1, ("a",), 0, 2016, {"gap": values["gap"] * scale}) for name, scale in (("x", 1), ("y", 9))
    ]
    assert ranges(league(alone, "gap", "a", change=False)) == {"x": (1, 1, 2), "y": (2, 1, 2)}
