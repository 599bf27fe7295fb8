"""The command line in this process, with replications kept for the whole file of tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from typer.testing import CliRunner

from sim.cli.app import build

Command = Callable[..., Any]


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    """A folder of finished replications."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def upstream(cache, monkeypatch) -> Command:
    """Call a command with words; returns what it printed and its exit code."""
    monkeypatch.setenv("UPSTREAM_CACHE", str(cache))
    runner = CliRunner()

    def call(*words: object) -> Any:
        return runner.invoke(build(), [str(word) for word in words])

    return call
