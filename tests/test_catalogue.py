"""The catalogue holds what the issue asks for, a person's own folder adds to it, and it reads fast."""

from __future__ import annotations

import os
import tomllib
from dataclasses import FrozenInstanceError
from importlib import resources

import pytest

from openback.catalogue import load_catalogue
from openback.catalogue.document import exercise_json
from openback.catalogue.kit import doable, owned
from openback.catalogue.schema import ExercisePart
from openback.catalogue.shape import checked
from openback.model.measures import MEASURE_UNITS

CATALOGUE = load_catalogue()

EXERCISE_IDS = """
wide_grip_lat_pulldown close_grip_lat_pulldown neutral_grip_lat_pulldown underhand_lat_pulldown pull_up chin_up
assisted_pull_up straight_arm_pulldown band_pulldown one_arm_dumbbell_row bent_over_barbell_row
bent_over_dumbbell_row seated_cable_row wide_grip_seated_cable_row chest_supported_dumbbell_row inverted_row band_row
face_pull reverse_fly machine_reverse_fly prone_y_raise prone_t_raise prone_w_raise prone_i_raise band_pull_apart
side_lying_external_rotation dumbbell_shrug dumbbell_shrug_30 barbell_shrug overhead_shrug lateral_raise
scapular_pull_up push_up_plus wall_slide wall_angel prone_cobra superman cobra_pose locust_pose downward_dog
sphinx_pose bow_pose thread_the_needle cat_cow eagle_arms puppy_pose cow_face_arms childs_pose
standing_hamstring_stretch supine_hamstring_stretch doorway_chest_stretch chin_tuck thoracic_extension_roller
"""
MUSCLE_IDS = """
trapezius_upper trapezius_middle trapezius_lower rhomboids latissimus_dorsi posterior_deltoid rotator_cuff
serratus_anterior erector_spinae biceps
"""
KIT_IDS = """
mat wall chair foam_roller band dumbbells bench barbell low_bar pull_up_bar suspension_trainer cable_machine rope
wide_bar close_bar lat_pulldown_machine row_machine reverse_fly_machine assisted_pull_up_machine
"""
COMPLAINT_IDS = """
neck_pain shoulder_impingement low_back_pain wrist_pain elbow_tendinopathy hypermobility osteoporosis thoracic_outlet
"""


@pytest.mark.parametrize("exercise_id", EXERCISE_IDS.split())
def test_every_exercise_of_the_issue_is_there_and_its_guide_is_whole(exercise_id):
    exercise = CATALOGUE.exercises[exercise_id]
    guide = exercise.guide
    assert guide.summary
    assert min(len(part) for part in (guide.setup, guide.steps, guide.cues, guide.mistakes, guide.tips)) >= 1
    assert all(tip.text and tip.why for tip in guide.tips)
    assert exercise.sources
    assert exercise.muscles_note
    assert exercise.swap.easier or exercise.swap.harder or exercise.swap.twins


@pytest.mark.parametrize(
    ("table", "ids"),
    [
        pytest.param(CATALOGUE.muscles, MUSCLE_IDS, id="muscles"),
        pytest.param(CATALOGUE.kit, KIT_IDS, id="kit"),
        pytest.param(CATALOGUE.complaints, COMPLAINT_IDS, id="complaints"),
        pytest.param(
            CATALOGUE.bands, "tan yellow red green blue black silver gold", id="bands, lightest first"
        ),
    ],
)
def test_a_table_has_the_ids_that_other_things_rely_on(table, ids):
    assert list(table) == ids.split()


def test_bands_pull_harder_from_colour_to_colour():
    forces = [(band.force_100_n, band.force_200_n) for band in CATALOGUE.bands.values()]
    assert forces == sorted(forces)
    assert [band.order for band in CATALOGUE.bands.values()] == list(range(1, 9))


@pytest.mark.parametrize("exercise", CATALOGUE.exercises.values(), ids=list(CATALOGUE.exercises))
def test_what_takes_a_load_says_where_to_start(exercise):
    if exercise.load in ("stack", "assist", "dumbbell_each", "barbell"):
        assert set(exercise.start_load.share) == {"female", "male", "unspecified"}
    if exercise.load == "band":
        assert set(exercise.start_load.band) == {"female", "male", "unspecified"}


