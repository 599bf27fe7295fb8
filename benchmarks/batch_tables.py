"""What was measured of batches, as Markdown tables."""

from __future__ import annotations

from benchmarks.cells import number, spread, table
from benchmarks.summary import Results, Rounds, find, section

CORES = (1, 16, 256)
HOUR = 3600


def batch(results: Results) -> str:
    """Replications a second of a batch, by who works."""
    rows = [
        (
            _who(each),
            spread(each.spread(lambda found: found["replications"] / found["wall"])),
            spread(each.spread(lambda found: found["million_person_years"] / found["wall"])),
            spread(
                each.spread(lambda found, of=each: found["million_person_years"] / found["wall"] / of.asked["workers"])
            ),
        )
        for each in section(results, "batch")
    ]
    return table(("", "replications a second", "years of a million people a second", "the same by core"), rows)


def batch_overhead(results: Results) -> str:
    """What a task costs besides its replications, and whether memory grows, with numbers drawn too."""
    words = {"overhead": "nothing", "drawn": "a replication, every number drawn"}
    rows = [
        (
            words[each.asked["what"]],
            _who(each),
            f"{each.asked['tasks']:,}",
            spread(each.spread(lambda found: 1000 * found["a_task"])),
            spread(each.spread(lambda found: found["early"] / 1e6)),
            spread(each.spread(lambda found: found["late"] / 1e6)),
        )
        for each in section(results, "batch_overhead")
    ]
    return table(("each task", "", "tasks", "ms a task", "MB after a tenth", "MB at the end"), rows)


def batch_foreseen(results: Results) -> str:
    """A large batch on one core and on many: the work shared out, but no faster than one process writes."""
    writes = find(results, "batch_overhead", what="overhead", cluster=True)
    rows = []
    for each in section(results, "batch_foreseen"):
        found, asked = each.found[0], each.asked
        floor = found["tasks"] * writes.spread("a_task").median if writes else 0.0
        hours = [max(found["core_seconds"] / cores, floor if cores > 1 else 0.0) / HOUR for cores in CORES]
        size = f"{found['tasks']:,}", f"{found['replications']:,}", number(found["bytes"] / 1e9)
        rows.append((asked["people"], *size, *(number(each) for each in hours), number(floor / HOUR)))
    columns = ("people", "tasks", "replications", "GB", *(f"{cores} core{'s' * (cores > 1)}, hours" for cores in CORES))
    return table((*columns, "of one writer, hours"), rows)


def _who(rounds: Rounds) -> str:
    number_of = {1: "one", 2: "two"}.get(rounds.asked["workers"], rounds.asked["workers"])
    kind = "Dask worker" if rounds.asked["cluster"] else "thread"
    return f"{number_of} {kind}{'s' * (rounds.asked['workers'] > 1)}"
