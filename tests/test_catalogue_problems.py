"""Every problem of a data file is told, all at once, in a sentence that names file, key and remedy."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openback.catalogue import load_catalogue
from openback.catalogue.files import DataFile, read_all
from openback.catalogue.load import catalogue_of
from openback.catalogue.rules import RULES
from openback.errors import BadCatalogue

GOOD = """\
id = "towel_row"
name = "Towel row"
aliases = ["Door Row"]
pattern = "horizontal_pull"
kind = "reps"
level = "beginner"
kit = ["wall"]
load = "body"
setup_s = 20
sources = ["lehman_2004"]

[muscles]
rhomboids = 1.0

[evidence]
confidence = "anatomy"
note = "Drawn from what the joints do."

[dose]
reps = [8, 12]
sets = [2, 4]
rest_s = 60
tempo = { lift_s = 2, hold_s = 1, lower_s = 2, pause_s = 0 }

[start_load]
band = { female = "red" }

[guide]
summary = "A row with a towel around a door handle."
setup = ["Sling the towel around both handles of a closed door."]
steps = ["Lean back with long arms.", "Pull your chest to the door."]
cues = ["Elbows to your ribs."]
mistakes = ["Sagging hips."]

[[guide.tip]]
severity = "danger"
text = "Check the door."
why = "It carries you."
sources = ["lehman_2004"]

[swap]
easier = ["band_row"]
twins = { gym = "seated_cable_row" }

[safety]
position = "standing"
avoid_with = ["wrist_pain"]
prefer_with = ["low_back_pain"]

[figure]
posture = "standing"
props = ["doorway"]
camera = { yaw_deg = 35, pitch_deg = 8 }
[[figure.key]]
at = 0.0
trunk_lean_deg = 30
[[figure.key]]
at = 1.0
shoulder_elevation_deg = { left = 20, right = 20 }

[camera]
best_view = "side_or_oblique"
place = "Phone at hip height, two metres to your right."

[rep]
measure = "elbow_flexion_deg"
start = 10
peak = 90
min_s = 0.8

