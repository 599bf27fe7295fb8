"""The calendar of the compiled engine: a ring of buckets, each as wide as a few events are apart.

A person has at most one event to come, so they are their own entry, in a list that belongs to a bucket. Only when
its turn comes is a bucket sorted: by time, then rank, then the person's number. Events further away than one turn
of the ring stay in their bucket until their year comes round.
Source: Brown (1988), Calendar queues, Communications of the ACM 31(10).
"""

from __future__ import annotations

from math import floor

from sim.engines import records as at
from sim.engines.arrays import SmallArray
from sim.engines.clock import Rank
from sim.engines.compiling import called, fetch, inlined
from sim.engines.records import State

_COMPLETION, _GIVING_UP, _ARRIVAL = int(Rank.COMPLETION), int(Rank.GIVING_UP), int(Rank.ARRIVAL)
_SPELL = 0xFFFF


@inlined
def number_of(people: SmallArray, p: int) -> int:
    """The person's number, which orders what happens at the same time."""
    return int(people[p, at.STREAM]) << 40 | (int(people[p, at.BLOCK]) & 0xFFFFFF) << 16 | int(people[p, at.INDEX])


@inlined
def spell_of(people: SmallArray, p: int) -> int:
    """How often the person has been here before."""
    return int(people[p, at.ADDRESS]) & _SPELL


@inlined
def rank_of(people: SmallArray, p: int) -> int:
    """What kind of event the person waits for."""
    state = people[p, at.STATE]
    if state == at.AT_HOME:
        return _ARRIVAL
    return _GIVING_UP if state == at.WAITING else _COMPLETION


@called
def goes_before(people: SmallArray, p: int, q: int) -> bool:
    """Of two events at the same time: is that of p the first?"""
    first, second = rank_of(people, p), rank_of(people, q)
    return first < second or (first == second and number_of(people, p) < number_of(people, q))


@inlined
def bucket_of(state: State, time: float) -> int:
    """The bucket of a time, counted from time 0; widths are powers of two, so the product is exact."""
    return floor(time * state.clock[at.A_UNIT])


@called
def put(state: State, p: int, time: float) -> None:
    """Enter a person's next event."""
    count, ring = state.counts, state.ring
    state.times[p] = time
    bucket = bucket_of(state, time)
    if bucket <= count[at.CURRENT]:
        _into_opened(state, p, time)
        return
    slot = bucket & (len(ring) - 1)
    state.after[p] = ring[slot]
    ring[slot] = p
    count[at.IN_RING] += 1


@called
def _into_opened(state: State, p: int, time: float) -> None:
    """Enter an event of the open bucket at its place."""
    count, opened, due = state.counts, state.opened, state.due
    if count[at.LAST] == len(opened):
        live = count[at.LAST] - count[at.NEXT]
        for i in range(live):
            opened[i], due[i] = opened[count[at.NEXT] + i], due[count[at.NEXT] + i]
        count[at.NEXT], count[at.LAST] = 0, live
    i = count[at.LAST]
    while i > count[at.NEXT]:
        if due[i - 1] < time or (due[i - 1] == time and not goes_before(state.people, p, opened[i - 1])):
            break
        opened[i], due[i] = opened[i - 1], due[i - 1]
        i -= 1
    opened[i], due[i] = p, time
    count[at.LAST] += 1


@called
def take_out(state: State, p: int) -> None:
    """Strike out a person's event."""
    count, ring = state.counts, state.ring
    bucket = bucket_of(state, state.times[p])
    if bucket <= count[at.CURRENT]:
        opened, due = state.opened, state.due
        i = count[at.NEXT]
        while opened[i] != p:
            i += 1
        for j in range(i, count[at.LAST] - 1):
            opened[j], due[j] = opened[j + 1], due[j + 1]
        count[at.LAST] -= 1
        return
    slot, after = bucket & (len(ring) - 1), state.after
    q = ring[slot]
    if q == p:
        ring[slot] = after[p]
    else:
        while after[q] != p:
            q = after[q]
        after[q] = after[p]
    count[at.IN_RING] -= 1


@called
def open_until(state: State, time: float) -> None:
    """Open bucket after bucket, up to that of `time`, until one has an event in it."""
    count = state.counts
    last = bucket_of(state, time)
    while count[at.NEXT] == count[at.LAST] and count[at.CURRENT] < last:
        if count[at.IN_RING] == 0:
            count[at.CURRENT] = last
            return
        count[at.CURRENT] += 1
        _open(state)


@inlined
def _open(state: State) -> None:
    """Take from the current bucket what is due in its year, and sort it."""
    count, times, after, opened, due = state.counts, state.times, state.after, state.opened, state.due
    slot = count[at.CURRENT] & (len(state.ring) - 1)
    p, later, n = state.ring[slot], -1, 0
    end = (count[at.CURRENT] + 1) * state.clock[at.WIDTH]
    while p >= 0:
        following = after[p]
        if times[p] < end:
            # their record is wanted soon, and may lie far from the processor
            fetch(state.people, p)
            opened[n], due[n] = p, times[p]
            n += 1
        else:
            after[p] = later
            later = p
        p = following
    state.ring[slot] = later
    count[at.NEXT], count[at.LAST] = 0, n
    count[at.IN_RING] -= n
    _sort(state, n)


@inlined
def _sort(state: State, n: int) -> None:
    """Shell's sort: an insertion sort for the usual few, and no worse than n ** 1.5 on a coarse clock."""
    opened, due, gap = state.opened, state.due, 1
    while gap < n // 9:
        gap = 3 * gap + 1
    while gap > 0:
        for i in range(gap, n):
            p, time, j = opened[i], due[i], i
            while j >= gap:
                if due[j - gap] < time or (due[j - gap] == time and not goes_before(state.people, p, opened[j - gap])):
                    break
                opened[j], due[j] = opened[j - gap], due[j - gap]
                j -= gap
            opened[j], due[j] = p, time
        gap //= 3
