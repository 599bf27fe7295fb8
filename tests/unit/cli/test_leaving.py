"""How a command ends when it is stopped: with what is true of what was finished."""

from __future__ import annotations

import pytest
import typer

from sim.cli.app import build
from sim.cli.leaving import BAD_INPUT, INTERRUPTED, all_or_nothing, ends_well
from sim.results.store import DamagedError

pytestmark = pytest.mark.unit

KEEPS_NOTHING = {"calibrate", "network", "validate"}
"""Commands whose replications are not kept on disk."""


def stopped() -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("ending", "said"),
    [(ends_well, "What is finished is kept"), (all_or_nothing, "Nothing was written")],
)
def test_a_stopped_command_says_what_is_kept_and_leaves_with_130(ending, said, capsys):
    with pytest.raises(typer.Exit) as left:
        ending(stopped)()
    assert left.value.exit_code == INTERRUPTED
    assert said in capsys.readouterr().err


def test_what_was_damaged_meanwhile_is_named_and_what_to_do(capsys):
    def damaged() -> None:
        raise DamagedError("tasks/a.parquet is damaged.")

    with pytest.raises(typer.Exit) as left:
        ends_well(damaged)()
    assert left.value.exit_code == BAD_INPUT
    said = " ".join(capsys.readouterr().err.split())
    assert said == "tasks/a.parquet is damaged. Run it again: what is damaged is worked out anew."


@pytest.mark.parametrize("name", sorted(KEEPS_NOTHING))
def test_a_command_that_keeps_nothing_does_not_promise_it(name, monkeypatch, capsys):
    """Stopped at the first thing it does."""
    command = next(each.callback for each in build().registered_commands if each.callback.__name__ == name)
    monkeypatch.setitem(command.__wrapped__.__globals__, "raise_any", lambda _: stopped())
    with pytest.raises(typer.Exit):
        command(*(["clinic_queue"] if name == "network" else []))
    assert "Nothing was written" in capsys.readouterr().err
