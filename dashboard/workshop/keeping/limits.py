"""How often what may be tried: a room behind one address is let in, and nobody finds a code by trying."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address

from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

WRONG_CODES = parse_many("100/10 minutes;400/day")
"""Of one address: sixty people behind one router may all mistype once, and some twice. Right codes count nothing."""
WRONG_IN_ALL = parse_many("300/hour")
"""Of all addresses together. At this rate a code in use is found in 64 million after some twenty years."""
ACTS = parse_many("40/5 seconds;400/minute")
"""Of one seat or facilitator; a slider that is moved is an act each time it is let go."""
JOINS = parse_many("400/hour")
"""Of one address; a session has room for fewer."""
MADE = parse_many("40/hour")
"""Sessions made from one address."""
ALL = "all"


class Limits:
    """Counts of what was tried in this process."""

    def __init__(self) -> None:
        self._counts = MovingWindowRateLimiter(MemoryStorage())

    def may_try(self, address: str) -> bool:
        """Whether somebody at this address may try a code."""
        own = all(self._counts.test(limit, "wrong", network(address)) for limit in WRONG_CODES)
        return own and all(self._counts.test(limit, "wrong", ALL) for limit in WRONG_IN_ALL)

    def wrong(self, address: str) -> None:
        """A code was wrong."""
        self._hit(WRONG_CODES, "wrong", network(address))
        self._hit(WRONG_IN_ALL, "wrong", ALL)

    def may_act(self, who: str) -> bool:
        """Whether somebody may do one thing more; it is counted."""
        return self._hit(ACTS, "act", who)

    def may_join(self, address: str) -> bool:
        """Whether one more may join from this address; it is counted."""
        return self._hit(JOINS, "join", network(address))

    def may_make(self, address: str) -> bool:
        """Whether one more session may be made from this address; it is counted."""
        return self._hit(MADE, "make", network(address))

    def _hit(self, limits: list[RateLimitItem], what: str, who: str) -> bool:
        counted = [self._counts.hit(limit, what, who) for limit in limits]
        return all(counted)


def network(address: str) -> str:
    """Whom an address stands for: of IPv6 one household or room has as many as it likes, all with the same half."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or (int(found) >> 64))
    return str(found)
