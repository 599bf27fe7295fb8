"""Workers of a cluster come, go, and may be made of other things: who joins is used, and who differs is named."""

from __future__ import annotations

from importlib.metadata import version

import pytest

from sim.inputs import Faults
from tests.dask_processes import cluster, nothing, other_version, slowly

pytest.importorskip("distributed")
from distributed import Client, LocalCluster

from sim.experiments.batch import cluster as dask

pytestmark = pytest.mark.reproducibility

PATIENCE = 60


def test_workers_that_join_later_are_handed_work(monkeypatch):
    """Two tasks for each thread: two under way with one worker of one thread, four when a second has come."""
    monkeypatch.setattr(dask, "AT_LEAST", 1)
    under_way: list[int] = []
    hand_out = dask._Run._hand_out

    def seen(run):
        found = hand_out(run)
        under_way.append(len(run.out))
        return found

    monkeypatch.setattr(dask._Run, "_hand_out", seen)
    here = {"n_workers": 1, "threads_per_worker": 1, "processes": False, "dashboard_address": None}
    with LocalCluster(**here) as local:
        arriving = dask.OnCluster(local.scheduler_address, patience=PATIENCE)(nothing, range(60))
        done = [next(arriving) for _ in range(10)]
        assert max(under_way) == 2
        local.scale(2)
        local.wait_for_workers(2)
        done += arriving
    assert sorted(each.number for each in done) == [*range(60)]
    assert all(each.payload == nothing(each.number) for each in done)
    assert max(under_way) == 4


def test_a_worker_with_another_library_is_named_and_gets_no_work(tmp_path):
    """There when the batch begins, it is refused; joining later, it is sent away, and its tasks go to the others."""
    odd, told = other_version(tmp_path, "numpy", "9.9.9"), list[str]()
    differs = f"has numpy 9.9.9, and here {version('numpy')}"
    with cluster(workers=0) as made, Client(made.address, set_as_default=False) as client:
        made.worker(odd)
        client.wait_for_workers(1, timeout=PATIENCE)
        (worker,) = client.nthreads()
        runner = dask.OnCluster(made.address, tell=told.append, patience=PATIENCE)
        with pytest.raises(Faults) as refused:
            next(runner(nothing, range(3)))
        (fault,) = refused.value.faults
        assert (fault.found, fault.rule) == (f'the worker "{worker}"', differs)
        client.retire_workers([worker])
        made.worker()
        client.wait_for_workers(1, timeout=PATIENCE)
        arriving = runner(slowly, range(400))
        done = [next(arriving)]
        made.worker(odd)
        done += arriving
    assert sorted(each.number for each in done) == [*range(400)]
    assert {each.failed for each in done} == {""}
    (said,) = told
    assert said.startswith("The worker tcp://127.0.0.1:")
    assert f"is sent away: it {differs}." in said
