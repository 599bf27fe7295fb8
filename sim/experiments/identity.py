"""What a run's numbers depend on, as hashes: the code, the data beside the parameters, and the question."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from pathlib import Path

from sim.inputs.folders import default_folder
from sim.results.store import json_bytes, sha256

ENGINE = "compiled"
"""The engine that runs replications."""

NOT_THE_MODEL = ("experiments", "workshop", "cli", "_parameters")
"""Rooms that ask and show: changing them changes no replication."""

LIBRARIES = ("numpy", "scipy", "numba", "llvmlite", "polars")
"""Installed packages that work numbers out, compile what does, or write them: another version may round otherwise."""


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


@cache
def asking_digest() -> str:
    """SHA-256 of the source of this room: where it is the same, one process can read what another sends."""
    home = Path(__file__).parent
    return _files_digest(home.rglob("*.py"), home)


def data_digest() -> str:
    """SHA-256 of the tables and networks in the folder of parameters; values of parameters have their own.

    Files are read again only when their size or their time has changed.
    """
    home = default_folder()
    files = sorted((*home.glob("*.csv"), *home.glob("networks/*.yaml")))
    marks = ((path, path.stat()) for path in files)
    return _data_digest(home, tuple((path, mark.st_size, mark.st_mtime_ns) for path, mark in marks))


@cache
def libraries() -> Mapping[str, str]:
    """Versions of what the numbers depend on besides this code; of Python the first two figures."""
    return {"python": "{}.{}".format(*sys.version_info), **{name: version_of(name) for name in LIBRARIES}}


def digest(facts: Mapping[str, object]) -> str:
    """SHA-256 of named facts, whatever their order."""
    return sha256(json_bytes(dict(facts)))


@lru_cache(maxsize=8)
def _data_digest(home: Path, marked: tuple[tuple[Path, int, int], ...]) -> str:
    return _files_digest((path for path, *_ in marked), home)


def _files_digest(paths: Iterable[Path], home: Path) -> str:
    together = hashlib.sha256()
    for path in sorted(paths, key=lambda each: each.relative_to(home).as_posix()):
        together.update(path.relative_to(home).as_posix().encode() + b"\0")
        together.update(hashlib.sha256(path.read_bytes()).digest())
    return together.hexdigest()
