"""The most recently used values by key, so that what is remembered stays bounded."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Recent(Generic[Value]):
    """At most `size` values. Not locked: its owner locks."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._kept: OrderedDict[Hashable, Value] = OrderedDict()

    def get(self, key: Hashable) -> Value | None:
        """The value, which thereby counts as just used; None when it is not here."""
        if key not in self._kept:
            return None
        self._kept.move_to_end(key)
        return self._kept[key]

    def take(self, key: Hashable) -> Value | None:
        """The value, which is thereby forgotten; None when it is not here."""
        return self._kept.pop(key, None)

    def put(self, key: Hashable, value: Value) -> None:
        """Keep a value; the one longest unused goes when there are too many."""
        self._kept[key] = value
        self._kept.move_to_end(key)
        while len(self._kept) > self.size:
            self._kept.popitem(last=False)
