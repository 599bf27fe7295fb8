"""One station at a time: the engine against Erlang, Little and common sense."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest

from sim.network.model import Arrivals, CareNetwork, Distribution, Group, Route
from tests.long_run import (
    estimate,
    exponential,
    flows,
    in_use,
    line,
    mean_wait,
    served,
    station,
    waiting,
)
from tests.oracles import erlang_b, erlang_c
from tests.oracles import mean_wait as erlang_wait

pytestmark = pytest.mark.verification


def test_the_oracles_give_the_published_tables():
    """Hospital scale, from Erlang's tables: load 100 and 182.5."""
    assert erlang_b(105, 100.0) == pytest.approx(0.048261, abs=5e-7)
    assert erlang_c(110, 100.0) == pytest.approx(0.237008, abs=5e-7)
    assert erlang_wait(120, 100.0, 1.0) == pytest.approx(0.001660, abs=5e-7)
    assert erlang_wait(200, 182.5, 1.0) == pytest.approx(0.007869, abs=5e-7)
    assert erlang_c(5, 2.5) == pytest.approx(0.13037, abs=5e-6)


@pytest.mark.parametrize(
    ("stay", "published"),
    [(8.0, 0.1592), (10.0, 0.5215), (12.0, 1.4169), (15.0, 5.5415)],
)
def test_five_nurses_keep_people_waiting_as_erlang_says(stay, published):
    """M/M/5 with an arrival every four minutes: wait = C(5, load) x stay / (5 - load)."""
    assert erlang_wait(5, 0.25 * stay, stay) == pytest.approx(published, abs=5e-5)
    found = flows(line(0.25, [station("clinic", 5)], [exponential(stay)]), 1_000, 12_000, 12)
    assert estimate(found, mean_wait).agrees_with(published)


def test_one_server_keeps_people_waiting_as_theory_says():
    """M/M/1, 5 arrivals and 8 departures a day: wait = load / (service - arrivals) = 0.625 / 3."""
    found = flows(line(5.0, [station("desk", 1)], [exponential(1 / 8)]), 50, 1_000, 30)
    assert estimate(found, mean_wait).agrees_with(0.625 / 3.0)


def test_a_hospital_of_two_hundred_beds_waits_as_erlang_says():
    """M/M/200 at 91 %: three months of warm-up are many stays long."""
    found = flows(line(182.5, [station("beds", 200)], [exponential(1.0)]), 20, 60, 10)
    assert estimate(found, in_use).agrees_with(182.5)
    shares = estimate(found, lambda flow: 1.0 - flow.waits[0, 0, 0] / flow.waits.sum())
    assert shares.agrees_with(erlang_c(200, 182.5))


EQUAL_MEANS = {
    "exponential": exponential(4.0),
    "lognormal": Distribution("lognormal", {"mean": 4.0, "sd": 6.0}),
    "deterministic": Distribution("deterministic", {"value": 4.0}),
    "gamma": Distribution("gamma", {"mean": 4.0, "shape": 0.5}),
    "weibull": Distribution("weibull", {"scale": 2.0, "shape": 0.5}),
    "empirical": Distribution("empirical", {}, (1.0, 3.0, 10.0), (3.0, 3.0, 2.0)),
}


@pytest.mark.parametrize("family", EQUAL_MEANS)
def test_losses_depend_on_the_mean_stay_alone(family):
    """M/G/c/c is insensitive: ten beds, load 8, no waiting room; B(10, 8) whatever the family."""
    network = line(2.0, [station("beds", 10, waiting_room=0)], [EQUAL_MEANS[family]])
    found = flows(network, 300, 1_500, 10)
    assert estimate(found, lambda flow: flow.lost.sum() / flow.arrived.sum()).agrees_with(erlang_b(10, 8.0))


@pytest.mark.parametrize("family", EQUAL_MEANS)
def test_without_limit_the_occupancy_is_poisson(family):
    """M/G/infinity: mean and variance of the census are both load, 8."""
    found = flows(line(2.0, [station("beds", inf)], [EQUAL_MEANS[family]]), 300, 1_500, 10)
    assert estimate(found, in_use).agrees_with(8.0)
    assert estimate(found, lambda flow: flow.census[0].var()).agrees_with(8.0)


def test_littles_law_holds_at_every_station():
    """People waiting = arrivals x wait, people in places = admissions x stay, up to the ends of the run."""
    network = line(0.5, [station("first", 1), station("second", 1, buffer=1)], [exponential(0.7), exponential(0.9)])
    for flow in flows(network, 200, 20_000, 3):
        assert waiting(flow) == pytest.approx(served(flow) * mean_wait(flow), rel=2e-3)
        assert in_use(flow, 1) == pytest.approx(served(flow, 1) * 0.9, rel=0.03)


def test_priority_serves_the_urgent_first_and_conserves_the_work():
    """Non-preemptive M/M/1 with two classes (Cobham 1954): W1 = R / (1 - r1), W2 = W1 / (1 - r), R = load x stay."""

    def group(name: str, rate: float, priority: int) -> Group:
        return Group(
            name, name, name, priority, Arrivals("desk", rate=rate), {"desk": exponential(1.0)},
            {"desk": (Route("home", 1.0),)},
        )  # fmt: skip

    groups = (group("urgent", 0.3, 0), group("routine", 0.5, 1))
    network = CareNetwork("two classes", "", "days", ("home",), (station("desk", 1),), groups)
    found = flows(network, 500, 6_000, 12)
    urgent = 0.8 * 1.0 / (1.0 - 0.3)
    for kind, exact in ((0, urgent), (1, urgent / (1.0 - 0.8))):
        wait = estimate(found, lambda flow, k=kind: flow.wait_total[0, k] / flow.waits[0, k].sum())
        assert wait.agrees_with(exact)


def test_impatient_people_leave_as_erlang_a_says():
    """M/M/1+M: with patience equal to service (rate 1) the number present is M/M/infinity, Poisson(load)."""
    load = 1.5
    network = line(load, [station("desk", 1)], [exponential(1.0)], patience={"desk": exponential(1.0)})
    found = flows(network, 100, 4_000, 10)
    assert estimate(found, lambda flow: in_use(flow) + waiting(flow)).agrees_with(load)
    # busy = P(N > 0) = 1 - exp(-load), so the share reneging is 1 - busy / load
    exact = 1.0 - (1.0 - np.exp(-load)) / load
    assert estimate(found, lambda flow: flow.reneged.sum() / flow.arrived.sum()).agrees_with(exact)


def test_readmissions_multiply_the_flow():
    """Each of p, p^2, ... comes back at most twice: people a day = rate x (1 + p + p^2)."""
    from sim.network.model import Readmission

    network = line(
        1.0,
        [station("beds", inf)],
        [exponential(2.0)],
        readmission=Readmission(("home",), 0.3, exponential(5.0), "people", "beds", at_most=2),
    )
    found = flows(network, 100, 1_500, 10)
    assert estimate(found, served).agrees_with(1.0 + 0.3 + 0.09)
    assert estimate(found, lambda flow: flow.readmitted.sum() / (flow.end - flow.start)).agrees_with(0.39)
