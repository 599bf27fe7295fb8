"""The repository stands by itself: everything is there, everything is pinned, nothing points at one workplace."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.long import LONG

pytestmark = pytest.mark.architecture
ROOT = Path(__file__).parents[2]

TOP_LEVEL = (
    "README.md", "Makefile", "pyproject.toml", "CHANGELOG.md", "CITATION.cff", "CONTRIBUTING.md", "GLOSSARY.md",
    "LICENSE", "requirements.lock", "requirements-test.lock", "parameters/sources.yaml", "parameters/footprints.csv",
    "parameters/levers.yaml", "parameters/networks/footprint.yaml", "parameters/scenarios/do_nothing.yaml",
    "sim/__init__.py", "dashboard/__init__.py", "tests/conftest.py", "docs/index.md",
)  # fmt: skip
"""What a newcomer looks for, from the root."""

LOCKS = {"requirements.lock": (), "requirements-test.lock": ("test",), "requirements-bench.lock": ("bench",)}
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


def test_nothing_needs_a_number_from_elsewhere_to_be_understood():
    """A reason stands where it is needed, not behind the number of an issue."""
    number = re.compile(r"\b(issues?|closes|fixes|see) #\d+", re.IGNORECASE)
    ours = [path for path in files() if path.suffix in (".py", ".md", ".yaml", ".js", ".css", ".toml")]
    assert not [path.name for path in ours if number.search(path.read_text(encoding="utf-8"))]


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
    assert {_plain_name(each) for each in wanted} <= {_plain_name(entry) for entry in entries(name)}


def _plain_name(requirement: str) -> str:
    """The name of a package as registries compare it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=~!; ]", requirement)[0]).lower()


def entries(name: str) -> list[str]:
    """Each locked package with its hashes, as one line."""
    joined = (ROOT / name).read_text().replace("\\\n", " ")
    return [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]


def test_every_test_that_takes_long_is_there():
    """A name that no test has any more would leave nothing out."""
    for name in LONG:
        file, _, test = name.partition("::")
        assert test.partition("[")[0] in (ROOT / file).read_text(), name
