"""Print the measured tables into the documentation: `python -m benchmarks.print_page [FILE]`.

A table stands between `<!-- measured: NAME -->` and `<!-- end -->`, so no number can be typed wrong. Without a file,
the newest results in benchmarks/results are taken; the tables of many users at once and of a room of phones are always
of the newest in benchmarks/results/load and benchmarks/results/room.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from benchmarks import load, room
from benchmarks.room_shown import shown as room_shown
from benchmarks.summary import Results
from benchmarks.tables import TABLES

HERE = Path(__file__).parent
PAGES = tuple(HERE.parent / "docs" / "explanation" / name for name in ("speed.md", "common-random-numbers.md"))
LOAD, ROOM = "load", "room"
BETWEEN = re.compile(r"(<!-- measured: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def newest() -> Path:
    """The newest results of a full run; names begin with the date. Raises SystemExit when there are none."""
    found = sorted((HERE / "results").glob("*.json"))
    if not found:
        raise SystemExit("There are no results yet: run `make bench`.")
    return found[-1]


def filled(page: str, results: Results) -> str:
    """The page with its tables as these results say."""
    return BETWEEN.sub(lambda found: f"{found[1]}{_table(found[2], results) or 'Not measured.'}\n{found[3]}", page)


def _table(name: str, results: Results) -> str:
    if name == ROOM:
        phones = room.newest()
        return room_shown(phones) if phones else ""
    if name != LOAD:
        return TABLES[name](results)
    many = load.newest()
    return load.shown(many) if many else ""


def main() -> None:
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else newest()
    results = json.loads(source.read_text(encoding="utf-8"))
    for page in PAGES:
        page.write_text(filled(page.read_text(encoding="utf-8"), results), encoding="utf-8")
        print(f"{page.relative_to(HERE.parent)} as measured in {source.name}")


if __name__ == "__main__":
    main()
