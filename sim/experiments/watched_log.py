"""A few watched months of one locality of a coupled run as an event log, in the format of `event_log`.

Time 0 is the beginning of the first month that was watched; who is inside then arrives where they stand.
"""

from __future__ import annotations

from sim.engines.whereabouts import DOING
from sim.experiments.event_log import MOST_ROWS, Row, Writer
from sim.system.watching import Watched


def watched_log(watched: Watched, locality: str, replication: int) -> tuple[Row, ...]:
    """Every event of the people whose home is one locality, by its name in the network; times are in days.

    Raises ValueError when there are more than MOST_ROWS.
    """
    network, began = watched.network, watched.beginning
    writer = Writer(network, replication + 1, watched.began)
    stations = (*network.station_names, "")
    columns = (began.people, began.groups, began.doing, began.holds, began.wants)
    for person, group, doing, holds, wants in zip(*(each.tolist() for each in columns), strict=True):
        if network.groups[group].locality == locality and DOING[doing] != "home":
            waits_for = "" if stations[holds] else stations[wants]
            blocked = DOING[doing] == "blocked"
            writer.stand(person, network.group_names[group], stations[holds], waits_for, blocked=blocked)
    ours = {each.name for each in network.groups if each.locality == locality}
    rows = writer.follow([entry for entry in watched.log if entry.group in ours])
    if len(rows) > MOST_ROWS:
        raise ValueError(f"the log has {len(rows):,} events; it may have {MOST_ROWS:,}.")
    return tuple(rows)
