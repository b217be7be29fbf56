"""The numbers of the progression, as `data/progression.toml` gives them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from openback.datafile import Table, read_table


@dataclass(frozen=True, slots=True, kw_only=True)
class ReEntry:
    """What a break of at least `from_days` does: load lighter by a share, sets fewer, or a new start."""

    from_days: int
    lighter: float
    fewer_sets: int
    restart: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressionData:
    """Steps, holds, bands, form, pain, deload and breaks; shares are of the load."""

    extra_reps: int
    most_rise: float
    spare_reps: int
    easy_rir: int
    start_over: float
    slower_s: float
    far_below_reps: int
    least_of_range: float
    hold_step_s: int
    longest_hold_s: int
    band_ratio: float
    fault_reps: int
    form_sessions: int
    danger_sessions: int
    pain_above: int
    pain_less_share: float
    deload_drop: float
    deload_lighter: float
    deload_sets_share: float
    deload_more_rir: int
    start_rir: int
    re_entry: tuple[ReEntry, ...]

    def break_of(self, days: int) -> ReEntry | None:
        """Return the row for a break of so many days; None when it is no break."""
        reached = [row for row in self.re_entry if days >= row.from_days]
        return reached[-1] if reached else None


@cache
def progression_data() -> ProgressionData:
    """Return the numbers; raises BadDataFile when the file does not have them all."""
    table = read_table("progression.toml")
    data = _read(table)
    table.settle()
    return data


def _read(table: Table) -> ProgressionData:
    step, hold, form, pain, deload = (table.table(key) for key in ("step", "hold", "form", "pain", "deload"))
    return ProgressionData(
        extra_reps=step.whole("extra_reps"),
        most_rise=step.number("most_rise"),
        spare_reps=step.whole("spare_reps"),
        easy_rir=step.whole("easy_rir"),
        start_over=step.number("start_over"),
        slower_s=step.number("slower_s"),
        far_below_reps=step.whole("far_below_reps"),
        least_of_range=step.number("least_of_range"),
        start_rir=step.whole("start_rir"),
        hold_step_s=hold.whole("step_s"),
        longest_hold_s=hold.whole("longest_s"),
        band_ratio=table.table("band").number("ratio"),
        fault_reps=form.whole("reps"),
        form_sessions=form.whole("form_sessions"),
        danger_sessions=form.whole("danger_sessions"),
        pain_above=pain.whole("above"),
        pain_less_share=pain.number("less_share"),
        deload_drop=deload.number("drop"),
        deload_lighter=deload.number("lighter"),
        deload_sets_share=deload.number("sets_share"),
        deload_more_rir=deload.whole("more_rir"),
        re_entry=tuple(
            ReEntry(
                from_days=row.whole("from_days"),
                lighter=row.number("lighter"),
                fewer_sets=row.whole("fewer_sets"),
                restart=row.flag("restart"),
            )
            for row in table.tables("re_entry")
        ),
    )
