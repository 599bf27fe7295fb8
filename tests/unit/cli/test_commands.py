"""Commands as a person meets them: answers, files, and one clear message for whatever is wrong."""

from __future__ import annotations

import json

import polars as pl
import pytest

from sim.cli.run import say_changed

pytestmark = pytest.mark.unit

TINY = ("--people", 20_000, "--years", 1, "--replications", 2, "--workers", 1)


def test_a_run_says_who_was_simulated_and_shows_the_key_measures(upstream):
    done = upstream("run", "devon", *TINY)
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("Devon: ")
    assert "Simulated: 20,000 people; counts and money are scaled up to the whole footprint." in done.stdout
    assert "Hospital beds occupied" in done.stdout
    assert "95 % interval 2016/17" in done.stdout


def test_json_is_json_and_nothing_else(upstream):
    done = upstream("run", "devon", *TINY, "--json")
    answer = json.loads(done.stdout)
    assert answer["people_simulated"] == 20_000
    assert answer["footprint"]["slug"] == "devon"
    series = {row["series"]: row for row in answer["years"]}
    assert series["occupancy:acute"]["n"] == 2
    assert series["occupancy:acute"]["financial_year"] == "2016/17"


def test_a_saved_run_has_its_tables_and_a_manifest(upstream, tmp_path):
    done = upstream("run", "devon", *TINY, "--set", "demand.admissions_growth=2", "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    (run,) = manifest["runs"]
    assert run["parameters"]["demand.admissions_growth"] == 2
    assert run["changes"] == {"demand.admissions_growth": 2}
    assert (run["seed"], run["replications"], run["engine"], run["people_simulated"]) == (1, 2, "compiled", 20_000)
    assert {"began", "seconds", "workers"} <= set(manifest["run"])
    table = pl.read_parquet(tmp_path / "out" / "replications.parquet")
    assert table["replication"].unique().sort().to_list() == [0, 1]
    assert sorted(manifest["files"]) == ["answer.json", "replications.parquet", "yearly.parquet"]
    assert "Changed: " in done.stdout


def test_a_comparison_is_paired_and_tells_break_even_and_dip(upstream, tmp_path):
    done = upstream("compare", "do_nothing", "severe_cuts", "-f", "devon", *TINY, "--out", tmp_path)
    assert done.exit_code == 0, done.output
    for expected in ("severe_cuts against do_nothing, 2016/17", "verdict", "Break-even year: ", "Dip: ", "a head."):
        assert expected in done.stdout
    table = pl.read_parquet(tmp_path / "changes.parquet")
    assert table.filter(pl.col("series") == "gap").height == 1


def test_a_scenario_compared_with_itself_differs_in_nothing(upstream):
    done = upstream("compare", "do_nothing", "do_nothing", "-f", "devon", *TINY, "--json")
    (scenario,) = json.loads(done.stdout)["scenarios"]
    assert {row["verdict"] for row in scenario["years"]} == {"no difference"}
    assert scenario["headline"]["break_even"]["words"] == "no difference in money"


def test_a_network_is_run_from_its_file(upstream):
    done = upstream("network", "clinic_queue", "--replications", 2, "--run", 2000, "--workers", 1)
    assert done.exit_code == 0, done.output
    assert "2 replications of 2000 minutes" in done.stdout
    assert "nurses" in done.stdout.lower()
    found = json.loads(
        upstream("network", "clinic_queue", "--replications", 2, "--run", 2000, "--workers", 1, "--json").stdout
    )
    assert 0.3 < found["stations"][0]["measures"]["utilisation"]["mean"] < 0.7


def test_a_network_is_saved_as_a_table_with_kinds(upstream, tmp_path):
    """The table says what the document says: everybody, and each kind of people."""
    folder = tmp_path / "out"
    upstream("network", "todays_position", "--replications", 2, "--run", 20, "--workers", 1, "--out", folder)
    (ward, *_) = json.loads((folder / "network.json").read_text())["stations"]
    table = pl.read_parquet(folder / "measures.parquet").filter(station=ward["name"], measure="occupied")
    found = dict(zip(table["kind"].to_list(), table["mean"].to_list(), strict=True))
    assert found == {None: ward["measures"]["occupied"]["mean"]} | {
        kind: measures["occupied"]["mean"] for kind, measures in ward["kinds"].items()
    }
    assert sum(found[kind] for kind in ward["kinds"]) == pytest.approx(found[None])


WRONG = {
    "a misspelled lever": (("run", "devon", "--set", "demand.admision_growth=2"), '"demand.admissions_growth"'),
    "an unknown footprint": (("run", "devonn"), 'Did you mean "devon"?'),
    "an unknown scenario": (("run", "devon", "-s", "prevention_shft"), 'Did you mean "prevention_shift"?'),
    "too many years": (("run", "devon", "--years", 21), "21 must be a whole number from 1 to 20"),
    "no years": (("run", "devon", "--years", 0), "0 must be a whole number from 1 to 20"),
    "no replications": (("run", "devon", "--replications", 0), "0 must be a whole number from 1 to 1000"),
    "a seed below nothing": (("run", "devon", "--seed", -1), "-1 must be a whole number from 0 to 4294967295"),
    "nobody": (("run", "devon", "--people", "few"), 'must be a number above 0, "usual", "typical" or "all"'),
    "a word for a number": (("run", "devon", "--set", "demand.admissions_growth=high"), "must be a number"),
    "not a number": (("run", "devon", "--set", "demand.admissions_growth=nan"), "must be a finite number"),
    "no value": (("run", "devon", "--set", "demand.admissions_growth"), "must be a path, an equals sign and a value"),
    "one scenario": (("compare", "do_nothing", "-f", "devon"), "name the baseline and another"),
    "an unknown network": (("network", "stroke"), 'Did you mean "stroke_'),
    "an endless network": (("network", "clinic_queue", "--run", "inf"), "must be a time above 0"),
    "an unknown parameter": (("describe", "parameter", "capacity.acute_bed"), 'Did you mean "capacity.acute_beds"?'),
    "an unknown lever": (("describe", "lever", "policy.shift_shar"), 'Did you mean "policy.shift_share"?'),
    "no such file": (("check", "nowhere.yaml"), "cannot be read"),
    "too few to be a place": (("run", "devon", "--people", 1), "Devon"),
    "an unknown option": (("run", "devon", "--yeers", 3), "--years"),
}


@pytest.mark.parametrize(("words", "expected"), WRONG.values(), ids=WRONG)
def test_bad_input_is_one_clear_message_and_exit_code_2(upstream, words, expected):
    done = upstream(*words)
    assert done.exit_code == 2, done.output
    assert expected in done.stderr
    assert "Traceback" not in done.output
    assert done.stdout == ""


def test_every_fault_is_told_at_once(upstream):
    done = upstream("run", "devonn", "-s", "nothing_much", "--years", 99, "--set", "policy.shift_shar=1", "--set", "x")
    assert done.exit_code == 2
    assert "5 faults. Nothing was run." in done.stderr


def test_a_folder_that_cannot_be_written_is_refused_before_the_run(upstream, tmp_path, monkeypatch):
    monkeypatch.setattr("sim.cli.run.run_question", lambda *_: pytest.fail("it was run"))
    (tmp_path / "file").write_text("in the way")
    done = upstream("run", "devon", *TINY, "--out", tmp_path / "file" / "out")
    assert done.exit_code == 2
    assert "results cannot be written here" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_change_that_changes_who_is_simulated_cannot_be_paired(upstream, tmp_path):
    scenario = tmp_path / "smaller.yaml"
    scenario.write_text("title: Smaller\nwhy: A test\nchange:\n  capacity.locality_people: 200000\n")
    done = upstream("compare", "do_nothing", scenario, "-f", "devon", "--people", "typical")
    assert done.exit_code == 2
    assert "give --people a number" in done.stderr


def test_an_interrupt_is_exit_130_and_says_that_nothing_is_lost(upstream, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("sim.cli.run.run_question", interrupted)
    done = upstream("run", "devon", *TINY)
    assert done.exit_code == 130
    assert "the same command goes on where this one was" in done.stderr


@pytest.mark.parametrize("kind", ["footprint", "scenario", "parameter", "lever", "network"])
def test_describe_lists_what_may_be_named_and_describes_each(upstream, kind):
    listed = json.loads(upstream("describe", kind, "--json").stdout)
    assert len(listed) > 5
    name = next(listed[-1][key] for key in ("slug", "path", "name") if key in listed[-1])
    done = upstream("describe", kind, name)
    assert done.exit_code == 0, done.output
    assert json.loads(upstream("describe", kind, name, "--json").stdout)


def test_a_parameter_is_described_with_its_evidence(upstream):
    told = upstream("describe", "parameter", "capacity.acute_beds").stdout
    for expected in ("value: ", "range: ", "unit: ", "source: ", "confidence: ", "where: ", "moved by levers: "):
        assert expected in told


def test_one_key_of_a_parameter_is_described_by_itself(upstream):
    told = json.loads(upstream("describe", "parameter", "demand.emergency_rate.85+", "--json").stdout)
    low, high = (float(each) for each in told["range"].split(" to "))
    assert low <= told["value"] <= high


def test_everything_shipped_is_checked(upstream):
    done = upstream("check")
    assert done.exit_code == 0, done.output
    assert "No fault." in done.stdout


def test_files_of_each_kind_are_checked(upstream, tmp_path):
    scenario = tmp_path / "mine.yaml"
    scenario.write_text("title: Mine\nwhy: A test\nchange:\n  demand.admissions_growth: 2\n")
    assert "a scenario, Mine. No fault." in upstream("check", scenario).stdout
    scenario.write_text("title: Mine\nwhy: A test\nchange:\n  demand.admission_growth: 2\n")
    wrong = upstream("check", scenario)
    assert wrong.exit_code == 2
    assert "line 4" in wrong.stderr
    assert 'Did you mean "demand.admissions_growth"?' in wrong.stderr
    parameter = tmp_path / "numbers.yaml"
    parameter.write_text("mine.beds: {says: Beds, unit: bed, value: 3, place: here, where: x, confidence: low}\n")
    wrong = upstream("check", parameter)
    assert wrong.exit_code == 2
    assert "line 1: mine.beds" in wrong.stderr


def test_help_teaches_with_examples(upstream):
    for command in ("run", "compare", "network", "check", "dashboard"):
        told = upstream(command, "--help")
        assert told.exit_code == 0
        assert f"upstream {command}" in told.stdout
        assert "Example" in told.stdout


def test_the_dashboard_is_started_by_name_with_what_was_given(upstream, monkeypatch):
    given = []
    monkeypatch.setattr("dashboard.__main__.main", lambda words: given.append(words) or 0)
    assert upstream("dashboard", "--port", 9000, "--no-browser").exit_code == 0
    assert given == [["--no-browser", "--port", "9000"]]


def test_only_the_first_changes_are_named_and_the_others_counted(capsys):
    """A dozen is named; of fourteen, two are counted."""
    say_changed([f"line {number}" for number in range(1, 13)])
    whole = capsys.readouterr().out
    assert whole.splitlines() == [f"Changed: line {number}" for number in range(1, 13)]
    say_changed([f"line {number}" for number in range(1, 15)])
    assert capsys.readouterr().out == f"{whole}Changed: and 2 more; --json lists them.\n"
