"""The moving figure on pages: its section, its JSON and pictures, and pages without one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from openback.web.figures import Figures
from test_web_pages import check_outline
from web_app import TestClient, web_client

PAGE = "/library/wide_grip_lat_pulldown"


@pytest.fixture
def client(tmp_path) -> Iterator[TestClient]:
    if Figures().skin("female") is None:
        pytest.skip("the browser's files are not built: run `make assets`")
    with web_client(tmp_path) as client:
        yield client


@pytest.fixture
def bare(tmp_path) -> Iterator[TestClient]:
    """An app whose assets were never built."""
    with web_client(tmp_path) as client:
        figures = client.app.state.figures
        client.app.state.figures = Figures(dist=tmp_path)
        yield client
        client.app.state.figures = figures


def test_without_a_build_the_page_is_as_it_was(bare):
    html = bare.get(PAGE).text
    check_outline(html)
    assert 'data-island="figure"' not in html
    assert "figure.png" not in html
    assert "figure.png" not in bare.get("/library").text


@pytest.mark.parametrize("what", ["figure.json", "figure.png"])
def test_without_a_build_there_is_nothing_to_fetch(bare, what):
    assert bare.get(f"{PAGE}/{what}").status_code == 404


@pytest.mark.parametrize("what", ["figure.json", "figure.png"])
def test_an_unknown_exercise_has_no_figure(client, what):
    assert client.get(f"/library/nothing_like_it/{what}").status_code == 404


@pytest.mark.parametrize("query", ["sex=other", "at=end", "theme=blue", "size=9000", "v=" + "x" * 99])
def test_what_nobody_offers_is_refused(client, query):
    assert client.get(f"{PAGE}/figure.png?{query}").status_code in {400, 422}


def test_the_page_has_a_picture_a_stage_and_a_name_for_both(client):
    html = client.get(PAGE).text
    check_outline(html)
    assert 'data-island="figure"' in html
    assert html.count("figure.png") >= 4  # start and peak, light and dark
    assert 'alt="Wide-grip lat pull-down, at its peak"' in html
    assert 'role="slider"' in html


def test_the_motion_is_json_that_may_be_kept(client):
    answer = client.get(f"{PAGE}/figure.json?sex=male")
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]
    told = answer.json()
    assert told["sex"] == "male"
    assert len(told["moves"]) == len(told["t_s"])


def test_the_picture_is_a_png_that_may_be_kept(client):
    answer = client.get(f"{PAGE}/figure.png?size=small&at=start&theme=dark")
    assert answer.headers["content-type"] == "image/png"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.content.startswith(b"\x89PNG")


def test_the_library_shows_small_pictures_and_stays_light(client):
    html = client.get("/library").text
    assert "size=small" in html
    assert 'loading="lazy"' in html
