"""A day's targets: what each group of people should have, where it is from, and that it all fits together."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from eaters import SOURCES, TODAY, people, person, wishes_of_all_kinds
from openback.errors import BadDataFile
from openback.model.eating import Expenditure, FoodWishes
from openback.model.nutrients import NUTRIENT, NUTRIENTS
from openback.nutrition.diet_data import references, references_from
from openback.nutrition.targets import food_targets

VEGAN = FoodWishes(diet="vegan")


def bounds(nutrient, who=None, wishes=None):
    target = food_targets(who or person(), wishes or FoodWishes(), today=TODAY).targets[nutrient]
    return target.low, target.high


def born(age):
    return date(TODAY.year - age, 1, 1)


@pytest.mark.parametrize(
    ("nutrient", "changes", "wishes", "low"),
    [
        pytest.param("iron", {"birth_date": born(15)}, None, 18, id="under 19: the youngest band"),
        ("iron", {"birth_date": born(50)}, None, 18),
        ("iron", {"birth_date": born(51)}, None, 8),
        ("iron", {"sex": "male"}, None, 8),
        pytest.param("iron", {"sex": "unspecified"}, None, 18, id="sex not said: the higher least"),
        pytest.param("iron", {}, FoodWishes(diet="vegetarian"), 32.4, id="iron without meat"),
        pytest.param(
            "iron", {"pregnancy_week": 20}, FoodWishes(diet="vegetarian"), 27, id="pregnant, no meat"
        ),
        ("iron", {}, FoodWishes(lactating=True), 9),
        ("calcium", {"birth_date": born(60)}, None, 1200),
        ("calcium", {"birth_date": born(60), "sex": "male"}, None, 1000),
        ("calcium", {"birth_date": born(75), "sex": "male"}, None, 1200),
        ("magnesium", {"birth_date": born(25)}, None, 310),
        ("magnesium", {"birth_date": born(25), "pregnancy_week": 5}, None, 350),
        ("magnesium", {"birth_date": born(35), "pregnancy_week": 5}, None, 360),
        ("magnesium", {"birth_date": born(35)}, FoodWishes(lactating=True), 320),
        ("vitamin_d", {"birth_date": born(72)}, None, 20),
        ("vitamin_c", {}, FoodWishes(smoker=True), 110),
        ("folate_dfe", {"pregnancy_week": 5}, None, 600),
        ("iodine", {}, FoodWishes(lactating=True), 290),
        ("fibre", {}, None, 25),
        pytest.param("fibre", {"birth_date": born(60)}, None, 25, id="fibre: 25 g at least"),
        ("fibre", {"sex": "male"}, None, 38),
        ("alpha_linolenic_acid", {}, VEGAN, 2.2),
        ("alpha_linolenic_acid", {}, FoodWishes(allergies=frozenset({"fish"})), 2.2),
        ("omega3_long", {}, None, 0.25),
        ("omega3_long", {"pregnancy_week": 20}, None, 0.45),
        pytest.param("sodium", {}, None, None, id="nobody needs help to eat salt"),
        ("protein", {}, None, 104.0),
        ("protein", {"pregnancy_week": 20}, None, 78.0),
        pytest.param(
            "protein", {"mass_kg": 48, "pregnancy_week": 20}, None, 71.0, id="the allowance for two"
        ),
    ],
)
def test_the_least_by_sex_age_pregnancy_lactation_and_diet(nutrient, changes, wishes, low):
    assert bounds(nutrient, person(**changes), wishes)[0] == (None if low is None else pytest.approx(low))


@pytest.mark.parametrize(
    ("nutrient", "changes", "high", "hard"),
    [
        ("calcium", {}, 2500, True),
        ("calcium", {"birth_date": born(51)}, 2000, True),
        ("phosphorus", {"pregnancy_week": 20}, 3500, True),
        ("phosphorus", {"birth_date": born(71)}, 3000, True),
        ("zinc", {}, 40, True),
        pytest.param("sodium", {}, 2300, False, id="sodium: a limit for the blood pressure, not for safety"),
        pytest.param("magnesium", {}, None, False, id="magnesium: of supplements only"),
        pytest.param("niacin_b3", {}, None, False, id="niacin: of supplements only"),
        pytest.param("folate_dfe", {}, None, False, id="folate: of supplements only"),
        pytest.param("vitamin_e", {}, None, False, id="vitamin E: of supplements only"),
        pytest.param("vitamin_a_rae", {}, None, False, id="vitamin A: of retinol only"),
        pytest.param("vitamin_k", {}, None, False, id="vitamin K: none is set"),
        ("caffeine", {}, 400, False),
        ("caffeine", {"pregnancy_week": 20}, 200, True),
        ("alcohol", {}, 14, False),
        ("alcohol", {"sex": "male"}, 28, False),
        ("alcohol", {"sex": "unspecified"}, 14, False),
        ("alcohol", {"pregnancy_week": 20}, 0, True),
        ("alcohol", {"birth_date": born(16)}, 0, True),
        ("added_sugars", {}, 25, False),
        ("added_sugars", {"sex": "male"}, 36, False),
    ],
)
def test_the_most_and_whether_it_is_safety(nutrient, changes, high, hard):
    target = food_targets(person(**changes), FoodWishes(), today=TODAY).targets[nutrient]
    assert (target.high, target.hard) == (high, hard)


def test_every_nutrient_of_the_table_has_a_target():
    targets = food_targets(person(), FoodWishes(), today=TODAY).targets
    assert set(references()) <= set(targets)
    assert list(targets) == [one.id for one in NUTRIENTS if one.id in targets]
    assert len(targets) == 38
    assert {reference.nutrient for reference in references().values()} <= set(NUTRIENT)


def test_energy_follows_the_goal():
    of = {
        goal: food_targets(person(), FoodWishes(goal=goal), today=TODAY)
        for goal in ("leaner", "same", "more_muscle")
    }
    low, high = of["leaner"].targets["energy"].low, of["leaner"].targets["energy"].high
    assert (low, high) == (1550, 1700)
    assert of["leaner"].rate_kg_per_week == pytest.approx(-0.006 * 65)
    assert of["same"].targets["energy"].low < 2009.45 < of["same"].targets["energy"].high
    assert of["more_muscle"].targets["energy"].low > 2009.45 + 100
    assert of["more_muscle"].targets["energy"].why == (
        "A day of yours takes about 2,009 kcal, by an equation for your age, height, weight and activity. "
        "The plan is about 225 kcal more, for muscle to be built from."
    )


def test_what_was_learned_is_taken_but_not_in_pregnancy():
    learned = Expenditure(on=TODAY, mass_kg=(64, 65, 66), expenditure_kcal=(2250.0, 2350.0, 2450.0))
    targets = food_targets(person(), FoodWishes(), today=TODAY, expenditure=learned)
    assert targets.expenditure_kcal == (2250, 2350, 2450)
    assert targets.targets["energy"].why == (
        "A day of yours takes about 2,350 kcal, from your weights and your log. The plan matches it."
    )
    pregnant = food_targets(person(pregnancy_week=20), FoodWishes(), today=TODAY, expenditure=learned)
    assert pregnant.expenditure_kcal[1] != 2350


def test_a_date_sets_the_pace_up_to_the_limits():
    rates = [
        food_targets(
            person(mass_kg=90, height_cm=175),
            FoodWishes(goal="leaner", target_mass_kg=85.0, target_on=date(2027, month, 1)),
            today=TODAY,
        ).rate_kg_per_week
        for month in (1, 3, 9)
    ]
    assert rates[0] < rates[1] < rates[2] < 0
    assert rates[1] == pytest.approx(-5 / (94 / 7), rel=0.01)


def test_a_day_that_is_too_soon_for_the_largest_deficit_is_told():
    wishes = FoodWishes(goal="leaner", target_mass_kg=100.0, target_on=date(2027, 2, 12))
    targets = food_targets(person(mass_kg=110, height_cm=175), wishes, today=TODAY)
    assert targets.notes[0] == "The deficit is at most 500 kcal a day: more than that takes muscle with it."
    assert targets.notes[1] == (
        "At a pace that keeps your muscles and your health, 100 kg is there about 8 May 2027, later than the day that "
        "you chose."
    )


def test_a_floor_that_leaves_no_room_is_said():
    learned = Expenditure(on=TODAY, mass_kg=(64, 65, 66), expenditure_kcal=(1300.0, 1400.0, 1500.0))
    targets = food_targets(person(), FoodWishes(goal="leaner"), today=TODAY, expenditure=learned)
    assert targets.goal == "same"
    assert targets.notes[0] == (
        "Days stay at 1,355 kcal or more: after training that leaves 30 kcal for each kilogram of your body that is not "
        "fat, and below that hormones, bones and mood begin to save. That leaves no room for a deficit, so the plan "
        "keeps you where you are."
    )
    tired = replace(learned, expenditure_kcal=(1100.0, 1200.0, 1300.0))
    fed = food_targets(person(), FoodWishes(), today=TODAY, expenditure=tired)
    assert fed.targets["energy"].low == 1360
    assert fed.notes[0].startswith("Days stay at 1,355 kcal or more: ")


def test_protein_of_heavy_and_of_trained_people_goes_by_what_is_not_fat():
    heavy = food_targets(person(mass_kg=110), FoodWishes(body_fat_share=0.48), today=TODAY).targets["protein"]
    assert heavy.low == pytest.approx(2 * 110 * 0.52, abs=0.1)
    trained = person(experience="trained", sex="male", height_cm=180, mass_kg=80)
    lean = food_targets(trained, FoodWishes(goal="leaner", body_fat_share=0.12), today=TODAY).targets[
        "protein"
    ]
    assert lean.low == pytest.approx(0.9 * lean.high, abs=0.1)
    assert lean.source == "helms_2014_protein"


@pytest.mark.parametrize(("age", "grams"), [(40, 19.5), (64, 19.5), (65, 26.0)])
def test_protein_of_a_meal(age, grams):
    targets = food_targets(person(birth_date=born(age)), FoodWishes(), today=TODAY)
    assert targets.protein_per_meal_g == grams


@pytest.mark.parametrize(
    ("changes", "wishes", "words"),
    [
        ({}, VEGAN, "vitamin B12"),
        ({}, VEGAN, "algae"),
        ({}, FoodWishes(diet="vegetarian"), "Vitamin B12 comes from dairy, eggs and fortified food"),
        ({}, FoodWishes(allergies=frozenset({"fish"})), "algae"),
        ({}, FoodWishes(), "Vitamin D comes from sun"),
        ({}, FoodWishes(), "iodised salt"),
        ({"pregnancy_week": 8}, FoodWishes(), "folic acid"),
        ({"sex": "unspecified"}, FoodWishes(), "the safer of both"),
        ({"birth_date": born(16)}, FoodWishes(), "while you grow"),
        ({"mass_kg": 48.0}, FoodWishes(), "a healthy weight begins at 50.4 kg; the goal of more muscle"),
        (
            {"pregnancy_week": 20},
            FoodWishes(goal="more_muscle"),
            "No surplus for muscle is added while you eat for two",
        ),
    ],
)
def test_what_food_alone_does_not_bring_is_said(changes, wishes, words):
    notes = food_targets(person(**changes), wishes, today=TODAY).notes
    assert any(words in note for note in notes)


@pytest.mark.parametrize("wishes", [FoodWishes(), VEGAN, FoodWishes(goal="leaner", lactating=True)])
def test_every_target_says_why_and_from_where(wishes):
    for changes in ({}, {"sex": "unspecified"}, {"pregnancy_week": 30}, {"birth_date": born(16)}):
        targets = food_targets(person(**changes), wishes, today=TODAY)
        for target in targets.targets.values():
            assert target.why.endswith(".")
            assert target.source in SOURCES
            assert target.low is not None or target.high is not None
        assert all(note.endswith(".") and "!" not in note for note in targets.notes)


@given(people, wishes_of_all_kinds)
def test_the_targets_of_anybody_fit_together(who, wishes):
    targets = food_targets(who, wishes, today=TODAY).targets
    for target in targets.values():
        if target.low is not None and target.high is not None:
            assert target.low <= target.high
    low = {name: targets[name].low for name in ("protein", "fat", "carbohydrate")}
    kcal = 4 * low["protein"] + 9 * low["fat"] + 4 * low["carbohydrate"]
    assert kcal <= targets["energy"].high + 1
    assert targets["protein"].low >= 0.8 * min(who.mass_kg, 25 * (who.height_cm / 100) ** 2) * 0.7


def test_a_higher_weight_never_lowers_the_energy_of_who_stays():
    kcal = [
        food_targets(person(mass_kg=mass), FoodWishes(), today=TODAY).targets["energy"].low
        for mass in (52, 60, 70, 85, 100, 130)
    ]
    assert kcal == sorted(kcal)


HEADING = (
    "nutrient,unit,kind,f_19,f_31,f_51,f_71,m_19,m_31,m_51,m_71,pregnant_19,pregnant_31,lactating_19,lactating_31,"
    "most_19,most_51,most_71,most_pregnant,most_counts,source"
)


def test_a_broken_table_is_told_whole():
    rows = [
        "gold,mg,RDA,1,1,1,1,1,1,1,1,1,1,1,1,,,,,,iom_dri",
        "iron,g,RDA,1,1,1,1,1,1,1,1,1,1,1,1,,,,,,iom_dri",
        "zinc,mg,RDA,much,1,1,1,1,1,1,1,1,1,1,1,,,,,,iom_dri",
    ]
    with pytest.raises(BadDataFile) as error:
        references_from("\n".join([HEADING, *rows]))
    assert str(error.value) == (
        "dri.csv has 3 problems:\n"
        "- line 2 names gold, which is no nutrient that Openback knows\n"
        "- line 3 gives iron in g, it must be in mg\n"
        "- line 4 cannot be read: could not convert string to float: 'much'"
    )
    with pytest.raises(BadDataFile, match="there is no row"):
        references_from(HEADING)


def test_a_wish_that_asks_for_nothing_special_changes_nothing():
    asked = food_targets(person(), FoodWishes(goal="leaner", target_mass_kg=60.0), today=TODAY)
    assert asked == food_targets(person(), replace(FoodWishes(goal="leaner")), today=TODAY)
