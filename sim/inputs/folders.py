"""Where the parameters stand: beside `sim` in a checkout, inside it in an installed package."""

from __future__ import annotations

from pathlib import Path


def default_folder() -> Path:
    """The folder of parameters that is shipped with this code."""
    packaged = Path(__file__).parents[1] / "_parameters"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "parameters"
