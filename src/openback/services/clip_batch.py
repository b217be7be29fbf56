"""Many clips through an executor: a pool of processes here, or a cluster. Nothing that finished is lost."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.synchronize import Event
from typing import Any, Final, ParamSpec, TypeVar, cast

from openback.errors import BadInput, NoCluster, OpenbackError
from openback.services.clip_results import Job, Result, Results, is_done

_P = ParamSpec("_P")
_T = TypeVar("_T")
Work = Callable[[Job], Result]
Step = Callable[[int, int], None]
MakeExecutor = Callable[[], Executor]
MOST_STRIKES: Final = 2  # times that a clip's worker may die before the clip is held to be the reason
CLUSTER_WAIT_S: Final = 15
AGAIN_AND_AGAIN: Final = (
    "The process that read this clip ended without a word, more than once. The clip may need more memory than "
    "there is; cut it to the one set."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How a run went. `before` were known from an earlier run."""

    clips: int
    told: int
    before: int
    failed: int


class Stopped(Exception):
    """The run was stopped while a clip was being read."""


# --- In a worker ---------------------------------------------------------------------------------------------

_stop: Event | threading.Event = threading.Event()


def begin_worker(stop: Event) -> None:
    """Let a worker process end when the run does: Ctrl-C is the parent's to answer, and it says so by `stop`."""
    global _stop  # noqa: PLW0603 - one for each process, set as it starts
    _stop = stop
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def go_on(_done: int, _total: int) -> None:
    """Raise Stopped when the run was stopped; a clip's `progress`."""
    if _stop.is_set():
        raise Stopped


def outcome_of(job: Job, report: Callable[[], dict[str, Any]]) -> Result:
    """Return what came of a job: its report, or the sentence of the error. Raises Stopped after a stop."""
    go_on(0, 0)  # a job that was handed over before the stop is not even begun
    try:
        return Result(key=job.key, path=job.path, outcome="told", report=report())
    except BadInput as error:
        return Result(key=job.key, path=job.path, outcome="bad", error=str(error))
    except OpenbackError as error:
        return Result(key=job.key, path=job.path, outcome="failed", error=str(error))


# --- Executors -----------------------------------------------------------------------------------------------


class _Pool(ProcessPoolExecutor):
    """A pool whose processes are deaf to Ctrl-C from their first moment, before they can be told to be."""

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        if not hasattr(signal, "pthread_sigmask"):  # Windows
            return super().submit(fn, *args, **kwargs)
        # A process that is started inherits what is blocked.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return super().submit(fn, *args, **kwargs)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def process_pool(jobs: int) -> Iterator[MakeExecutor]:
    """Yield what makes pools of worker processes; when the block ends, workers stop at their next frame.

    They are started afresh (spawn), because the pose model's threads do not survive a fork.
    """
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    made: list[Executor] = []

    def make() -> Executor:
        made.append(_Pool(jobs, mp_context=context, initializer=begin_worker, initargs=(stop,)))
        return made[-1]

    try:
        yield make
    finally:
        stop.set()
        for pool in made:  # waited for, because a process that has only begun still needs what it is told by
            pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def cluster(address: str) -> Iterator[tuple[MakeExecutor, int]]:
    """Yield what makes executors on a dask cluster, and how many clips it reads at once. Raises NoCluster."""
    try:
        from distributed import Client  # noqa: PLC0415 - the extra openback[cluster]
    except ImportError:
        raise NoCluster(address, missing=True) from None
    try:
        client: Any = Client(address, timeout=CLUSTER_WAIT_S, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError) as error:
        raise NoCluster(address) from error

    def make() -> Executor:
        if client.status != "running":  # the scheduler went away since
            raise NoCluster(address)
        return cast("Executor", client.get_executor(pure=False))

    with client:
        yield make, max(sum(client.nthreads().values()), 1)


def usable_cpus() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        return os.cpu_count() or 1


