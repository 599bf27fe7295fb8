"""Speed means nothing unless the work is the same: `python -m pytest benchmarks`. Seeds are fixed; a minute."""

from __future__ import annotations

import pytest
from scipy import stats

from benchmarks.case import constant_case, network_of, reference_case
from benchmarks.course import footprint_course
from benchmarks.engines import absent, maker
from sim.network.checks import check_network

pytestmark = pytest.mark.agreement
PEOPLE, YEARS = 15_000, 3
OURS, THEIRS = 40, 6
SURE = 0.001
"""Chance of a false alarm over all measures of one peer."""


def outcomes(name, case, runs):
    """What replications found, by measure."""
    found = {}
    for seed in range(runs):
        model = maker(name)(case, seed)
        model.run()
        for measure, value in model.outcome().flat().items():
            found.setdefault(measure, []).append(value)
    return found


def assert_alike(case, peer):
    """Means of the peer and of the compiled engine differ by no more than chance (Welch, Bonferroni)."""
    ours, theirs = outcomes("compiled", case, OURS), outcomes(peer, case, THEIRS)
    assert ours.keys() == theirs.keys()
    chance = {name: stats.ttest_ind(ours[name], theirs[name], equal_var=False).pvalue for name in ours}
    assert not {name: p for name, p in chance.items() if p < SURE / len(ours)}


@pytest.mark.parametrize("peer", ["simpy", "ciw", "salabim"])
def test_a_peer_finds_the_same_on_the_constant_case(peer):
    if peer != "simpy" and absent(peer):
        pytest.skip(f"{peer} is not installed")
    assert_alike(constant_case(PEOPLE, YEARS), peer)


def test_plain_simpy_finds_the_same_on_r1():
    """With places that change and arrivals that follow month, weekday and growth."""
    assert_alike(reference_case(PEOPLE, YEARS), "simpy")


@pytest.mark.parametrize("case", [reference_case(10_000, 2), footprint_course(10_000, 1)], ids=["R1", "footprint"])
def test_our_two_engines_find_exactly_the_same(case):
    ours, theirs = outcomes("compiled", case, 2), outcomes("reference", case, 2)
    assert ours.keys() == theirs.keys()
    for measure, values in ours.items():
        assert values == pytest.approx(theirs[measure], rel=1e-9), measure


def test_a_footprint_is_driven_through_the_months_of_a_real_run():
    """A warm-up without conditions, then months in which more and more people come and places change."""
    course = footprint_course(60_000, 2)
    (begin, before), *months = course.months
    assert (begin, before, len(months)) == (0.0, None, 24)
    came = [float((holds.arrivals + holds.diverted).mean()) for _, holds in months]
    assert came[-1] > came[0]
    for changing in ("diverted", "stays", "places"):
        assert len({getattr(holds, changing).tobytes() for _, holds in months}) > 1, changing
    assert course.options["begins"] < 0


@pytest.mark.parametrize("case", [reference_case(1_000_000), constant_case(100_000)], ids=["R1", "constant"])
def test_the_case_is_a_network_in_good_order(case):
    assert not list(check_network(network_of(case)))


def test_a_million_people_bring_the_admissions_that_the_case_promises():
    """111.5 emergencies and 40.6 electives per 1,000 and year at mid-horizon, where the growth factor is 1.036^3."""
    rates = dict.fromkeys(("emergency", "elective"), 0.0)
    for patients in reference_case(1_000_000).patients:
        rates[patients.kind] += patients.rate * 365 * 1.036**3 / 1000
    assert rates == pytest.approx({"emergency": 111.525, "elective": 40.57})


def test_places_follow_the_calendar():
    """2,100 acute beds, 3 % more from December to March; 10 % fewer packages from 20 December to 5 January."""
    places = reference_case(1_000_000).places
    assert places["acute"][:3] == ((0.0, 2100), (244.0, 2163), (365.0, 2171))
    assert places["package"][:4] == ((0.0, 1358), (263.0, 1222), (280.0, 1358), (365.0, 1407))
