"""Work that takes longer than a page: runs in a thread, and says how far it is."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from openback.errors import OpenbackError

Result = TypeVar("Result")

Progress = Callable[[int, int], None]
QUICK_S: Final = 0.7  # shorter work answers at once
OUR_FAULT: Final = "Openback ran into a mistake of its own, and nothing was kept. The terminal where it runs shows the details."

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Job(Generic[Result]):
    """One piece of work. Either `result` or `problem` is there once it is `over`."""

    done: int = 0
    total: int = 0
    result: Result | None = None
    problem: str = ""
    over: bool = False

    def now(self) -> Job[Result]:
        """Return how the job stands at one moment, for a page to show."""
        over = self.over  # read first: what is there once a job is over does not change any more
        return Job(done=self.done, total=self.total, result=self.result, problem=self.problem, over=over)

    def step(self, done: int, total: int) -> None:
        """Take note of how far the work is."""
        self.done, self.total = done, total

    def run(self, work: Callable[[Progress], Result]) -> None:
        """Do the work and keep what came of it."""
        try:
            self.result = work(self.step)
        except OpenbackError as error:
            self.problem = str(error)
        except Exception:  # noqa: BLE001 - the outermost loop of this thread
            _log.exception("A job ended early.")
            self.problem = OUR_FAULT
        finally:
            self.over = True


@dataclass(slots=True)
class Jobs(Generic[Result]):
    """The jobs of this process by a token; a finished one stays until `forget`."""

    _jobs: dict[str, Job[Result]] = field(default_factory=dict)

    def start(self, token: str, work: Callable[[Progress], Result]) -> Job[Result]:
        """Start work under a token, or return the job that already runs under it."""
        running = self._jobs.get(token)
        if running is not None and not running.over:
            return running
        job: Job[Result] = Job()
        self._jobs[token] = job
        thread = threading.Thread(target=job.run, args=(work,), daemon=True)
        thread.start()
        thread.join(QUICK_S)
        return job

    def get(self, token: str) -> Job[Result] | None:
        """Return a job, or None."""
        return self._jobs.get(token)

    def forget(self, token: str) -> None:
        """Forget a finished job."""
        self._jobs.pop(token, None)
