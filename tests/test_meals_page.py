"""docs/meals.md says every rule, filter and price of the planner of meals; data/meals.toml cites what is there."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from importlib.resources import files
from pathlib import Path

import pytest

from openback.errors import BadDataFile
from openback.model.nutrients import NUTRIENT
from openback.nutrition.meals import FILTERS, RULES
from openback.nutrition.meals.numbers import Prices, load_numbers, numbers_from

PAGE = (Path(__file__).parent.parent / "docs" / "meals.md").read_text(encoding="utf-8")
DATA = files("openback") / "data"


def section(title: str) -> str:
    return PAGE.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]


def rows(text: str) -> list[tuple[str, str]]:
    return re.findall(r"^\| `(\w+)` \| (.+?) \|$", text, flags=re.MULTILINE)


@pytest.mark.parametrize(
    ("title", "registry"),
    [
        ("Filters", FILTERS),
        ("Rules that always hold", [rule for rule in RULES if rule.hard]),
        ("Rules that are weighed", [rule for rule in RULES if not rule.hard]),
    ],
)
def test_the_page_has_every_rule_and_no_other(title, registry):
    assert rows(section(title)) == [(one.name, one.says) for one in registry]


def test_names_are_there_once():
    names = [one.name for one in (*FILTERS, *RULES)]
    assert len(set(names)) == len(names)


def test_the_page_names_every_price():
    prices = section("What is worth how much")
    assert set(re.findall(r"`(\w+)`", prices)) >= {field.name for field in fields(Prices)}


def test_the_numbers_cite_sources_that_are_there():
    known = tomllib.loads(DATA.joinpath("sources.toml").read_text(encoding="utf-8"))
    said = tomllib.loads(DATA.joinpath("meals.toml").read_text(encoding="utf-8"))
    assert set(said["sources"]) <= set(known)
    assert said["basis"] == "project default"


def test_shares_of_the_day_are_whole():
    assert sum(load_numbers().energy_share.values()) == pytest.approx(1.0)
    assert set(load_numbers().fix) <= set(NUTRIENT)


def test_every_problem_of_the_file_is_told_at_once():
    text = DATA.joinpath("meals.toml").read_text(encoding="utf-8")
    broken = text.replace("fish_meals = 2", "fish_meals = 2.5").replace("minute = 0.04", 'minute = "few"')
    with pytest.raises(BadDataFile) as caught:
        numbers_from(broken)
    assert "fish_meals must be a whole number" in str(caught.value)
    assert "price.minute must be a number of 0 or more" in str(caught.value)
