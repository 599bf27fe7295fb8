"""Whatever the command line asks of the model, Python asks too; what it does not is on a short list with a reason."""

from __future__ import annotations

import inspect
import json
from dataclasses import asdict
from pathlib import Path

import pytest
from typer.main import get_command

from sim import experiments
from sim.cli.app import build
from sim.experiments.asked import How
from sim.experiments.impact import Impacts
from sim.experiments.save_uncertainty import uncertainty_document
from sim.experiments.search import search_document
from sim.experiments.sensitivity import sensitivity_document
from sim.inputs import Faults
from sim.results.store import json_bytes

pytestmark = pytest.mark.unit

PAGE = Path(__file__).parents[3] / "docs" / "how-to" / "use-from-python.md"

IN_PYTHON = {
    "run": ("ask",),
    "compare": ("ask", "compare"),
    "network": ("ask_network",),
    "attribute": ("ask_attribution",),
    "uncertainty": ("ask_uncertainty",),
    "impact": ("ask_impact",),
    "stress": ("ask_stress",),
    "sensitivity": ("ask_sensitivity", "ask_strongest"),
    "optimise mix": ("ask_mix",),
    "optimise fund": ("ask_fund",),
    "optimise truth": ("ask_truth",),
    "optimise delay": ("ask_delay", "ask_network_delay"),
    "optimise capacity": ("ask_capacity", "ask_network_capacity"),
    "batch": ("ask_batch",),
    "gap": ("ask_gap",),
}
"""Commands, and the calls that answer the same."""

ON_THE_COMMAND_LINE_ALONE = {
    "review": "sets levers against what is declared of them; its numbers are sim.experiments.behaviour.sweep_levers",
    "backtest": "tries the model itself, and keeps files of the repository",
    "validate": "tries the model itself",
    "calibrate": "fits the model itself, and keeps files of the repository",
    "workshop": "checks and plays files of workshops",
    "export": "writes a file for another tool",
    "describe": "shows what is in files",
    "check": "reads files and says what is wrong",
    "dashboard": "is no question",
    "warm-up": "is no question",
}

HOW_IT_LEAVES = {"json", "out", "page", "quiet"}
"""Options that say where an answer goes, and how it is shown: a result has words, a table and a picture instead."""

CALLED = {
    "scenario": ("plan", "scenarios"), "plans": ("plan",), "plan": ("batch",), "file": ("network",),
    "against": ("plans",), "set_": ("changes",), "workers": ("way", "runner"), "cluster": ("runner",),
    "number": ("numbers",), "aim": ("aims",), "limit": ("limits",), "service": ("limits",), "shock": ("shocks",),
    "no_shocks": ("shocks",), "length": ("run",), "fewest": ("places",), "largest": ("places",),
    "bed_day": ("prices",), "waiting": ("prices",), "most": ("strongest",),
"kind": ("station",),
}  # fmt: skip
"""Options by another name in Python."""

OPTIONS_ALONE = {
    "within": "sim.experiments.precision.run_within",
    "about": "a table and a picture have every measure",
    "diagram": "draws a file and runs nothing",
    "event_log": "writes a file for an animation",
    "dry_run": "sim.experiments.batch.estimate",
    "league": "sim.experiments.batch.league has its numbers; the page is of the documentation",
}


def commands():
    """Every command that can be typed, by its words."""

    def leaves(command, words=()):
        inner = getattr(command, "commands", None)
        if inner is None:
            yield " ".join(words), command
        for name, each in (inner or {}).items():
            yield from leaves(each, (*words, name))

    return dict(leaves(get_command(build())))


def parameters(call):
    """Names that a call can be given, those of every question about a footprint among them."""
    taken = inspect.signature(getattr(experiments, call)).parameters
    how = any(each.kind == each.VAR_KEYWORD for each in taken.values())
    named = {name for name, each in taken.items() if each.kind != each.VAR_KEYWORD}
    return named | set(How.__annotations__) if how else named


def test_every_command_has_a_call_or_a_reason():
    alone = {name for name in commands() if name not in IN_PYTHON}
    assert {name for name in IN_PYTHON if name not in commands()} == set()
    assert {name.partition(" ")[0] for name in alone} == set(ON_THE_COMMAND_LINE_ALONE)
    assert all(ON_THE_COMMAND_LINE_ALONE.values())
    named = {each for calls in IN_PYTHON.values() for each in calls}
    assert named == {name for name in experiments.__all__ if name.startswith("ask") or name == "compare"}


def test_the_page_has_every_call_beside_its_command_and_every_command_without_one():
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    for command, calls in IN_PYTHON.items():
        for call in calls:
            row = next(line for line in rows if f"`{call}`" in line.split("|")[1])
            assert f"`upstream {command.partition(' ')[0]}" in row
    for command in ON_THE_COMMAND_LINE_ALONE:
        assert any(f"`upstream {command}`" in line.split("|")[1] for line in rows), command


