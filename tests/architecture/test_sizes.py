"""Files a person can read in one sitting: none too long, and most neither long nor cut into crumbs."""

from __future__ import annotations

from pathlib import Path
from statistics import median

import pytest

pytestmark = pytest.mark.architecture
ROOT = Path(__file__).parents[2]
ROOMS = ("sim", "dashboard")
LONGEST = 300
LONGER = {"sim/engines/kernel.py": 400}
"""An event loop that is compiled as one whole may be somewhat longer."""
USUAL = (60, 165)


def lengths() -> dict[str, int]:
    """Lines by file."""
    files = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    return {path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in files}


def test_no_file_is_too_long():
    """A file over the limit is two things; find the second one's name."""
    long = {name: lines for name, lines in lengths().items() if lines > LONGER.get(name, LONGEST)}
    assert not long


def test_the_usual_file_is_neither_long_nor_a_crumb():
    least, most = USUAL
    assert least <= median(lengths().values()) <= most
