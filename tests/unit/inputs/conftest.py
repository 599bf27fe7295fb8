"""A small folder of parameters to write faults into."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.inputs import Fault, Faults, load_parameters
from sim.inputs.programme_rows import COLUMNS

SOURCES = """\
count_2016:
  title: A count
  publisher: Somebody
  year: 2016
  link: https://example.org
  licence: none
"""
ENTRY = """\
demand.growth:
  says: Growth of admissions
  unit: percent_per_year
  value: 3.6
  low: 3
  high: 4
  place: England
  source: count_2016
  where: page 1
  confidence: high
"""
AGES = "{0-17: 1, 18-64: 2, 65-74: 3, 75-84: 4, 85+: 5}"
BY_AGE = f"""\
demand.rate:
  says: Admissions of each age band
  unit: per_1000_per_year
  by: age_band
  value: {AGES}
  low: 0
  high: 9
  place: England
  source: count_2016
  where: page 2
  confidence: low
"""
CHOICE = """\
policy.regime:
  says: What happens when money runs short
  unit: choice
  choices: [hold, means]
  value: hold
  place: England
  source: count_2016
  where: page 3
  confidence: low
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Sources, an empty table of programmes, and three good parameters."""
    (tmp_path / "sources.yaml").write_text(SOURCES)
    (tmp_path / "programmes.csv").write_text(",".join(COLUMNS) + "\n")
    (tmp_path / "demand.yaml").write_text(ENTRY + BY_AGE + CHOICE)
    (tmp_path / "scenarios").mkdir()
    return tmp_path


@pytest.fixture
def faults_of(folder: Path) -> Callable[[str], tuple[Fault, ...]]:
    """The faults of the folder once demand.yaml says something else."""

    def faults(text: str) -> tuple[Fault, ...]:
        (folder / "demand.yaml").write_text(text)
        with pytest.raises(Faults) as caught:
            load_parameters(folder)
        return caught.value.faults

    return faults
