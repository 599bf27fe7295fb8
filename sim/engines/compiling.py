"""The door to numba: functions as machine code, and tuples of arrays that are handed on by their address.

With UPSTREAM_NO_COMPILE=1 everything here hands back what it was given, so that the same lines run as plain Python
and can be stepped through.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])

COMPILES = os.environ.get("UPSTREAM_NO_COMPILE", "") in ("", "0")

FOLDER: Path | None = None
"""Where compiled code is kept, if anywhere."""

# Nothing compiled allocates memory or can fail: without reference counts and checks of divisors the code is
# three times as fast.
_OPTIONS = {"nogil": True, "error_model": "numpy", "_nrt": False}


def compiled(function: Function) -> Function:
    """The function as machine code that holds no lock, kept on disk between processes if that can be."""
    return numba.njit(cache=FOLDER is not None, **_OPTIONS)(function) if COMPILES else function


def called(function: Function) -> Function:
    """A part of a compiled function; the compiler may write it out where it is called, or call it."""
    return numba.njit(**_OPTIONS)(function) if COMPILES else function


def inlined(function: Function) -> Function:
    """A part of a compiled function that is written out where it is called: short, or called in one place only."""
    return numba.njit(forceinline=True, **_OPTIONS)(function) if COMPILES else function


def kept(whole: tuple[Any, ...]) -> Any:
    """A tuple of arrays and numbers as compiled functions want it; it stays where it is until nobody holds this.

    Arrays may be written to; the tuple itself, and where its arrays lie, never change.
    """
    return Kept(whole) if COMPILES else whole


def was_on_disk(function: Callable[..., Any]) -> bool:
    """Was the machine code of a compiled function found on disk, rather than made in this process?"""
    known = getattr(function, "stats", None)
    return known is not None and bool(known.cache_hits)


if not COMPILES:

    def fetch(array: Any, row: int) -> None:
        """Nothing to do."""

else:
    import numba

    from sim.engines.compile_cache import folder_to_use
    from sim.engines.references import Kept, fetch

    FOLDER = folder_to_use(numba.config.CACHE_DIR)
    if FOLDER is not None:
        numba.config.CACHE_DIR = str(FOLDER)

__all__ = ["COMPILES", "FOLDER", "called", "compiled", "fetch", "inlined", "kept", "was_on_disk"]
