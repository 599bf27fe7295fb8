"""The floors of the house: imports run one way, as the contracts in pyproject.toml say."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from importlinter import cli

pytestmark = pytest.mark.architecture
ROOT = Path(__file__).parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]


def test_imports_run_one_way(monkeypatch, capsys):
    """When this fails, ask what is in the wrong room, not how to silence it."""
    monkeypatch.chdir(ROOT)
    code = cli.lint_imports(no_cache=True, show_timings=False)
    told = capsys.readouterr().out
    assert code == cli.EXIT_STATUS_SUCCESS, told
    assert f"{len(CONTRACTS)} kept, 0 broken" in told


def test_every_room_of_the_model_stands_on_a_floor():
    """A new room must be given its floor, or nothing is said about who may import it."""
    floors = next(contract["layers"] for contract in CONTRACTS if contract["type"] == "layers")
    named = {room for floor in floors for room in floor.replace("|", " ").split()}
    rooms = {f"sim.{path.stem}" for path in (ROOT / "sim").iterdir() if _is_room(path)}
    assert rooms | {"dashboard"} == named


def _is_room(path: Path) -> bool:
    if path.is_dir():
        return (path / "__init__.py").is_file()
    return path.suffix == ".py" and path.stem != "__init__"
