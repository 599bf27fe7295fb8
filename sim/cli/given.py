"""The command that was given, as a page that it printed names it."""

from __future__ import annotations

from collections.abc import Sequence


def command_of(part: str, given: Sequence[tuple[str, object]]) -> str:
    """The command in words that would give it again.

    given   options by name; one that is None, False or empty was not given, one that is True stands alone
    """
    words = [f"upstream {part}"]
    for name, value in given:
        if value is None or value is False:
            continue
        several = value if isinstance(value, list | tuple) else [value]
        words += [f"--{name}" if each is True else f"--{name} {each}" for each in several]
    return " ".join(words)
