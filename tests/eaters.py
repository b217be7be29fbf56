"""People who eat, and wishes of all kinds, for the tests of energy, safety and targets."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files

from hypothesis import strategies as st

from openback.model.eating import FoodWishes
from openback.model.person import Person
from openback.nutrition.safety_data import food_safety

TODAY = date(2026, 11, 27)
SOURCES = tomllib.loads(files("openback").joinpath("data", "sources.toml").read_text(encoding="utf-8"))


def person(**changes) -> Person:
    usual = {
        "sex": "female",
        "birth_date": date(1986, 5, 1),
        "height_cm": 165.0,
        "mass_kg": 65.0,
        "experience": "some",
        "goals": ("tone",),
        "days_per_week": 3,
        "minutes_per_session": 30,
    }
    return Person(**(usual | changes))


people = st.builds(
    person,
    sex=st.sampled_from(["female", "male", "unspecified"]),
    birth_date=st.dates(date(1930, 1, 1), date(2013, 1, 1)),
    height_cm=st.floats(140, 210),
    mass_kg=st.floats(35, 220),
    experience=st.sampled_from(["new", "some", "trained"]),
    days_per_week=st.integers(1, 6),
    minutes_per_session=st.integers(10, 90),
    desk_job=st.booleans(),
    pregnancy_week=st.one_of(st.none(), st.none(), st.integers(1, 42)),
)
wishes_of_all_kinds = st.builds(
    FoodWishes,
    goal=st.sampled_from(["leaner", "leaner", "same", "more_muscle"]),
    diet=st.sampled_from(["omnivore", "vegetarian", "vegan"]),
    activity=st.sampled_from([None, "inactive", "very_active"]),
    target_mass_kg=st.one_of(st.none(), st.floats(30, 200)),
    target_on=st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2028, 1, 1))),
    lactating=st.booleans(),
    body_fat_share=st.one_of(st.none(), st.floats(0.05, 0.6)),
    warnings=st.dictionaries(st.sampled_from([one.id for one in food_safety().questions]), st.booleans()),
)