@pytest.mark.parametrize("command", IN_PYTHON)
def test_every_option_can_be_said_in_python_or_has_a_reason(command):
    taken = set.union(*map(parameters, IN_PYTHON[command]))
    for option in (each.name for each in commands()[command].params):
        names = {option, *CALLED.get(option, ())}
        assert option in HOW_IT_LEAVES or option in OPTIONS_ALONE or names & taken, option


FEW = {"years": 1, "replications": 2, "people": 8_000}
AS_OPTIONS = ("--years", "1", "--replications", "2", "--people", "8000", "--json", "--quiet")


def said(upstream, *words):
    done = upstream(*words)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def plain(document):
    """As it is after it was printed."""
    return json.loads(json_bytes(document))


def test_uncertainty_has_the_numbers_of_the_command(upstream):
    options = ("--scenario", "prevention_shift", "--against", "do_nothing", "--draws", "10", "--every-draw")
    found = experiments.ask_uncertainty(
        "devon", "prevention_shift", against="do_nothing", draws=10, every_draw=True, **FEW
    )
    asked = ("uncertainty", "devon", *options, *AS_OPTIONS)
    assert said(upstream, *asked) == plain(uncertainty_document(found))


def test_impact_has_the_numbers_of_the_command(upstream):
    found = experiments.ask_impact("devon", numbers=["finance.cost_pressure"], **FEW)
    document = said(upstream, "impact", "devon", "--number", "finance.cost_pressure", *AS_OPTIONS)
    assert isinstance(found, Impacts)
    assert {key: document[key] for key in document if key != "grades"} == plain(asdict(found))


def test_networks_have_the_numbers_of_the_command(upstream):
    told = ("--network", "clinic_queue", "--replications", "2", "--run", "50", "--json", "--quiet")
    found = experiments.ask_network_capacity("clinic_queue", "nurses", 0.3, replications=2, run=50)
    assert said(upstream, "optimise", "capacity", "nurses", "--level", "0.3", *told) == plain(search_document(found))
    told = ("--network", "beds_or_packages", "--replications", "2", "--run", "20", "--json", "--quiet")
    costs = experiments.ask_network_delay("beds_or_packages", "package", range(700, 703), replications=2, run=20)
    asked = ("optimise", "delay", "package", "--from", "700", "--to", "702", *told)
    assert said(upstream, *asked) == plain(search_document(costs))


def test_the_strongest_have_the_numbers_of_the_command(upstream):
    numbers = ["demand.admissions_growth", "finance.cost_pressure"]
    pair = experiments.ask_strongest("devon", numbers=numbers, trajectories=4, samples=8, strongest=1, **FEW)
    told = ("--trajectories", "4", "--samples", "8", "--strongest", "1", "--method", "both")
    asked = [word for each in numbers for word in ("--number", each)]
    documents = said(upstream, "sensitivity", "devon", *asked, *told, *AS_OPTIONS)
    assert documents == plain([sensitivity_document(each) for each in pair])
    assert [len(each.movers) for each in pair] == [2, 1]


def test_a_batch_leaves_what_the_command_leaves(upstream, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    plan = "title: A\nwhy: B\nfootprints: [devon]\nplans: [do_nothing, prevention_shift]\nreplications: 2\nyears: 1\n"
    Path("small.yaml").write_text(plan + "people: 8000\n")
    experiments.ask_batch("small.yaml", "python")
    assert upstream("batch", "small.yaml", "--out", "command", "--quiet").exit_code == 0
    ours, theirs = ({each.name for each in Path(name).iterdir()} for name in ("python", "command"))
    assert ours == theirs and {"report.html", "report.md"} <= ours
    for name in ("report.md", "report.html"):
        both = [Path(folder, name).read_text().splitlines() for folder in ("python", "command")]
        assert [line for line, other in zip(*both, strict=True) if line != other and "version" not in line] == []


def test_what_is_wrong_with_the_strongest_is_said_at_once():
    with pytest.raises(Faults) as error:
        experiments.ask_strongest("devon", trajectories=2, samples=5, strongest=0, about=["gapp"], **FEW)
    assert {each.found for each in error.value.faults} >= {"2", "5", "0", '"gapp"'}


@pytest.mark.parametrize("places", [[0, 1, 2], [3, 2, 1], [5, 5, 6]])
def test_places_that_cannot_be_tried_are_refused(places):
    with pytest.raises(Faults, match="from 1 up, each more than the last"):
        experiments.ask_network_delay("beds_or_packages", "package", places)


@pytest.mark.parametrize(
    "asked",
    [
        ("impact", "devon", "--number", "finance.cost_pressure"),
        ("gap", "--seeds", 1),
        ("review", "devon", "--lever", "policy.shift_share", "--points", 2),
    ],
)
def test_a_place_that_cannot_be_made_is_said_plainly(upstream, asked):
    done = upstream(*asked, "--people", 500, "--replications", 2, "--quiet")
    assert done.exit_code == 2
    assert "its places alone cost" in done.stderr and "Nothing was run." in done.stderr


def test_gaps_of_no_seed_are_refused():
    with pytest.raises(Faults, match="must be 1 or more"):
        experiments.ask_gap(seeds=0)
