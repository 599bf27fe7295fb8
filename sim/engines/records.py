"""What a replication keeps from event to event, and what one period of it holds and counts: arrays for the kernel."""

from __future__ import annotations

from typing import NamedTuple

from sim.engines.arrays import SmallArray
from sim.engines.contract import FloatArray, IntArray


class State(NamedTuple):
    """What a replication keeps, for room of N people in the system; sized by people inside, not people ever seen.

    key        seed and replication
    people     N by 12 (see the columns below)
    times      N by 2: when their next event is due, and since when they wait
    links      lines by N by 2: the next and the one before in each waiting line
    lines      S by lines by classes by 2: first and last person
    wards      S by 4: places taken, waiting outside, in the buffer, in the line
    places     S: core places now
    levels     by level: value, area so far, since when
    unsettled  stations whose free places are still to be given out, in order
    ring       first person in each bucket of the calendar
    opened, due   people of the open bucket in order, and their times
    count      the counts named below
    clock      time now, next census, width of a bucket, buckets in a unit
    """

    key: IntArray
    people: SmallArray
    times: FloatArray
    links: SmallArray
    lines: SmallArray
    wards: IntArray
    places: FloatArray
    levels: FloatArray
    unsettled: SmallArray
    ring: SmallArray
    opened: SmallArray
    due: FloatArray
    count: IntArray
    clock: FloatArray

    @property
    def bytes(self) -> int:
        """Memory of the whole state."""
        return sum(array.nbytes for array in self)


class Period(NamedTuple):
    """What holds in one period, and what is counted in it.

    until      when it ends, as the clock of the reference engine has it
    moving     share of people who may move to a sister
    come, who  arrivals in order: their times, and stream, block, index, group, station, diverted?
    stays, delays, places   the conditions as arrays; `places` is empty if they do not change
    steps, step_station, step_places   the network's own changes of places, in order of time
    early      how many of them hold from the very beginning; 0 after the first period
    counted    6 by S by K (rows named above); the other counters are named as in Flow
    heads, waiting_heads   census by whole time unit and station
    log, said  times of the log, and event, person's number, group and destination; empty if not asked for
    progress   how many have come, census days counted, entries logged
    """

    until: float
    moving: float
    come: FloatArray
    who: SmallArray
    stays: FloatArray
    delays: FloatArray
    places: FloatArray
    steps: FloatArray
    step_station: SmallArray
    step_places: FloatArray
    early: int
    counted: IntArray
    readmitted: IntArray
    diverted: IntArray
    exits: IntArray
    waits: IntArray
    wait_total: FloatArray
    heads: IntArray
    waiting_heads: IntArray
    log: FloatArray
    said: IntArray
    progress: IntArray


STREAM, BLOCK, INDEX, ADDRESS, GROUP, WARD, HELD, STATE, ROUTE, FLAGS, AFTER, BEFORE = range(12)
"""Columns of `people`; ADDRESS is spell | rounds << 16, as their random numbers are addressed."""
DUE, SINCE = range(2)
AT_HOME, STAYING, DELAYED, WAITING, BLOCKED, BUFFERED = range(6)
"""Where a person is; who is WAITING came from outside."""
OUTSIDE, MOVES, LIMITED, DIES = 1, 2, 4, 8
"""Flags: came from outside, may move to a sister, will give up at DUE, and will have died then."""
QUEUE, MOVERS, BUFFER = range(3)
"""Waiting lines: everyone, those who may move to a sister, those who are blocked and may come into a buffer."""
TAKEN, OUT, IN_BUFFER, IN_LINE = range(4)
NOW, CENSUS_DUE, WIDTH, A_UNIT = range(4)
FREE, USED, INSIDE, CURRENT, NEXT, LAST, IN_RING, HEAD, TAIL, STEP, START, FAULT, EVENTS = range(13)
"""Counts: free list and highest record used; people inside; the open bucket, its next and last entry, people in
closed ones; head and tail of `unsettled`; next capacity step and next person at the start; a fault; events so far."""
ARRIVED, LOST, RENEGED, DIED_WAITING, ADMITTED, DEPARTED = range(6)
"""Rows of `counted`."""
EVENTS_SAID = ("arrived", "admitted", "blocked", "left", "lost", "reneged", "died", "exited")
SAY_ARRIVED, SAY_ADMITTED, SAY_BLOCKED, SAY_LEFT, SAY_LOST, SAY_RENEGED, SAY_DIED, SAY_EXITED = range(8)
NEXT_ARRIVAL, NEXT_CENSUS, LOGGED = range(3)
"""Counts in `progress`."""
