"""What a replication keeps from event to event: arrays for compiled code, all in one piece of memory."""

from __future__ import annotations

from math import floor, frexp, inf
from typing import NamedTuple

import numpy as np

from sim.engines.arrays import Rules, SmallArray
from sim.engines.contract import FloatArray, IntArray
from sim.engines.layout import Bytes, Room, arrays_in, memory_for
from sim.network.model import CareNetwork
from sim.network.traffic import mean_rate


class State(NamedTuple):
    """What a replication keeps, for room of N people in the system; sized by people inside, not people ever seen.

    key        seed and replication
    people     N by 16, a cache line each (see the columns below)
    moments    N by 8: the same memory as numbers of 64 bits, for their column SINCE
    times      N: when their next event is due
    after      N: who comes next in the same bucket of the calendar, or in the list of free records
    links      lines by N by 2: the next and the one before in each waiting line
    lines      S by lines by classes by 2: first and last person
    wards      S by 4: places taken, waiting outside, in the buffer, in the line
    places     S: core places now
    levels     by level: value, and area from the period's beginning to its end if the value stays
    unsettled  stations whose free places are still to be given out, in order
    ring       first person in each bucket of the calendar
    opened, due   people of the open bucket in order, and their times
    come, coming, first_over   C: the next people to arrive, in order: when, who (columns below), and when their
               first stay is over if it begins at once
    counts     the counts named below
    clock      the times named below
    """

    key: IntArray
    people: SmallArray
    moments: FloatArray
    times: FloatArray
    after: SmallArray
    links: SmallArray
    lines: SmallArray
    wards: IntArray
    places: FloatArray
    levels: FloatArray
    unsettled: SmallArray
    ring: SmallArray
    opened: SmallArray
    due: FloatArray
    come: FloatArray
    coming: SmallArray
    first_over: FloatArray
    counts: IntArray
    clock: FloatArray


class Kept(NamedTuple):
    """A state and the memory it lies in."""

    state: State
    memory: Bytes
    rooms: dict[str, Room]


STREAM, BLOCK, INDEX, ADDRESS, GROUP, WARD, HELD, STATE, ROUTE, FLAGS, BACK, LEFT = range(12)
"""Columns of `people`. ADDRESS is spell | rounds << 16, as their random numbers are addressed; BACK: will they come
back? LEFT: whose place they gave up, while they are in a buffer."""
SINCE = 7
"""Column of `moments`, behind those of `people`: since when they wait."""
AT_HOME, STAYING, DELAYED, WAITING, BLOCKED, BUFFERED = range(6)
"""Where a person is; who is WAITING came from outside."""
OUTSIDE, MOVES, LIMITED, DIES = 1, 2, 4, 8
"""Flags: came from outside, may move to a sister, will give up some time, and will have died then."""
STAYS_AWAY, COMES_BACK, UNKNOWN = range(3)
"""What BACK says."""
QUEUE, MOVERS, BUFFER = range(3)
"""Waiting lines: everyone, those who may move to a sister, those who are blocked and may come into a buffer."""
TAKEN, OUT, IN_BUFFER, IN_LINE = range(4)
VALUE, AREA = range(2)
NOW, CENSUS_DUE, FIXED, END, UNTIL, WIDTH, A_UNIT = range(7)
"""Times: now, of the next census, of the next thing fixed in time; the period's end as SimPy's clock has it (which
adds the way to go to the present) and as asked for; width of a bucket, buckets in a unit."""
(
    FREE, USED, INSIDE, CURRENT, NEXT, LAST, IN_RING, HEAD, TAIL, STEP, START, FAULT, EVENTS, NEXT_COMING, COMING, UNIT,
    EARLY, READY,
) = range(18)  # fmt: skip
"""Counts: free list and highest record used; people inside; the open bucket, its next and last entry, people in
closed ones; head and tail of `unsettled`; next capacity step and next person at the start; a fault; events so far;
the next of those `coming` and how many; the next unit whose arrivals are to be drawn; steps that hold from the very
beginning; is everything done that comes before a period's events?"""
CAME_AT, AWAY, WAY, RETURNS = 4, 5, 6, 7
"""Columns of `coming`, behind stream, block, index and group: station, diverted?, route after the first stay, BACK."""
COMING_COLUMNS = 8

EVENTS_A_BUCKET = 8
EVENTS_A_PERSON = 3
TURN = 4096
"""Fewest buckets in the ring: at eight events each, more than most stays of a place of usual size are long."""


