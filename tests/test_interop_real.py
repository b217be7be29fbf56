"""The four real logs beside the project: every row accounted for, known exercises found."""

from __future__ import annotations

import csv
import gzip
from collections import Counter

import pytest

from exports import accounted, read
from openback.catalogue import load_catalogue
from openback.interop import match_names, report_json


def rows_of(path, delimiter) -> int:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return sum(1 for row in csv.reader(stream, delimiter=delimiter) if row) - 1


@pytest.mark.parametrize(
    ("name", "delimiter", "expected"),
    [
        ("hevy.csv", ",", {"format": "hevy", "unit_from": "file", "kept": 330, "sessions": 17, "left_out": {}}),
        ("strong_german.csv", ",", {"format": "strong", "unit_from": "own", "kept": 2078, "sessions": 129, "left_out": {}}),
        ("strong_semicolon_quoted.csv", ";", {"format": "strong", "unit_from": "file", "kept": 266, "sessions": 20, "left_out": {}}),
        ("strong_small.csv", ",", {"format": "strong", "unit_from": "own", "kept": 8, "sessions": 1, "left_out": {"a rest timer, not a set": 8}}),
    ],
    ids=["hevy", "strong german", "strong quoted", "strong small"],
)  # fmt: skip
def test_every_row_is_accounted_for(real_dir, name, delimiter, expected):
    path = real_dir / "logs" / name
    history = read(path)
    assert history.read == rows_of(path, delimiter)
    assert {
        "format": history.format,
        "unit_from": history.unit_from,
        "kept": history.kept,
        "sessions": len(history.sessions),
        "left_out": Counter(row.why for row in history.skipped),
    } == expected
    accounted(history)
    report = report_json(history, match_names(history.names, load_catalogue()))
    assert report["read"] == report["kept"] + len(report["skipped"])
    assert [match["from"] for match in report["names"]] == list(history.names)


def test_loads_turned_to_kilograms_stay_exact(real_dir):
    history = read(real_dir / "logs" / "strong_semicolon_quoted.csv")
    assert 27.215519999999998 in {s.log.load_kg for s in history.sets}


def test_common_lifts_of_the_back_are_found(real_dir):
    with gzip.open(real_dir / "logs" / "training_sets.csv.gz", "rt", encoding="utf-8") as stream:
        names = Counter(row["exercise"] for row in csv.DictReader(stream))
    to = {match.from_: match.to for match in match_names(names, load_catalogue())}
    back = {
        "Lat Pulldown (Cable)": "wide_grip_lat_pulldown",
        "Seated Row (Cable)": "seated_cable_row",
        "Bent Over Row (Barbell)": "bent_over_barbell_row",
        "Chin Up": "chin_up",
        "Pull Up (Assisted)": "assisted_pull_up",
        "Face Pull (Cable)": "face_pull",
        "Shrug (Dumbbell)": "dumbbell_shrug",
        "Rear Delt Reverse Fly (Machine)": "machine_reverse_fly",
    }
    assert {name: to[name] for name in back} == back


def test_nothing_of_chest_legs_or_arms_is_taken_for_the_back(real_dir):
    with gzip.open(real_dir / "logs" / "training_sets.csv.gz", "rt", encoding="utf-8") as stream:
        names = {row["exercise"] for row in csv.DictReader(stream)}
    others = (
        "press",
        "squat",
        "leg",
        "curl",
        "tricep",
        "calf",
        "lunge",
        "deadlift",
        "chest fly",
        "crunch",
        "dip",
        "hip",
    )
    wrong = [
        m
        for m in match_names(sorted(names), load_catalogue())
        if m.to and any(word in m.from_.lower() for word in others)
    ]
    assert wrong == []
