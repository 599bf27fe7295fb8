"""What the page on batches shows is run, with fewer people."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim.experiments.batch.plan import BatchSpec, read_plan

pytestmark = pytest.mark.unit

DOCS = Path(__file__).parents[3] / "docs"
FEW = "people: 20000\n"


def block(page: str, language: str, number: int = 0) -> str:
    """A block of code on a page."""
    found: list[str] = re.findall(rf"```{language}\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL)
    return found[number]


def test_the_example_in_python_runs_as_it_stands(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("south_west.yaml").write_text(block("how-to/run-many.md", "yaml") + FEW)
    exec(compile(block("how-to/run-many.md", "python"), "run-many.md", "exec"), {})
    said = capsys.readouterr().out
    assert "somerset Paired(mean=" in said
    assert "verdict" in said
    assert (tmp_path / "runs" / "south_west" / "summary.parquet").is_file()


def test_the_example_of_a_batch_file_is_one(tmp_path):
    file = tmp_path / "example.yaml"
    file.write_text(block("reference/batch-file.md", "yaml"))
    plan, resolved, places = read_plan(file)
    assert plan.plans == ("do_nothing", "prevention_shift", "community_first+declare_beds")
    assert [place.slug for place in places] == ["devon", "cornwall-and-isles-of-scilly", "somerset"]
    assert resolved[2].question.scenarios == ("community_first", "declare_beds")


def test_the_reference_names_every_key_and_no_other():
    rows = re.findall(
        r"^\| (`.*?) \|", (DOCS / "reference" / "batch-file.md").read_text().split("## The folder")[0], re.M
    )
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == set(BatchSpec.model_fields)
