"""What the machine and its environment variables allow: threads, memory, and smaller sizes for tests."""

from __future__ import annotations

import os

WORKERS = "UPSTREAM_WORKERS"
"""How many simulations run at a time; else one a core."""

SAMPLE = "UPSTREAM_SAMPLE"
"""The largest number of people simulated, for slow machines and tests."""

REPLICATIONS = "UPSTREAM_REPLICATIONS"
"""The usual number of replications."""

DRAWS = "UPSTREAM_DRAWS"
"""The usual number of draws, when it is asked what follows if the numbers are wrong."""

MEMORY = "UPSTREAM_MEMORY_MB"
"""How much is remembered of what simulations went through, in megabytes."""

MEGABYTE = 2**20
MOST_MEMORY = 1024 * MEGABYTE


def whole(variable: str) -> int:
    """A whole number above 0 from the environment; 0 when there is none."""
    given = os.environ.get(variable, "")
    return int(given) if given.isdecimal() else 0


def thread_count() -> int:
    """How many simulations run at a time: as told, else the cores this process may use."""
    return whole(WORKERS) or _cores()


def memory_budget() -> int:
    """Bytes to remember in: as told, else a gigabyte, or a quarter of a smaller machine's memory."""
    given = whole(MEMORY)
    if given:
        return given * MEGABYTE
    if not hasattr(os, "sysconf"):
        return MOST_MEMORY
    return min(MOST_MEMORY, os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 4)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
