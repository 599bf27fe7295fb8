"""Whatever stands in a network file, the answer is a network or a list of faults, never a traceback."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from network_as_file import as_file

from sim.inputs import Faults
from sim.network import load_network
from tests.strategies import networks

pytestmark = pytest.mark.unit

junk = st.sampled_from(
    [None, True, -1, 0, 0.5, 1e300, "", "x", "rest", "unlimited", "1/2", "=a.b", [], [1], {}, {"x": 1}, {"family": "x"}]
)


def _paths(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(each for key, entry in entries for each in _paths(entry, (*path, key)))]


def _with(data: Any, path: tuple[Any, ...], value: Any, rename: bool) -> Any:
    """The data with another value, or another key, at a path."""
    if not path:
        return value
    changed = deepcopy(data)
    part = changed
    for step in path[:-1]:
        part = part[step]
    if rename and isinstance(part, dict):
        part["unheard of"] = part.pop(path[-1])
    else:
        part[path[-1]] = value
    return changed


@settings(max_examples=40, deadline=None)
@given(network=networks(max_stations=2, max_groups=2), draws=st.data())
def test_junk_is_told_and_never_trips_the_reader(network, draws):
    data = json.loads(as_file(network))
    for _ in range(draws.draw(st.integers(1, 3))):
        path = draws.draw(st.sampled_from(_paths(data)))
        data = _with(data, path, draws.draw(junk), draws.draw(st.booleans()))
    with TemporaryDirectory() as folder:
        file = Path(folder) / "junk.yaml"
        file.write_text(json.dumps(data, indent=1), encoding="utf-8")
        try:
            load_network(file)
        except Faults as faults:
            assert all(fault.line >= 1 and fault.rule for fault in faults.faults)
