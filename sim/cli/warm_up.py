"""upstream warm-up: compile the engine now rather than at the first question."""

from __future__ import annotations

from sim.cli.leaving import ends_well
from sim.cli.screen import say, tell
from sim.engines.warm_up import warm_up as make_ready


@ends_well
def warm_up() -> None:
    """Make the compiled engine ready, so that the next start is quick.

    Compiled code is kept in your cache folder, for each version of Upstream once; NUMBA_CACHE_DIR names another folder.
    With UPSTREAM_NO_COMPILE=1 nothing is compiled, and every run is slow.

    Examples:

    upstream warm-up
    """
    done = make_ready(tell)
    how = "It was compiled before" if done.from_cache else "Compiled anew"
    say(f"The engine is ready. {how}; this took {done.seconds:.1f} seconds.")
