"""Every way of writing a network file wrongly is told with its line and, where there is one, the right word."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.unit

GOOD = """
name: Ward and home
says: A ward and a care home
source: invented for this test
time_unit: days
exits: [home, died]
stations:
  ward: {places: 10}
  care_home: {places: 20}
groups:
  patients:
    arrivals: {at: ward, rate: 1}
    stays:
      ward: {family: exponential, mean: 5}
      care_home: {family: exponential, mean: 50}
    routes:
      ward: {care_home: 0.2, home: 0.8}
      care_home: {died: 1}
"""


def changed(old: str, new: str) -> str:
    """The good file with one piece of it written differently."""
    assert GOOD.count(old) == 1
    return GOOD.replace(old, new)


def test_the_good_file_has_no_fault(written):
    from sim.network import load_network

    assert load_network(written(GOOD)).station_names == ("ward", "care_home")


@pytest.mark.parametrize(
    ("old", "new", "line", "rule", "suggestion"),
    [
        # names
        ("{at: ward,", "{at: wrad,", 11, "is not a station", "ward"),
        ("      care_home: {died: 1}", "      care_hone: {died: 1}", 17, "is not a station", "care_home"),
        ("{care_home: 0.2, home: 0.8}", "{care_home: 0.2, hom: 0.8}", 16, "is not a station or exit", "home"),
        ("exits: [home, died]", "exits: [home, died, ward]", 5, "is the name of a station too", None),
        ("exits: [home, died]", "exits: [home, died, home]", 5, "stands twice", None),
        ("    stays:\n", "    diverts_to: car_home\n    stays:\n", 12, "is not a station", "care_home"),
        # keys and words
        ("  ward: {places: 10}", "  ward: {place: 10}", 7, "is not one we know", "places"),
        ("says: A ward and a care home\n", "", 1, "is missing", None),
        ("time_unit: days", "time_unit: day", 4, "minutes", "days"),
        ("family: exponential, mean: 5}", "family: exponentail, mean: 5}", 13, "exponential", "exponential"),
        # numbers
        ("rate: 1}", "rate: -1}", 11, "must be 0 or more", None),
        ("rate: 1}", "rate: one}", 11, "is not a number", None),
        ("rate: 1}", "rate: 1/0}", 11, "is not a number", None),
        ("rate: 1}", "rate: 1, every: 2}", 11, "exactly one of rate, every, gaps, series", None),
        ("rate: 1}", "every: 2, growth: 0.1}", 11, "growth can only go with a rate", None),
        ("rate: 1}", "rate: 1, by_weekday: [1, 1]}", 11, "7 numbers are needed", None),
        ("rate: 1}", "rate: 1, by_month: {Jan: 1}}", 11, "the keys must be Jan, Feb", None),
        ("{places: 20}", "{places: 2.5}", 8, "neither a whole number", None),
        ("{places: 20}", "{places: -2}", 8, "neither a whole number", None),
        ("{places: 20}", "{places: {0: 20, 30: 10, 9: 5}}", 8, "must ascend", None),
        ("{places: 20}", "{places: {5: 20}}", 8, "must start at time 0", None),
        (
            "{places: 20}",
            "{places: 20, buffer: some}",
            8,
            "neither a whole number of 0 or more nor the word unlimited",
            None,
        ),
        ("{places: 20}", "{places: unlimited, escalation: {places: 2}}", 8, "beside unlimited places", None),
        ("{places: 20}", "{places: 20, escalation: {places: 2, share: 0.1}}", 8, "either places or share", None),
        ("{care_home: 0.2, home: 0.8}", "{care_home: 0.2, home: 1.8}", 16, "outside 0 to 1", None),
        ("{care_home: 0.2, home: 0.8}", "{care_home: 0.2, home: 0.7}", 16, "but must sum to 1", None),
        ("{care_home: 0.2, home: 0.8}", "{care_home: 1, died: 0.2, home: rest}", 16, "must not exceed 1", None),
        # ways that lead nowhere
        ("      care_home: {died: 1}\n", "", 15, "so routes must be given there", None),
        ("      care_home: {family: exponential, mean: 50}\n", "", 12, "so a stay must be given there", None),
        ("      care_home: {died: 1}", "      care_home: {care_home: 1}", 17, "nobody ever comes to an exit", None),
        ("{care_home: 0.2, home: 0.8}", "{home: 1}", 8, "is never reached", None),
        ("{care_home: 0.2, home: 0.8}", "{home: 1}", 14, "this group never comes there", None),
        # census
        ("exits: [home, died]", "exits: [home, died]\nstart: census", 6, "no station has a census", None),
        ("{places: 20}", "{places: 20, census: {occupied: 3}}", 8, "start is empty", None),
        ("{places: 20}", "{places: 20, census: {occupied: 3, blocked: {ward: 4}}}", 8, "only 3 in places", None),
        # what only a template may hold
        ("rate: 1}", "rate: =demand.rate}", 11, "only a template can", None),
    ],
)
def test_a_fault_has_a_line_a_rule_and_the_nearest_word(faults_of, old, new, line, rule, suggestion):
    faults = faults_of(changed(old, new))
    found = [fault for fault in faults if rule in fault.rule]
    assert found, [str(fault) for fault in faults]
    assert (found[0].line, found[0].suggestion) == (line, suggestion)


@pytest.mark.parametrize(
    ("written_as", "rule"),
    [
        ("{family: gamma, mean: 3, sd: 2}", "gamma takes mean and shape; found mean, sd"),
        ("{family: lognormal, mean: 3}", "mean and sd, or mean and sigma, or mu and sigma"),
        ("{family: exponential, mean: 0}", "must be above 0"),
        ("{family: erlang, mean: 3, phases: 1.5}", "phases must be a whole number"),
        ("{family: uniform, low: 3, high: 3}", "low 3 must be below high 3"),
        ("{family: triangular, low: 1, mode: 9, high: 3}", "mode 9 must lie between low and high"),
        ("{family: empirical, values: [1, 2], weights: [1]}", "2 values but 1 weights"),
        ("{family: empirical, values: [1], weights: [0]}", "at least one weight must be above 0"),
        ("{family: deterministic}", "deterministic takes value; found nothing"),
        ("{family: weibull, scale: 3}", "weibull takes scale and shape, or mean and shape"),
    ],
)
def test_a_length_of_time_takes_the_parameters_of_its_family(faults_of, written_as, rule):
    faults = faults_of(changed("{family: exponential, mean: 5}", written_as))
    assert [fault.line for fault in faults] == [13]
    assert rule in faults[0].rule


def test_people_who_could_block_each_other_for_ever_are_named(faults_of):
    ring = changed("care_home: {died: 1}", "care_home: {ward: 0.3, died: rest}")
    (fault,) = faults_of(ring)
    assert fault.line in (16, 17)
    assert set(fault.found.split(" -> ")) == {"ward", "care_home"}
    assert "buffer: unlimited" in fault.rule


def test_a_ring_is_allowed_where_people_may_wait_outside(written):
    from sim.network import load_network

    ring = changed("care_home: {died: 1}", "care_home: {ward: 0.3, died: rest}")
    for room in ("{places: 10, buffer: unlimited}", "{places: unlimited}"):
        load_network(written(ring.replace("ward: {places: 10}", f"ward: {room}")))


def test_a_readmission_is_no_ring(written):
    from sim.network import load_network

    again = "    readmission: {after_exits: [home], probability: 0.1, interval: {family: exponential, mean: 9}}\n"
    network = load_network(written(changed("    stays:\n", again + "    stays:\n")))
    assert network.groups[0].readmission.at == "ward"
    assert network.groups[0].readmission.group == "patients"


@pytest.mark.parametrize(
    ("key", "rule", "suggestion"),
    [
        ("after_exits: [hom]", "is not a exit", "home"),
        ("after_exits: [home], group: patient", "is not a group", "patients"),
        ("after_exits: [home], at: wards", "is not a station", "ward"),
    ],
)
def test_a_readmission_names_what_exists(faults_of, key, rule, suggestion):
    again = f"    readmission: {{{key}, probability: 0.1, interval: {{family: exponential, mean: 9}}}}\n"
    (fault,) = faults_of(changed("    stays:\n", again + "    stays:\n"))
    assert rule.replace("a exit", "an exit") in fault.rule
    assert (fault.line, fault.suggestion) == (12, suggestion)


def test_blocked_people_must_have_a_way_to_where_they_wait_for(faults_of):
    census = changed("{places: 20}", "{places: 20, census: {occupied: 3, blocked: {ward: 1}}}")
    full = census.replace("ward: {places: 10}", "ward: {places: 10, census: {occupied: 10}}")
    (fault,) = faults_of(full.replace("time_unit", "start: census\ntime_unit"))
    assert fault.line == 9
    assert 'nobody goes from "care_home" to "ward"' in fault.rule


def test_faults_of_every_kind_come_together(faults_of):
    bad = (
        changed("rate: 1}", "rate: -1}")
        .replace("time_unit: days", "time_unit: weeks")
        .replace("ward: {places: 10}", "ward: {places: 10, beds: 3}")
        .replace("ward: {care_home: 0.2, home: 0.8}", "ward: {care_home: 0.2, home: 0.7}")
        .replace("care_home: {died: 1}", "care_home: {dead: 1}")
    )
    assert [fault.line for fault in faults_of(bad)] == [4, 7, 11, 16, 17]


def test_a_wrong_default_is_told_once(faults_of):
    text = GOOD.replace("groups:\n", "defaults:\n  routes:\n    care_home: {died: 0.9}\ngroups:\n").replace(
        "      care_home: {died: 1}\n", ""
    )
    two = text + "  others:\n    arrivals: {at: care_home, rate: 1}\n"
    two += "    stays: {care_home: {family: exponential, mean: 5}}\n"
    (fault,) = faults_of(two)
    assert (fault.line, fault.name) == (11, "defaults.routes.care_home")


@pytest.mark.parametrize("text", ["- a\n- b\n", "plain words\n", "stations: 3\n"])
def test_a_file_that_is_no_network_is_refused(faults_of, text):
    assert faults_of(text)


@pytest.mark.parametrize("part", ["stations: 3", "stations: {}", "stations: [a, b]", "stations: {ward: 3}"])
def test_stations_of_the_wrong_shape_are_refused(faults_of, part):
    text = GOOD.replace("stations:\n  ward: {places: 10}\n  care_home: {places: 20}\n", part + "\n")
    assert faults_of(text)[0].line <= 9
