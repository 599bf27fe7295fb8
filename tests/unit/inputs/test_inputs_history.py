"""Past years: what is wrong with a table or with the plan is said with file and line, all at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sim.inputs import Faults, load_parameters
from sim.inputs.backtest_fit import load_backtest_fit
from sim.inputs.backtest_plan import load_backtest_plan
from sim.inputs.folders import default_folder
from sim.inputs.history import load_inputs, load_observed

pytestmark = pytest.mark.unit


@pytest.fixture
def folder(tmp_path) -> Path:
    """A copy of what the loaders read, to be spoiled."""
    shutil.copytree(default_folder() / "history", tmp_path / "history")
    shutil.copy(default_folder() / "sources.yaml", tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def parameters():
    return load_parameters()


def spoil(folder: Path, name: str, old: str, new: str) -> None:
    file = folder / "history" / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_observations_know_their_months(folder):
    """2010/11 began to be counted in August, the fifth month of the financial year."""
    first = next(each for each in load_observed(folder) if (each.series, each.year) == ("delayed_acute", 2010))
    assert (first.first, first.last, first.whole) == (4, 11, False)
    assert all(each.whole for each in load_observed(folder) if each.series == "occupancy")


def test_every_fault_of_a_table_at_once(folder):
    """A series, a year, a unit, a month and a source that are none."""
    spoil(folder, "observed.csv", "delayed_acute,2010/11,Aug,Mar,479890", "delayed_acut,2010/11,Aug,Mar,479890")
    spoil(folder, "observed.csv", "delayed_acute,2011/12,Apr", "delayed_acute,2011/13,Apr")
    spoil(folder, "observed.csv", "occupancy,2010/11,Apr,Mar,0.871,share", "occupancy,2010/11,Apr,Mar,0.871,days")
    spoil(folder, "observed.csv", "occupancy,2011/12,Apr", "occupancy,2011/12,Apl")
    spoil(folder, "observed.csv", "0.88,share,kamall_answer_2021", "0.88,share,kamal_answer_2021")
    with pytest.raises(Faults) as error:
        load_observed(folder)
    said = str(error.value)
    assert len(error.value.faults) == 5
    for each in ('Did you mean "delayed_acute"?', "financial year", "is not that of the series", "is no month",
                 'Did you mean "kamall_answer_2021"?'):  # fmt: skip
        assert each in said


def test_a_year_twice_is_a_fault(folder):
    spoil(folder, "inputs.csv", "general_acute_beds,2011/12", "general_acute_beds,2010/11")
    with pytest.raises(Faults, match="is already on line 2"):
        load_inputs(folder)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("name: stay.emergency", "name: stay.emergncy", 'Did you mean "stay.emergency"?'),
        ("p1: nhs_money_growth", "p1: nhs_mony_growth", 'Did you mean "nhs_money_growth"?'),
        ("  home_care: {share", "  homecare: {share", 'Did you mean "home_care"?'),
        ("begin: -1.9", "begin: 9", "must lie between -5 and 2"),
        ("fitted_until: 2013", "fitted_until: 2016", "must be after fitted_until"),
        ("how: drift", "how: drifts", '"how" is "drifts"'),
    ],
)
def test_what_is_wrong_with_the_plan_is_said(folder, parameters, old, new, said):
    spoil(folder, "plan.yaml", old, new)
    with pytest.raises(Faults) as error:
        load_backtest_plan(parameters, folder)
    assert said in str(error.value)


def test_a_fit_that_is_not_there_says_how_to_make_one(tmp_path):
    with pytest.raises(Faults, match="upstream backtest --fit"):
        load_backtest_fit(tmp_path)
