"""Short days: every session that fits, so that the proven bound lies close to the best week.

A short day is a puzzle of few large pieces. The relaxed model cuts the pieces and so promises more than any week
can give. Here each day is one of the sessions that fit its minutes, all of them listed; those that matter are found
by their reduced costs (column generation), and the bound of that model is proven for the whole one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import highspy
import numpy as np
from numpy.typing import NDArray

from openback.optimise import Key, Row

MOST_SESSIONS: Final = 30_000  # of one day; beyond this a day is long, and the relaxed model is close enough
MOST_ROUNDS: Final = 40
A_ROUND: Final = 40  # sessions that come in for each day in a round
MOST_CLOSE: Final = 1_500  # sessions of one kind of day that may come in besides
WORTH: Final = 1e-3  # points below which a session is not worth bringing in

Session = tuple[Key, ...]  # choices: ("choice", exercise, day, sets)


@dataclass(frozen=True, slots=True)
class Day:
    """All sessions of a day: `choices` in order, `sessions` as positions in it, `has` (sessions, choices) 0 or 1."""

    choices: tuple[Key, ...]
    sessions: tuple[tuple[int, ...], ...]
    has: NDArray[np.float32]

    @property
    def kind(self) -> tuple[object, ...]:
        """What two days share that have the same sessions."""
        return (tuple((key[1], key[3]) for key in self.choices), len(self.sessions))


def short_days(rows: Sequence[Row]) -> dict[int, Day] | None:
    """Return every session of every open day by the rows of minutes and number; None when one day has too many."""
    most = {row.group[1]: row.at_most for row in rows if row.group[0] == "most_exercises"}
    days: dict[int, Day] = {}
    for row in rows:
        if row.group[0] != "minutes":
            continue
        day = int(row.group[1])
        sessions = fitting(row.parts, row.at_most, int(most.get(day, len(row.parts))))
        if sessions is None:
            return None
        days[day] = _day(tuple(row.parts), sessions)
    return days or None


def fitting(seconds: Mapping[Key, float], budget_s: float, most: int) -> list[Session] | None:
    """Return all sets of choices, at most one for each exercise, that fit the budget; None beyond MOST_SESSIONS."""
    by_exercise: dict[str, list[Key]] = {}
    for key, taken_s in seconds.items():
        if taken_s <= budget_s:
            by_exercise.setdefault(str(key[1]), []).append(key)
    groups = list(by_exercise.values())
    found: list[Session] = []
    stack: list[tuple[int, float, Session]] = [(0, budget_s, ())]
    while stack and len(found) <= MOST_SESSIONS:
        first, left_s, so_far = stack.pop()
        for place, key in _next_choices(groups, first):
            if seconds[key] <= left_s:
                found.append((*so_far, key))
                if len(so_far) + 1 < most:
                    stack.append((place + 1, left_s - seconds[key], found[-1]))
    return found if len(found) <= MOST_SESSIONS else None


def _next_choices(groups: Sequence[Sequence[Key]], first: int) -> Iterator[tuple[int, Key]]:
    for place in range(first, len(groups)):
        for key in groups[place]:
            yield place, key


def _day(choices: tuple[Key, ...], sessions: Sequence[Session]) -> Day:
    at = {key: n for n, key in enumerate(choices)}
    has = np.zeros((len(sessions), len(choices)), dtype=np.float32)
    places = tuple(tuple(at[key] for key in session) for session in sessions)
    for row, taken in enumerate(places):
        has[row, list(taken)] = 1.0
    return Day(choices=choices, sessions=places, has=has)


class Master:
    """The whole model, with the choices of each day tied to the sessions that were brought in so far."""

    def __init__(self, highs: highspy.Highs, days: Mapping[int, Day], at: Mapping[Key, int]) -> None:
        self._highs, self._days, self._at = highs, days, at
        self._in = {day: np.zeros(len(found.sessions), dtype=bool) for day, found in days.items()}
        self._brought: list[tuple[int, int]] = []  # (day, session) of each column, in order
        self._first_column = highs.getNumCol()
        self._link: dict[
            int, int
        ] = {}  # day -> first of its rows; the row after the links says: one session a day
        none = np.array([], dtype=np.int32)
        for day, found in days.items():
            self._link[day] = highs.getNumRow()
            for key in found.choices:
                highs.addRow(0.0, 0.0, 1, np.array([at[key]], dtype=np.int32), np.array([1.0]))
            highs.addRow(1.0, 1.0, 0, none, np.array([]))

    def bring(self, day: int, sessions: Sequence[int]) -> None:
        """Bring sessions of a day in, by position, to all days of the same kind."""
        alike = [d for d, found in self._days.items() if found.kind == self._days[day].kind]
        for session in sessions:
            for same in alike:
                if not self._in[same][session]:
                    self._in[same][session] = True
                    self._brought.append((same, session))
                    self._add(same, session)

    def _add(self, day: int, session: int) -> None:
        link, found = self._link[day], self._days[day]
        rows = [*(link + n for n in found.sessions[session]), link + len(found.choices)]
        parts = np.array([*([-1.0] * (len(rows) - 1)), 1.0])
        self._highs.addCol(0.0, 0.0, highspy.kHighsInf, len(rows), np.array(rows, dtype=np.int32), parts)

    def bound(self) -> float | None:
        """Return what no week can beat; None when the rounds ended before it was proven."""
        for _ in range(MOST_ROUNDS):
            self._highs.run()
            if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                return None
            wanted = list(self._wanted(np.array(self._highs.getSolution().row_dual)))
            if not wanted:
                return float(self._highs.getInfo().objective_function_value)
            for day, sessions in wanted:
                self.bring(day, sessions)
        return None

    def _wanted(self, duals: NDArray[np.float64]) -> Iterator[tuple[int, list[int]]]:
        """Yield for each day the sessions that would make the relaxed week better, the best first."""
        for day in self._days:
            worth = self._worth(day, duals)
            best = np.argsort(-worth, kind="stable")[:A_ROUND]
            sessions = [int(n) for n in best if worth[n] > WORTH]
            if sessions:
                yield day, sessions

    def _worth(self, day: int, duals: NDArray[np.float64]) -> NDArray[np.float32]:
        """Return what each session of a day would add to the relaxed week; those brought in already never do."""
        found, link = self._days[day], self._link[day]
        last = link + len(found.choices)
        worth = found.has @ duals[link:last].astype(np.float32) - np.float32(duals[last])
        worth[self._in[day]] = -np.inf
        return worth

    def bring_close(self, points: float) -> float:
        """Bring in every session that costs the relaxed week fewer than `points`; call it after `bound`.

        A week with any other session is at least the returned number of points below the bound:
        `points`, or less where too many sessions are close.
        """
        duals = np.array(self._highs.getSolution().row_dual)
        kinds = {found.kind: day for day, found in reversed(list(self._days.items()))}
        sure = points
        for day in kinds.values():
            worth = self._worth(day, duals)
            order = np.argsort(-worth, kind="stable")
            close = [int(n) for n in order[:MOST_CLOSE] if worth[n] > -points]
            if len(close) == MOST_CLOSE:
                sure = min(sure, -float(worth[close[-1]]))
            self.bring(day, close)
        return max(0.0, sure)

    def positions(self, taken: Sequence[float]) -> dict[int, int]:
        """Return for each day the position of the session that values of the whole model take."""
        found: dict[int, int] = {}
        for day, one in self._days.items():
            chosen = tuple(n for n, key in enumerate(one.choices) if taken[self._at[key]] > 0.5)
            found[day] = next(n for n, session in enumerate(one.sessions) if tuple(sorted(session)) == chosen)
        return found

    def start(self, taken: Sequence[float]) -> list[float]:
        """Return values for all columns from values of the whole model whose sessions were brought in."""
        chosen = self.positions(taken)
        return [*taken[: self._first_column], *(float(chosen[day] == n) for day, n in self._brought)]
