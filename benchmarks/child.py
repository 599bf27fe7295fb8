"""A measurement in a fresh process, so that none inherits another's heap, tables or compiled code."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).parents[1]
COMPILED_CODE = "NUMBA_CACHE_DIR"


class MeasurementError(RuntimeError):
    """A measuring process ended with an error; its own words are kept."""


def measured(task: str, asked: dict[str, Any], cache: Path | None = None) -> dict[str, Any]:
    """What the task found, with wall and CPU seconds of its whole process.

    cache   a folder for compiled code; None for the usual one
    """
    command = [sys.executable, "-m", "benchmarks.once", json.dumps({"task": task} | asked)]
    environment = os.environ | ({COMPILED_CODE: str(cache)} if cache else {})
    began = perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            printed, complaint = process.communicate()
        except BaseException:
            process.kill()
            raise
    if process.returncode != 0:
        raise MeasurementError(f"{task} {asked}\n{complaint}")
    found = json.loads(printed.splitlines()[-1])
    return found | {"process_wall": perf_counter() - began}


@contextmanager
def fresh_cache() -> Iterator[Path]:
    """A folder in which no compiled code lies yet."""
    folder = Path(tempfile.mkdtemp(prefix="upstream-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
