"""The reference page names every command and every option, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer.main

from sim.cli.app import build

pytestmark = pytest.mark.unit

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "command-line.md"


def options() -> set[str]:
    """Every long and short option of every command, help aside."""
    commands = list(typer.main.get_command(build()).commands.values())
    commands += [each for command in commands for each in getattr(command, "commands", {}).values()]
    words = {word for command in commands for each in command.params for word in (*each.opts, *each.secondary_opts)}
    return {word for word in words if word.startswith("-")}


def test_every_option_is_on_the_page_and_every_option_on_the_page_is_one():
    written = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", PAGE.read_text()))
    assert options() <= written
    assert written - options() <= {"--help", "-9", "--"}


def test_every_command_has_its_section():
    for name in typer.main.get_command(build()).commands:
        assert f"## `upstream {name}`" in PAGE.read_text()
