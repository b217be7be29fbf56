"""What an import says in sentences."""

from __future__ import annotations

from exports import STRONG, read, saved
from openback.interop import report_sentences
from openback.model.history import NameMatch

ROWS = (
    "2024-05-01 18:00:00,Pull,1h,Row,1,40,8,0,0,,,\n"
    "2024-05-01 18:00:00,Pull,1h,Row,Rest Timer,0,0,0,90,,,\n"
    "2024-05-01 18:00:00,Pull,1h,Row,2,40,-3,0,0,,,\n"
    "2024-05-01 18:00:00,Pull,1h,Run,1,0,0,5,0,,,\n"
)


def test_the_report_in_sentences(tmp_path):
    history = read(saved(tmp_path, STRONG + "\n" + ROWS), unit="kg")
    matches = (
        NameMatch(from_="Row", to="band_row", how="remembered"),
        NameMatch(from_="Shurg", to="dumbbell_shrug", how="fuzzy"),
        NameMatch(from_="Run", to=None, how="kept"),
    )
    assert list(report_sentences(history, matches)) == [
        "Strong: 4 rows read, 1 kept, 3 left out; 1 set in 1 session.",
        "Left out, because the row is a rest timer, not a set: line 3.",
        "Left out, because -3 reps is outside 1 to 1,000: line 4.",
        "Left out, because the row has a distance, not reps: line 5.",
        "1 exercise keeps its own name, as the library has no such exercise.",
        "'Row' was taken as band_row (as you chose before).",
        "'Shurg' was taken as dumbbell_shrug (looks like).",
    ]
