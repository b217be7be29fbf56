"""What our own archive says about eating: every record back as it was, and what cannot be read told by its line."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dining import ENTRY, HISTORY
from exports import read, saved
from openback.errors import HistoryNoRows
from openback.interop import Beside, write_archive_json
from openback.model.eating_history import EatingHistory
from openback.model.food import Food, Portion
from openback.model.history import SkippedRow
from openback.model.nutrients import Known

OWN = Food(
    id="own:0190a1b2-0000-7000-8000-000000000001",
    name="Our bread",
    group="whole_grain",
    per_100g={"energy": 240.0, "fibre": 7.5},
    origin="own",
    source="the packet",
    portions=(Portion(name="1 slice", mass_g=45.0),),
    tags=frozenset({"vegan", "contains_gluten"}),
)
WHOLE = replace(HISTORY, own_foods=(OWN,))

amounts = st.dictionaries(
    st.sampled_from(["energy", "protein", "iron"]),
    st.builds(
        Known, amount=st.floats(0, 5000), coverage=st.floats(0, 1), of_kcal=st.none() | st.floats(0, 5000)
    ),
)
text = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=20)
entries = st.builds(
    lambda id_, name, grams, held: replace(
        ENTRY, id=id_, name=name, portion=name, mass_g=grams, amounts=held
    ),
    st.uuids(),
    text,
    st.floats(0.1, 5000),
    amounts,
)


def written(eating):
    stream = io.StringIO()
    write_archive_json(stream, sessions=(), sets=(), beside=Beside(eating=eating))
    return stream.getvalue()


def test_nothing_is_no_history(tmp_path):
    with pytest.raises(HistoryNoRows):
        read(saved(tmp_path, written(EatingHistory()), name="archive.json"))


def test_everything_comes_back_as_it_was(tmp_path):
    history = read(saved(tmp_path, written(WHOLE), name="archive.json"))
    assert history.eating == WHOLE
    assert history.skipped == ()
    assert history.read == history.kept == WHOLE.rows == 10


@given(log=st.lists(entries, max_size=4, unique_by=lambda entry: entry.id))
def test_entries_come_back_whatever_they_hold(log, tmp_path_factory):
    eating = replace(HISTORY, entries=tuple(log))
    path = saved(tmp_path_factory.mktemp("archive"), written(eating))
    assert read(path).eating == eating


def test_an_archive_of_before_says_nothing_about_eating(tmp_path):
    stream = io.StringIO()
    write_archive_json(stream, sessions=(), sets=(), beside=Beside(about={"profile": None}))
    with pytest.raises(HistoryNoRows):
        read(saved(tmp_path, stream.getvalue(), name="archive.json"))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"slot": "brunch"}, "the field 'slot' cannot be read: input should be 'breakfast', 'lunch', 'dinner' or 'snack'"),
        ({"at": "2026-11-23T08:15:00"}, "the field 'at' has no time zone"),
        ({"mass_g": -1.0}, "its amount is not between 0 and 100,000"),
        ({"mass_g": None}, "it has to say grams of a food or servings of a recipe"),
        ({"fruit_vegetable_g": "inf"}, "it holds a number that is none"),
        ({"id": str(UUID(int=2))}, "it is in the file twice"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_by_its_line_and_the_rest_is_kept(tmp_path, change, why):
    data = json.loads(written(WHOLE))
    data["food_log"].append(data["food_log"][0] | {"id": str(UUID(int=3))} | change)
    history = read(saved(tmp_path, json.dumps(data, indent=0), name="archive.json"))
    assert [row.why for row in history.skipped] == [why]
    assert isinstance(history.skipped[0], SkippedRow)
    assert history.skipped[0].line > 1
    assert history.eating == WHOLE
    assert history.read == history.kept + 1
