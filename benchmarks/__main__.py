"""`make bench`: run every benchmark, print a table, write bench.json.

`python -m benchmarks catalogue …` runs those named only.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from benchmarks import Benchmark, Figure, catalogue, coach, engine, foods, meals, programme, strength, vision

BENCHMARKS: Final[tuple[Benchmark, ...]] = (
    Benchmark(name="catalogue", run=catalogue.run),
    Benchmark(name="coach", run=coach.run),
    Benchmark(name="foods", run=foods.run),
    Benchmark(name="meals", run=meals.run),
    Benchmark(name="programme", run=programme.run),
    Benchmark(name="strength", run=strength.run),
    Benchmark(name="vision", run=vision.run),
    Benchmark(name="engine", run=engine.run),
)

Measured = Mapping[str, Sequence[Figure]]


def chosen(names: Iterable[str]) -> tuple[Benchmark, ...]:
    """Return the benchmarks with these names, all without names; leaves with a sentence on an unknown one."""
    known = {benchmark.name: benchmark for benchmark in BENCHMARKS}
    unknown = [name for name in names if name not in known]
    if unknown:
        sys.exit(f"No benchmark is called {' or '.join(unknown)}. There are: {', '.join(known)}.")
    return tuple(known[name] for name in names) or BENCHMARKS


def table(measured: Measured) -> Table:
    """Return the figures as a table, one row each."""
    shown = Table("Benchmark", "Figure", "Value", "Unit", "At most", "Holds", "Note")
    for name, figure in _rows(measured):
        limit = "" if figure.at_most is None else f"{figure.at_most:g}"
        holds = {None: "", True: "yes", False: "no"}[figure.holds]
        shown.add_row(name, figure.name, f"{figure.value:.4g}", figure.unit, limit, holds, figure.note)
    return shown


def document(measured: Measured) -> dict[str, object]:
    """Return the figures and the machine they were taken on, ready for JSON."""
    rows = [{"benchmark": name, **asdict(figure), "holds": figure.holds} for name, figure in _rows(measured)]
    machine = {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
    }
    return {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine,
        "figures": rows,
    }


def _rows(measured: Measured) -> Iterator[tuple[str, Figure]]:
    return ((name, figure) for name, figures in measured.items() for figure in figures)


def main(names: Sequence[str]) -> None:
    """Measure, print, write."""
    console = Console()
    measured: dict[str, Sequence[Figure]] = {}
    for benchmark in chosen(names):
        with console.status(f"Measuring {benchmark.name} …"):
            measured[benchmark.name] = benchmark.run()
    console.print(table(measured))
    Path("bench.json").write_text(json.dumps(document(measured), indent=1) + "\n")
    console.print("Written to bench.json.")


if __name__ == "__main__":
    main(sys.argv[1:])
