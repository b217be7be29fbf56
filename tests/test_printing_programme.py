"""The programme on paper: a page a week, everything on it, nothing beyond its edge, the same bytes each time."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest
from pypdf import PdfReader

from openback.errors import PaperTypeMissing
from openback.printing import programme_pdf
from openback.printing.paper import MARGIN_MM, Paper, Style
from openback.printing.type import faces_here, settable
from sheets import PICTURES, WRITTEN, sheets

POINTS_PER_MM = 72 / 25.4
LONG = "Incline bench chest-supported reverse fly with two dumbbells and a pause at the very top of it"


@pytest.fixture(scope="module", autouse=True)
def _built():
    try:
        faces_here()
    except PaperTypeMissing:
        pytest.skip("the type for paper is not built here: `make assets`")


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def text_of(content: bytes, page: int = 0) -> str:
    return " ".join(read(content).pages[page].extract_text().split())


def places_of(content: bytes, page: int = 0) -> list[tuple[float, float]]:
    """Return where each text of a page begins, in millimetres from the left and the top."""
    found = []
    one = read(content).pages[page]
    height = float(one.mediabox.height)

    def seen(text, transform, matrix, font, size):
        if text.strip():
            x, y = matrix[4] * transform[0] + transform[4], matrix[5] * transform[3] + transform[5]
            found.append((x / POINTS_PER_MM, (height - y) / POINTS_PER_MM))

    one.extract_text(visitor_text=seen)
    return found


def test_a_week_without_sessions_says_so():
    said = text_of(programme_pdf(sheets(), PICTURES))
    assert "No sessions this week. Rest is part of the plan." in said


def test_a_page_a_week_with_all_that_is_to_be_done():
    content = programme_pdf(sheets(2, 1, weeks=3), PICTURES)
    assert len(read(content).pages) == 3
    assert "Week 3 of 3" in text_of(content, 2)
    first = text_of(content)
    for words in (
        "Week 1 of 3", "Easy week", "Anna’s programme", "23 to 29 November 2026", "Monday 1 December", "Monday 2 December",
        "Gym, 45 minutes", "Exercise number 0", "Exercise number 1", "3 × 8–12 reps", "22.5 kg", "rest 90 s, 2 in reserve",
        "In reserve: the reps that you could still do when you stop.",
    ):  # fmt: skip
        assert words in first
    assert "Easy week" not in text_of(content, 1)


def test_figures_are_on_the_page_and_an_exercise_without_one_keeps_its_place():
    assert len(read(programme_pdf(sheets(3, 3), PICTURES)).pages[0].images) == 3
    assert len(read(programme_pdf(sheets(3), {})).pages[0].images) == 0


@pytest.mark.slow
@pytest.mark.parametrize("size", ["A4", "Letter"])
@pytest.mark.parametrize(
    "counts", [(1,), (7,), (7, 7, 7), (6, 6, 6, 6), (8, 8, 8, 8, 8, 8), (12,) * 6], ids=str
)
def test_however_long_a_week_is_it_stays_on_its_page(counts, size):
    content = programme_pdf(sheets(*counts, size=size, name=LONG, sets=6), PICTURES)
    (page,) = read(content).pages
    width, height = (float(side) / POINTS_PER_MM for side in (page.mediabox.width, page.mediabox.height))
    assert (round(width), round(height)) == {"A4": (210, 297), "Letter": (216, 279)}[size]
    for x, y in places_of(content):
        assert MARGIN_MM - 0.1 <= x < width - MARGIN_MM
        assert MARGIN_MM - 0.1 <= y <= height - MARGIN_MM + 0.1
    assert text_of(content).count("Incline") == sum(counts)


def test_the_same_programme_gives_the_same_bytes():
    once, again = (programme_pdf(sheets(4, 4, weeks=2), PICTURES) for _ in range(2))
    assert once == again
    about = read(once).metadata
    assert about.creation_date == WRITTEN
    assert about.title == "Anna’s programme"
    assert programme_pdf(replace(sheets(4, 4, weeks=2), title="Other"), PICTURES) != once


@pytest.mark.parametrize(
    ("said", "set_as"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param(
            "Zoë Łukasiewicz-Đặng, 3 × ½", "Zoë Łukasiewicz-Đang, 3 × ½", id="an accent that the type lacks"
        ),
        pytest.param("Анна", "????", id="another script"),
        pytest.param("Anna 🏋️", "Anna ?", id="a picture"),
        pytest.param("a\tb\u200bc", "a bc", id="what is not seen"),
    ],
)
def test_letters_that_the_type_has_not(said, set_as):
    letters = Paper(title="", size="A4", written_at=WRITTEN)._letters
    assert settable(said, letters) == set_as
    assert settable(set_as, letters) == set_as


def test_words_are_broken_and_cut_to_their_width():
    paper, style = Paper(title="", size="A4", written_at=WRITTEN), Style(size=10)
    lines = paper.lines(f"{LONG} and again {LONG}", style, width=60, most=3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert all(paper.length(line, style) <= 60 for line in lines)
    assert paper.lines("Row", style, width=60) == ("Row",)
    assert paper.lines("", style, width=60) == ()
    (word,) = paper.lines("Kniegelenksbeugemuskelübung" * 3, style, width=30)
    assert paper.length(word, style) <= 30


NOT_BUILT = (
    "The type for PDF files is not in this copy of Openback, because its assets were not built: "
    "run `make assets` in its folder, or install the wheel."
)


@pytest.mark.parametrize(
    "built", [None, {}, {"vendor": {}}, "gone"], ids=["nothing", "empty", "old", "files gone"]
)
def test_without_built_assets_one_sentence_says_so(tmp_path, built):
    if built is not None:
        packages = {"@expo-google-fonts/figtree": "a", "@expo-google-fonts/archivo": "b"}
        manifest = {"vendor": packages} if built == "gone" else built
        (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(PaperTypeMissing) as refused:
        programme_pdf(sheets(1), {}, dist=tmp_path)
    assert str(refused.value) == NOT_BUILT
