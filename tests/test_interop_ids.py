"""The same set has the same id every time: what makes a second import add nothing."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports import FITNOTES, HEVY, STRONG, read, saved

AT = "2024-05-01 18:00:00"


def strong(*sets: tuple[str, str, str], title: str = "Pull", at: str = AT) -> str:
    rows = [
        f"{at},{title},1h,{name},{i},{load},{reps},0,0,,,"
        for i, (name, load, reps) in enumerate(sets, start=1)
    ]
    return "\n".join([STRONG, *rows]) + "\n"


def ids(tmp_path, text, **kwargs) -> list[str]:
    return [str(s.log.id) for s in read(saved(tmp_path, text), **kwargs).sets]


SETS = (("Row", "40", "8"), ("Row", "40", "8"), ("Row", "42.5", "6"), ("Face Pull", "20", "12"))


def test_the_same_file_twice(tmp_path):
    text = strong(*SETS)
    once, twice = read(saved(tmp_path, text)), read(saved(tmp_path, text))
    assert once == twice
    assert len({s.log.id for s in once.sets}) == 4


def test_ids_never_change_from_one_release_to_the_next(tmp_path):
    history = read(saved(tmp_path, strong(*SETS[:1])))
    assert str(history.sessions[0].log.id) == "c773fd94-36cd-5e79-ba13-36372f7834d1"
    assert str(history.sets[0].log.id) == "8660ce0b-9317-5879-b743-d8445b476c5f"


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(strong(*SETS, title="Renamed"), id="session renamed"),
        pytest.param(strong(*SETS).replace("1h", "2h"), id="session longer"),
        pytest.param(strong(*SETS).replace("12,0,0,,,", "12,0,0,note,note,9"), id="notes and ratings added"),
        pytest.param(strong(*SETS).replace(",", ";"), id="another delimiter"),
        pytest.param(strong(*SETS).replace("8,0,0", "8.0,0.0,0.0"), id="numbers written otherwise"),
        pytest.param(strong(*SETS).replace("Row", "ROW"), id="capitals"),
    ],
)
def test_what_does_not_make_another_set(tmp_path, changed):
    assert ids(tmp_path, changed) == ids(tmp_path, strong(*SETS))


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(strong(*SETS, at="2024-05-01 18:00:01"), id="another time"),
        pytest.param(strong(*((name, load, "9") for name, load, _ in SETS)), id="other reps"),
        pytest.param(strong(*((name, "90", reps) for name, _, reps in SETS)), id="another load"),
        pytest.param(
            strong(*((f"{name} 2", load, reps) for name, load, reps in SETS)), id="another exercise"
        ),
    ],
)
def test_what_makes_another_set(tmp_path, changed):
    assert not set(ids(tmp_path, changed)) & set(ids(tmp_path, strong(*SETS)))


def test_the_zone_of_the_machine_does_not_matter(tmp_path):
    text = strong(*SETS)
    assert ids(tmp_path, text, zone=ZoneInfo("Asia/Tokyo")) == ids(tmp_path, text)


def test_the_unit_chosen_for_a_file_without_one_does_not_matter(tmp_path):
    text = strong(*SETS)
    assert ids(tmp_path, text, unit="lb") == ids(tmp_path, text, unit="kg")


def test_an_export_in_the_other_unit_is_the_same_training(tmp_path):
    rows = ['"Pull","1 May 2024, 18:00","","","Row","","","0","normal","{}","8","","",""'] * 3
    kg = "\n".join(
        [HEVY, *(row.format(load) for row, load in zip(rows, ("40", "42.5", "61.25"), strict=True))]
    )
    lb = "\n".join(
        [
            HEVY.replace("weight_kg", "weight_lbs"),
            *(row.format(load) for row, load in zip(rows, ("88.18", "93.7", "135.03"), strict=True)),
        ]
    )
    assert ids(tmp_path, kg) == ids(tmp_path, lb)


def test_days_without_times(tmp_path):
    text = f"{FITNOTES}\n2024-06-01,Row,Back,50.0,10,,,,\n2024-06-02,Row,Back,50.0,10,,,,\n"
    history = read(saved(tmp_path, text))
    assert len({s.log.id for s in history.sets}) == len({s.log.session_id for s in history.sets}) == 2


some_sets = st.lists(
    st.tuples(st.sampled_from(["Row", "Face Pull"]), st.sampled_from(["20", "40"]), st.sampled_from(["6", "8"])),
    min_size=1, max_size=8,
)  # fmt: skip


@given(before=some_sets, after=some_sets, where=st.integers(0, 8))
def test_rows_added_anywhere_leave_the_others_their_ids(tmp_path_factory, before, after, where):
    folder = tmp_path_factory.mktemp("export")
    old = ids(folder, strong(*before))
    new = ids(folder, strong(*before[:where], *after, *before[where:]))
    assert set(old) <= set(new)
    assert len(set(new)) == len(new) == len(before) + len(after)
