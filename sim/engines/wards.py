"""A station at work: its places, and the people who wait for one."""

from __future__ import annotations

from heapq import heappop, heappush
from math import ceil, inf
from typing import Literal

from simpy import Event

from sim.engines.people import Person
from sim.engines.week import Week
from sim.network.model import Station

Key = tuple[int, int, float, int, int]


class Request:
    """Somebody asks for a place at `ward`, while holding one at `held` or coming from outside (None).

    state   waiting (outside, or blocked in `held`), buffered (left `held`, waits outside), admitted, gone
    left    the ward whose place they hold or gave up to wait in a buffer; None if they come from outside
    given   the ward that took them: the one asked, or its sister in another locality
    """

    __slots__ = ("answer", "from_outside", "given", "held", "left", "person", "queued", "since", "state", "ward")

    def __init__(self, person: Person, ward: Ward, held: Ward | None, since: float) -> None:
        self.person, self.ward, self.held, self.left, self.since = person, ward, held, held, since
        self.from_outside = held is None
        self.queued = False
        self.state: Literal["waiting", "buffered", "admitted", "gone"] = "waiting"
        self.given: Ward | None = None
        self.answer: Event | None = None

    @property
    def is_open(self) -> bool:
        """Does the person still wait?"""
        return self.state in ("waiting", "buffered")


class Queue:
    """Requests in the order they will be met; those no longer open are dropped when they come to the front."""

    __slots__ = ("_heap",)

    def __init__(self) -> None:
        self._heap: list[tuple[Key, Request]] = []

    def put(self, key: Key, request: Request) -> None:
        """Take a request into its place."""
        heappush(self._heap, (key, request))

    def first(self, *, blocked_only: bool = False) -> Request | None:
        """The request that is met next, or None. With `blocked_only`, buffered requests are dropped too."""
        while self._heap:
            request = self._heap[0][1]
            if request.state == "waiting" or (request.state == "buffered" and not blocked_only):
                return request
            heappop(self._heap)
        return None

    def open_requests(self) -> list[Request]:
        """Everyone who still waits, in no order."""
        return [request for _, request in self._heap if request.is_open]


class Ward:
    """The places of one station and the queue in front of them.

    sisters   wards of the same pool in other localities, nearest first
    """

    def __init__(self, index: int, station: Station, week: Week | None) -> None:
        self.index, self.station, self.week = index, station, week
        self.places = station.places[0][1]
        self.taken = 0
        self.outside = 0
        self.buffered = 0
        self.queue, self.movers, self.blocked = Queue(), Queue(), Queue()
        self.sisters: tuple[Ward, ...] = ()

    def has_place(self) -> bool:
        """Is a place free, escalation places included?"""
        escalation = self.station.escalation
        return self.taken < self.places + (escalation.places if escalation else 0)

    def has_waiting_room(self) -> bool:
        """May one more person from outside wait?"""
        return self.outside < self.station.waiting_room

    def has_buffer(self) -> bool:
        """May one more person from another station wait outside their old place?"""
        return self.buffered < self.station.buffer

    def escalation_open(self) -> int:
        """Escalation places that count as open now."""
        escalation = self.station.escalation
        if escalation is None or self.places == inf:
            return 0
        return min(escalation.places, max(0, ceil(self.taken - escalation.opens_at * self.places)))

    def leaves(self, now: float, stay: float) -> float:
        """When a stay that begins now is over."""
        return self.week.leaves(now, stay) if self.week else now + stay

    def key(self, request: Request, priority: int) -> Key:
        """The order in which requests are met: transfers, priority, first come, then the person's number."""
        transfer = 0 if self.station.transfers_first and not request.from_outside else 1
        return (transfer, priority, request.since, request.person.number, request.person.spell)