def empty_state(rules: Rules, lines: int, people: int, coming: int, turn: int) -> Kept:
    """Nobody in it; room for so many people inside, and to come next, and so many buckets in the ring."""
    rooms = _rooms(rules, rules.stay.shape[1], lines, people, coming, turn)
    memory = memory_for(rooms)
    return Kept(state_in(memory, rooms), memory, rooms)


def state_in(memory: Bytes, rooms: dict[str, Room]) -> State:
    """The state that lies in this memory."""
    arrays = arrays_in(memory, rooms)
    return State(moments=arrays["people"].view(np.float64), **arrays)


def _rooms(rules: Rules, stations: int, lines: int, people: int, coming: int, turn: int) -> dict[str, Room]:
    small, whole, real = np.int32, np.int64, np.float64
    return {
        "people": Room((people, 16), small),
        "key": Room((2,), whole),
        "counts": Room((18,), whole),
        "clock": Room((7,), real),
        "times": Room((people,), real),
        "after": Room((people,), small),
        "links": Room((lines, people, 2), small),
        "lines": Room((stations, lines, 2 * rules.orders, 2), small),
        "wards": Room((stations, 4), whole),
        "places": Room((stations,), real),
        "levels": Room((rules.levels, 2), real),
        "unsettled": Room((_most_unsettled(stations, people),), small),
        "ring": Room((turn,), small),
        "opened": Room((people,), small),
        "due": Room((people,), real),
        "come": Room((coming,), real),
        "coming": Room((coming, COMING_COLUMNS), small),
        "first_over": Room((coming,), real),
    }


def begin(network: CareNetwork, rules: Rules, key: tuple[int, int], begins: float, lines: int, coming: int) -> Kept:
    """The people who are inside before anything happens, and room for a few more."""
    inside, stations = len(rules.starts), network.stations
    kept = empty_state(rules, lines, 64 + inside + inside // 8, coming, _turn(inside))
    state, width = kept.state, _bucket_width(network)
    state.key[:] = key
    state.lines.fill(-1)
    state.ring.fill(-1)
    state.places[:] = [station.places[0][1] for station in stations]
    state.clock[[NOW, CENSUS_DUE, WIDTH, A_UNIT]] = begins, np.ceil(begins), width, 1.0 / width
    state.counts[[FREE, CURRENT, INSIDE]] = -1, floor(begins / width), inside
    _count_in(rules, state)
    return kept


def _count_in(rules: Rules, state: State) -> None:
    """Places taken, and the levels that follow."""
    held = rules.starts[rules.starts[:, 5] == 0]
    np.add.at(state.wards[:, TAKEN], held[:, 4], 1)
    np.add.at(state.levels[:, VALUE], held[:, 4] * rules.kinds + rules.kind[held[:, 3]], 1.0)
    limited = np.where(state.places == inf, 0.0, state.places)
    state.levels[rules.place_at :, VALUE] = np.floor(limited)
    used_above = np.ceil(state.wards[:, TAKEN] - rules.opens_at * limited)
    is_open = np.minimum(np.maximum(rules.extra, 0), np.maximum(used_above, 0.0))
    state.levels[rules.escalation_at : rules.place_at, VALUE] = np.where(state.places == inf, 0.0, is_open)


def _most_unsettled(stations: int, people: int) -> int:
    # while free places are given out, each person comes into a buffer and is admitted at most once, which unsettles
    # three stations; a coupling step unsettles all of them
    return 3 * people + 2 * stations + 8


def _bucket_width(network: CareNetwork) -> float:
    """A power of two in which a handful of events are expected."""
    events = EVENTS_A_PERSON * sum(mean_rate(group.arrivals) for group in network.groups)
    return 2.0 ** (frexp(EVENTS_A_BUCKET / events)[1] - 1) if events > 0 else 1.0


def _turn(inside: int) -> int:
    """Buckets in the ring, a power of two: whoever is not due in a bucket is looked at in vain when it is opened."""
    return max(TURN, 1 << (inside // EVENTS_A_BUCKET).bit_length())


def grown(rules: Rules, kept: Kept, people: int, coming: int) -> Kept:
    """The same state with room for so many people inside, and to come."""
    old = kept.state
    new = empty_state(rules, old.lines.shape[1], people, coming, len(old.ring))
    for name in kept.rooms:
        before, after = getattr(old, name), getattr(new.state, name)
        after[tuple(slice(0, length) for length in before.shape)] = before
    return new
