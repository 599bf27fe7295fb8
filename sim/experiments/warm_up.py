"""Make the engine ready before somebody waits for an answer."""

from __future__ import annotations

from collections.abc import Callable

from sim.engines.warm_up import WarmUp
from sim.engines.warm_up import warm_up as compile_or_load

__all__ = ["WarmUp", "warm_up"]


def warm_up(tell: Callable[[str], None]) -> WarmUp:
    """Compile the engine, or load what an earlier process compiled: see `sim.engines.warm_up`."""
    return compile_or_load(tell)
