"""The numbers of the motion engine, as `data/motion.toml` gives them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

from openback.errors import BadDataFile

NAME = "motion.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class RepRules:
    """What counts as a rep: see `[reps]`."""

    opens: float
    back: float
    back_noise: float
    most_back: float
    turn: float
    least_turn: float
    still_s: float
    full: float
    edge_full: float
    partial: float
    least: float
    clear: float
    view_least: float
    usual: float
    sure: float
    lowest: float
    highest: float
    peak_zone: float
    peak_leave: float
    slow: float
    edge_s: float
    peak_at: float
    rest_s: float
    gap_s: float
    zone: float
    most_zone: float
    middle_share: float
    middle_slope: float
    speed_window: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldRules:
    """When somebody is in a pose: see `[holds]`."""

    begins: float
    enter: float
    least: float
    leave: float
    yields: float
    yields_s: float
    highest: float
    settle_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GateRules:
    """When somebody is not in the exercise's posture at all: see `[gate]`."""

    every_s: float
    limit: float
    near: float
    beside: float
    edge_beside: float
    edge_way: float
    walking: float
    quickest: float
    walked: float
    grown: float
    afoot: float
    away_s: float
    at_least: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RecogniseRules:
    """Which exercise it is: see `[recognise]`."""

    every_s: float
    movement: float
    still: float
    spread: float
    none: float
    sharp: float
    another: float
    unlike: float
    kind: float
    sure: float
    standing: float
    apart: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultRules:
    """When a fault may speak: see `[faults]`."""

    in_a_row: float
    sure: float
    few: float
    usable: float
    told: float
    settle_s: float
    start_s: float
    calm_s: float
    tempo_sd_s: float
    share_sd: float
    tempo_trembling: float
    hold_trembling: float
    speed_trembling: float
    blurred: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CueRules:
    """How often something is said: see `[cues]`."""

    every_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EffortRules:
    """From speed loss to reps in reserve: see `[effort]`."""

    share_at_none: float
    share_per_loss: float
    share_at_none_sd: float
    share_per_loss_sd: float
    set_sd: float
    loss_sd: float
    told_sd_reps: float
    under_reps: float
    most_loss: float
    least_share: float
    least_reps: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineRules:
    """All numbers of the engine."""

    reps: RepRules
    holds: HoldRules
    gate: GateRules
    recognise: RecogniseRules
    faults: FaultRules
    cues: CueRules
    effort: EffortRules


def engine_rules_of(text: str) -> EngineRules:
    """Return the rules written in `text`; raises BadDataFile with every problem of it."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadDataFile(NAME, [f"it is not TOML: {error}"]) from error
    problems: list[str] = []
    rules = EngineRules(
        reps=RepRules(**_numbers(table, "reps", RepRules, problems)),
        holds=HoldRules(**_numbers(table, "holds", HoldRules, problems)),
        gate=GateRules(**_numbers(table, "gate", GateRules, problems)),
        recognise=RecogniseRules(**_numbers(table, "recognise", RecogniseRules, problems)),
        faults=FaultRules(**_numbers(table, "faults", FaultRules, problems)),
        cues=CueRules(**_numbers(table, "cues", CueRules, problems)),
        effort=EffortRules(**_numbers(table, "effort", EffortRules, problems)),
    )
    if problems:
        raise BadDataFile(NAME, problems)
    return rules


def _numbers(table: Mapping[str, object], key: str, kind: type, problems: list[str]) -> dict[str, float]:
    below = table.get(key)
    values = below if isinstance(below, Mapping) else {}
    return {field.name: _number(values, f"{key}.{field.name}", problems) for field in fields(kind)}


def _number(values: Mapping[str, object], path: str, problems: list[str]) -> float:
    value = values.get(path.rpartition(".")[2])
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    problems.append(f"{path} must be a number")
    return 0.0


@cache
def engine_rules() -> EngineRules:
    """Return the rules of `data/motion.toml`; raises BadDataFile when the file does not have them all."""
    return engine_rules_of(files("openback").joinpath("data", NAME).read_text(encoding="utf-8"))
