"""The page on adding an exercise is true: its example loads, and it names every key and measure."""

from __future__ import annotations

import re
import typing
from pathlib import Path

import numpy as np
import pytest
from pydantic import BaseModel

from openback.catalogue import load_catalogue, schema
from openback.catalogue.rules import plain_name
from openback.errors import BadCatalogue
from openback.model import exercise as model
from openback.model.figure import ANGLES, POSTURES, PROPS
from openback.model.measures import MEASURE_UNITS
from openback.motion.measures import exact
from openback.motion.skeleton.figure_motion import figure_at

PAGE = (Path(__file__).parent.parent / "docs" / "adding-an-exercise.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
PARTS = [schema.ExercisePart, *(each for each in vars(schema).values() if isinstance(each, type) and issubclass(each, schema.Part) and each not in (schema.Part, schema.MusclePart, schema.KitPart, schema.ComplaintPart, schema.BandPart))]  # fmt: skip


def test_the_example_loads_as_it_stands(tmp_path):
    exercise, motion, sources = EXAMPLES
    (tmp_path / "towel_row.toml").write_text(f"{exercise}\n{motion}", encoding="utf-8")
    (tmp_path / "sources.toml").write_text(sources, encoding="utf-8")
    catalogue = load_catalogue(tmp_path)
    assert catalogue.exercises["towel_row"].muscles["rhomboids"] == 1.0
    towel_row = catalogue.exercises["towel_row"]
    assert [fault.id for fault in towel_row.faults] == ["hips_bend"]
    points = figure_at(towel_row, np.array([0.0, 1.0])).landmarks_m
    bends = [exact(towel_row.rep.measure, "both", pose) for pose in points]
    assert bends == pytest.approx([towel_row.rep.start, towel_row.rep.peak], abs=10)
    assert catalogue.sources["smith_2026"].doi == "10.1234/rows.2026.1"
    assert plain_name("Handtuch-Rudern") in {
        plain_name(name) for name in catalogue.exercises["towel_row"].aliases
    }


def test_the_problems_it_shows_are_told_so(tmp_path):
    broken = EXAMPLES[0].replace("\nrhomboids", "\nromboids").replace("reps = [8, 15]", "reps = [12, 8]")
    (tmp_path / "towel_row.toml").write_text(broken, encoding="utf-8")
    with pytest.raises(BadCatalogue) as caught:
        load_catalogue(tmp_path)
    shown = re.search(r"( +)(The exercise files have 2 problems:\n.*?)\n +```", PAGE, re.DOTALL)
    lines = "\n".join(line.removeprefix(shown[1]) for line in shown[2].split("\n"))
    assert str(caught.value).replace(f"{tmp_path}/", "exercises/") == lines


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_every_key_is_named(part: type[BaseModel]):
    assert [key for key in part.model_fields if not re.search(rf"[`.\[]{key}[`.\]]", PAGE)] == []


@pytest.mark.parametrize(
    "words",
    [model.Pattern, model.Kind, model.Level, model.LoadKind, model.Severity, model.Position, model.Region, model.Confidence, model.MeasuredSide],
)  # fmt: skip
def test_every_word_is_named(words):
    assert [word for word in typing.get_args(words) if not re.search(rf"\b{word}\b", PAGE)] == []


@pytest.mark.parametrize("words", [ANGLES, POSTURES, PROPS], ids=["angles", "postures", "props"])
def test_every_word_of_the_figure_is_named(words):
    assert [word for word in words if f"`{word}`" not in PAGE] == []


def test_every_measure_is_named():
    assert [name for name in MEASURE_UNITS if f"`{name}`" not in PAGE] == []
