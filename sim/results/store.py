"""Results on disk: Parquet tables and JSON documents beside a manifest, written whole or not at all.

Every file is written under a temporary name in the same folder, flushed to the disk and renamed, so that a
reader finds the old file or the new one and never half of it. The same results give the same bytes; what
differs from run to run (when, how long, on how many threads) stands in the manifest's block `run` alone.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import orjson
import polars as pl

from sim.results.history import History

MANIFEST = "manifest.json"
SAME_BYTES = "Everything but the block `run` is the same, byte for byte, whenever the same question is asked."


class CannotWriteError(Exception):
    """A folder or file that results cannot be written to; the message says which and why."""


class DamagedError(Exception):
    """A kept file that is not what was written."""


def sha256(payload: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(payload).hexdigest()


def table_bytes(table: pl.DataFrame) -> bytes:
    """A table as Parquet; the same table gives the same bytes."""
    buffer = BytesIO()
    table.write_parquet(buffer, compression="zstd")
    return buffer.getvalue()


def json_bytes(document: object) -> bytes:
    """A document as JSON with sorted keys, indented, ending in a newline; nan becomes null."""
    options = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE | orjson.OPT_SERIALIZE_NUMPY
    return orjson.dumps(document, option=options)


def prepare_folder(folder: Path) -> Path:
    """Make a folder and try to write in it, before anything is run; raises CannotWriteError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"upstream")
            probe.flush()
    except OSError as error:
        raise _cannot_write(folder, error) from error
    return folder


def write_together(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write several files whole, or none of them: names appear only after every one lies on the disk.

    files   bytes by name, put in place in the order given
    Raises CannotWriteError and leaves no temporary file when the disk is full or the folder refuses.
    """
    written: list[tuple[Path, Path]] = []
    try:
        for name, payload in files.items():
            temporary = folder / f".{name}.{os.getpid()}.part"
            written.append((temporary, folder / name))
            _write_through(temporary, payload)
        for temporary, target in written:
            temporary.replace(target)
        _flush_folder(folder)
    except OSError as error:
        raise _cannot_write(folder, error) from error
    finally:
        for temporary, _ in written:
            with suppress(OSError):
                temporary.unlink()


def save(
    folder: Path,
    tables: Mapping[str, pl.DataFrame],
    documents: Mapping[str, object],
    manifest: Mapping[str, object],
    run: Mapping[str, object],
) -> None:
    """Write a run: tables as <name>.parquet, documents as <name>.json, and the manifest last.

    manifest   what was asked and with which numbers; the same for the same question
    run        when, how long and on how many threads; the only part that differs between runs
    """
    files = {f"{name}.parquet": table_bytes(table) for name, table in tables.items()}
    files |= {f"{name}.json": json_bytes(document) for name, document in documents.items()}
    sums = {name: sha256(payload) for name, payload in files.items()}
    whole = {**manifest, "files": sums, "note": SAME_BYTES, "run": dict(run)}
    write_together(folder, files | {MANIFEST: json_bytes(whole)})


def write_sealed(path: Path, payload: bytes) -> None:
    """Write one file with its own checksum in front, atomically; raises CannotWriteError."""
    write_together(path.parent, {path.name: sha256(payload).encode() + b"\n" + payload})


def read_sealed(path: Path) -> bytes | None:
    """What `write_sealed` wrote; None when there is no such file.

    Raises DamagedError when the file is not whole or was changed.
    """
    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise DamagedError(f"{path} cannot be read ({error.strerror}).") from error
    seal, _, payload = content.partition(b"\n")
    if seal != sha256(payload).encode():
        raise DamagedError(f"{path} is damaged.")
    return payload


def history_bytes(history: History) -> bytes:
    """One replication as bytes; `history_from_bytes` reads it back number for number."""
    return table_bytes(history.wide())


def history_from_bytes(payload: bytes) -> History:
    """The replication that `history_bytes` wrote."""
    return History.from_wide(pl.read_parquet(BytesIO(payload)))


def _write_through(path: Path, payload: bytes) -> None:
    with path.open("wb") as file:
        file.write(payload)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """Put the renames themselves on the disk; only where folders can be flushed."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _cannot_write(folder: Path, error: OSError) -> CannotWriteError:
    why = error.strerror or str(error)
    return CannotWriteError(f"{folder}: results cannot be written here: {why}. Nothing was left half-written.")
