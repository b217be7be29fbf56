"""A catalogue made of model values, so that the planner is tested without the exercise files.

The muscle shares are those of evidence 1.2; kit, doses and complaints are plausible, not the files' own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from openback.model.exercise import (
    Catalogue,
    Complaint,
    Dose,
    Exercise,
    Guide,
    KitItem,
    Muscle,
    Safety,
    StartLoad,
    Swaps,
    Tempo,
)
from openback.model.person import Person, Place, Profile

TODAY = date(2026, 11, 22)

_SHORT = {
    "UT": "trapezius_upper",
    "MT": "trapezius_middle",
    "LT": "trapezius_lower",
    "RH": "rhomboids",
    "LD": "latissimus_dorsi",
    "PD": "posterior_deltoid",
    "RC": "rotator_cuff",
    "SA": "serratus_anterior",
    "ES": "erector_spinae",
    "EF": "biceps",
}
_NAMES = {
    "UT": "Upper trapezius",
    "MT": "Middle trapezius",
    "LT": "Lower trapezius",
    "RH": "Rhomboids",
    "LD": "Lats",
    "PD": "Back of the shoulders",
    "RC": "Rotator cuff",
    "SA": "Serratus",
    "ES": "Back extensors",
    "EF": "Biceps and elbow benders",
}
_COMPLAINTS = {
    "neck_pain": "Sore neck",
    "shoulder_impingement": "Shoulder that hurts when the arm is raised",
    "low_back_pain": "Sore lower back",
    "wrist_pain": "Sore wrist",
    "elbow_tendinopathy": "Tennis or golfer's elbow",
    "hypermobility": "Very bendy joints",
    "osteoporosis": "Thin or fragile bones",
    "thoracic_outlet": "Tingling hands, or thoracic outlet trouble",
}
_KIT = (
    "mat wall chair foam_roller band dumbbells bench barbell low_bar pull_up_bar suspension_trainer cable_machine"
    " rope wide_bar close_bar lat_pulldown_machine row_machine reverse_fly_machine assisted_pull_up_machine"
)

# id | pattern | level | kit | load | position | flags | shares | avoid_with | prefer_with
# flags: 1 one side at a time, H heavy, O overhead, I inverted
_REPS = """
wide_grip_lat_pulldown|vertical_pull|beginner|lat_pulldown_machine wide_bar|stack|seated|O|MT.5 LT.5 RH.5 LD1 PD.5 RC.25 EF.5|shoulder_impingement|low_back_pain
close_grip_lat_pulldown|vertical_pull|beginner|lat_pulldown_machine close_bar|stack|seated|O|MT.5 LT.25 RH.5 LD1 PD.5 RC.25 EF.5||low_back_pain
neutral_grip_lat_pulldown|vertical_pull|beginner|lat_pulldown_machine|stack|seated|O|MT.5 LT.25 RH.5 LD1 PD.5 RC.25 EF.5||shoulder_impingement elbow_tendinopathy
underhand_lat_pulldown|vertical_pull|beginner|lat_pulldown_machine wide_bar|stack|seated|O|MT.5 LT.25 RH.5 LD1 PD.25 RC.25 EF1|elbow_tendinopathy|
pull_up|vertical_pull|advanced|pull_up_bar|body|hanging|OH|UT.25 MT.5 LT.5 RH.5 LD1 PD.5 RC.5 SA.25 EF.5 ES.25|shoulder_impingement hypermobility|
chin_up|vertical_pull|advanced|pull_up_bar|body|hanging|OH|MT.5 LT.5 RH.5 LD1 PD.5 RC.5 SA.25 EF1 ES.25|elbow_tendinopathy hypermobility|
assisted_pull_up|vertical_pull|intermediate|assisted_pull_up_machine|assist|hanging|O|UT.25 MT.5 LT.5 RH.5 LD1 PD.5 RC.5 SA.25 EF.5|shoulder_impingement|
straight_arm_pulldown|vertical_pull|beginner|cable_machine|stack|standing|O|MT.25 LT.25 RH.25 LD1 PD.25 ES.25||elbow_tendinopathy
band_pulldown|vertical_pull|beginner|band|band|kneeling|O|MT.5 LT.5 RH.5 LD1 PD.5 RC.25 EF.5||low_back_pain
one_arm_dumbbell_row|horizontal_pull|beginner|dumbbells bench|dumbbell_each|hinged|1|UT.5 MT1 LT.5 RH1 LD1 PD.5 RC.25 EF.5 ES.25||
bent_over_barbell_row|horizontal_pull|intermediate|barbell|barbell|hinged|H|UT.5 MT1 LT.5 RH1 LD1 PD.5 RC.5 EF.5 ES.5|low_back_pain osteoporosis|
bent_over_dumbbell_row|horizontal_pull|intermediate|dumbbells|dumbbell_each|hinged||UT.5 MT1 LT.5 RH1 LD1 PD.5 RC.5 EF.5 ES.5|low_back_pain osteoporosis|
seated_cable_row|horizontal_pull|beginner|row_machine|stack|seated||UT.25 MT1 LT.5 RH1 LD1 PD.5 RC.25 EF.5 ES.25||low_back_pain
wide_grip_seated_cable_row|horizontal_pull|beginner|row_machine wide_bar|stack|seated||UT.5 MT1 LT.5 RH1 LD.5 PD1 RC.25 EF.5 ES.25||
chest_supported_dumbbell_row|horizontal_pull|beginner|dumbbells bench|dumbbell_each|prone||UT.5 MT1 LT.5 RH1 LD1 PD.5 RC.25 EF.5||low_back_pain shoulder_impingement osteoporosis
inverted_row|horizontal_pull|intermediate|low_bar|body|supine||UT.5 MT1 LT.5 RH1 LD1 PD.5 RC.5 EF.5 ES.25||low_back_pain
band_row|horizontal_pull|beginner|band|band|seated||UT.25 MT1 LT.5 RH1 LD1 PD.5 RC.25 EF.5 ES.25||shoulder_impingement
face_pull|rear_delt|beginner|cable_machine rope|stack|standing||UT.5 MT1 LT.5 RH.5 PD1 RC.5 EF.25||
reverse_fly|rear_delt|beginner|dumbbells|dumbbell_each|hinged||UT.5 MT1 LT.5 RH.5 PD1 RC.5||neck_pain
machine_reverse_fly|rear_delt|beginner|reverse_fly_machine|stack|seated||UT.5 MT1 LT.5 RH.5 PD1 RC.5||neck_pain
prone_y_raise|scapular|beginner|mat|body|prone|O|UT.5 MT1 LT1 RH.5 PD.5 RC.5 SA.25 ES.25|shoulder_impingement|
prone_t_raise|scapular|beginner|mat|body|prone||UT.5 MT1 LT1 RH.5 PD1 RC.5 ES.25||shoulder_impingement
prone_w_raise|scapular|beginner|mat|body|prone||UT.25 MT.5 LT1 RH.5 PD.5 RC1 SA.25 ES.25||
prone_i_raise|scapular|beginner|mat|body|prone||MT.5 LT.5 RH.5 LD.5 PD.5 ES.25||shoulder_impingement
band_pull_apart|rear_delt|beginner|band|band|standing||UT.25 MT.5 LT.5 RH.5 PD.5 RC.5||
side_lying_external_rotation|scapular|beginner|dumbbells mat|dumbbell_each|side_lying|1|MT.25 LT.25 PD.25 RC1||shoulder_impingement
dumbbell_shrug|shrug|beginner|dumbbells|dumbbell_each|standing||UT1 MT.5 LT.25 RH.25|thoracic_outlet|
dumbbell_shrug_30|shrug|beginner|dumbbells|dumbbell_each|standing||UT1 MT.5 LT.5 RH.25 RC.25 SA.25||thoracic_outlet
barbell_shrug|shrug|intermediate|barbell|barbell|standing|H|UT1 MT.5 LT.25 RH.25|low_back_pain neck_pain thoracic_outlet|
overhead_shrug|shrug|intermediate|barbell|barbell|standing|OH|UT1 MT.5 LT.5 PD.25 RC.25 SA.5|shoulder_impingement|
lateral_raise|shrug|beginner|dumbbells|dumbbell_each|standing||UT.5 MT.25 LT.25 PD.25 RC.5 SA.5||neck_pain
scapular_pull_up|scapular|intermediate|pull_up_bar|body|hanging|O|MT.25 LT.5 RH.25 LD.5|hypermobility|
push_up_plus|scapular|beginner|mat|body|plank||MT.25 LT.25 RC.25 SA1|wrist_pain|
wall_slide|scapular|beginner|wall|body|standing|O|UT.25 MT.25 LT.25 RC.25 SA.5||shoulder_impingement thoracic_outlet
wall_angel|scapular|beginner|wall|body|standing|O|UT.25 MT.5 LT.5 RH.25 PD.25 RC.25 SA.25||osteoporosis
"""
# id | kit | position | flags | shares | avoid_with | prefer_with
_HOLDS = """
prone_cobra|mat|prone||UT.25 MT.5 LT.5 RH.5 LD.25 PD.25 RC.5 ES.5||
superman|mat|prone||UT.25 MT.25 LT.5 RH.25 LD.25 PD.25 ES1|low_back_pain|
cobra_pose|mat|prone||MT.25 LT.25 RH.25 ES.5|neck_pain|
locust_pose|mat|prone||MT.25 LT.25 RH.25 LD.25 PD.25 ES1||
downward_dog|mat|plank|IO|UT.25 MT.25 LT.25 RC.25 SA.5|wrist_pain|
sphinx_pose|mat|prone||MT.25 LT.25 SA.25 ES.25||
bow_pose|mat|prone||MT.25 LT.25 RH.25 PD.25 ES.5|neck_pain low_back_pain|
"""
# id | kit | position | stretches | avoid_with
_STRETCHES = """
thread_the_needle|mat|all_fours|thoracic_spine shoulders|osteoporosis hypermobility
cat_cow|mat|all_fours|thoracic_spine lower_back|
eagle_arms|chair|seated|shoulders thoracic_spine|hypermobility
puppy_pose|mat|kneeling|thoracic_spine lats chest|hypermobility
cow_face_arms|chair|seated|shoulders|hypermobility
childs_pose|mat|kneeling|lats lower_back|
standing_hamstring_stretch|chair|standing|hamstrings|hypermobility
supine_hamstring_stretch|mat|supine|hamstrings|hypermobility
doorway_chest_stretch|wall|standing|chest|hypermobility
chin_tuck||seated|neck|
thoracic_extension_roller|foam_roller|supine|thoracic_spine|osteoporosis
"""


def shares(text: str) -> dict[str, float]:
    """Return muscle shares from a short form such as `LD1 MT.5`."""
    return {_SHORT[word[:2]]: float(word[2:]) for word in text.split()}


def exercise(exercise_id: str, **changes: Any) -> Exercise:
    """Return a plain two-to-four-set exercise with `changes` made."""
    tempo = Tempo(lift_s=2, hold_s=1, lower_s=2, pause_s=0)
    plain = Exercise(
        id=exercise_id,
        name=exercise_id.replace("_", " ").capitalize(),
        aliases=(),
        pattern="horizontal_pull",
        kind="reps",
        level="beginner",
        kit=(),
        load="body",
        body_mass_share=0.0,
        one_side_at_a_time=False,
        setup_s=30,
        sources=(),
        muscles={},
        muscles_confidence="close_variant",
        muscles_note="From a table.",
        stretches=(),
        dose=Dose(reps=(8, 12), hold_s=None, rest_s=90, sets=(2, 4), tempo=tempo),
        start_load=StartLoad(),
        guide=Guide(summary="", setup=(), steps=(), cues=(), mistakes=()),
        swap=Swaps(),
        safety=Safety(position="standing"),
    )
    return replace(plain, **changes)


def _loaded(line: str) -> Exercise:
    key, pattern, level, kit, load, position, flags, muscles, avoid, prefer = line.split("|")
    small = pattern in {"scapular", "rear_delt", "shrug"}
    reps = (12, 20) if load == "band" else (10, 15) if small else (8, 12)
    tempo = Tempo(lift_s=2, hold_s=1, lower_s=2, pause_s=0)
    return exercise(
        key,
        pattern=pattern,
        level=level,
        kit=tuple(kit.split()),
        load=load,
        one_side_at_a_time="1" in flags,
        setup_s=20 if load in {"body", "band"} else 45,
        muscles=shares(muscles),
        dose=Dose(reps=reps, hold_s=None, rest_s=60 if small else 120, sets=(2, 4), tempo=tempo),
        safety=Safety(
            position=position,  # type: ignore[arg-type]
            avoid_with=tuple(avoid.split()),
            prefer_with=tuple(prefer.split()),
            overhead="O" in flags,
            heavy="H" in flags,
        ),
    )


def _hold(line: str) -> Exercise:
    key, kit, position, flags, muscles, avoid, prefer = line.split("|")
    tempo = Tempo(lift_s=1, hold_s=0, lower_s=1, pause_s=0)
    return exercise(
        key,
        pattern="hold",
        kind="hold",
        kit=tuple(kit.split()),
        load="none",
        setup_s=15,
        muscles=shares(muscles),
        dose=Dose(reps=None, hold_s=(20, 30), rest_s=45, sets=(2, 3), tempo=tempo),
        safety=Safety(
            position=position,  # type: ignore[arg-type]
            avoid_with=tuple(avoid.split()),
            prefer_with=tuple(prefer.split()),
            inverted="I" in flags,
            overhead="O" in flags,
        ),
    )


def _stretch(line: str) -> Exercise:
    key, kit, position, regions, avoid = line.split("|")
    tempo = Tempo(lift_s=2, hold_s=2, lower_s=2, pause_s=0)
    flows = key in {"cat_cow", "thread_the_needle", "chin_tuck"}
    reps, hold_s = ((6, 10), None) if flows else (None, (20, 30))
    return exercise(
        key,
        pattern="stretch",
        kind="flow" if flows else "hold",
        kit=tuple(kit.split()),
        load="none",
        setup_s=10,
        stretches=tuple(regions.split()),
        dose=Dose(reps=reps, hold_s=hold_s, rest_s=10, sets=(1, 3), tempo=tempo),
        safety=Safety(position=position, avoid_with=tuple(avoid.split())),  # type: ignore[arg-type]
    )


def all_exercises() -> dict[str, Exercise]:
    """Return the fifty-three exercises of the project, as the planner sees them."""
    made: list[Exercise] = []
    for text, build in ((_REPS, _loaded), (_HOLDS, _hold), (_STRETCHES, _stretch)):
        made += [build(line) for line in text.strip().splitlines()]
    return {one.id: one for one in made}


def catalogue(exercises: Mapping[str, Exercise] | Iterable[Exercise] | None = None) -> Catalogue:
    """Return a catalogue of `exercises`, all of them when None."""
    if exercises is None:
        exercises = all_exercises()
    listed = exercises.values() if isinstance(exercises, Mapping) else exercises
    return Catalogue(
        exercises={one.id: one for one in listed},
        muscles={
            key: Muscle(id=key, name=_NAMES[short], does="", primary=short in {"UT", "MT", "LT", "RH", "LD"})
            for short, key in _SHORT.items()
        },
        kit={
            key: KitItem(id=key, name=key.replace("_", " ").capitalize(), hint="", where=("gym",))
            for key in _KIT.split()
        },
        complaints={
            key: Complaint(id=key, name=name, asks="", rule=f"The rule of {key}.", sources=())
            for key, name in _COMPLAINTS.items()
        },
        sources={},
    )


GYM = Place(name="Gym", kit=frozenset(_KIT.split()))
HOME = Place(name="Home", kit=frozenset({"mat", "wall", "chair", "band", "dumbbells", "bench"}))
FLOOR = Place(name="Floor", kit=frozenset({"mat", "wall"}))


def person(**changes: Any) -> Person:
    """Return a woman of forty who is new to training, with `changes` made."""
    plain = Person(
        sex="female",
        birth_date=date(1986, 3, 1),
        height_cm=168,
        mass_kg=65,
        experience="new",
        goals=("tone", "posture"),
        days_per_week=3,
        minutes_per_session=45,
    )
    return replace(plain, **changes)


def profile(*places: Place, screening: Mapping[str, bool] | None = None, **changes: Any) -> Profile:
    """Return a profile of `person(**changes)` in `places` (the gym when none is given)."""
    return Profile(person=person(**changes), places=places or (GYM,), screening=screening or {})
