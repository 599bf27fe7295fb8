"""Expected flows and loads against sums done by hand."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import numpy as np
import pytest

from sim.network import (
    Arrivals,
    CareNetwork,
    Distribution,
    Group,
    Readmission,
    Route,
    Station,
    expected_load,
    find_network,
    load_network,
)
from sim.network.traffic import mean_rate

pytestmark = pytest.mark.unit


def shipped(name: str) -> CareNetwork:
    return load_network(find_network(name))


def load_at(network: CareNetwork, station: str) -> float:
    return expected_load(network).load[:, network.station_names.index(station)].sum()


def exponential(mean: float) -> Distribution:
    return Distribution("exponential", {"mean": mean})


def ward(*, rate: float = 2.0, stay: float = 5.0, routes: tuple[Route, ...] = (Route("home", 1.0),)) -> CareNetwork:
    """One ward of ten places."""
    group = Group("people", "People", "people", arrivals=Arrivals("ward", rate=rate),
                  stays={"ward": exponential(stay)}, routes={"ward": routes})  # fmt: skip
    station = Station("ward", "Ward", ((0.0, 10.0),), kind="ward")
    return CareNetwork("Ward", "A ward", "days", ("home", "died"), (station,), (group,))


def with_readmission(network: CareNetwork, **given: object) -> CareNetwork:
    again = {"after_exits": ("home",), "probability": 0.5, "interval": exponential(10.0), "group": "people",
             "at": "ward", "at_most": 1}  # fmt: skip
    return replace(network, groups=(replace(network.groups[0], readmission=Readmission(**(again | given))),))


def test_beds_or_packages_needs_100_beds_and_730_packages():
    network = shipped("beds_or_packages")
    assert load_at(network, "hospital") == pytest.approx(20 * 5)
    assert load_at(network, "package") == pytest.approx(20 * 0.05 * 730)


def test_beds_or_packages_costs_what_the_source_says():
    network = shipped("beds_or_packages")
    loads = expected_load(network).load.sum(axis=0)
    a_day = [load * station.cost.occupied for load, station in zip(loads, network.stations, strict=True)]
    assert a_day == pytest.approx([100 * 400, 730 * 120 / 7])  # 40,000 and 12,514 pounds
    assert round(sum(a_day) * 365 / 1e6, 1) == 19.2


def test_stroke_beds_carry_the_published_loads():
    network = shipped("stroke_rehab")
    assert load_at(network, "acute") == pytest.approx(8.1455, abs=5e-5)
    assert load_at(network, "rehab") == pytest.approx(9.7182, abs=5e-5)


def test_five_per_cent_more_stroke_admissions_make_five_per_cent_more_load():
    network = shipped("stroke_rehab")
    more = expected_load(network, np.full(len(network.groups), 1.05)).load.sum(axis=0)
    assert more == pytest.approx([8.5528, 10.2041], abs=5e-5)


def test_the_pathsimr_network_has_the_published_delays_and_load():
    network = shipped("stroke_pathsimr")
    traffic = expected_load(network)
    delay = (traffic.delayed / traffic.flow)[0]
    # .075 x 1.5 + .15 x .5 + .03 x 2; .27 x 1.5 + .09 x .5 + .02 x 2; .71 x 2 + .29 x 1.5
    assert delay == pytest.approx([0.2475, 0.49, 1.855, 1.855])
    assert load_at(network, "sub_acute_1") == pytest.approx(19.54, abs=5e-3)


def test_the_clinic_is_half_used():
    assert expected_load(shipped("clinic_queue")).utilisation == pytest.approx([0.25 * 10 / 5])


def test_a_delay_in_the_place_counts_as_load_there():
    delay = exponential(2.0)
    traffic = expected_load(ward(routes=(Route("home", 0.75, delay), Route("died", 0.25))))
    assert traffic.delayed[0, 0] == pytest.approx(2 * 0.75 * 2)
    assert traffic.load[0, 0] == pytest.approx(2 * 5 + 3)
    assert traffic.exits[0] == pytest.approx([1.5, 0.5])


def test_a_way_back_to_a_station_is_summed_to_the_end():
    # an unlimited ward that a quarter come back to: 1 + 1/4 + 1/16 + ... = 4/3 stays each
    network = ward(routes=(Route("ward", 0.25), Route("home", 0.75)))
    assert expected_load(network).flow[0, 0] == pytest.approx(2 * 4 / 3)


@pytest.mark.parametrize(("at_most", "stays"), [(1, 1.5), (2, 1.75), (3, 1.875), (60, 2.0)])
def test_readmissions_come_at_most_so_often(at_most, stays):
    traffic = expected_load(with_readmission(ward(), at_most=at_most))
    assert traffic.flow[0, 0] == pytest.approx(2 * stays)
    assert traffic.readmitted == pytest.approx([2 * (stays - 1)])
    assert traffic.at_home == pytest.approx(2 * (stays - 1) * 10)


def test_only_the_exits_named_bring_people_back():
    network = with_readmission(ward(routes=(Route("home", 0.6), Route("died", 0.4))))
    assert expected_load(network).readmitted == pytest.approx([2 * 0.6 * 0.5])


def test_nobody_comes():
    traffic = expected_load(with_readmission(ward(rate=0.0)))
    assert traffic.load.sum() == 0
    assert traffic.utilisation == pytest.approx([0.0])


def test_no_places_for_somebody_is_without_measure():
    network = ward()
    closed = replace(network, stations=(replace(network.stations[0], places=((0.0, 0.0),)),))
    assert expected_load(closed).utilisation[0] == inf


@pytest.mark.parametrize(
    ("arrivals", "rate"),
    [
        (Arrivals("ward", rate=3.0), 3.0),
        (Arrivals("ward", every=0.5), 2.0),
        (Arrivals("ward", gaps=Distribution("uniform", {"low": 1.0, "high": 3.0})), 0.5),
        (Arrivals("ward", series=(1.0, 2.0, 6.0)), 3.0),
        (Arrivals("ward", rate=2.0, by_weekday=(2, 2, 2, 2, 2, 2, 2), by_hour=(0.5,) * 24), 2.0),
        (Arrivals("ward", rate=2.0, by_year=(3.0, 9.0)), 6.0),
        (None, 0.0),
    ],
)
def test_the_mean_rate_of_arrivals(arrivals, rate):
    assert mean_rate(arrivals) == pytest.approx(rate)
