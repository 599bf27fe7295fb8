"""An immutable mapping that can be hashed and sent to another process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Table(Mapping[str, Value], Generic[Value]):
    """Values by name, in the order given; cannot be changed after it is made."""

    __slots__ = ("_items",)
    _items: dict[str, Value]

    def __init__(self, items: Mapping[str, Value] | Iterable[tuple[str, Value]] = ()) -> None:
        object.__setattr__(self, "_items", dict(items))

    def __getitem__(self, key: str) -> Value:
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("A table is never changed; make a new one.")

    def __hash__(self) -> int:
        return hash(tuple(self._items.items()))

    def __reduce__(self) -> tuple[type[Table[Value]], tuple[dict[str, Value]]]:
        return (type(self), (dict(self._items),))

    def __repr__(self) -> str:
        return f"Table({self._items!r})"
