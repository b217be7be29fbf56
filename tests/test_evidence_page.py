"""The page on the evidence says what the source table says, one sentence a line."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from pathlib import Path

import pytest

PAGE = Path(__file__).parent.parent / "docs" / "evidence.md"
NOTE = re.compile(r"^\[\^([a-z0-9_]+)\]: (.+)$", re.MULTILINE)
SENTENCE_ENDS_INSIDE = re.compile(r"[a-z0-9)][.?!](?:\[\^\w+\] ?)* +[A-Z]")


@pytest.fixture(scope="module")
def page() -> str:
    return PAGE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def sources() -> dict[str, dict[str, str]]:
    table = resources.files("openback") / "data" / "sources.toml"
    return tomllib.loads(table.read_text(encoding="utf-8"))


def test_every_note_is_used_and_every_use_has_a_note(page: str) -> None:
    notes = [key for key, _ in NOTE.findall(page)]
    used = set(re.findall(r"\[\^([a-z0-9_]+)\](?!:)", page))
    assert len(notes) == len(set(notes))
    assert set(notes) == used


def test_every_note_is_the_citation_of_the_source_table(
    page: str, sources: dict[str, dict[str, str]]
) -> None:
    assert dict(NOTE.findall(page)) == {key: note_of(sources[key]) for key, _ in NOTE.findall(page)}


def test_one_sentence_stands_on_a_line(page: str) -> None:
    prose = [line for line in page.splitlines() if not line.startswith(("[^", "|"))]
    assert [line for line in prose if SENTENCE_ENDS_INSIDE.search(line)] == []


def note_of(source: dict[str, str]) -> str:
    link = f"https://doi.org/{source['doi']}" if "doi" in source else source.get("url")
    return f"{source['cite']}." + (f" <{link}>" if link else "")
