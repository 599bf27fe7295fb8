"""Published and exact cases: every figure is reproduced, or differs for a reason that its case gives."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from sim.experiments import Way
from sim.experiments.cases import CaseResult, case_files, load_case, run_case
from sim.experiments.cases.page import published_page

pytestmark = pytest.mark.validation
PAGE = Path(__file__).parents[2] / "docs" / "reference" / "published-cases.md"

CASES = sorted(case_files())


@cache
def result(name: str) -> CaseResult:
    return run_case(load_case(case_files()[name]), Way(workers=2))


@pytest.mark.parametrize("name", CASES)
def test_every_figure_is_reproduced_or_its_difference_explained(name):
    failed = result(name).failed
    assert not failed, "\n".join(f"{row.figure}: expected {row.expected}, found {row.found}" for row in failed)
    assert all(row.because for row in result(name).figures if row.state == "known difference")


def test_a_difference_is_explained_only_where_there_is_one():
    """An explanation of a figure that is reproduced by now would be taken for one that is needed."""
    passing = {(name, row.figure) for name in CASES for row in result(name).figures if row.state == "pass"}
    explained = {
        (name, figure.spec.figure)
        for name in CASES
        for figure in load_case(case_files()[name]).figures
        if figure.spec.differs
    }
    assert not passing & explained


def test_the_page_of_published_cases_is_what_was_found():
    """Printed by `upstream validate --markdown`."""
    assert PAGE.read_text(encoding="utf-8") == published_page([result(name) for name in CASES])
