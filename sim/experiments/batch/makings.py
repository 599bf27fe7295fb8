"""What a machine's numbers are made of, so that a worker with other makings is refused by name before it works."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.experiments.identity import asking_digest, code_digest, data_digest, libraries

Makings = Mapping[str, str]

HASHES = {
    "model": "the model's code",
    "asking": "the code that asks",
    "tables": "the tables beside the parameters",
}
"""What is compared by its hash, whose digits tell a reader nothing."""


class OtherMakingsError(RuntimeError):
    """A task that came to a worker of other makings: nothing was worked out."""

    def __init__(self, worker: str, unlike: str) -> None:
        super().__init__(worker, unlike)
        self.worker, self.unlike = worker, unlike


def makings() -> dict[str, str]:
    """Of this process, by name: versions of libraries, and hashes of code and tables."""
    hashes = {"model": code_digest(), "asking": asking_digest(), "tables": data_digest()}
    return {**libraries(), **hashes}


def unlike(theirs: Makings, ours: Makings) -> str:
    """In which a worker differs from whoever asks it, in words; nothing where they are the same."""
    return "; ".join(_differences(theirs, ours))


def _differences(theirs: Makings, ours: Makings) -> Iterator[str]:
    for name, here in ours.items():
        there = theirs.get(name, "nothing")
        if there == here:
            continue
        yield f"another version of {HASHES[name]}" if name in HASHES else f"{name} {there}, and here {here}"
