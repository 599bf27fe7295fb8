"""What calibration may move, a place's own targets, and the stored fit laid over what is written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sim.inputs import Faults, load_fit, load_local_targets, load_parameters, load_plan, load_written
from sim.inputs.calibration import Free
from sim.inputs.fit import Fit, FittedValue, Made, Reached, overtaken, times
from sim.inputs.fit_text import fit_text, without_day
from sim.inputs.folders import default_folder

pytestmark = pytest.mark.unit

PLAN = """\
method:
  prior_weight: 0.3
  localities: 1
  replications: 1
  days: 7
  seed: 1
  rounds: 1
  damping: 0.5
  settled: 1
  places: {low: 0.5, high: 2}
free:
  - {parameter: demand.rate, low: 0.5, high: 2, why: nobody knows}
held:
  - {parameter: demand.growth, why: a trend}
targets: [target.rate]
"""
TARGET = """\
target.rate:
  says: Admissions
  unit: per_1000_per_year
  value: 3
  low: 2
  high: 4
  place: England
  source: count_2016
  where: page 4
  confidence: high
"""
AGES = {"0-17": 1, "18-64": 2, "65-74": 3, "75-84": 4, "85+": 5}


@pytest.fixture
def shipped():
    return load_written()


@pytest.fixture
def calibrated(folder: Path):
    """A small folder with a plan; returns a function that writes a stored fit into it."""
    (folder / "targets.yaml").write_text(TARGET)
    (folder / "calibration").mkdir()
    (folder / "calibration" / "free.yaml").write_text(PLAN)

    def store(**values: FittedValue) -> Path:
        named = {name.replace("__", "."): value for name, value in values.items()}
        made = Made(by="upstream calibrate", on="2016-04-01", method="m", seed=1, rounds=1, versions={})
        reached = {"rate": Reached(target=3, low=2, high=4, flow=3.5, residual=0.5, simulated=None)}
        fit = Fit(made=made, score=0.5, queue={"p1": 0.25}, values=named, targets=reached)
        (folder / "calibration" / "england.yaml").write_text(fit_text(fit))
        return folder

    return store


def doubled(**changes: object) -> FittedValue:
    """The rate by age, taken twice."""
    given = {
        "factor": 2,
        "written": AGES,
        "fitted": {key: each * 1.5 for key, each in AGES.items()},
        "serves": ["rate"],
    }
    return FittedValue(**given | changes)


def test_a_fit_is_laid_over_what_is_written(calibrated):
    """The fitted number is used, and says how it came about; what is written stays at hand."""
    folder = calibrated(demand__rate=doubled())
    fitted, written = load_parameters(folder), load_written(folder)
    assert fitted.value("demand.rate.85+") == 7.5
    assert written.value("demand.rate.85+") == 5
    assert fitted["demand.rate"].fitted == "2 times what is written; by `upstream calibrate` on 2016-04-01"
    assert not fitted["demand.growth"].fitted
    assert fitted.digest() != written.digest()


def test_a_factor_for_some_keys_leaves_the_others(calibrated):
    """Two of five ages."""
    part = doubled(written={"65-74": 3, "85+": 5}, fitted={"65-74": 3.5, "85+": 5.5})
    fitted = load_parameters(calibrated(demand__rate=part))
    assert list(fitted.by("demand.rate").values()) == [1, 2, 3.5, 4, 5.5]
    assert "for 65-74, 85+" in fitted["demand.rate"].fitted


def test_a_number_changed_by_hand_is_the_number_used(calibrated):
    """The fit began from a 4 that is now a 5: it counts no longer, and that can be told."""
    folder = calibrated(demand__rate=doubled(written=AGES | {"85+": 4}))
    assert load_parameters(folder).digest() == load_written(folder).digest()
    assert overtaken(load_written(folder), load_fit(folder)) == ("demand.rate",)


def test_a_fit_that_cannot_be_is_a_fault_with_its_line(calibrated):
    """A rate below 0, and a name that is not there."""
    folder = calibrated(demand__rate=doubled(fitted=AGES | {"85+": -1}), demand__rat=doubled())
    with pytest.raises(Faults) as caught:
        load_parameters(folder)
    said = {fault.name: fault for fault in caught.value.faults}
    assert "cannot be" in said["demand.rate"].rule
    assert said["demand.rat"].suggestion == "demand.rate"
    assert all(fault.line > 0 for fault in said.values())


def test_what_is_stored_is_read_back_the_same(calibrated, tmp_path):
    """Text to fit to text; the day is the only line that may differ."""
    fit = load_fit(calibrated(demand__rate=doubled()))
    later = fit.model_copy(update={"made": fit.made.model_copy(update={"on": "2016-05-01"})})
    assert fit_text(fit) != fit_text(later)
    assert without_day(fit_text(fit)) == without_day(fit_text(later))


def test_every_fault_of_a_plan_is_said_at_once(calibrated):
    folder = calibrated()
    wrong = PLAN.replace("demand.rate", "demand.rte").replace("[target.rate]", "[target.rat]")
    (folder / "calibration" / "free.yaml").write_text(wrong)
    with pytest.raises(Faults) as caught:
        load_plan(load_written(folder), folder)
    assert [fault.suggestion for fault in caught.value.faults] == ["demand.rate", "target.rate"]


def test_a_bound_that_forbids_the_written_number_is_refused(calibrated):
    folder = calibrated()
    (folder / "calibration" / "free.yaml").write_text(PLAN.replace("low: 0.5, high: 2, why", "low: 1.1, high: 2, why"))
    with pytest.raises(Faults, match="must be below 1"):
        load_plan(load_written(folder), folder)


def test_every_number_that_no_source_gives_is_free_or_held(shipped):
    """And nothing that a source gives is free, but how long packages run, which is recalled; the beds of places."""
    plan = load_plan(shipped)
    fitted = {name for name, each in shipped.items() if each.source == "fitted_base_year"}
    fitted -= {name for name in fitted if name.startswith("target.")}
    named = {each.parameter for each in (*plan.free, *plan.held)}
    assert fitted <= {name.rsplit(".", 1)[0] if name not in shipped else name for name in named}
    assert {each.parameter for each in plan.for_england} - fitted == {"stay.home_care"}
    assert shipped["stay.home_care"].source == "team_recall"


def test_nothing_about_programmes_or_money_is_free(shipped):
    rooms = {each.parameter.partition(".")[0] for each in load_plan(shipped).free}
    assert rooms == {"demand", "stay", "flow", "capacity"}


def test_a_place_has_wider_bounds_as_far_as_units_allow(shipped):
    """A share stays a share."""
    plan = load_plan(shipped)
    for england, place in zip(plan.free, plan.for_places(shipped), strict=True):
        assert place.low <= england.low
        assert place.high >= min(england.high, place.high)
        given = shipped[place.parameter].value
        largest = max(given[key] for key in place.keys or given) if hasattr(given, "values") else given
        assert largest * place.high <= shipped[place.parameter].measure.most * (1 + 1e-12)


def test_the_targets_of_a_place_are_read(shipped, tmp_path):
    """With and without `target.` in front; meaning and unit are England's, numbers and source the place's."""
    file = tmp_path / "mine.yaml"
    file.write_text(
        "title: Mine\ntargets:\n"
        "  delayed: {value: 0.1, low: 0.09, high: 0.12, source: the returns}\n"
        "  target.load.p1: {value: 0.3, low: 0.2, high: 0.4, source: a count}\n"
    )
    local = load_local_targets(file, load_plan(shipped))
    assert [(goal.name, goal.value, goal.source) for goal in local.goals] == [
        ("delayed", 0.1, "the returns"),
        ("load.p1", 0.3, "a count"),
    ]
    assert local.goals[0].tolerance == pytest.approx(0.015)
    assert local.goals[0].unit == "per_1000"


def test_every_fault_of_a_places_targets_is_said_at_once(shipped, tmp_path):
    """Six kinds of fault, each with its line, and the nearest right answer where there is one."""
    file = tmp_path / "mine.yaml"
    file.write_text(
        'title: ""\ntargets:\n'
        "  emergncy_stay: {value: 7, low: 6, high: 8, source: x}\n"
        "  delayed: {value: 0.1, low: 0.2, high: 0.3, source: x}\n"
        "  load: {value: 1, low: 0, high: 2, source: x}\n"
        "  readmission: {value: 0.2, low: 0.1, high: 1.3, source: x}\n"
        "  acute_beds: {valu: 2, low: 1.5, high: 2.5, source: x}\n"
        "  acute_occupancy: {value: .9, low: .8, high: .95, source: x}\n"
        "  target.acute_occupancy: {value: .9, low: .8, high: .95, source: x}\n"
    )
    with pytest.raises(Faults) as caught:
        load_local_targets(file, load_plan(shipped))
    found = [(fault.line, fault.suggestion) for fault in caught.value.faults]
    assert found == [
        (1, None), (3, "emergency_stay"), (4, None), (5, None), (6, None), (7, None), (7, "value"), (9, None)
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "targets: 3", "title: x\ntargets: {}", "- a"])
def test_a_file_that_holds_no_targets_is_refused(shipped, tmp_path, text):
    file = tmp_path / "mine.yaml"
    file.write_text(text)
    with pytest.raises(Faults):
        load_local_targets(file, load_plan(shipped))


def test_a_factor_takes_one_number_or_all():
    assert times(2.0, 1.5, 10) == 3.0
    assert times({"a": 1.0, "b": 2.0}, 1 / 3, 4) == {"a": 0.3333, "b": 0.6667}


def test_the_spread_of_a_quantity_is_half_its_bounds():
    assert replace(Free("a", 0.5, 1.5, "w"), high=2.5).spread == 1.0


def test_a_fit_is_shipped():
    assert load_fit(default_folder()) is not None
