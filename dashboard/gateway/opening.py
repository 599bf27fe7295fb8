"""Open the shipped model: what the dashboard is lent of it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from dashboard.answering.assembling import Reader
from dashboard.answering.enquiries import Gateway
from dashboard.answering.runs import Model
from dashboard.answering.studies import Studies
from dashboard.gateway.attributing import split
from dashboard.gateway.catalogue import load_catalogue
from dashboard.gateway.doubting import doubt
from dashboard.gateway.events import events
from dashboard.gateway.leaning import lean, stored_leanings
from dashboard.gateway.library import library
from dashboard.gateway.looked_up import believed
from dashboard.gateway.networks import network, networks
from dashboard.gateway.past import stated_past
from dashboard.gateway.pressure import rules
from dashboard.gateway.proving import cases, prove, stated_fit
from dashboard.gateway.replications import Simulator, key, month, year_paid_back, yearly
from dashboard.gateway.searching import mixes_of, search
from dashboard.gateway.stressing import stress, terms
from dashboard.gateway.watching import watched
from dashboard.surroundings import memory_budget, thread_count
from sim.engines.warm_up import warm_up
from sim.experiments.precision import enough
from sim.inputs import first_year
from sim.results.dates import financial_year
from sim.system import Memory


def open_gateway(tell: Callable[[str], None]) -> Gateway:
    """The gateway to the shipped model, the opening question answered.

    tell   is called with what the person who starts it should know
    """
    warm_up(tell)
    gateway = Gateway(shipped_model(), shipped_studies())
    gateway.warm()
    return gateway


def shipped_model() -> Model:
    """The model with the shipped parameters, run in threads of this process."""
    threads, first = thread_count(), first_year(believed())
    return Model(
        catalogue=load_catalogue(),
        reader=Reader(
            yearly=yearly,
            break_even=year_paid_back,
            enough=enough,
            month=partial(month, first=first),
            year=partial(financial_year, first=first),
            rules=rules(),
        ),
        run=Simulator(Memory(memory_budget())).run,
        key=key,
        pool=partial(ThreadPoolExecutor, threads, thread_name_prefix="simulation"),
        slots=threads,
    )


def shipped_studies() -> Studies:
    """Long questions to the same model, run in as many threads."""
    threads = thread_count()
    return Studies(
        cases=cases,
        prove=partial(prove, threads),
        doubt=partial(doubt, threads),
        split=partial(split, threads),
        lean=partial(lean, threads),
        leanings=stored_leanings,
        fit=stated_fit,
        past=stated_past,
        watch=watched,
        events=events,
        library=library,
        terms=terms,
        stress=partial(stress, threads),
        search=partial(search, threads),
        mixes=mixes_of,
        networks=networks,
        network=network,
    )
