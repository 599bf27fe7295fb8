"""The reference page: its worked example runs as printed, and it leaves out no key and no family."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

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
