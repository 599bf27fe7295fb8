"""More demand brings the same people, at the same times, and new ones besides: in both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engines.compiled import CompiledEngine
from sim.engines.contract import Conditions
from sim.engines.reference import ReferenceEngine
from sim.network.model import Arrivals, CareNetwork, Distribution, Group, Readmission, Route, Station

pytestmark = pytest.mark.verification

DAY = Distribution("deterministic", {"value": 1.0})
END = 90.0
Come = frozenset[tuple[int, float, str]]
"""Who comes: the person's number, when, and as which group."""


@pytest.fixture(params=[CompiledEngine, ReferenceEngine], ids=["compiled", "reference"])
def engine(request):
    return request.param


def group(name: str, arrivals: Arrivals) -> Group:
    return Group(
        name,
        name,
        "all",
        arrivals=arrivals,
        stays={"ward": DAY, "elsewhere": DAY},
        routes={"ward": (Route("out", 1.0),), "elsewhere": (Route("out", 1.0),)},
        diverts_to="elsewhere",
    )


PROFILES = Arrivals(
    "ward",
    rate=6.0,
    by_hour=tuple(1.0 + 0.5 * np.sin(np.arange(24.0))),
    by_weekday=(1.2, 1.0, 1.0, 1.0, 1.1, 0.9, 0.8),
    by_month=tuple(1.0 + 0.2 * np.cos(np.arange(12.0))),
    growth=0.1,
    dispersion=0.3,
)


def network(*groups: Group) -> CareNetwork:
    """Places without end, so that nothing but the arrivals matters."""
    stations = tuple(Station(name, name, ((0.0, inf),)) for name in ("ward", "elsewhere"))
    return CareNetwork("Nested", "", "days", ("out",), stations, groups, begins=date(2024, 2, 20))


BY_RATE = network(group("plain", Arrivals("ward", rate=5.0)), group("profiles", PROFILES))
ONE_BY_ONE = network(
    group("regular", Arrivals("ward", every=0.3)),
    group("random", Arrivals("ward", gaps=Distribution("exponential", {"mean": 0.2}))),
)


def who_comes(engine, here: CareNetwork, arrivals: float, diverted: float = 0.0, seed: int = 3) -> Come:
    """Everyone who comes in if each group's rate is multiplied so, and a part of it is sent elsewhere."""
    running, groups = engine(here, seed, 1, log=True), len(here.groups)
    running.advance(END / 3)
    running.advance(END, Conditions(arrivals=np.full(groups, arrivals), diverted=np.full(groups, diverted)))
    return frozenset((each.person, each.time, each.group) for each in running.log if each.event == "arrived")


@pytest.mark.parametrize(
    ("here", "levels"),
    [(BY_RATE, (0.0, 0.2, 0.9, 1.0, 1.01, 1.3, 2.6)), (ONE_BY_ONE, (0.0, 0.2, 0.7, 0.99, 1.0))],
    ids=["by rate", "one by one"],
)
def test_more_demand_is_the_same_people_and_new_ones(engine, here, levels):
    """Beyond 1.25 times the usual peak, people of further layers come on top."""
    come = [who_comes(engine, here, level) for level in levels]
    for fewer, more in pairwise(come):
        assert fewer < more


@settings(max_examples=25)
@given(st.floats(0.0, 3.0), st.floats(0.0, 3.0), st.integers(0, 2**32 - 1))
def test_so_it_is_for_any_two_levels_and_every_seed(one, other, seed):
    fewer, more = (who_comes(CompiledEngine, BY_RATE, level, seed=seed) for level in sorted((one, other)))
    assert fewer <= more


def test_who_is_diverted_is_one_of_those_who_would_have_come(engine):
    """A rate of which a fifth goes elsewhere brings the people of the whole rate, each at their time."""
    assert who_comes(engine, BY_RATE, 0.8, 0.2) == who_comes(engine, BY_RATE, 1.0)


def test_a_higher_rate_in_the_file_is_the_same_people_and_new_ones(engine):
    """Not only what changes from month to month: a denser envelope holds the people of a thinner one."""
    rates = (1.0, 1.05, 1.1, 2.0)
    come = [who_comes(engine, network(group("all", replace(PROFILES, rate=6.0 * each))), 1.0) for each in rates]
    for fewer, more in pairwise(come):
        assert fewer < more


def test_other_people_do_not_come_to_make_up_for_others(engine):
    """Who does not come for the one group changes nobody of the other."""
    both = who_comes(engine, BY_RATE, 1.0)
    running = engine(BY_RATE, 3, 1, log=True)
    running.advance(END / 3)
    running.advance(END, Conditions(arrivals=np.array([0.3, 1.0])))
    found = frozenset((each.person, each.time, each.group) for each in running.log if each.event == "arrived")
    assert {each for each in found if each[2] == "profiles"} == {each for each in both if each[2] == "profiles"}


def test_readmissions_are_nested_too(engine):
    """Nobody has to wait, so those who come anyway come back as they would have."""
    back = Readmission(("out",), 0.4, Distribution("exponential", {"mean": 5.0}), "all", "ward", 2)
    here = network(replace(group("all", PROFILES), readmission=back))
    fewer, more = (who_comes(engine, here, level) for level in (0.9, 1.2))
    assert fewer < more
    assert len({number for number, _, _ in more}) < len(more), "somebody came back"
