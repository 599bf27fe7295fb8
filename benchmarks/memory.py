"""What a process has in memory, and what those have that it began; nothing where the system does not tell."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event

PROCESSES = Path("/proc")
EVERY = 1.0
"""Seconds between two looks."""


def resident(process: int) -> int:
    """Bytes in memory; 0 for a process that is gone."""
    with suppress(OSError):
        return int((PROCESSES / f"{process}" / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def begun_by(process: int) -> Iterator[int]:
    """Processes that a process began itself."""
    for each in PROCESSES.glob("[0-9]*"):
        with suppress(OSError):
            if (each / "stat").read_text().rpartition(")")[2].split()[1] == str(process):
                yield int(each.name)


def watch(process: int, over: Event, own: list[int], beside: list[int]) -> None:
    """Note every second what a process has in memory, and what those have together that it began."""
    while (PROCESSES / f"{process}").exists() and not over.wait(EVERY):
        own.append(resident(process))
        beside.append(sum(map(resident, begun_by(process))))
