"""What the shelf refuses is said in the language of whoever reads it."""

from __future__ import annotations

import ast
import sqlite3
from pathlib import Path

import pytest

import dashboard
from dashboard.shelf.trouble import out_of_order
from dashboard.wording.language import speaking

pytestmark = pytest.mark.unit
ROOT = Path(dashboard.__file__).parent


def test_no_fault_of_the_shelf_is_written_without_being_put_up_for_translation():
    raised = [
        (file.name, node.lineno)
        for file in sorted((ROOT / "shelf").glob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and isinstance(node.exc.func, ast.Name)
        if node.exc.func.id.endswith("Error")
        and node.exc.args
        and isinstance(node.exc.args[0], (ast.Constant, ast.JoinedStr))
    ]
    assert raised == []


def test_a_fault_is_said_in_the_language_of_whoever_reads_it():
    fault = out_of_order(sqlite3.OperationalError(), "a file")
    with speaking("cy"):
        assert str(fault).startswith("Cronfa ddata'r senarios, a file: ni ellir ei defnyddio")
    assert str(fault).startswith("The database of scenarios, a file, cannot be used")
