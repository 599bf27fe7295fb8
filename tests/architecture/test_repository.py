"""The repository stands by itself: everything is there, everything is pinned, nothing points at one workplace."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.architecture
ROOT = Path(__file__).parents[2]

TOP_LEVEL = (
    "README.md", "Makefile", "pyproject.toml", "CHANGELOG.md", "CITATION.cff", "CONTRIBUTING.md", "GLOSSARY.md",
    "LICENSE", "requirements.lock", "requirements-test.lock", "parameters/sources.yaml", "parameters/footprints.csv",
    "parameters/levers.yaml", "parameters/networks/footprint.yaml", "parameters/scenarios/do_nothing.yaml",
    "sim/__init__.py", "dashboard/__init__.py", "tests/conftest.py", "docs/index.md",
)  # fmt: skip
"""What a newcomer looks for, from the root."""

LOCKS = {"requirements.lock": (), "requirements-test.lock": ("test",)}
"""Lock files, and the extras of pyproject.toml that each must hold besides the dependencies."""

NOT_OURS = {"build", "dist", "runs", "__pycache__"}
"""Folders made by tools; those that begin with a dot, but for .ci, are not looked at either."""

FORBIDDEN = tuple(
    first + second
    for first, second in (
        ("/wo", "rk/"),
        ("../sha", "red"),
        ("pypi", ".org"),
        ("files.python", "hosted"),
        ("/tmp/", "spec"),
        ("/ro", "ot/"),
        ("/ho", "me/"),
        ("index", "-url ="),
    )
)
"""Paths of a workplace and hosts of registries, in two halves so that this file does not hold them."""


def files() -> Iterator[Path]:
    """Every text file of the project."""
    for path in sorted(ROOT.rglob("*")):
        folders = path.relative_to(ROOT).parts[:-1]
        hidden = any(part in NOT_OURS or (part.startswith(".") and part != ".ci") for part in folders)
        if path.is_file() and not hidden and b"\0" not in path.read_bytes():
            yield path


@pytest.mark.parametrize("name", TOP_LEVEL)
def test_what_a_newcomer_looks_for_is_there(name):
    assert (ROOT / name).is_file()


def test_nothing_points_at_one_workplace():
    """A clone must mean the same everywhere. Fetching packages is for the tools, which know their own addresses."""
    found = {
        path.relative_to(ROOT).as_posix(): words
        for path in files()
        if (words := [word for word in FORBIDDEN if word in path.read_text(encoding="utf-8")])
    }
    assert not found


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_a_version_and_hashes(name):
    """A package that is not exactly the one tested is refused by pip."""
    assert entries(name)
    for entry in entries(name):
        assert re.match(r"[a-z0-9.-]+(\[[a-z0-9,-]+\])?==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry


@pytest.mark.parametrize(("name", "extras"), LOCKS.items())
def test_every_dependency_is_locked(name, extras):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *(each for extra in extras for each in project["optional-dependencies"][extra])]
    locked = {re.split(r"[\[=]", entry)[0] for entry in entries(name)}
    assert {re.split(r"[\[<>=~!; ]", each)[0].lower() for each in wanted} <= locked


def entries(name: str) -> list[str]:
    """Each locked package with its hashes, as one line."""
    joined = (ROOT / name).read_text().replace("\\\n", " ")
    return [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]
