"""Sixty days of one locality as a job: the same people when nothing is done, and under the plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from math import ceil

from dashboard.answering.jobs import ImpossibleError, Pace
from dashboard.answering.runs import Task
from dashboard.answering.studies import Named
from dashboard.facts.watched import WHATS, Day, Watched, Way, World
from dashboard.gateway.catalogue import DO_NOTHING
from dashboard.gateway.looked_up import believed, resolved
from dashboard.gateway.replications import key
from sim.experiments.run import task_of
from sim.experiments.tracks import DIED, GAVE_UP, Count, Step, Tracks, localities, one_in, spared, tracks_of
from sim.inputs import STATIONS, Faults, first_year
from sim.results.dates import month_start
from sim.system import Place
from sim.system.place import MONTH
from sim.system.watching import watch

MONTHS = 2
"""Watched, of a little over thirty days each; the page begins with the first day of the first on the calendar."""

MOST_DRAWN = 14_000
"""People on one drawing; in a larger locality one in so many is drawn."""

KINDS = ("emergency", "elective", "community")
PLACES = (*STATIONS, "home", "ended", DIED, GAVE_UP)
PARTS_OF_A_DAY = 100


def watched(task: Task, month: int) -> Named:
    """The work: one replication of a question, watched from a month of the run on, counted from 0."""
    asked = replace(task, replication=0)
    first = min(max(month, 0), task.years * 12 - MONTHS)
    return Named(f"watch {first} {key(asked)}", partial(_watched, asked, first))


def _watched(task: Task, first: int, pace: Pace) -> Watched:
    nothing = replace(task, plan=DO_NOTHING, settings=())
    asked = list(dict.fromkeys((nothing, task)))
    wanted = len(asked) * task.years * 12
    try:
        seen = [_one(each, first, pace, number * task.years * 12, wanted) for number, each in enumerate(asked)]
    except (Faults, ValueError) as problem:
        raise ImpossibleError(" ".join(str(problem).split())) from problem
    place, tracks = seen[0][0], [each for _, each in seen]
    return _together(task, place, tracks)


def _one(task: Task, first: int, pace: Pace, before: int, wanted: int) -> tuple[Place, Tracks]:
    """One course of events; progress is told by month, and the job may be stopped after each."""

    def on_month(month: int) -> None:
        pace.tell(before + month + 1, wanted)
        pace.step()

    place = task_of(resolved(task)).place
    day = begins(first)
    month = int(day // MONTH)
    found = watch(place, task.seed, task.replication, month, first + MONTHS - month, on_month, since=day)
    return place, tracks_of(found, localities(place.network)[0])


def begins(month: int) -> int:
    """The first day of a month, counted from the run's own first day.

    Months of a run are equally long, and those of the calendar are not: the 1st may lie a day or two before the run's
    month begins, or after it. Demand follows the calendar, day by day, so a day must keep its own date.
    """
    year = first_year(believed())
    return (month_start(month, year) - month_start(0, year)).days


def _together(task: Task, place: Place, tracks: Sequence[Tracks]) -> Watched:
    before, after = tracks[0], tracks[-1]
    gone = spared(before, after)
    everybody = sorted(before.people.keys() | after.people.keys())
    share = max(1, ceil(len(everybody) / MOST_DRAWN))
    drawn = set(one_in(everybody, share))
    number = place.localities
    return Watched(
        begins=(month_start(0, first_year(believed())) + timedelta(days=before.first)).isoformat(),
        localities=number,
        residents=round(task.people / number),
        pooled=place.parameters.value("capacity.pooling_share") > 0,
        one_in=share,
        kinds=KINDS,
        places=PLACES,
        worlds=tuple(World(tuple(_day(each) for each in one.counts), one.places) for one in tracks),
        ways=tuple(way for person in everybody if person in drawn for way in _ways(person, tracks, frozenset(gone))),
        spared=len(gone),
        elsewhere=sum(person in after.people for person in gone),
        besides=len(spared(after, before)),
    )


def _day(count: Count) -> Day:
    return Day(count.waiting, count.occupied, count.delayed, count.blocked, count.came, count.left)


def _ways(person: int, tracks: Sequence[Tracks], gone: frozenset[int]) -> Iterator[Way]:
    """A person's way in each world; once, where it is the same in both."""
    found = [each.people.get(person) for each in tracks]
    if len(found) == 2 and found[0] == found[1]:
        found, both = found[:1], 3
    else:
        both = 1
    for world, track in enumerate(found):
        if track is not None:
            steps = tuple(part for step in track.steps for part in _written(step))
            yield Way(KINDS.index(track.kind), both << world, person in gone and world == 0, steps)


def _written(step: Step) -> tuple[int, int]:
    wants = PLACES.index(step.wants) if step.wants else -1
    code = WHATS.index(step.what) + 8 * (PLACES.index(step.at) + 32 * (wants + 1))
    return round(step.day * PARTS_OF_A_DAY), code