@pytest.mark.parametrize("exercise", CATALOGUE.exercises.values(), ids=list(CATALOGUE.exercises))
def test_measured_shares_cite_who_measured_them(exercise):
    assert exercise.sources if exercise.muscles_confidence != "anatomy" else True
    cited = {*exercise.sources, *(key for tip in exercise.guide.tips for key in tip.sources)}
    assert all(CATALOGUE.sources[key].confidence != "low" for key in cited)


# Evidence 1.2 and 10.6: shares of the three classic lifts, and a worked sum over them.
SETS = {"wide_grip_lat_pulldown": 4, "one_arm_dumbbell_row": 3, "dumbbell_shrug": 3}


@pytest.mark.parametrize(
    ("muscle", "sets"),
    [
        ("latissimus_dorsi", 7.0),
        ("trapezius_middle", 6.5),
        ("trapezius_upper", 4.5),
        ("trapezius_lower", 4.25),
        ("rhomboids", 5.75),
        ("biceps", 3.5),
    ],
)
def test_fractional_sets_of_the_three_classic_lifts(muscle, sets):
    got = sum(CATALOGUE.exercises[lift].muscles.get(muscle, 0.0) * count for lift, count in SETS.items())
    assert got == pytest.approx(sets)


# Evidence 5.5, row by row.
@pytest.mark.parametrize(
    ("complaint", "avoided", "preferred"),
    [
        ("shoulder_impingement", "wide_grip_lat_pulldown overhead_shrug", "neutral_grip_lat_pulldown band_row face_pull chest_supported_dumbbell_row side_lying_external_rotation wall_slide"),
        ("low_back_pain", "bent_over_barbell_row bent_over_dumbbell_row barbell_shrug superman bow_pose", "inverted_row chest_supported_dumbbell_row seated_cable_row"),
        ("neck_pain", "barbell_shrug bow_pose", "lateral_raise one_arm_dumbbell_row chin_tuck reverse_fly"),
        ("wrist_pain", "downward_dog", "one_arm_dumbbell_row"),
        ("elbow_tendinopathy", "chin_up", "neutral_grip_lat_pulldown straight_arm_pulldown"),
        ("hypermobility", "scapular_pull_up", ""),
        ("osteoporosis", "thread_the_needle", "chest_supported_dumbbell_row wall_angel"),
        ("thoracic_outlet", "barbell_shrug straight_arm_pulldown", "dumbbell_shrug_30 wall_slide"),
    ],
)  # fmt: skip
def test_complaints_change_the_choice_of_exercises(complaint, avoided, preferred):
    exercises = CATALOGUE.exercises
    assert [each for each in avoided.split() if complaint not in exercises[each].safety.avoid_with] == []
    assert [each for each in preferred.split() if complaint not in exercises[each].safety.prefer_with] == []


def test_no_source_of_low_confidence_and_each_can_be_found():
    for source in CATALOGUE.sources.values():
        assert source.says.endswith(".")
        assert source.confidence != "low"


@pytest.mark.parametrize(
    ("kit", "expected"),
    [
        pytest.param([], set(), id="nothing"),
        pytest.param(["kettlebell"], {"kettlebell"}, id="unknown stays"),
        pytest.param(["mat", "mat"], {"mat"}, id="nothing comes with a mat"),
        pytest.param(
            ["lat_pulldown_machine"], {"lat_pulldown_machine", "wide_bar", "close_bar"}, id="its bars"
        ),
        pytest.param(
            ["cable_machine"],
            {"cable_machine", "row_machine", "rope", "wide_bar", "close_bar"},
            id="what comes with what comes with it",
        ),
        pytest.param(["suspension_trainer"], {"suspension_trainer", "low_bar"}, id="stands in"),
    ],
)
def test_owned_kit_brings_what_comes_with_it(kit, expected):
    assert owned(CATALOGUE, kit) == expected
    assert owned(CATALOGUE, owned(CATALOGUE, kit)) == expected


def test_all_of_the_kit_is_needed():
    row = CATALOGUE.exercises["one_arm_dumbbell_row"]
    assert not doable(CATALOGUE, row, ["dumbbells"])
    assert doable(CATALOGUE, row, ["dumbbells", "bench"])


