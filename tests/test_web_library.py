"""Library: search, filters, what comes closest, and the body map that chooses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

import showing
from openback.web import body_map
from openback.web.routes.library import PATTERNS, address
from test_web_pages import check_outline
from web_app import TestClient, web_client

KNOWN = showing.catalogue()


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator[TestClient]:
    with web_client(tmp_path_factory.mktemp("library")) as client:
        yield client


def found(html: str) -> list[str]:
    """The ids of the cards."""
    return re.findall(r'class="card found-card" href="/library/(\w+)"', html)


def test_all_exercises_without_a_question(client):
    html = client.get("/library").text
    check_outline(html)
    assert set(found(html)) == set(KNOWN.exercises)
    assert f"{len(KNOWN.exercises)} exercises for the upper back" in html


@pytest.mark.parametrize(
    "words", ["latzug", "Lat Pulldown (Cable)", "wide grip lat puldown", "тяга верхнего блока"]
)
def test_words_of_any_kind_find_the_pull_down(client, words):
    assert "wide_grip_lat_pulldown" in found(client.get("/library", params={"text": words}).text)[:3]


FILTERS = [
    pytest.param({"muscle": "biceps"}, lambda e: e.muscles.get("biceps", 0) > 0, id="muscle"),
    pytest.param({"kit": "dumbbells"}, lambda e: "dumbbells" in e.kit, id="kit"),
    pytest.param({"kit": "none"}, lambda e: not e.kit, id="no kit"),
    pytest.param({"pattern": "shrug"}, lambda e: e.pattern == "shrug", id="kind"),
    pytest.param(
        {"muscle": "rhomboids", "kit": "band"},
        lambda e: e.muscles.get("rhomboids", 0) > 0 and "band" in e.kit,
        id="two",
    ),
]


@pytest.mark.parametrize(("asked", "fits"), FILTERS)
def test_filters_show_what_fits_and_nothing_else(client, asked, fits):
    html = client.get("/library", params=asked).text
    check_outline(html)
    assert set(found(html)) == {key for key, one in KNOWN.exercises.items() if fits(one)}


def test_a_filter_that_does_not_exist_is_none(client):
    html = client.get("/library?muscle=wings&kit=jetpack&pattern=flight").text
    assert len(found(html)) == len(KNOWN.exercises)


def test_nothing_found_names_what_comes_closest(client):
    html = client.get("/library", params={"text": "pull up", "kit": "foam_roller"}).text
    check_outline(html)
    assert "No exercise fits" in html
    assert 'href="/library/pull_up">Pull-up<' in html


def test_words_that_mean_nothing_here(client):
    html = unescape(client.get("/library", params={"text": "qqqqzzzz"}).text)
    assert "Try another word or fewer filters." in html
    assert "qqqqzzzz" in html


def test_a_word_with_markup_is_only_a_word(client):
    html = client.get("/library", params={"text": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in html
    check_outline(html)


def test_muscles_of_the_map_are_links_that_keep_the_other_filters(client):
    html = client.get("/library?kit=dumbbells&muscle=rhomboids").text
    links = {unescape(link) for link in re.findall(r'<a href="([^"]+)" tabindex="-1">', html)}
    asked = {
        parse_qs(urlsplit(link).query).get("muscle", [""])[0]: parse_qs(urlsplit(link).query)
        for link in links
    }
    assert asked["latissimus_dorsi"] == {"kit": ["dumbbells"], "muscle": ["latissimus_dorsi"]}
    assert asked[""] == {"kit": ["dumbbells"]}  # the chosen one leads back to all


def test_each_kind_of_movement_has_a_word():
    assert {exercise.pattern for exercise in KNOWN.exercises.values()} <= set(PATTERNS)


def test_address_leaves_out_what_is_empty():
    assert address({"text": "", "muscle": ""}) == "/library"
    assert address({"text": "row & pull", "muscle": "biceps"}) == "/library?text=row+%26+pull&muscle=biceps"


# --- The body map ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("figure", ["female", "male"])
@pytest.mark.parametrize("side", ["back", "front"])
def test_every_drawing_shows_muscles_that_the_catalogue_knows(figure, side):
    svg = body_map.drawing(figure, side, ())
    muscles = re.findall(r'data-muscle="(\w+)"', svg)
    assert muscles
    assert set(muscles) <= set(KNOWN.muscles)
    assert 'aria-hidden="true"' in svg
    assert "style=" not in svg


@pytest.mark.parametrize("figure", ["female", "male"])
def test_every_muscle_is_drawn(figure):
    drawn = body_map.drawing(figure, "back", ()) + body_map.drawing(figure, "front", ())
    assert set(re.findall(r'data-muscle="(\w+)"', drawn)) == set(KNOWN.muscles)


@pytest.mark.parametrize(
    ("sex", "figure"), [(None, "female"), ("unspecified", "female"), ("female", "female"), ("male", "male")]
)
def test_figure_of(sex, figure):
    assert body_map.figure_of(sex) == figure


def level(shaded: body_map.BodyMap, key: str) -> int:
    return next((shade.level for shade in shaded.shades if shade.muscle.id == key), 0)


def test_shares_become_levels_in_order():
    shares = {"latissimus_dorsi": 1.0, "rhomboids": 0.5, "biceps": 0.25, "serratus_anterior": 0.0}
    shaded = body_map.by_share([(KNOWN.muscles[key], share) for key, share in shares.items()], "female")
    assert [level(shaded, key) for key in shares] == [4, 3, 2, 0]
    assert [shade.said for shade in shaded.shades] == ["works hardest", "works", "helps"]
    assert 'data-muscle="latissimus_dorsi" data-level="4"' in shaded.back


WEEK = [
    pytest.param(0, 0, False, "0 of 8–14 sets", id="none"),
    pytest.param(1, 1, False, "1 of 8–14 sets", id="begun"),
    pytest.param(4, 2, False, "4 of 8–14 sets", id="half way"),
    pytest.param(7.5, 3, False, "7.5 of 8–14 sets", id="nearly"),
    pytest.param(8, 4, False, "8 of 8–14 sets", id="enough"),
    pytest.param(15, 4, True, "15 of 8–14 sets, more than planned", id="more"),
]


@pytest.mark.parametrize(("sets", "expected", "over", "said"), WEEK)
def test_a_week_against_its_band(sets, expected, over, said):
    one = {"rhomboids": KNOWN.muscles["rhomboids"]}
    [shade] = body_map.by_week(
        one, sets={"rhomboids": sets}, bands={"rhomboids": (8, 14)}, figure="male"
    ).shades
    assert (shade.level, shade.over, shade.said) == (expected, over, said)


def test_a_muscle_without_a_band_shows_its_sets_alone():
    [shade] = body_map.by_week(
        {"biceps": KNOWN.muscles["biceps"]}, sets={"biceps": 3}, bands={}, figure="female"
    ).shades
    assert (shade.level, shade.said) == (1, "3 sets")


def test_a_session_without_sets_has_no_shades():
    assert body_map.by_sets([], "female").shades == ()
    assert body_map.by_sets([(KNOWN.muscles["biceps"], 0.0)], "female").shades == ()
