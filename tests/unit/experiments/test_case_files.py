"""Case files: the reference page is complete, what it shows works, and every fault is told at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim.experiments.cases import case_files, find_case, load_case, run_case
from sim.experiments.cases.properties import SHAPES
from sim.experiments.cases.quantities import COUNTS, STATION_QUANTITIES, SYSTEM_QUANTITIES
from sim.experiments.cases.schema import PARTS, Shape
from sim.experiments.network_measures import KIND_MEASURES
from sim.inputs import Faults, keys_of
from sim.network import load_network, network_files

pytestmark = pytest.mark.unit
ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "reference" / "case-file.md").read_text(encoding="utf-8")

HEAD = """
name: A case
says: For a test
source: Nobody
status: exact
network: clinic_queue
tolerance: {standard_errors: 3}
"""
FIGURE = "figures:\n  - {measure: wait, station: nurses, value: 1}\n"


@pytest.fixture
def case(tmp_path):
    """Write a case file; returns its path."""

    def write(text: str) -> Path:
        path = tmp_path / "my_case.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def faults_of(path: Path) -> list[str]:
    with pytest.raises(Faults) as caught:
        load_case(path)
    return [str(fault) for fault in caught.value.faults]


def test_the_worked_example_does_what_it_says(case):
    example = re.findall(r"```yaml\n(.*?)```", PAGE, flags=re.DOTALL)[0]
    result = run_case(load_case(case(example)))
    states = [row.state for row in result.figures]
    assert states == ["pass", "pass", "pass", "known difference", "pass", "pass"]


def test_the_page_names_every_key_measure_and_shape():
    words = {*keys_of(*PARTS), *STATION_QUANTITIES, *SYSTEM_QUANTITIES, *COUNTS, *SHAPES}
    assert {word for word in words if f"`{word}`" not in PAGE and f".{word}`" not in PAGE} == set()
    starred = set(re.findall(r"`(\w+)` \*", PAGE))
    assert starred == set(KIND_MEASURES)


def test_every_shape_is_judged():
    assert set(SHAPES) == set(Shape.__args__)


def test_shipped_cases_are_found_by_name():
    assert find_case("Erlang clinic") == case_files()["erlang_clinic"]
    with pytest.raises(Faults, match='Did you mean "stroke_rehab"'):
        find_case("stroke_rehap")


def test_every_network_of_a_shipped_case_is_in_order():
    for path in case_files().values():
        loaded = load_case(path)
        assert loaded.networks
        assert all(network.says for network in loaded.networks.values())


def test_a_network_beside_the_case(case, tmp_path):
    text = network_files()["clinic_queue"].read_text(encoding="utf-8")
    (tmp_path / "mine.yaml").write_text(text.replace("places: 5", "places: 7"), encoding="utf-8")
    loaded = load_case(case(HEAD.replace("clinic_queue", "mine.yaml") + FIGURE))
    assert loaded.networks[""].stations[0].places == ((0.0, 7.0),)


def test_changes_are_laid_over_in_order(case):
    text = """
change: {settings.replications: 3, groups.patients.arrivals.rate: 0.1}
variants:
  few: {change: {stations.nurses.places: 2, settings.run: 100}}
  none_waits: {change: {stations.nurses.waiting_room: 0}}
  both: {builds_on: [few, none_waits], change: {settings.run: 200}}
figures:
  - {variant: both, measure: lost, value: 1}
"""
    loaded = load_case(case(HEAD + text))
    network = loaded.networks["both"]
    assert list(loaded.networks) == ["both"]
    assert (network.settings.replications, network.settings.run) == (3, 200)
    assert (network.stations[0].places, network.stations[0].waiting_room) == (((0.0, 2.0),), 0)
    assert network.groups[0].arrivals.rate == 0.1
    assert load_network(network_files()["clinic_queue"]).groups[0].arrivals.rate == 0.25


def test_every_fault_is_told_at_once_with_its_line(case):
    text = """
variants:
  wrong_path: {change: {stations.nurces.places: 4}}
  wrong_value: {change: {stations.nurses.places: many}}
  wrong_key: {change: {stations.nurses.place: 4}}
  round: {builds_on: [about], change: {start: empty}}
  about: {builds_on: [round], change: {start: empty}}
  orphan: {builds_on: [nobody], change: {start: empty}}
figures:
  - {measure: wiat, station: nurses, value: 1}
  - {measure: wait, station: nurse, value: 1}
  - {measure: wait, value: 1}
  - {measure: wait, station: nurses, valu: 1}
  - {measure: wait, station: nurses, kind: pateints, value: 1}
  - {variant: wrong_kye, measure: wait, station: nurses, value: 1}
  - {measure: no_place, station: nurses, places: {nurses: 3}, value: 1}
  - {measure: state, state: {nurses.wating: 3}, value: 1}
  - {measure: wait, station: nurses, value: 1, above: 2}
properties:
  - {property: None, shape: rizes, measure: wait, station: nurses, variants: [wrong_key, about]}
  - {property: Bent, shape: straight_line, measure: wait, station: nurses, sweep: {start: [a, b, c]}, slope: 1}
  - {property: Swept, shape: rises, measure: wait, station: nurses, sweep: {stations.nurses.places: [4, -1]}}
