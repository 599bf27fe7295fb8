"""What stands in a file and which rule it breaks, in words for whoever wrote the file: never in those of Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

LONGEST = 80
"""Characters of what was found that a message repeats."""

RULES: Mapping[str, Callable[[Any, Mapping[str, Any]], str]] = {
    "greater_than": lambda _, limits: f"must be above {limits['gt']:g}",
    "greater_than_equal": lambda _, limits: f"must be {limits['ge']:g} or more",
    "less_than": lambda _, limits: f"must be below {limits['lt']:g}",
    "less_than_equal": lambda value, limits: _at_most(value, limits["le"]),
    "literal_error": lambda _, limits: f"must be {limits['expected'].replace(chr(39), '')}",
    "finite_number": lambda *_: "must be a finite number",
    "string_type": lambda *_: "must be a text (in quotation marks, if it looks like anything else)",
    "string_too_short": lambda *_: "must not be empty",
    "too_short": lambda *_: "must not be empty",
}
"""The rule for what a check found, by the name of the check."""

FIRST_WORDS: Mapping[str, str] = {
    "int_": "must be a whole number",
    "float_": "must be a number",
    "bool_": "must be true or false",
    "date_": "must be a date with the year first, such as 2016-04-01",
    "dict_": "must hold keys and values, such as name: value",
    "mapping_": "must hold keys and values, such as name: value",
    "model_": "must hold keys and values, such as name: value",
}
"""The rule for checks that come in several forms, by how their names begin."""


def written(value: Any, longest: int = LONGEST) -> str:
    """A value as a file has it, cut after so many characters at a whole entry."""
    if isinstance(value, str):
        return f'"{value}"' if len(value) <= longest else f'"{value[:longest]}..."'
    if isinstance(value, Mapping):
        return _within(longest, "{}", (f"{key}: {_inner(each)}" for key, each in value.items()))
    if isinstance(value, list | tuple):
        return _within(longest, "[]", map(_inner, value))
    return _inner(value)


def rule_of(detail: Mapping[str, Any]) -> str:
    """The rule that a value breaks, from what a check of its shape found."""
    kind, value, limits = detail["type"], detail["input"], detail.get("ctx", {})
    if kind in RULES:
        return RULES[kind](value, limits)
    if kind in ("tuple_type", "list_type"):
        example = _inner(value) if isinstance(value, str | int | float) else "one, another"
        return f"must be a list, such as [{example}]"
    for beginning, rule in FIRST_WORDS.items():
        if kind.startswith(beginning):
            return rule
    said: str = detail["msg"]
    return said.removeprefix("Value error, ").replace("Input should", "must").rstrip(".")


def _inner(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.12g}"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {_inner(each)}' for key, each in value.items())}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_inner, value))}]"
    return str(value)


def _within(longest: int, brackets: str, parts: Iterator[str]) -> str:
    """Parts between brackets, as many as fit."""
    said: list[str] = []
    for part in parts:
        if sum(len(each) + 2 for each in said) + len(part) > longest:
            said.append("...")
            break
        said.append(part)
    return f"{brackets[0]}{', '.join(said)}{brackets[1]}"


def _at_most(value: Any, most: float) -> str:
    rule = f"must be at most {most:g}"
    percent = most == 1 and isinstance(value, int | float) and 1 < value <= 100
    return f"{rule}; write {value / 100:g} for {value:g} %" if percent else rule
