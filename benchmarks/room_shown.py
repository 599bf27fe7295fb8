"""What a room of phones found, as a table with one column for each workshop."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from benchmarks.cells import number, table

MEGABYTE = 2**20
ASKED = {
    "act": "an act, from sent to seen",
    "look": "a look, once a second",
    "look while a round is run": "a look while a round is run",
    "page to join": "the page to join",
    "file": "one of its styles and scripts",
    "page of a seat": "the page of a seat",
    "joining": "all of joining, files one after another",
    "sheet": "a sheet, all within ten seconds",
}
UNKNOWN = "\u2013"
"""Stands where nothing was noted; a line in which it stands everywhere is left out."""
DECIDING, WAITING = ("decide",), ("lobby", "lock", "run", "reveal", "debrief", "finished")


def shown(results: Mapping[str, Any]) -> str:
    """What was found, as a table."""
    every = list(results["workshops"].values())
    lines = {
        "people, seconds to join, decide, talk": lambda one: ", ".join(
            f"{each:g}" for each in (one["people"], *one["times"])
        ),
        "acts done": lambda one: f"{one['acts']:,}",
        "acts refused, by the rules": lambda one: f"{sum(one['refused'].values()):,}",
        "every act done is in the log": lambda one: "yes" if one["whole"] else "**no**",
        "errors": lambda one: ", ".join(one["problems"]) or "none",
        "rounds, from Run to results": lambda one: ", ".join(number(each) for each in one["ran"]) + " s",
        "from Reveal to each screen": lambda one: _times(one["revealed"]),
        "looks that brought something": lambda one: f"{one['news']:,}",
        "sent to a phone, kB a minute, deciding": lambda one: _rate(one["bytes"], DECIDING),
        "sent to a phone, kB a minute, otherwise": lambda one: _rate(one["bytes"], WAITING),
        "server's processors, while people decide": lambda one: _share(one["decided"]),
        "memory of the server, MB": lambda one: _memory(one["memory"]),
        "memory of the process that runs rounds, MB": lambda one: _memory(one.get("beside", [])),
        "load of the machine, before and after": lambda one: " and ".join(f"{each:g}" for each in one["load"]),
    }
    rows = [(words, *(_times(one["seconds"].get(name)) for one in every)) for name, words in ASKED.items()]
    rows += [(words, *map(tell, every)) for words, tell in lines.items()]
    rows = [row for row in rows if set(row[1:]) != {UNKNOWN}]
    where = results["machine"]
    rows.append(("machine", *[f"{where['processor']}, {where['cores']} cores, {results['measured']}"] * len(every)))
    return table(("", *results["workshops"]), rows)


def _times(found: Mapping[str, float] | None) -> str:
    if not found or not found["count"]:
        return UNKNOWN
    middle, late, most = (number(1000 * found[each]) for each in ("middle", "late", "most"))
    return f"p50 {middle} ms, p95 {late} ms, at most {most} ms"


def _rate(by_phase: Mapping[str, list[float]], phases: tuple[str, ...]) -> str:
    sent, seconds = (sum(by_phase[each][at] for each in phases) for at in (0, 1))
    return number(60 * sent / seconds / 1000) if seconds else UNKNOWN


def _share(decided: list[float]) -> str:
    seconds, worked = decided
    return f"{100 * worked / seconds:.0f} % of one" if seconds and worked else UNKNOWN


def _memory(found: list[int]) -> str:
    if not found:
        return UNKNOWN
    first, most, last = (each / MEGABYTE for each in (found[0], max(found), found[-1]))
    return f"{first:,.0f} at first, {most:,.0f} at most, {last:,.0f} at the end"
