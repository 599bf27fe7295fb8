"""Where compiled code is kept between processes: a folder for each version of the lines it was made from."""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
from pathlib import Path

from platformdirs import user_cache_path

NAME = "compiled-"
_EARLIER_KEPT = 2
"""Folders of other versions that stay: somebody may go back and forth between two."""

_ROOM = Path(__file__).parent
_COMPILED = (_ROOM, _ROOM.parent / "randomness", _ROOM.parent / "results" / "waits.py")
"""All lines that may be compiled, and the numbers written into them: numba itself looks at one file only."""


def fingerprint() -> str:
    """A short name of the present version of these lines."""
    digest = hashlib.sha256()
    for place in _COMPILED:
        for path in sorted(place.glob("*.py")) if place.is_dir() else [place]:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def folder_to_use(chosen: str) -> Path | None:
    """A folder that can be written to: the chosen one, else this version's own; None, and a sentence, if it cannot."""
    folder = Path(chosen) if chosen else user_cache_path("upstream") / f"{NAME}{fingerprint()}"
    is_new = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        sys.stderr.write(
            f"Compiled code cannot be kept in {folder} ({error.strerror}), so every start compiles anew, which takes "
            "up to a minute; NUMBA_CACHE_DIR names another folder.\n"
        )
        return None
    if is_new and not chosen:
        remove_earlier(folder)
    return folder


def remove_earlier(folder: Path) -> None:
    """Remove what earlier versions left beside this folder, except the newest few."""
    others = [path for path in folder.parent.glob(f"{NAME}*") if path != folder and path.is_dir()]
    others.sort(key=lambda path: path.stat().st_mtime)
    for path in others[: max(0, len(others) - _EARLIER_KEPT)]:
        shutil.rmtree(path, ignore_errors=True)


def has_code(folder: Path | None) -> bool:
    """Is anything compiled kept there?"""
    return folder is not None and any(folder.rglob("*.nbi"))
