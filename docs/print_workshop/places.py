"""Where the kit's files are, and how a workshop's page of expected results is called."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parents[1] / "workshop"


def expected_file(workshop: str) -> Path:
    return FOLDER / f"expected-{workshop.replace('_', '-')}.md"
