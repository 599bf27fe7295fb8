"""Network files made from a few lines, and the faults that reading one brings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from sim.inputs import Fault, Faults
from sim.network import load_network


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Path]:
    """A function that writes the text of a network file and returns its path."""

    def write(text: str) -> Path:
        file = tmp_path / "network.yaml"
        file.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
        return file

    return write


@pytest.fixture
def faults_of(written: Callable[[str], Path]) -> Callable[[str], tuple[Fault, ...]]:
    """A function that reads the text of a network file and returns what is wrong with it."""

    def read(text: str) -> tuple[Fault, ...]:
        with pytest.raises(Faults) as caught:
            load_network(written(text))
        return caught.value.faults

    return read
