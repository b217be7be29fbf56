"""What our own archive says of what was noted: back as it was, and what cannot be read told by its line."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports import read, saved
from noting import ENTRIES, PAIN, PHOTO, REMINDERS
from openback.errors import HistoryNoRows
from openback.interop import Beside, write_archive_json
from openback.model.journal import Photo, Reminders

text = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=20)


def written(*entries):
    stream = io.StringIO()
    write_archive_json(stream, sessions=(), sets=(), beside=Beside(journal=entries))
    return stream.getvalue()


def log(folder, text):
    return saved(folder, text, name="log.json")


def test_an_empty_journal_is_no_history(tmp_path):
    with pytest.raises(HistoryNoRows):
        read(log(tmp_path, written()))


def test_every_kind_but_photos_comes_back(tmp_path):
    history = read(log(tmp_path, written(*ENTRIES)))
    told = [replace(one, feed_token="") if isinstance(one, Reminders) else one for one in ENTRIES]
    assert list(history.journal) == [one for one in told if not isinstance(one, Photo)]
    assert (history.read, history.kept, history.skipped) == (len(ENTRIES) - 1, len(ENTRIES) - 1, ())


def test_neither_photos_nor_the_secret_of_the_calendar_are_in_the_file():
    found = written(PHOTO, REMINDERS)
    assert str(PHOTO.id) not in found
    assert REMINDERS.feed_token not in found


@given(st.lists(st.tuples(st.uuids(), text, st.integers(0, 10)), unique_by=lambda one: one[0], max_size=5))
def test_notes_of_any_kind_of_words_come_back(tmp_path_factory, notes):
    entries = tuple(replace(PAIN, id=key, note=note, level=level) for key, note, level in notes)
    if entries:
        path = log(tmp_path_factory.mktemp("notes"), written(*entries))
        assert read(path).journal == entries


ODD = {
    "no kind": ({"id": "x"}, "'' is no kind of entry that is known here"),
    "a kind of tomorrow": ({"entry": "dream"}, "'dream' is no kind of entry that is known here"),
    "a photo": ({"entry": "photo"}, "'photo' is no kind of entry that is known here"),
    "not an object": ([], "the record is not an object"),
    "half of it": (
        {"entry": "step_reached", "step": "first_session"},
        "the field 'on' cannot be read: field required",
    ),
    "no time zone": (
        {
            "entry": "pain_note",
            "id": str(UUID(int=1)),
            "at": "2026-11-23T10:00:00",
            "place": "neck",
            "level": 1,
        },
        "the field 'at' has no time zone",
    ),
}


@pytest.mark.parametrize(("record", "why"), ODD.values(), ids=ODD)
def test_what_cannot_be_read_is_told_with_its_line(tmp_path, record, why):
    good = json.dumps({"entry": "step_reached", "step": "first_session", "on": "2026-11-23"})
    path = log(tmp_path, f'{{"openback_log": 1, "journal": [\n{good},\n{json.dumps(record)}\n]}}')
    history = read(path)
    assert len(history.journal) == 1
    (left_out,) = history.skipped
    assert left_out.why == why
    assert left_out.line == (3 if isinstance(record, dict) else 1)


def test_the_same_entry_twice_is_told(tmp_path):
    record = json.dumps({"entry": "step_reached", "step": "first_session", "on": "2026-11-23"})
    history = read(log(tmp_path, f'{{"openback_log": 1, "journal": [\n{record},\n{record}]}}'))
    assert (len(history.journal), history.skipped[0].why) == (1, "it is in the file twice")
