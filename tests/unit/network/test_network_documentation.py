"""The reference page: its worked example runs as printed, and it leaves out no key and no family."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim.experiments.network_run import run_network
from sim.inputs.faults import keys_of
from sim.network import expected_load, load_network, schema
from sim.network.families import FAMILIES, DistributionSpec, Part

pytestmark = pytest.mark.unit
PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "network-file.md").read_text(encoding="utf-8")


def test_the_worked_example_loads_and_has_enough_places(written):
    example = re.findall(r"```yaml\n(.*?)```", PAGE, flags=re.DOTALL)[0]
    network = load_network(written(example))
    assert len(network.groups) == 3
    assert (expected_load(network).utilisation < 1).all()


def test_every_key_is_explained():
    parts = [part for part in vars(schema).values() if isinstance(part, type) and issubclass(part, Part)]
    parameters = {name for sets in FAMILIES.values() for names in sets for name in names}
    keys = {*keys_of(*parts), *parameters} - {"values", "weights"}
    assert {key for key in keys if f"`{key}`" not in PAGE} == set()
    assert set(keys_of(DistributionSpec)) == {"family", *parameters}


def test_every_family_is_explained():
    assert {family for family in FAMILIES if f"| `{family}` |" not in PAGE} == set()


HELD = """
name: Places held for ever
says: Nobody comes to the ward but those who are in it
source: the reference page
time_unit: days
start: census
exits: [home]
settings: {{warm_up: {warm_up}, run: 20, replications: 1}}
stations:
  ward:
    places: {places}
    escalation: {{places: 6, opens_at: 0.95}}
    census: {{occupied: {occupied}}}
    cost: {{place: {place}, escalation: {escalation}}}
groups:
  held:
    arrivals: {{at: ward, rate: 0}}
    stays: {{ward: {{family: deterministic, value: 100000}}}}
    routes: {{ward: {{home: 1}}}}
"""


@pytest.mark.parametrize(("occupied", "counted"), [(114, 0), (115, 1), (119, 5), (120, 6), (126, 6)])
def test_escalation_places_open_one_by_one_as_the_page_says(written, occupied, counted):
    """At a pound a day each: min(6, ceil(occupied - 0.95 x 120)), and 0.95 x 120 is 114."""
    text = HELD.format(warm_up=0, places=120, occupied=occupied, place=0, escalation=1)
    assert run_network(load_network(written(text))).station("ward")["cost"].mean == pytest.approx(counted)


def test_the_time_of_a_step_includes_the_warm_up(written):
    """Ten days at 10 places and ten at 30, after a warm-up of 90: 20 on average, at a pound a place and day."""
    text = HELD.format(warm_up=90, places="{0: 10, 100: 30}", occupied=2, place=1, escalation=0)
    assert run_network(load_network(written(text))).station("ward")["cost"].mean == pytest.approx(20)


def test_readmissions_count_whatever_group_they_were_as(written):
    """Everybody comes back once as `again`; `again` would come back too, but allows one in all."""
    back = "readmission: {after_exits: [home], probability: 1, interval: {family: exponential, mean: 9}, at: ward"
    text = HELD.format(warm_up=0, places=10, occupied=2, place=0, escalation=0).replace("rate: 0}", "rate: 1}")
    text += f"    {back}, group: again}}\n  again:\n    stays: {{ward: {{family: exponential, mean: 1}}}}\n"
    text += f"    routes: {{ward: {{home: 1}}}}\n    {back}}}\n"
    assert expected_load(load_network(written(text))).readmitted.tolist() == [0, 1]
