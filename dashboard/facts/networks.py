"""A care network as its file describes it, ready to be drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class NetworkBox:
    """A door, a station or an exit, and what is to be said in it."""

    id: str
    label: str
    sort: Literal["door", "station", "exit"]
    words: Sequence[str] = ()
    owner: str = ""


@dataclass(frozen=True, slots=True)
class NetworkArrow:
    """A way from box to box; `holds` whether who finds the target full keeps the place they are in."""

    source: str
    target: str
    sort: Literal["arrival", "route", "readmission"]
    words: Sequence[str] = ()
    holds: bool = False


@dataclass(frozen=True, slots=True)
class Network:
    """A network by the name of its file.

    title, says, source   as the file has them
    legend                how to read the drawing, line by line
    faults                what is wrong with the file, if it cannot be read
    """

    id: str
    title: str
    says: str = ""
    source: str = ""
    boxes: Sequence[NetworkBox] = ()
    arrows: Sequence[NetworkArrow] = ()
    legend: Sequence[str] = ()
    faults: str = ""
