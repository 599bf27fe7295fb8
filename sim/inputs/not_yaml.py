"""What keeps a text from being YAML: the line at fault, its words, and what to write instead."""

from __future__ import annotations

import re

from ruamel.yaml.error import MarkedYAMLError

from sim.inputs.faults import Fault
from sim.inputs.wording import written

NO_BLANK = re.compile(r"\s*(- +)?[\w.]+:[^\s:/]")
"""A key whose colon has no blank after it."""

WAYS_TO_CLOSE = "is not closed, or a comma is missing, or a text that holds a colon has no quotation marks"


def not_yaml(error: MarkedYAMLError, text: str, name: str) -> Fault:
    """The fault for what the reader of YAML stumbled over, at the line where it was written."""
    lines = text.splitlines()
    stumbled = error.problem_mark.line if error.problem_mark else 0
    began = error.context_mark.line if error.context_mark else stumbled
    problem = error.problem or str(error)
    if "'\\t'" in problem:
        return Fault(name, stumbled + 1, "", "", "a tab stands where only spaces may; indent with spaces")
    context = error.context or ""
    if "mapping values are not allowed" in problem:
        column = error.problem_mark.column if error.problem_mark else 0
        line, rule = _stray_colon(lines, stumbled, column)
    elif "could not find expected ':'" in problem:
        line, rule = began, _no_colon(_line(lines, began))
    elif "flow" in context or "quoted" in context:
        line, rule = began, _not_closed(context, _line(lines, began), began, stumbled)
    else:
        line, rule = stumbled, _otherwise(problem)
    found = _line(lines, line).strip()
    return Fault(name, line + 1, "", f"{written(found)}:" if found else "", f"this is not YAML: {rule}")


def _line(lines: list[str], line: int) -> str:
    return lines[line] if line < len(lines) else ""


def _no_colon(text: str) -> str:
    return "put a blank after the colon" if NO_BLANK.match(text) else "a key ends with a colon, and here there is none"


def _stray_colon(lines: list[str], line: int, column: int) -> tuple[int, str]:
    """A colon inside a text; or the first of its line, when something about the line before is wrong."""
    text = _line(lines, line)
    if ":" in text[:column]:
        key, _, value = text.strip().removeprefix("- ").partition(":")
        return line, f'quote a text that holds a colon: {key}: "{value.strip()}"'
    if line and NO_BLANK.match(_line(lines, line - 1)):
        return line - 1, "put a blank after the colon"
    rule = "this line, or the one before it, is not indented as the lines it belongs to; or it is part of a text, and a"
    return line, f"{rule} text that holds a colon must be quoted"


def _not_closed(context: str, text: str, began: int, stumbled: int) -> str:
    if "quoted" in context:
        return "a quotation mark opens here and is not closed"
    mark = "{" if "mapping" in context else "["
    where = f"before line {stumbled + 1}" if stumbled > began else "in this line"
    return f"the {mark} that opens here {WAYS_TO_CLOSE} {where}" if mark in text else f"something {WAYS_TO_CLOSE}"


def _otherwise(problem: str) -> str:
    if "cannot start any token" in problem:
        mark = re.findall(r"'(.)'", problem)
        return f"quote a text that begins with {mark[0]}" if mark else "quote this text"
    if "<scalar>" in problem:
        return "quote a text that holds quotation marks as a whole"
    if "expected <block end>" in problem:
        return "this line is not indented as the lines it belongs to"
    if "another document" in problem:
        return "a file holds one document, and here a second one begins"
    return problem.strip().rstrip(".")
