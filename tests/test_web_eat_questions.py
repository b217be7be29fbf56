"""The questions about food, and the words and plates that meals are shown with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import FormData

import eat_sample as sample
from eat_app import TODAY, TOKEN, Asked, eat_client, fresh, said
from openback.errors import BadFoodWishes, ImpossibleGoal
from openback.model.eating import FoodWishes
from openback.model.food import FoodGroup
from openback.web import meal_words
from openback.web.forms import food_steps as steps
from openback.web.forms.fields import Fields
from openback.web.forms.food_steps import FoodAsking
from openback.web.plates import PARTS, plate_of
from test_web_pages import check_outline
from web_app import TestClient


@pytest.fixture(scope="module")
def shared(tmp_path_factory) -> Iterator[tuple[TestClient, Asked]]:
    with eat_client(tmp_path_factory.mktemp("eat")) as pair:
        yield pair


@pytest.fixture
def asked(shared) -> Asked:
    return fresh(shared)


@pytest.fixture
def client(shared, asked) -> TestClient:
    return shared[0]


# --- The questions --------------------------------------------------------------------------------------

ASKING = FoodAsking(
    today=TODAY, units="metric", mass_kg=65, safety=("fainting",), kitchen=("hob", "oven"), usual=frozenset({"hob"}),
    match=lambda word: {"mango": ("mango",), "beans": ("black_beans", "kidney_beans")}.get(word.lower(), ()),
)  # fmt: skip


def read(
    step_id: str, *pairs: tuple[str, str], before: FoodWishes | None = None
) -> tuple[FoodWishes, list[str]]:
    """Return what a question makes of a form, and its problems."""
    step, fields = steps.food_step(step_id), Fields(FormData(list(pairs)))
    assert step is not None
    return step.read(fields, before or FoodWishes(), ASKING), fields.problems


def test_a_goal_with_a_weight_and_a_day():
    kept, problems = read("goal", ("goal", "leaner"), ("target_mass", "62,5"), ("target_on", "2027-06-01"))
    assert not problems
    assert (kept.goal, kept.target_mass_kg, kept.target_on) == ("leaner", 62.5, date(2027, 6, 1))


@pytest.mark.parametrize(
    ("pairs", "problem"),
    [
        ([], "Choose one of the three."),
        ([("goal", "thin")], "Choose one of the three."),
        ([("goal", "leaner"), ("target_mass", "70")], "To get leaner, the weight in mind has to be less than yours now."),
        ([("goal", "more_muscle"), ("target_mass", "60")], "To build muscle, the weight in mind has to be more than yours now."),
        ([("goal", "same"), ("target_mass", "-3")], "The weight in mind is between 30 and 250 kg; -3 is outside."),
        ([("goal", "same"), ("target_on", "soon")], "The day in mind is not a date in the calendar; leave it empty or choose one."),
        ([("goal", "same"), ("target_on", "2026-11-25")], "The day in mind has to be one to come."),
    ],
)  # fmt: skip
def test_a_goal_that_cannot_be(pairs, problem):
    assert read("goal", *pairs)[1] == [problem]


def test_a_weight_in_pounds_stays_what_it_was():
    kept = FoodWishes(goal="same", target_mass_kg=62.5)
    fields = Fields(FormData([("goal", "same"), ("target_mass", steps.target_mass(kept, "imperial"))]))
    assert steps.STEPS[0].read(fields, kept, replace(ASKING, units="imperial")).target_mass_kg == 62.5


def test_health_keeps_yes_and_no():
    assert read("health", ("yes", "fainting"), ("yes", "other"))[0].warnings == {"fainting": True}
    assert read("health", ("smoker", "yes"))[0] == FoodWishes(warnings={"fainting": False}, smoker=True)


def test_diet_and_allergies():
    kept, problems = read("diet", ("diet", "vegan"), ("allergy", "nuts"), ("allergy", "rocks"))
    assert (kept.diet, kept.allergies, problems) == ("vegan", frozenset({"nuts"}), [])
    assert read("diet", ("diet", "air"))[1] == ["Choose one of these."]


def test_likes_are_ticked_and_written():
    kept, problems = read("likes", ("like", "legume"), ("likes_more", "Mango, beans"), ("dislike", "egg"))
    assert not problems
    assert kept.likes == ("legume", "mango", "black_beans", "kidney_beans")
    assert kept.dislikes == ("egg",)
    assert steps.written(kept.likes) == "mango, black beans, kidney beans"


@pytest.mark.parametrize(
    ("pairs", "problem"),
    [
        ([("likes_more", "mud")], "No food here is called “mud”; try another word, or leave it out."),
        (
            [("like", "egg"), ("dislike", "egg"), ("like", "soy"), ("dislike", "soy")],
            "Eggs and Tofu and soy cannot be both liked and left out; choose one of the two.",
        ),
    ],
)
def test_likes_that_cannot_be(pairs, problem):
    assert read("likes", *pairs)[1] == [problem]


def test_time_by_span_and_by_day():
    meals = [("meal", "dinner"), ("meal", "lunch")]
    kept, problems = read(
        "time", ("minutes_work", "15"), ("minutes_weekend", "45"), ("minutes_2", "0"), ("eaters", "2"), *meals
    )
    assert not problems
    assert kept.cooking_minutes == {0: 15, 1: 15, 2: 0, 3: 15, 4: 15, 5: 45, 6: 45}
    assert (kept.meals, kept.eaters) == (("lunch", "dinner"), 2)
    assert steps.spans(kept) == (
        ("Monday to Friday", "minutes_work", 15),
        ("The weekend", "minutes_weekend", 45),
    )
    assert [own for _, _, own in steps.own_days(kept)] == [None, None, 0, None, None, None, None]


def test_time_keeps_what_was_not_sent():
    kept, problems = read(
        "time", ("eaters", "1"), ("meal", "snack"), before=FoodWishes(cooking_minutes={3: 5})
    )
    assert not problems
    assert kept.cooking_minutes == {0: 30, 1: 30, 2: 30, 3: 5, 4: 30, 5: 30, 6: 30}


@pytest.mark.parametrize(
    ("pairs", "problem"),
    [
        ([("eaters", "1")], "Choose at least one meal a day."),
        ([("eaters", "0"), ("meal", "lunch")], "The number of people is between 1 and 12; 0 is outside."),
        ([("eaters", "1"), ("meal", "lunch"), ("minutes_4", "900")], "The time on Friday is between 0 and 240 minutes; 900 is outside."),
    ],
)  # fmt: skip
def test_time_that_cannot_be(pairs, problem):
    assert read("time", *pairs)[1] == [problem]


def test_a_usual_kitchen_stays_usual():
    assert read("kitchen", ("price", "low"), ("kit", "hob"))[0] == FoodWishes(price="low", kit=None)
    assert read("kitchen", ("price", "low"), ("kit", "oven"))[0].kit == frozenset({"oven"})
    assert read("kitchen", ("price", "free"))[1] == ["Choose low, usual or higher cost."]


def test_the_answers_in_words():
    wishes = FoodWishes(
        goal="leaner", target_mass_kg=62, allergies=frozenset({"nuts", "egg"}), likes=("legume",), dislikes=("mango",),
        cooking_minutes={0: 0}, eaters=2, smoker=True, kit=frozenset({"hob"}),
    )  # fmt: skip
    assert [words for _, words in steps.answers(wishes, ASKING)] == [
        "A little leaner, 62 kg in mind",
        "1 tick",
        "I eat everything, without egg and nuts",
        "Gladly beans and lentils; rather no mango",
        "0 to 30 minutes a day, 4 meals, for 2",
        "Usual cost, 1 thing to cook with",
    ]
    assert [words for _, words in steps.answers(FoodWishes(), ASKING)] == [
        "Stay as I am",
        "Nothing ticked",
        "I eat everything",
        "Nothing said",
        "30 minutes a day, 4 meals",
        "Usual cost, a usual kitchen",
    ]


def test_the_first_way_through_ends_in_a_planned_week(client, asked):
    where, forms = "goal", {
        "goal": {"goal": "leaner"}, "health": {}, "diet": {"diet": "vegetarian"}, "likes": {},
        "time": {"minutes_work": "20", "minutes_weekend": "45", "meal": ["lunch", "dinner"], "eaters": "1"},
        "kitchen": {"price": "mid", "kit": ["hob", "pot"]},
    }  # fmt: skip
    for number, (step, form) in enumerate(forms.items()):
        assert where == step
        html = client.get(f"/eat/wishes/{step}?first=1").text
        assert f"{number + 1} of 6" in html
        answer = client.post(f"/eat/wishes/{step}?first=1", data=form)
        where = answer.headers["location"].removeprefix("/eat/wishes/").removesuffix("?first=1")
    assert where == "/eat?week=2026-11-23"
    assert (asked.kept.goal, asked.kept.diet, asked.kept.kit) == (
        "leaner",
        "vegetarian",
        frozenset({"hob", "pot"}),
    )


def test_one_answer_is_changed_and_can_be_taken_back(client):
    answer = client.post("/eat/wishes/diet", data={"diet": "vegan"})
    assert answer.headers["location"] == "/eat/wishes"
    assert said(answer) == f"Kept. Plan the week anew to use it. [/eat/undo/{TOKEN}?back=/eat/wishes]"


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (
            ImpossibleGoal("10 kg in a month is more than is safe."),
            "accent",
            "10 kg in a month is more than is safe.",
        ),
        (
            BadFoodWishes(["mango is both liked and disliked; choose one"]),
            "danger",
            "Mango is both liked and disliked; choose one",
        ),
    ],
)
def test_wishes_that_cannot_be_are_asked_again(client, asked, error, kind, words):
    asked.refuses = error
    answer = client.post("/eat/wishes/goal", data={"goal": "leaner", "target_mass": "55"})
    assert answer.status_code == 422
    check_outline(answer.text)
    assert re.search(rf'notice--{kind}" role="alert"[^§]*?{re.escape(words)}', answer.text)
    assert 'value="55"' in answer.text


def test_a_question_that_there_is_not(client):
    assert client.get("/eat/wishes/colour").status_code == 404


# --- Words and plates -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mass_g", "units", "words"),
    [
        (None, "metric", "–"), (0, "metric", "0 g"), (2.5, "metric", "2.5 g"), (180, "metric", "180 g"), (999.6, "metric", "1 kg"),
        (1250, "metric", "1.25 kg"), (28.35, "imperial", "1 oz"), (180, "imperial", "6.3 oz"), (453.6, "imperial", "1 lb"),
        (540, "imperial", "1 lb 3 oz"), (None, "imperial", "–"),
    ],
)  # fmt: skip
def test_grams(mass_g, units, words):
    assert meal_words.grams(mass_g, units) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [(0.5, "½ serving"), (1, "1 serving"), (1.5, "1½ servings"), (2, "2 servings"), (2.25, "2.25 servings")],
)
def test_servings(number, words):
    assert meal_words.servings(number) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (None, None, ""),
        (25, None, "at least 25"),
        (None, 2300, "at most 2,300"),
        (1780, 1920, "1,780–1,920"),
        (8, 8, "8"),
    ],
)
def test_bounds(low, high, words):
    assert meal_words.bounds(sample.row("iron", 1, low, high)) == words


@pytest.mark.parametrize(("share", "words"), [(0, "0 %"), (0.999, "99 %"), (1, "100 %"), (0.29, "29 %")])
def test_coverage_is_never_rounded_up(share, words):
    assert meal_words.coverage(share) == words


@pytest.mark.parametrize(("energy", "words"), [(None, "–"), (0, "0 kcal"), (1846.4, "1,850 kcal")])
def test_energy_is_said_as_sure_as_it_is(energy, words):
    assert meal_words.kcal(energy) == words


GROUPS = sorted({group for _, _, groups in PARTS for group in groups} | {"herb_spice", "sweet"})


@given(st.dictionaries(st.sampled_from(GROUPS), st.floats(0, 1000)))
def test_a_plate_is_whole_and_its_parts_follow_each_other(groups_g: dict[FoodGroup, float]):
    parts = plate_of(groups_g)
    assert [part.start for part in parts] == sorted(part.start for part in parts)
    assert all(0 < part.drawn <= part.percent + 1 for part in parts)
    if parts:
        assert 95 <= sum(part.percent for part in parts) <= 100.1


def test_a_plate_of_seasoning_is_empty():
    assert plate_of({}) == ()
    assert plate_of({"herb_spice": 3}) == ()


def test_a_plate_of_one_thing_is_closed():
    (part,) = plate_of({"fruit": 180})
    assert (part.id, part.percent, part.drawn) == ("plants", 100, 100)
