"""Footprints times plans times draws times replications, into a folder that any tool reads; stopped, it goes on.

In a notebook::

    from pathlib import Path

    from sim.experiments.batch import OnThreads, load_batch, opened, places_of, run_batch

    batch = load_batch("forty_five_plans")
    with opened(Path("runs/forty_five_plans")) as store:
        ran = run_batch(batch, store, OnThreads(2))
    for place in places_of(ran):
        print(place.footprint, place.change("prevention_shift", "gap").verdict)
"""

from sim.experiments.batch.batch import Batch, Task, load_batch
from sim.experiments.batch.estimate import Estimate, Pace, estimate
from sim.experiments.batch.league import Standing, league, pairs_apart
from sim.experiments.batch.plan import BatchPlan, batch_files
from sim.experiments.batch.report import write_report
from sim.experiments.batch.results import PlaceResults, frame, places_of, summary, summary_and_places
from sim.experiments.batch.run import Failure, Over, Ran, Watch, run_batch, run_tasks
from sim.experiments.batch.save import batch_document, plan_document, save_batch
from sim.experiments.batch.store import Store, opened
from sim.experiments.batch.threads import Done, OnThreads, Runner

__all__ = [
    "Batch", "BatchPlan", "Done", "Estimate", "Failure", "OnThreads", "Over", "Pace", "PlaceResults", "Ran",
    "Runner", "Standing", "Store", "Task", "Watch", "batch_document", "batch_files", "estimate", "frame", "league",
    "load_batch", "opened", "pairs_apart", "places_of", "plan_document", "run_batch", "run_tasks", "save_batch",
    "summary", "summary_and_places", "write_report",
]  # fmt: skip
