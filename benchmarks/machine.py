"""The machine that measures, as far as it bears on speed; nothing that would name it."""

from __future__ import annotations

import os
import platform
import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("numba", "numpy", "scipy", "simpy", "ciw", "salabim")


def description() -> dict[str, str | int | float]:
    """Processor, cores, memory, system, and versions of what was measured."""
    known = {name: _version(name) for name in PACKAGES}
    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        "memory_gb": round(_memory() / 2**30),
        "system": f"{platform.system()} on {platform.machine()}",
        "python": platform.python_version(),
    } | {name: found for name, found in known.items() if found}


def short_name() -> str:
    """A name for the file of results, such as amd-epyc-2-cores."""
    machine = description()
    words = re.sub(r"\(.*?\)|CPU|@.*|Processor", " ", str(machine["processor"])).lower()
    return re.sub(r"[^a-z0-9]+", "-", f"{words} {machine['cores']} cores").strip("-")


def load() -> float:
    """Processes that wanted a core, on average over the last minute; 0 where the system does not say."""
    return round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else 0.0


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _processor() -> str:
    path = Path("/proc/cpuinfo")
    found = re.search(r"^model name\s*:\s*(.+)$", path.read_text(), re.MULTILINE) if path.exists() else None
    return found[1].strip() if found else platform.processor() or platform.machine()


def _memory() -> float:
    return float(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")) if hasattr(os, "sysconf") else 0.0