"""
    told = "\n".join(faults_of(case(HEAD + text)))
    for line, words in {
        10: '"nurces" is not in the network under stations. Did you mean "nurses"',
        11: "neither a whole number of 0 or more nor the word unlimited",
        12: 'key "place" is not one we know. Did you mean "places"',
        13: "leads back to the variant itself",
        15: '"nobody" is not a variant of this case',
        17: '"wiat" is not a measure of a station. Did you mean "wait"',
        18: '"nurse" is not a station of this network. Did you mean "nurses"',
        19: '"wait" is not a measure of a whole network',
        20: 'key "valu" is not one we know. Did you mean "value"',
        21: '"pateints" is not a kind of people in this network. Did you mean "patients"',
        22: '"wrong_kye" is not a variant of this case. Did you mean "wrong_key"',
        23: "must have places: unlimited",
        24: '"wating" is not among occupied, waiting, blocked. Did you mean "waiting"',
        25: "give either value, or above or below or both",
        27: 'Did you mean "rises"',
        28: "the first thing swept must be numbers",
        29: "neither a whole number",
    }.items():
        assert re.search(rf"line {line}: [^\n]*\n[^\n]*{re.escape(words)}", told), (line, words, told)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEAD, "nothing is expected"),
        (HEAD.replace("clinic_queue", "clinic_que") + FIGURE, 'Did you mean "clinic_queue"'),
        (HEAD.replace("clinic_queue", "nowhere.yaml") + FIGURE, "cannot be read"),
        (HEAD.replace("clinic_queue", "footprint") + FIGURE, "is a template"),
        (HEAD.replace("tolerance: {standard_errors: 3}", "") + FIGURE, "needs a tolerance"),
        (HEAD.replace("name: A case", "") + FIGURE, '"name" is missing'),
        (HEAD.replace("{standard_errors: 3}", "{}") + FIGURE, "give absolute, relative or standard_errors"),
        (HEAD + "change: {settings.runs: 3}\n" + FIGURE, 'Did you mean "run"'),
        (HEAD + "change: {name.of: 3}\n" + FIGURE, "holds no keys"),
        ("- a list", "must hold keys and values"),
    ],
)
def test_what_is_wrong_with_a_whole_case(case, text, words):
    assert words in "\n".join(faults_of(case(text)))


def test_a_wrong_tolerance_of_the_whole_case_is_told_alone(case):
    two = FIGURE + "  - {measure: waited, station: nurses, value: 1}\n"
    (told,) = faults_of(case(HEAD.replace("{standard_errors: 3}", "0.01") + two))
    assert "write {absolute: 0.01}, {relative: ...} or {standard_errors: 3}" in told
    (told,) = faults_of(case(HEAD.replace("standard_errors", "standard_error") + two))
    assert 'Did you mean "standard_errors"' in told


def test_a_long_part_is_cut_at_a_whole_entry(case):
    text = (
        "figures:\n  - {measure: wait, station: nurses, figure: The wait of everybody who came here in a whole year}\n"
    )
    (told,) = faults_of(case(HEAD + text))
    assert "{measure: wait, station: nurses, ...}: give either value" in told


def test_a_template_or_another_case_is_refused_where_the_case_names_it(case, tmp_path):
    (told,) = faults_of(case(HEAD.replace("clinic_queue", "footprint") + FIGURE))
    assert "my_case.yaml, line 6: network" in told
    assert '"footprint" is a template' in told
    (tmp_path / "other.yaml").write_text(HEAD + FIGURE, encoding="utf-8")
    (told,) = faults_of(case(HEAD.replace("clinic_queue", "other.yaml") + FIGURE))
    assert 'line 6: network\n  "other.yaml" is a case, not a network' in told


def test_a_network_given_as_a_case_is_one_fault(case):
    (told,) = faults_of(case(network_files()["clinic_queue"].read_text(encoding="utf-8")))
    assert "this file is a network, not a case; run it with: upstream network" in told


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ("figures:\n  - {measure: wait, station: nurses, value: 1}\n", "a tolerance in standard errors"),
        ("figures:\n  - {measure: wait, station: nurses, above: 1}\n", "judged by an interval"),
        ("properties:\n  - {property: p, shape: rises, measure: wait, station: nurses, sweep: "
         "{stations.nurses.places: [4, 3]}}\n", "rises"),
    ],
)  # fmt: skip
def test_one_replication_is_a_fault_where_chance_must_be_known(case, expected, said):
    few = "change: {settings.replications: 1}\n"
    (fault,) = faults_of(case(HEAD + few + expected))
    assert said in fault
    assert "2 or more" in fault
    assert "line " in fault
    assert load_case(case(HEAD + few.replace("1", "2") + expected))


def test_one_replication_will_do_for_a_tolerance_of_its_own(case):
    text = HEAD.replace("{standard_errors: 3}", "{absolute: 100}") + "change: {settings.replications: 1}\n" + FIGURE
    (row,) = run_case(load_case(case(text))).figures
    assert row.state == "pass"
