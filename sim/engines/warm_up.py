"""Compile everything before anybody waits for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from sim.engines import compiling
from sim.engines.compile_cache import has_code
from sim.engines.compiled import CompiledEngine
from sim.engines.kernel import run
from sim.network.model import Arrivals, CareNetwork, Distribution, Group, Route, Station


@dataclass(frozen=True, slots=True)
class WarmUp:
    """How long it took, in seconds, and whether compiled code was there already."""

    seconds: float
    from_cache: bool


def warm_up(tell: Callable[[str], None]) -> WarmUp:
    """Compile the engine, or load what an earlier process compiled; `tell` is told if it will take long.

    Every network is the same to the compiler, so the smallest will do.
    """
    begins = time.perf_counter()
    if compiling.COMPILES and not has_code(compiling.FOLDER):
        tell("Compiling the engine, once for this version; it takes up to a minute.")
    CompiledEngine(_smallest(), 0, 0).advance(0.5)
    return WarmUp(time.perf_counter() - begins, compiling.was_on_disk(run))


def _smallest() -> CareNetwork:
    """One place, and one group that comes to it."""
    stay = {"ward": Distribution("deterministic", {"value": 1.0})}
    routes = {"ward": (Route("out", 1.0),)}
    group = Group("all", "All", "all", arrivals=Arrivals("ward", rate=1.0), stays=stay, routes=routes)
    return CareNetwork("Warm-up", "", "days", ("out",), (Station("ward", "Ward", ((0.0, 1.0),)),), (group,))
