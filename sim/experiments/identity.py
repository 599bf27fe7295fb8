"""What a run's numbers depend on, as hashes: the code, the data beside the parameters, and the question."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from pathlib import Path

from sim.inputs.folders import default_folder
from sim.results.store import json_bytes, sha256

ENGINE = "compiled"
"""The engine that runs replications."""

NOT_THE_MODEL = ("experiments", "workshop", "cli", "_parameters")
"""Rooms that ask and show: changing them changes no replication."""


@cache
def version() -> str:
    """The version of the installed package; in a checkout that is not installed, "checkout"."""
    try:
        return version_of("upstream")
    except PackageNotFoundError:
        return "checkout"


@cache
def code_digest() -> str:
    """SHA-256 of the model's source, so that no kept replication outlives a change of the code."""
    home = Path(__file__).parents[1]
    sources = (path for path in home.rglob("*.py") if path.relative_to(home).parts[0] not in NOT_THE_MODEL)
    return _files_digest(sources, home)


def data_digest() -> str:
    """SHA-256 of the tables and networks in the folder of parameters; values of parameters have their own."""
    home = default_folder()
    return _files_digest([*home.glob("*.csv"), *home.glob("networks/*.yaml")], home)


def digest(facts: Mapping[str, object]) -> str:
    """SHA-256 of named facts, whatever their order."""
    return sha256(json_bytes(dict(facts)))


def _files_digest(paths: Iterable[Path], home: Path) -> str:
    together = hashlib.sha256()
    for path in sorted(paths, key=lambda each: each.relative_to(home).as_posix()):
        together.update(path.relative_to(home).as_posix().encode() + b"\0")
        together.update(hashlib.sha256(path.read_bytes()).digest())
    return together.hexdigest()
