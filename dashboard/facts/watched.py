"""Sixty days of one locality as they were watched: people on their ways, and counts of each midnight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Day:
    """People of the locality at one midnight, and since the one before, everybody counted.

    waiting, occupied   by kind of place: without a place, and in places
    delayed, blocked    in hospital and ready to leave, by the kind of place they are to go to: held for other reasons,
                        and held because it is full
    came                by kind of group; "back" came back after going home
    left                by exit; "gave_up" never got a place
    """

    waiting: Counts
    occupied: Counts
    delayed: Counts
    blocked: Counts
    came: Counts
    left: Counts


@dataclass(frozen=True, slots=True)
class World:
    """One course of events: the days, and core places open at each midnight by kind of place."""

    days: tuple[Day, ...]
    places: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Way:
    """One person drawn.

    kind    index of the kind of group they belong to
    worlds  1: only when nothing is done; 2: only with the plan; 3: the same in both
    spared  when nothing is done they come to hospital, and with the plan they do not
    steps   times in hundredths of a day and what begins then, in turn: what + 8 * (at + 32 * (wants + 1)), the first
            an index in WHATS, the others in the places of `Watched`
    """

    kind: int
    worlds: int
    spared: bool
    steps: tuple[int, ...]


WHATS = ("waits", "stays", "delayed", "blocked", "left")


@dataclass(frozen=True, slots=True)
class Watched:
    """What was watched.

    begins      the day that begins at the first midnight, as an ISO date: the first of a month
    localities  in the place; the first one is watched
    residents   people who live in it
    pooled      whether localities take each other's patients
    one_in      one person in so many is drawn
    kinds, places   names that indices in ways stand for
    worlds      doing nothing first; the plan, if it differs
    spared, elsewhere   people who come to hospital only when nothing is done, and those of them who then need care
                        at home instead
    besides     people who come to hospital only with the plan
    """

    begins: str
    localities: int
    residents: int
    pooled: bool
    one_in: int
    kinds: Sequence[str]
    places: Sequence[str]
    worlds: tuple[World, ...]
    ways: tuple[Way, ...]
    spared: int
    elsewhere: int
    besides: int
