"""docs/programme.md and the planner say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from openback.training.dose import load_doses
from openback.training.programme import FILTERS, RULES

PAGE = (Path(__file__).parents[1] / "docs" / "programme.md").read_text(encoding="utf-8")


def rows(heading: str) -> dict[str, str]:
    """Return the rows `name -> text` of the table under a heading."""
    part = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    return dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", part, flags=re.MULTILINE))


@pytest.mark.parametrize(
    ("heading", "registry"),
    [
        pytest.param("Filters", [(f.name, f.says) for f in FILTERS], id="filters"),
        pytest.param("Rules that always hold", [(r.name, r.says) for r in RULES if r.hard], id="hard rules"),
        pytest.param(
            "Rules that are weighed", [(r.name, r.says) for r in RULES if not r.hard], id="weighed rules"
        ),
    ],
)
def test_the_page_lists_every_rule_in_order(heading, registry):
    assert list(rows(heading).items()) == registry


def test_the_page_gives_the_bands():
    spans = [dose.primary_sets for dose in load_doses().experience.values()]
    words = (
        "{:g} to {:g} for somebody new, {:g} to {:g} with some experience and {:g} to {:g} for the trained"
    )
    assert words.format(*(n for span in spans for n in span)) in PAGE
