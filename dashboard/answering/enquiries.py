"""Questions and answers: a link becomes runs, runs become an answer, both are remembered.

An answer is shown after the first pairs of runs and again after more of them, until it is settled. What a
visitor asked before is given up at once. When nobody asks, the plans of the opening place are answered.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from functools import partial
from math import inf
from threading import BoundedSemaphore, Event, Lock, Thread
from time import monotonic

from dashboard.answering.assembling import Answering
from dashboard.answering.desk import Desk, Rank
from dashboard.answering.gathering import Gathering
from dashboard.answering.jobs import Jobs
from dashboard.answering.recent import Recent
from dashboard.answering.runs import Enquiry, Model, Task, enquiry_of, seconds_busy
from dashboard.answering.studies import Studies
from dashboard.facts.answers import Answer, Outcome
from dashboard.facts.catalogue import Catalogue
from dashboard.link import state
from dashboard.link.state import State
from dashboard.wording.choices import in_words

WAIT = 4.0
"""Seconds a question may hold a thread of the server; then it is told how far it has come, and asks again."""

SEATS = 40
"""Questions that may wait at a time; threads of the server beyond that are left for everything else."""

LONGEST_WARMING = 900.0
QUIET = 5.0
"""Seconds without a question before the next plan is worked out in advance."""

KEPT_ANSWERS = 512
IN_ADVANCE = "in advance"
"""Who wants what nobody has asked yet."""

LAST: Rank = (inf,)


class Gateway:
    """Answers questions without keeping anyone waiting long."""

    def __init__(self, model: Model, studies: Studies) -> None:
        self.model, self.studies = model, studies
        self._answering = Answering(model.catalogue, model.reader)
        self._desk = Desk(model.run, model.pool(), slots=model.slots)
        self.jobs = Jobs(partial(self._desk.presses, IN_ADVANCE))
        self._answers: Recent[Answer] = Recent(KEPT_ANSWERS)
        self._enquiries: Recent[Enquiry] = Recent(KEPT_ANSWERS)
        self._lock = Lock()
        self._seats = BoundedSemaphore(SEATS)
        self.gathering = Gathering(self._desk, self._enquiry, self._seats)
        self._stopped = Event()
        self._last_asked = 0.0

    @property
    def catalogue(self) -> Catalogue:
        """What there is to choose from, in the language spoken."""
        return in_words(self.model.catalogue)

    def state(self, link: object) -> State:
        """What a link means; anything that is not text means the page as it opens."""
        return state.read(link if isinstance(link, str) else "", self.model.catalogue)

    def name(self, link: object) -> str:
        """The one link for a question, by which its answer is known."""
        return state.write(self.state(link), self.model.catalogue)

    def answer(self, name: object) -> Answer | None:
        """The best answer so far to a question asked before, while it is remembered."""
        with self._lock:
            return self._answers.get(name) if isinstance(name, str) else None

    def task(self, name: str) -> Task:
        """The first run of a question, for whoever asks more of it than its answer."""
        task: Task = self._enquiry(name).plan[0].task
        return task

    def ask(self, link: object, who: Hashable = "", have: int = 0, wait: float = WAIT) -> Outcome:
        """Have a question answered, or learn how far it has come.

        who    whatever the same visitor asked before is given up
        have   replications behind the answer the visitor has already; only a better one is news
        """
        name = self.name(link)
        known = self.answer(name)
        if known and known.settled:
            self._desk.leave(who)
            return Outcome("ready", name, known.done)
        self._last_asked = monotonic()
        enquiry = self._enquiry(name)
        ticket = self._desk.want(who, enquiry.jobs(enquiry.goal(have)))
        self._desk.leave(IN_ADVANCE)
        if known and known.done > have:
            return Outcome("ready", name, known.done)
        if not ticket:
            return Outcome("busy", name, self._done(enquiry))
        self._wait(enquiry, who, ticket, enquiry.after(have), wait)
        return self._outcome(enquiry, who, ticket, have)

    def warm(self) -> None:
        """Answer the page as it opens; then, whenever it is quiet, every plan it offers."""
        until = monotonic() + LONGEST_WARMING
        while not self._is_settled("") and monotonic() < until:
            if self.ask("", "opening", self._known("")).status == "failed":
                break
        self._last_asked = 0.0
        Thread(target=self._work_ahead, daemon=True).start()

    def let_be(self) -> None:
        """Somebody needs this machine for something else: work out nothing in advance until they have stopped."""
        before, self._last_asked = self._last_asked, monotonic()
        if self._last_asked - before > QUIET / 4:
            self._desk.leave(IN_ADVANCE)

    def close(self) -> None:
        """Stop what is under way and let the threads go."""
        self._stopped.set()
        self.jobs.close()
        self._desk.close()

    # ---- one question ----------------------------------------------------------------------------------------

    def _wait(self, enquiry: Enquiry, who: Hashable, ticket: int, step: int, seconds: float) -> None:
        """Until so many pairs are done, a run failed, or the visitor wants something else; if there is a seat."""
        jobs = enquiry.jobs(step)

        def over() -> bool:
            return self._done(enquiry) >= step or not self._desk.stands(who, ticket) or self._desk.failed(jobs)

        seated = self._seats.acquire(blocking=False)
        try:
            self._desk.wait(over, monotonic() + (seconds if seated else 0.0))
        finally:
            if seated:
                self._seats.release()

    def _outcome(self, enquiry: Enquiry, who: Hashable, ticket: int, have: int) -> Outcome:
        name, done = enquiry.asked.name, self._done(enquiry)
        if done >= enquiry.after(have):
            answer = self._improve(enquiry, max(step for step in enquiry.steps if step <= done))
            if not answer.settled:
                self._desk.want(who, enquiry.jobs(enquiry.goal(answer.done)), instead_of=ticket)
            return Outcome("ready", name, answer.done)
        if not self._desk.stands(who, ticket):
            return Outcome("dropped", name, done)
        if self._desk.failed(enquiry.jobs(enquiry.goal(have))):
            self._desk.leave(who)
            return Outcome("failed", name, done)
        return Outcome("working", name, done)

    def _improve(self, enquiry: Enquiry, pairs: int) -> Answer:
        """The answer from so many pairs, remembered unless a better one is."""
        finished = [self._desk.finished(jobs[:pairs]) for jobs in (enquiry.plan, enquiry.baseline)]
        plan, baseline = ([each.value for each in group] for group in finished)
        standing = self._answering.standing(enquiry.asked, plan, baseline)
        waited = seconds_busy([each for group in finished for each in group], enquiry.since)
        plan, baseline = plan[: standing.done], baseline[: standing.done]
        answer = self._answering.answer(enquiry.asked, standing, plan, baseline, waited)
        with self._lock:
            known = self._answers.get(answer.name)
            if known is None or (not known.settled and known.done <= answer.done):
                self._answers.put(answer.name, answer)
        return answer

    def _done(self, enquiry: Enquiry) -> int:
        """Pairs that are done, counted from the first."""
        return min(len(self._desk.finished(jobs)) for jobs in (enquiry.plan, enquiry.baseline))

    def _known(self, name: str) -> int:
        known = self.answer(name)
        return known.done if known else 0

    def _is_settled(self, name: str) -> bool:
        known = self.answer(name)
        return known is not None and known.settled

    # ---- its runs ---------------------------------------------------------------------------------------------

    def _enquiry(self, name: str) -> Enquiry:
        with self._lock:
            found = self._enquiries.get(name)
        if found is None:
            found = enquiry_of(self.model, name)
            with self._lock:
                self._enquiries.put(name, found)
        return found

    # ---- in advance ------------------------------------------------------------------------------------------

    def _work_ahead(self) -> None:
        """Answer every plan for the opening place, as long as nobody asks, so that no one waits for a guess."""
        opening = self.state("")
        for plan in self.model.catalogue.plans:
            name = state.write(replace(opening, plan=plan), self.model.catalogue)
            while not self._is_settled(name):
                if not self._is_quiet():
                    return
                if not self._went_ahead(self._enquiry(name)):
                    break

    def _went_ahead(self, enquiry: Enquiry) -> bool:
        """Work on an answer nobody wants yet; False when there is no point in going on."""
        every = enquiry.steps[-1]
        jobs = [replace(job, rank=LAST) for job in enquiry.jobs(every)]
        ticket = self._desk.want(IN_ADVANCE, jobs)
        self._wait(enquiry, IN_ADVANCE, ticket, every, WAIT)
        if self._done(enquiry) >= every:
            self._improve(enquiry, every)
        if failed := self._desk.failed(jobs):
            self._desk.leave(IN_ADVANCE)
        return not failed

    def _is_quiet(self) -> bool:
        """Wait until nobody has asked for a while; False once the gateway is closed."""
        while monotonic() - self._last_asked < QUIET or self.jobs.is_working():
            if self._stopped.wait(QUIET / 4):
                return False
        return not self._stopped.is_set()
