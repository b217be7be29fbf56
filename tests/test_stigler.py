"""Stigler's diet, known since 1945 and solved exactly since 1947, by the machinery that plans meals."""

from __future__ import annotations

import pytest

from openback.nutrition.stigler import MINIMA, load_stigler, stigler_diet


def test_the_table_is_whole():
    table = load_stigler()
    assert len(table) == 77
    assert table["Wheat Flour (Enriched)"]["calories_kcal1000"] == 44.7
    assert table["Spinach"]["calcium_g"] == 0.0


def test_the_cheapest_diet():
    diet = stigler_diet()
    assert diet.dollars == pytest.approx(39.66173, abs=1e-4)
    assert diet.foods == pytest.approx(
        {
            "Wheat Flour (Enriched)": 10.7745,
            "Liver (Beef)": 0.6908,
            "Cabbage": 4.0933,
            "Spinach": 1.8278,
            "Navy Beans, Dried": 22.2754,
        },
        abs=1e-4,
    )


def test_what_a_day_of_it_has():
    reached = stigler_diet().reached
    known = (3.0, 147.41, 0.8, 60.47, 5.0, 4.120, 2.7, 27.316, 75.0)
    assert list(reached.values()) == pytest.approx(known, abs=5e-3)
    assert all(reached[nutrient] >= minimum - 1e-9 for nutrient, minimum in MINIMA.items())


def test_what_one_unit_more_costs():
    prices = stigler_diet().prices
    known = {
        "calories_kcal1000": 0.00876515,
        "calcium_g": 0.03173771,
        "vit_a_kIU": 0.00040023,
        "riboflavin_mg": 0.01635803,
        "vit_c_mg": 0.00014412,
    }
    assert prices == pytest.approx(dict.fromkeys(MINIMA, 0.0) | known, abs=1e-8)
