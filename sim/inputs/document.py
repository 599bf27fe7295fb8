"""Read a YAML file into plain values, and remember the line of each.

Only plain data: no tags, anchors, aliases or repeated keys, and only finite numbers. Keys are kept as the
text that was written. Whatever is wrong with a file is a Fault with its line, never a traceback.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from sim.inputs.faults import Fault, Faults, raise_any
from sim.inputs.not_yaml import not_yaml

Steps = tuple[str | int, ...]
_PREFIX = "tag:yaml.org,2002:"

BRACKET = re.compile(r"[\[\]{}]")
MOST_BRACKETS = 100
"""Open at once at most: the reader of YAML takes seconds over a thousand."""

BEGINNING = re.compile(r"^[ \t?-]+", re.MULTILINE)
LONGEST_BEGINNING = 500
"""Of a line, as lists in lists and keys that are lists begin it: the reader in C goes as deep as it is led."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file's data, and where each part of it stands.

    name    the file as a reader would name it
    data    plain mappings, lists, numbers, texts and None
    lines   line (from 1) by path of keys and positions
    """

    name: str
    data: Any
    lines: Mapping[Steps, int] = field(repr=False)

    def known_part(self, path: Steps) -> Steps:
        """The longest beginning of this path that stands in the file."""
        while path not in self.lines and path:
            path = path[:-1]
        return path

    def line(self, path: Steps = ()) -> int:
        """The line of this path, or of the nearest thing around it."""
        return self.lines[self.known_part(path)]


def read_yaml(path: Path) -> Document:
    """Read one file. Raises Faults: every fault of its form, with lines."""
    return read_yaml_text(read_text(path), shown(path))


def read_yaml_text(text: str, name: str) -> Document:
    """Read a text as if it were a file of this name. Raises Faults: every fault of its form, with lines."""
    node = _compose(text, name)
    if node is None:
        raise Faults([Fault(name, 1, "", "the file", "is empty")])
    reader = _Reader(name)
    try:
        data = reader.value(node, ())
    except RecursionError as error:
        raise _too_deep(name) from error
    raise_any(reader.faults)
    return Document(name, data, reader.lines)


def shown(path: Path) -> str:
    """A path as a reader would name it: from the present folder where it lies below it."""
    absolute, here = path.absolute(), Path.cwd()
    return absolute.relative_to(here).as_posix() if absolute.is_relative_to(here) else path.as_posix()


def read_text(path: Path) -> str:
    """The text of a file; Faults when there is no such file, it may not be read, or it is not text."""
    try:
        raw = path.read_bytes()
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Faults([Fault(shown(path), line, "", "the file", "is not text in UTF-8")]) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Faults([Fault(shown(path), 0, "", "the file", f"cannot be read: {reason}")]) from error


def _compose(text: str, name: str) -> Node | None:
    """The nodes of a text, read in C where that is installed; what is wrong with it, the slow reader says well."""
    if _brackets_open(text) > MOST_BRACKETS or any(len(each) > LONGEST_BEGINNING for each in BEGINNING.findall(text)):
        raise _too_deep(name)
    try:
        node: Node | None = YAML(typ="safe").compose(text)
        return node
    except (YAMLError, RecursionError, ValueError):
        return _composed_slowly(text, name)


def _too_deep(name: str) -> Faults:
    return Faults([Fault(name, 0, "", "the file", "is nested too deeply")])


def _composed_slowly(text: str, name: str) -> Node | None:
    try:
        node: Node | None = YAML(typ="safe", pure=True).compose(text)
        return node
    except MarkedYAMLError as error:
        fault = not_yaml(error, text, name)
    except YAMLError as error:
        fault = Fault(name, 0, "", "the file", f"is not YAML: {str(error).splitlines()[0]}")
    except RecursionError as error:
        raise _too_deep(name) from error
    except ValueError as error:
        fault = Fault(name, 0, "", "the file", f"is not YAML: {error}")
    raise Faults([fault])


def _brackets_open(text: str) -> int:
    """How many brackets are open at once, those in quotation marks too."""
    most = now = 0
    for bracket in BRACKET.findall(text):
        now = now + 1 if bracket in "[{" else max(now - 1, 0)
        most = max(most, now)
    return most


class _Reader:
    """Turns nodes into values, collecting lines and faults on the way."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Steps, int] = {}
        self.faults: list[Fault] = []
        self._seen: set[int] = set()

    def value(self, node: Node, path: Steps) -> Any:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if id(node) in self._seen:
            return self._wrong(path, "an alias", "is not read here; write the value out")
        self._seen.add(id(node))
        if not isinstance(node, ScalarNode) and str(node.tag).removeprefix(_PREFIX) not in ("map", "seq"):
            return self._wrong(path, f'tag "{node.tag}"', "is not read here; write a plain value")
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self.value(child, (*path, place)) for place, child in enumerate(node.value)]
        return self._scalar(node, path) if isinstance(node, ScalarNode) else None

    def _mapping(self, node: MappingNode, path: Steps) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, child in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, ScalarNode):
                self.faults.append(Fault(self.name, line, _dotted(path), "a key", "must be a single word"))
                continue
            if key.value in found:
                first = self.lines[(*path, key.value)]
                rule = f"stands twice; the first is on line {first}"
                self.faults.append(Fault(self.name, line, _dotted(path), f'key "{key.value}"', rule))
                continue
            self.lines[(*path, key.value)] = line
            found[key.value] = self.value(child, (*path, key.value))
        return found

    def _scalar(self, node: ScalarNode, path: Steps) -> Any:
        kind = str(node.tag).removeprefix(_PREFIX)
        if kind in ("str", "timestamp"):
            return node.value
        if kind == "null":
            return None
        if kind == "bool":
            return node.value.casefold() == "true"
        if kind in ("int", "float"):
            return self._number(node.value, kind, path)
        return self._wrong(path, f'tag "{node.tag}"', "is not read here; write a plain value")

    def _number(self, text: str, kind: str, path: Steps) -> float | None:
        digits = text.replace("_", "").casefold().replace(".inf", "inf").replace(".nan", "nan")
        try:
            finite = isfinite(float(digits))
        except ValueError:
            return self._wrong(path, text, "is not a number we can read; write it in decimals")
        if not finite:
            return self._wrong(path, text, "is not a finite number")
        return int(digits) if kind == "int" else float(digits)

    def _wrong(self, path: Steps, found: str, rule: str) -> Any:
        """Note a fault; stands in for the value, as None."""
        self.faults.append(Fault(self.name, self.lines[path], _dotted(path), found, rule))
        return None


def _dotted(path: Steps) -> str:
    return ".".join(map(str, path))