@pytest.mark.parametrize("exercise", CATALOGUE.exercises.values(), ids=list(CATALOGUE.exercises))
def test_the_document_of_an_exercise_is_its_file_again(exercise):
    part, problems = checked(ExercisePart, exercise_json(exercise), "document")
    assert problems == ()
    path = resources.files("openback") / "data" / "exercises" / f"{exercise.id}.toml"
    written = tomllib.loads(path.read_text(encoding="utf-8"))
    assert part.model_dump(exclude_none=True) == ExercisePart.model_validate(written).model_dump(
        exclude_none=True
    )


# --- A person's own folder ---------------------------------------------------------------------------


def own_file(folder, exercise_id="pull_up", **changes):
    """Write the packaged pull-up under another id and with other lines."""
    path = resources.files("openback") / "data" / "exercises" / "pull_up.toml"
    text = path.read_text(encoding="utf-8").replace('id = "pull_up"', f'id = "{exercise_id}"')
    for old, new in changes.values():
        assert old in text
        text = text.replace(old, new)
    (folder / f"{exercise_id}.toml").write_text(text, encoding="utf-8")


def test_an_own_folder_that_is_not_there_or_empty_changes_nothing(tmp_path):
    assert load_catalogue(tmp_path / "nowhere") == CATALOGUE
    assert load_catalogue(tmp_path) == CATALOGUE


def test_an_own_file_stands_in_for_ours(tmp_path):
    own_file(tmp_path, setup=("setup_s = 20", "setup_s = 33"))
    catalogue = load_catalogue(tmp_path)
    assert catalogue.exercises["pull_up"].setup_s == 33
    assert list(catalogue.exercises) == list(CATALOGUE.exercises)
    assert CATALOGUE.exercises["pull_up"].setup_s == 20


def test_an_own_file_adds_an_exercise_with_a_source_of_its_own(tmp_path):
    aliases = CATALOGUE.exercises["pull_up"].aliases
    named = {alias: (f'"{alias}",', f'"{alias} on rings",') for alias in aliases}
    own_file(tmp_path, "ring_pull_up", name=('name = "Pull-up"', 'name = "Ring pull-up"'), sources=('"edelburg_2018"', '"mine_2026"'))  # fmt: skip
    path = tmp_path / "ring_pull_up.toml"
    text = path.read_text(encoding="utf-8")
    for old, new in named.values():
        text = text.replace(f"    {old}", f"    {new}")
    path.write_text(text.replace("harder = []", 'harder = ["pull_up"]'), encoding="utf-8")
    (tmp_path / "sources.toml").write_text('[mine_2026]\ncite = "My coach"\nconfidence = "low"\nsays = "Rings turn freely."\n')  # fmt: skip
    catalogue = load_catalogue(tmp_path)
    assert "ring_pull_up" in catalogue.exercises
    assert catalogue.sources["mine_2026"].cite == "My coach"
    assert len(catalogue.exercises) == len(CATALOGUE.exercises) + 1


def test_a_byte_order_mark_is_no_problem(tmp_path):
    own_file(tmp_path)
    path = tmp_path / "pull_up.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load_catalogue(tmp_path) == CATALOGUE


def test_the_catalogue_is_kept_until_a_file_changes(tmp_path):
    own_file(tmp_path)
    first = load_catalogue(tmp_path)
    assert load_catalogue(tmp_path) is first
    own_file(tmp_path, setup=("setup_s = 20", "setup_s = 34"))
    os.utime(tmp_path / "pull_up.toml", ns=(1, 1))
    assert load_catalogue(tmp_path).exercises["pull_up"].setup_s == 34


# --- Values --------------------------------------------------------------------------------


def test_nobody_can_change_the_catalogue():
    with pytest.raises(TypeError):
        CATALOGUE.exercises["mine"] = None
    with pytest.raises(TypeError):
        CATALOGUE.exercises["pull_up"].muscles["biceps"] = 1.0
    with pytest.raises(FrozenInstanceError):
        CATALOGUE.exercises["pull_up"].name = "Mine"


def test_every_measure_has_a_unit():
    assert all(MEASURE_UNITS.values())
