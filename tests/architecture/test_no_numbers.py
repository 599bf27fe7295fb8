"""No number about people, care or money stands in a .py file: numbers live in parameters/.

A float with two or more decimals is suspicious. What is left is arithmetic (365.25 days make a year) or belongs to
a file named in ALLOWED, with the reason. To add a file there is a decision: first try to make it a parameter.
"""

from __future__ import annotations

import io
import tokenize
from pathlib import Path

import pytest

pytestmark = pytest.mark.architecture
ROOT = Path(__file__).parents[2]
ROOMS = ("sim", "dashboard")
ANYWHERE = frozenset({"365.25"})
ALLOWED: dict[str, frozenset[str]] = {
    "dashboard/figures/timeline.py": frozenset({"0.28"}),  # distance of labels on a drawing
}
"""Numbers by file (from the root of the project) that are mathematics, not belief; each with a comment saying why."""


def files() -> list[Path]:
    return sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def suspicious(text: str) -> list[tuple[int, str]]:
    """Line and number, of each float written with two or more decimals."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return [(token.start[0], token.string) for token in tokens if token.type == tokenize.NUMBER and _long(token.string)]


def _long(number: str) -> bool:
    mantissa = number.lower().replace("_", "").split("e")[0]
    _, point, decimals = mantissa.partition(".")
    return bool(point) and len(decimals) >= 2


@pytest.mark.parametrize("path", files(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_belief_is_written_in_code(path):
    """A number found here wants a name, a unit, a range and a source in parameters/."""
    allowed = ANYWHERE | ALLOWED.get(path.relative_to(ROOT).as_posix(), frozenset())
    found = [(line, number) for line, number in suspicious(path.read_text()) if number not in allowed]
    assert not found, f"{path.name}: {found}"


def test_the_search_finds_what_it_should():
    """Floats with two decimals in any spelling; no integers, short floats, texts or comments."""
    text = "a = 0.65\nb = 1.5\nc = 12\nd = 1_000.25\ne = 1.25e3\nf = '0.99'  # 3.14\ng = 1e-9\n"
    assert suspicious(text) == [(1, "0.65"), (4, "1_000.25"), (5, "1.25e3")]


def test_what_is_allowed_is_still_there():
    """A number that is gone from a file is gone from the list."""
    for name, numbers in ALLOWED.items():
        present = {number for _, number in suspicious((ROOT / name).read_text())}
        assert numbers <= present, name
