"""One exercise: guide, muscles, evidence, history, liking."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import pytest

import showing
from openback.services import library, people
from openback.services.views import ExerciseView
from test_web_pages import check_outline
from web_app import TestClient, web_client

KNOWN = showing.catalogue()
PULL = "wide_grip_lat_pulldown"


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator[TestClient]:
    with web_client(tmp_path_factory.mktemp("exercise")) as client:
        yield client


def words(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


@pytest.mark.parametrize("key", KNOWN.exercises)
def test_every_exercise_has_its_page(client, key):
    shown = KNOWN.exercises[key]
    html = client.get(f"/library/{key}").text
    check_outline(html)
    said = words(html)
    for part in (
        shown.name,
        shown.guide.summary,
        *shown.guide.steps,
        *shown.guide.setup,
        *shown.guide.mistakes,
    ):
        assert part in said
    for source in shown.sources:
        assert KNOWN.sources[source].cite in said


def test_danger_comes_first(client):
    said = words(client.get(f"/library/{PULL}").text)
    assert said.index("Keep the bar in front of your face") < said.index("Think of") < said.index("Set-up")


def test_muscles_are_tinted_and_named(client):
    html = client.get(f"/library/{PULL}").text
    assert 'data-muscle="latissimus_dorsi" data-level="4"' in html
    assert 'data-muscle="biceps" data-level="3"' in html
    assert "Lats works hardest" in words(html)


def test_links_to_twins_and_to_easier_and_harder(client):
    html = client.get(f"/library/{PULL}").text
    for key in ("one_arm_dumbbell_row", "band_pulldown", "pull_up", "puppy_pose", "assisted_pull_up"):
        assert f'href="/library/{key}"' in html


def test_a_source_says_how_sure_it_is_and_tells_nobody_who_looks(client):
    html = client.get(f"/library/{PULL}").text
    assert "Measured in this exercise." in html
    assert "well supported" in html
    outside = re.findall(r'<a href="https://[^"]+"([^>]*)>', html)
    assert outside
    assert all('rel="noreferrer external"' in rest for rest in outside)


def test_an_exercise_nobody_knows(client):
    answer = client.get("/library/wide_grip_lat_puldown")
    assert answer.status_code == 404
    assert "Did you mean wide_grip_lat_pulldown" in unescape(answer.text)


@pytest.mark.parametrize(
    ("liking", "pressed", "said"),
    [
        ("like", ["true", "false"], "Noted: you like it."),
        ("dislike", ["false", "true"], "Noted: it will be left out where it can be."),
        ("neither", ["false", "false"], "Noted."),
    ],
)
def test_liking_is_kept(client, liking, pressed, said):
    answer = client.post("/library/face_pull/like", data={"liking": liking})
    assert answer.status_code == 303
    html = client.get(answer.headers["location"]).text
    assert said in html
    assert re.findall(r'name="liking" value="\w+" aria-pressed="(\w+)"', html) == pressed


def test_a_liking_that_is_none(client):
    assert client.post("/library/face_pull/like", data={"liking": "adore"}).status_code == 422


def a_view(client: TestClient, **changed: object) -> ExerciseView:
    return replace(library.exercise(client.app.state.openback, PULL), **changed)


def test_what_is_not_for_this_person_says_why(client, monkeypatch):
    view = a_view(
        client, not_for_you="Not while your shoulder hurts when the arm is raised.", in_programme=True
    )
    monkeypatch.setattr(library, "exercise", lambda _app, _key: view)
    said = words(client.get(f"/library/{PULL}").text)
    assert "Not while your shoulder hurts when the arm is raised." in said
    assert "In your programme" in said


def test_own_history_shows_curve_table_and_sets(client, monkeypatch):
    view = a_view(
        client,
        history=(
            showing.a_set(1, PULL, load_kg=30, kind="warm_up"),
            showing.a_set(2, PULL, load_kg=35, reps=9),
        ),
        strength=showing.a_curve(PULL, 40, 20, 0.1, "Up 10 % in 10 weeks (4 to 16 %)."),
    )
    monkeypatch.setattr(library, "exercise", lambda _app, _key: view)
    html = client.get(f"/library/{PULL}").text
    check_outline(html)
    said = words(html)
    assert "Up 10 % in 10 weeks (4 to 16 %)." in said
    assert "35 kg × 9 reps" in said
    assert ", warm-up 30 kg × 12 reps" in said
    assert html.count('<th scope="row" class="nowrap">') == 20
    assert 'class="curve-band"' in html


def test_pounds_for_those_who_read_pounds(client, monkeypatch):
    monkeypatch.setattr(people, "units_of", lambda _app: "imperial")
    view = a_view(client, history=(showing.a_set(1, PULL, load_kg=20),), strength=None)
    monkeypatch.setattr(library, "exercise", lambda _app, _key: view)
    assert "44.1 lb × 12 reps" in words(client.get(f"/library/{PULL}").text)


def test_somebody_new_can_read_it_too(tmp_path):
    with web_client(tmp_path, profile=None) as newcomer:
        html = newcomer.get(f"/library/{PULL}").text
    check_outline(html)
    assert "Do you like it?" not in html