[[fault]]
id = "hips_sag"
measure = "hip_flexion_deg"
during = "rep"
stat = "max"
above = 25
held_s = 0.3
severity = "form"
cue = "Hips up."
why = "The plank is part of the row."
basis = "project default"
show = { hip_flexion_deg = 40 }
"""


def problems_of(folder: Path) -> tuple[str, ...]:
    with pytest.raises(BadCatalogue) as caught:
        load_catalogue(folder)
    return caught.value.problems


def test_the_base_file_is_good(tmp_path):
    (tmp_path / "towel_row.toml").write_text(GOOD, encoding="utf-8")
    towel_row = load_catalogue(tmp_path).exercises["towel_row"]
    assert towel_row.figure.keys[1].angles_deg == {"shoulder_elevation_deg": (20, 20)}
    assert towel_row.faults[0].above == 25
    assert towel_row.faults[0].side == "both"
    assert towel_row.faults[0].show == {"hip_flexion_deg": 40}
    assert towel_row.rep.peak == 90
    assert towel_row.body_mass_share == 0.0


# fmt: off
CASES = [
    pytest.param('kind = "reps"\n', "", ["kind: is missing"], id="key missing"),
    pytest.param("setup_s = 20", "set_up_s = 20", ["setup_s: is missing", "set_up_s: is not a known key; did you mean setup_s?"], id="key mistyped"),
    pytest.param("setup_s = 20", "setup_s = 20\ncolour = 3", ["colour: is not a known key"], id="key nobody knows"),
    pytest.param("[safety]\n", "[safety]\navoid = []\n", ["safety.avoid: is not a known key; did you mean avoid_with?"], id="key of a part mistyped"),
    pytest.param('why = "It carries you."', 'because = "x"', ["guide.tip[1].why: is missing", "guide.tip[1].because: is not a known key; allowed: severity, text, why, sources"], id="key of a list entry"),
    pytest.param('pattern = "horizontal_pull"', 'pattern = "horizontal_pul"', ['pattern: "horizontal_pul" is not allowed; did you mean horizontal_pull?'], id="word mistyped"),
    pytest.param('level = "beginner"', 'level = "x"', ['level: "x" is not allowed; allowed: beginner, intermediate, advanced'], id="word unknown"),
    pytest.param('level = "beginner"', "level = 3", ["level: 3 is not allowed; allowed: beginner, intermediate, advanced"], id="number for a word"),
    pytest.param('name = "Towel row"', 'name = " "', ["name: is empty; write a text or leave the key out"], id="empty name"),
    pytest.param('name = "Towel row"', "name = 3", ["name: must be text in quotes"], id="number for a text"),
    pytest.param('cues = ["Elbows to your ribs."]', 'cues = "Elbows"', ["guide.cues: must be a list in square brackets"], id="text for a list"),
    pytest.param('cues = ["Elbows to your ribs."]', "cues = []", ["guide.cues: needs at least 1 entries and has 0"], id="empty list"),
    pytest.param('cues = ["Elbows to your ribs."]', 'cues = ["Ribs.", ""]', ["guide.cues[2]: is empty; write a text or leave the key out"], id="empty cue"),
    pytest.param("setup_s = 20", 'setup_s = "20"', ["setup_s: must be a whole number"], id="text for a number"),
    pytest.param("setup_s = 20", "setup_s = 20\none_side_at_a_time = 1", ["one_side_at_a_time: must be true or false"], id="number for yes or no"),
    pytest.param("[swap]\n", "[swap]\nharder = 3\n", ["swap.harder: must be a list in square brackets"], id="number for a list"),
    pytest.param("rhomboids = 1.0", "rhomboids = 1.5", ["muscles.rhomboids: 1.5 is too large; the most is 1.0"], id="share above one"),
    pytest.param("rhomboids = 1.0", "rhomboids = -0.5", ["muscles.rhomboids: -0.5 is too small; the least is 0.0"], id="share below nought"),
    pytest.param("rhomboids = 1.0", "rhomboids = nan", ["muscles.rhomboids: must be an ordinary number"], id="share not a number"),
    pytest.param("reps = [8, 12]", "reps = [12, 8]", ["dose.reps: [12, 8] runs downwards; write the smaller number first"], id="reps downwards"),
    pytest.param("reps = [8, 12]", "reps = [8]", ["dose.reps: needs at least 2 entries and has 1"], id="one number of reps"),
    pytest.param("reps = [8, 12]", "reps = [0, 12]", ["dose.reps[1]: 0 is too small; the least is 1"], id="no reps"),
    pytest.param("lift_s = 2", "lift_s = 90", ["dose.tempo.lift_s: 90 is too large; the most is 60.0"], id="tempo too slow"),
    pytest.param("tempo = { lift_s = 2, hold_s = 1, lower_s = 2, pause_s = 0 }", "tempo = { lift_s = 0, hold_s = 0, lower_s = 0, pause_s = 0 }", ["dose.tempo: is all zeros; a rep takes time"], id="tempo of nothing"),
    pytest.param("tempo = { lift_s = 2, hold_s = 1, lower_s = 2, pause_s = 0 }\n", "", ["dose.tempo: is missing; say the seconds of lift_s, hold_s, lower_s and pause_s"], id="no tempo"),
    pytest.param("min_s = 0.8", "min_s = 0", ["rep.min_s: 0 is too small; it must be more than 0.0"], id="rep of no time"),
    pytest.param('kind = "reps"', 'kind = "hold"', ['dose.hold_s: is missing; kind = "hold" needs it', 'dose.reps: does not go with kind = "hold"; use hold_s'], id="hold with reps"),
    pytest.param("reps = [8, 12]", "hold_s = [20, 30]", ['dose.reps: is missing; kind = "reps" needs it', 'dose.hold_s: does not go with kind = "reps"; use reps'], id="reps with seconds"),
    pytest.param("rhomboids = 1.0", "romboids = 1.0", ['muscles.romboids: no muscle is called "romboids"; did you mean rhomboids?'], id="unknown muscle"),
    pytest.param('kit = ["wall"]', 'kit = ["wall", "dumbbell"]', ['kit[2]: no kit is called "dumbbell"; did you mean dumbbells?'], id="unknown kit"),
    pytest.param('avoid_with = ["wrist_pain"]', 'avoid_with = ["wrist_pains"]', ['safety.avoid_with[1]: no complaint is called "wrist_pains"; did you mean wrist_pain?'], id="unknown complaint"),
    pytest.param('prefer_with = ["low_back_pain"]', 'prefer_with = ["wrist_pain"]', ['safety: "wrist_pain" stands under avoid_with and prefer_with; keep one of them'], id="avoided and preferred"),
    pytest.param('sources = ["lehman_2004"]\n\n[muscles]', 'sources = ["lehmann_2004"]\n\n[muscles]', ['sources[1]: no source is called "lehmann_2004"; did you mean lehman_2004?'], id="unknown source"),
    pytest.param('why = "It carries you."\nsources = ["lehman_2004"]', 'why = "It carries you."\nsources = ["xyz"]', ['guide.tip[1].sources[1]: no source is called "xyz"'], id="unknown source of a tip"),
    pytest.param('easier = ["band_row"]', 'easier = ["band_rows"]', ['swap.easier[1]: no exercise is called "band_rows"; did you mean band_row?'], id="unknown swap"),
    pytest.param('gym = "seated_cable_row"', 'gym = "seated_cabel_row"', ['swap.twins.gym: no exercise is called "seated_cabel_row"; did you mean seated_cable_row?'], id="unknown twin"),
    pytest.param('gym = "seated_cable_row"', 'pool = "seated_cable_row"', ['swap.twins.pool: "pool" is not allowed; allowed: gym, dumbbell, band, body, yoga'], id="unknown kind of twin"),
    pytest.param('easier = ["band_row"]', 'easier = ["towel_row"]', ["swap.easier[1]: names this very exercise; name another one"], id="swap for itself"),
    pytest.param('female = "red"', 'female = "reed"', ['start_load.band.female: no band is called "reed"; did you mean red or green?'], id="unknown band"),
    pytest.param('aliases = ["Door Row"]', 'aliases = ["Face-Pull"]', ['aliases[1]: "Face-Pull" already names face_pull (exercises/face_pull.toml); keep it in one of them'], id="alias of another"),
    pytest.param('id = "towel_row"', 'id = "towel_rows"', ["id: \"towel_rows\" is not the file's name; write id = \"towel_row\" or rename the file to towel_rows.toml"], id="id is not the file name"),
    pytest.param('measure = "hip_flexion_deg"', 'measure = "hip_flexion"', ['fault[1].measure: no measure is called "hip_flexion"; did you mean hip_flexion_deg?'], id="unknown measure of a fault"),
    pytest.param('measure = "elbow_flexion_deg"', 'measure = "elbow"', ['rep.measure: no measure is called "elbow"'], id="unknown measure of a rep"),
    pytest.param("above = 25\n", "", ["fault[1]: has no limit; give below or above"], id="fault without limit"),
    pytest.param('basis = "project default"', 'basis = "projekt default"', ['fault[1].basis: no source is called "projekt default"; did you mean project default?'], id="unknown basis"),
    pytest.param("peak = 90", "peak = 10", ["rep.peak: 10 is the same as start; a rep has to go somewhere"], id="rep that stays"),
    pytest.param("at = 1.0", "at = 0.0", ["figure.key[2].at: 0.0 does not come after the moment before it (0)"], id="figure that stays"),
    pytest.param("trunk_lean_deg = 30", "trunk_lean = 30", ["figure.key[1].trunk_lean: is not an angle; its name must end in _deg"], id="angle without unit"),
    pytest.param("trunk_lean_deg = 30", "trunk_lean_deg = 900", ["figure.key[1].trunk_lean_deg: 900 is more than a body does; use -180 to 180"], id="angle too large"),
    pytest.param("trunk_lean_deg = 30", "trunk_lean_deg = nan", ["figure.key[1].trunk_lean_deg: must be an ordinary number"], id="angle not a number"),
    pytest.param("trunk_lean_deg = 30", "trunk_leen_deg = 30", ['figure.key[1].trunk_leen_deg: no angle of the figure is called "trunk_leen_deg"; did you mean trunk_lean_deg?'], id="unknown angle"),
    pytest.param("trunk_lean_deg = 30", "trunk_lean_deg = { left = 30, right = 30 }", ["figure.key[1].trunk_lean_deg: is one number for the whole body; write it without left and right"], id="two numbers for one trunk"),
    pytest.param("{ left = 20, right = 20 }", "{ left = 20, right = 200 }", ["figure.key[2].shoulder_elevation_deg: 200 is more than a body does; use -10 to 185"], id="angle of one side too large"),
    pytest.param('posture = "standing"', 'posture = "stand"', ['figure.posture: no posture is called "stand"; did you mean standing?'], id="unknown posture"),
    pytest.param('props = ["doorway"]', 'props = ["doorway", "dorway"]', ['figure.props[2]: no prop is called "dorway"; did you mean doorway?'], id="unknown prop"),
    pytest.param("min_s = 0.8", 'min_s = 0.8\nside = "worse"', ['rep.side: "worse" is not allowed; allowed: both, either, working, left, right, difference'], id="unknown side of a rep"),
    pytest.param("hip_flexion_deg = 40", "hip_flexion_dg = 40", ['fault[1].show.hip_flexion_dg: no angle of the figure is called "hip_flexion_dg"; did you mean hip_flexion_deg?'], id="unknown angle of a show"),
    pytest.param("hip_flexion_deg = 40", "hip_flexion_deg = 400", ["fault[1].show.hip_flexion_deg: 400 is more than a body does; use -180 to 180"], id="angle of a show too large"),
    pytest.param("hip_flexion_deg = 40", "at = 2", ["fault[1].show.at: 2 is more than a body does; use 0 to 1"], id="moment of a show after the end"),
    pytest.param("hip_flexion_deg = 40", "lower_s = { left = 1, right = 2 }", ["fault[1].show.lower_s: is one number for the whole body; write it without left and right"], id="two numbers for a tempo"),
    pytest.param("hip_flexion_deg = 40", 'range_share = "half"', ["fault[1].show.range_share: must be a number"], id="word for a share"),
    pytest.param('best_view = "side_or_oblique"', 'best_view = "above"', ['camera.best_view: "above" is not a view; use front, back, side, oblique or any, joined by "_or_"'], id="unknown view"),
    pytest.param('id = "hips_sag"', 'id = "Hips sag"', ['fault[1].id: "Hips sag" is not an id; use small letters, digits and underscores, beginning with a letter'], id="not an id"),
]
# fmt: on


@pytest.mark.parametrize(("old", "new", "expected"), CASES)
def test_a_problem_is_told_whole(tmp_path, old, new, expected):
    assert GOOD.count(old) == 1
    path = tmp_path / "towel_row.toml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    assert sorted(problems_of(tmp_path)) == sorted(f"{path}: {problem}" for problem in expected)


FILES = [
    pytest.param(b"", "towel_row.toml: id: is missing", id="empty file"),
    pytest.param(b'id = "towel_row"\nname = \n', "towel_row.toml: is not TOML: invalid value (at line 2, column 8)", id="not TOML"),
    pytest.param(b'id = "a"\nname = "R\xfcckenzug"\n', "towel_row.toml: is not UTF-8 text (line 2); save it as UTF-8", id="not UTF-8"),
    pytest.param(b"# long\n" * 40_000, "towel_row.toml: is larger than 256 kB, the most that an exercise file may be", id="too large"),
    pytest.param(b"x = " + b"[" * 30_000, "towel_row.toml: is not TOML: tables or lists are nested too deeply", id="too deep"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), FILES)
def test_a_file_that_cannot_be_read_is_named(tmp_path, content, expected):
    (tmp_path / "towel_row.toml").write_bytes(content)
    assert problems_of(tmp_path)[0] == f"{tmp_path}/{expected}"


def test_a_folder_with_the_name_of_a_file_is_named(tmp_path):
    (tmp_path / "towel_row.toml").mkdir()
    assert problems_of(tmp_path) == (f"{tmp_path}/towel_row.toml: is not a file; move it away",)


def test_a_file_given_as_the_folder_is_named(tmp_path):
    path = tmp_path / "mine"
    path.write_text("")
    assert problems_of(path) == (f"{path}: is a file; give the folder that holds the exercise files",)


def test_all_problems_of_all_files_come_at_once(tmp_path):
    (tmp_path / "a_row.toml").write_text(GOOD.replace('"towel_row"', '"a_row"').replace("reps = [8, 12]", "reps = [12, 8]").replace("rhomboids", "romboids"))  # fmt: skip
    (tmp_path / "b_row.toml").write_text("id = ")
    (tmp_path / "sources.toml").write_text('[mine_2026]\ncite = "Mine"\ndoi = "11.1/x"\nconfidence = "high"\nsays = "x"\n')  # fmt: skip
    with pytest.raises(BadCatalogue) as caught:
        load_catalogue(tmp_path)
    assert str(caught.value) == (
        "The exercise files have 4 problems:\n"
        f'- {tmp_path}/a_row.toml: muscles.romboids: no muscle is called "romboids"; did you mean rhomboids?\n'
        f"- {tmp_path}/a_row.toml: dose.reps: [12, 8] runs downwards; write the smaller number first\n"
        f"- {tmp_path}/b_row.toml: is not TOML: invalid value (at end of document)\n"
        f'- {tmp_path}/sources.toml: mine_2026.doi: "11.1/x" is not of the right form'
    )


def test_an_exercise_that_cannot_be_read_is_not_also_missed_elsewhere(tmp_path):
    (tmp_path / "pull_up.toml").write_text("[")
    assert len(problems_of(tmp_path)) == 1


def test_a_table_with_a_bare_value_is_told():
    raw = read_all(None)
    broken = DataFile(
        label="muscles.toml", stem="muscles", table={**raw.tables["muscles"][0].table, "glutes": 3}
    )
    tables = {**raw.tables, "muscles": (broken,)}
    with pytest.raises(BadCatalogue) as caught:
        catalogue_of(type(raw)(exercises=raw.exercises, tables=tables, problems=()))
    assert caught.value.problems == ("muscles.toml: glutes: must be a table; write [glutes] above its keys",)


def test_a_problem_stays_on_one_line(tmp_path):
    (tmp_path / "towel_row.toml").write_text(
        GOOD.replace('level = "beginner"', 'level = "a\\nb"'), encoding="utf-8"
    )
    assert problems_of(tmp_path) == (
        f'{tmp_path}/towel_row.toml: level: "a b" is not allowed; allowed: beginner, intermediate, advanced',
    )


def test_each_rule_says_what_it_holds():
    assert all(rule.__doc__ and rule.__doc__.strip() for rule in RULES)


def places(table, path=()):
    """Yield the path of every value in nested tables and lists."""
    items = table.items() if isinstance(table, dict) else enumerate(table)
    for key, value in items:
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from places(value, (*path, key))


def with_value(table, path, value):
    """Return a copy of `table` with `value` at `path`."""
    copied = dict(table) if isinstance(table, dict) else list(table)
    first, *rest = path
    copied[first] = with_value(table[first], rest, value) if rest else value
    return copied


WHOLE = tomllib.loads(GOOD)
RAW = read_all(None)
nonsense = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


def problems_or_none(raw):
    try:
        assert "towel_row" in catalogue_of(raw).exercises
    except BadCatalogue as error:
        return error.problems
    return ()


@settings(max_examples=40, deadline=None)
@given(path=st.sampled_from(list(places(WHOLE))), value=nonsense)
def test_nonsense_in_any_place_is_reported_or_harmless_and_never_a_crash(path, value):
    file = DataFile(label="towel_row.toml", stem="towel_row", table=with_value(WHOLE, path, value))
    raw = type(RAW)(exercises=(*RAW.exercises, file), tables=RAW.tables, problems=())
    problems = problems_or_none(raw)
    assert all(problem.startswith("towel_row.toml: ") for problem in problems)


@settings(max_examples=20, deadline=None)
@given(path=st.sampled_from([path for path in places(WHOLE) if len(path) <= 2]))
def test_a_value_of_a_type_that_fits_nowhere_is_always_reported(path):
    file = DataFile(label="towel_row.toml", stem="towel_row", table=with_value(WHOLE, path, object()))
    with pytest.raises(BadCatalogue) as caught:
        catalogue_of(type(RAW)(exercises=(*RAW.exercises, file), tables=RAW.tables, problems=()))
    key = ".".join(str(step) if isinstance(step, str) else f"[{step + 1}]" for step in path).replace(
        ".[", "["
    )
    assert any(problem.startswith(f"towel_row.toml: {key}: ") for problem in caught.value.problems)