# --- The run -------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Run:
    results: Results
    work: Work
    step: Step
    total: int
    done: int = 0
    told: int = 0
    failed: int = 0
    strikes: dict[str, int] = field(default_factory=dict)

    def finish(self, result: Result, *, before: bool = False) -> None:
        if not before:
            self.results.keep(result)
        self.done += 1
        self.told += result.outcome == "told"
        self.failed += result.outcome != "told"
        self.step(self.done, self.total)


def run(
    jobs: Sequence[Job],
    results: Results,
    work: Work,
    make_executor: MakeExecutor,
    *,
    at_once: int,
    progress: Step = lambda _done, _total: None,
) -> Tally:
    """Do every job that has no result yet; each result is kept as it comes.

    `at_once` jobs, and as many again waiting, are with the executor at a time. When a worker dies, the jobs
    that were with it are done again, one at a time, so that the one that kills its worker is found out: it
    gets a sentence for a result. What stops the run (Ctrl-C, a full disk) leaves what was kept.
    Whoever makes the executors closes them.
    """
    state = _Run(results, work, progress, len(jobs))
    todo: deque[Job] = deque()
    for job in jobs:
        known = results.get(job.key)
        if known is not None and is_done(job, known):
            state.finish(known, before=True)
        else:
            todo.append(job)
    before = state.done
    progress(before, len(jobs))
    suspects: deque[Job] = deque()
    executor = None
    while todo or suspects:
        executor = executor or make_executor()
        queue, most = (suspects, 1) if suspects else (todo, 2 * at_once)
        struck = _with_executor(state, queue, most, executor)
        if struck is not None:
            suspects.extend(struck)
            executor = None  # it is broken
    return Tally(clips=len(jobs), told=state.told, before=before, failed=state.failed)


def _with_executor(state: _Run, queue: deque[Job], most: int, executor: Executor) -> list[Job] | None:
    """Do the jobs of a queue until it is empty; when the executor breaks, return those to do again, alone."""
    flying: dict[Future[Result], Job] = {}
    try:
        while queue or flying:
            while queue and len(flying) < most:
                job = queue.popleft()
                flying[executor.submit(state.work, job)] = job
            ready, _ = wait(flying, return_when=FIRST_COMPLETED)
            landed = [(future, flying.pop(future)) for future in ready]
            lost = [job for future, job in landed if not _landed(state, future, job)]
            if lost:
                return _struck(state, [*lost, *flying.values()])
    except BrokenExecutor:  # told when the next job was handed over
        return _struck(state, [job, *flying.values()])
    finally:
        for future in flying:
            future.cancel()
    return None


def _landed(state: _Run, future: Future[Result], job: Job) -> bool:
    """Keep what a future came to; return False when its worker died under it."""
    try:
        result = future.result()
    except (BrokenExecutor, CancelledError):
        return False
    except Exception as error:  # noqa: BLE001 - the outermost loop: one clip never stops the rest
        result = _gave_up(job, _sentence(error))
    state.finish(result)
    return True


def _sentence(error: Exception) -> str:
    if type(error).__name__ == "KilledWorker":  # dask has tried it on several workers by itself
        return AGAIN_AND_AGAIN
    said = f"{type(error).__name__}: {error}".splitlines()[0]
    return f"The clip could not be analysed. It said: {said}."


def _struck(state: _Run, jobs: Sequence[Job]) -> list[Job]:
    """Return the jobs that were with a worker that died; those that it happened to too often get a sentence."""
    again = []
    for job in jobs:
        state.strikes[job.key] = state.strikes.get(job.key, 0) + 1
        if state.strikes[job.key] < MOST_STRIKES:
            again.append(job)
        else:
            state.finish(_gave_up(job, AGAIN_AND_AGAIN))
    return again


def _gave_up(job: Job, why: str) -> Result:
    return Result(key=job.key, path=job.path, outcome="failed", error=why)
