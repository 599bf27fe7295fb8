"""The floors of the house: imports run one way, as the contracts in pyproject.toml say."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

pytestmark = pytest.mark.architecture
ROOT = Path(__file__).parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]


def test_imports_run_one_way():
    """When this fails, ask what is in the wrong room, not how to silence it.

    In a process of its own, since the linter's setting up of logs silences every logger there is.
    """
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    assert f"{len(CONTRACTS)} kept, 0 broken" in told.stdout


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
