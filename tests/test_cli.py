"""The command line: one JSON document and nothing else, or one sentence and a status."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from openback.cli import run
from scripts.system import ROOT

EXAMPLE = str(ROOT / "docs" / "examples" / "profile.json")
NOT_YET = (
    "The questions have not been answered yet. Start `openback` and answer them, "
    "or keep a profile from a file: `openback profile PROFILE.json`.\n"
)
STRONG = """Date,Workout Name,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE
2026-11-02 18:00:00,"Pull",Lat Pulldown (Cable),1,40,10,0,0,,,
2026-11-02 18:00:00,"Pull",Underwater Weaving,1,forty,12,0,0,,,
"""
TRAINING = "lifter,day,exercise,load,reps\n" + "".join(
    f"A,{day * 4},Row,{40 + day % 3},{8 + day % 4}\n" for day in range(14)
)


class Said:
    """What a command came to."""

    def __init__(self, status, captured):
        self.status, self.out, self.err = status, captured.out, captured.err

    @property
    def json(self):
        assert self.err == ""
        assert self.status == 0
        return json.loads(self.out)


@pytest.fixture
def openback(tmp_path, monkeypatch, capfd):
    """A function that runs a command on a data folder of this test's own."""
    monkeypatch.setenv("OPENBACK_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("OPENBACK_DATABASE", raising=False)
    monkeypatch.setenv("COLUMNS", "200")

    def said(*arguments):
        capfd.readouterr()
        status = run([str(argument) for argument in arguments])
        return Said(status, capfd.readouterr())

    return said


@pytest.fixture
def known(openback):
    openback("profile", EXAMPLE)
    return openback


@pytest.fixture
def strong(tmp_path):
    path = tmp_path / "strong.csv"
    path.write_text(STRONG)
    return path


# --- Plan ------------------------------------------------------------------------------------------------------------


def test_plan_has_the_keys_that_others_rely_on(openback):
    plan = openback("plan", EXAMPLE, "--json").json
    assert plan["status"] == "ok"
    assert {
        "status", "reasons", "weeks", "sessions", "weekly_sets", "weekly_band", "solver",
    } == set(plan)  # fmt: skip
    assert set(plan["solver"]) == {"build_s", "solve_s", "gap"}
    assert 4 <= plan["weeks"] <= 6
    assert {(s["week"], s["day"]) for s in plan["sessions"]} == {
        (week, day) for week in range(1, plan["weeks"] + 1) for day in (1, 2, 3)
    }
    for session in plan["sessions"]:
        assert {"week", "day", "place", "minutes", "items"} <= set(session)
        assert 0 < session["minutes"] <= 45.5
        for item in session["items"]:
            assert {"exercise", "sets", "reps", "rir", "rest_s", "load_kg", "why"} <= set(item)
            assert isinstance(item["sets"], int)
            assert item["why"].endswith(".")
            assert item["reps"] is None or item["reps"][0] <= item["reps"][1]
    assert set(plan["weekly_sets"]) >= set(plan["weekly_band"])
    assert all(low <= high for low, high in plan["weekly_band"].values())
    assert plan["solver"]["gap"] <= 0.01


def test_plan_twice_is_the_same(openback):
    plans = [openback("plan", EXAMPLE, "--json").json for _ in range(2)]
    for plan in plans:
        del plan["solver"]
    assert plans[0] == plans[1]


def test_plan_stopped_is_an_answer_not_an_error(openback, tmp_path):
    data = json.loads((ROOT / "docs" / "examples" / "profile.json").read_text())
    path = tmp_path / "profile.json"
    path.write_text(json.dumps(data | {"screening": {"chest_or_breath": True}}))
    plan = openback("plan", path, "--json").json
    assert (plan["status"], plan["sessions"]) == ("stopped", [])
    assert plan["reasons"]
    said = openback("plan", path)
    assert (said.status, said.err) == (0, "")
    assert plan["reasons"][0] in " ".join(said.out.split())


def test_plan_in_words(openback):
    said = openback("plan", EXAMPLE)
    assert (said.status, said.err) == (0, "")
    assert "Day 1 · Gym" in said.out
    assert "Sets a week" in said.out


# --- Predict, import -----------------------------------------------------------------------------------------------------


def test_predict(openback, tmp_path):
    path = tmp_path / "log.csv"
    path.write_text(TRAINING)
    report = openback("predict", path, "--json").json
    assert {"predictions", "mae_reps", "band80_coverage", "same_reps", "last_epley"} <= set(report)
    assert report["predictions"] == 10
    assert 0 < report["mae_reps"] < 5
    path.write_text(TRAINING[:80])
    assert openback("predict", path, "--json").json["mae_reps"] is None
    assert "predictions" in openback("predict", path).out


@pytest.mark.parametrize("dry", [True, False], ids=["dry run", "kept"])
def test_import_on_a_fresh_machine(openback, strong, dry):
    report = openback("import", strong, *(["--dry-run"] if dry else []), "--json").json
    assert {"format", "unit", "read", "kept", "skipped", "names"} <= set(report)
    assert (report["format"], report["unit"], report["read"], report["kept"]) == ("strong", "kg", 2, 1)
    ((line, why),) = [(row["line"], row["why"]) for row in report["skipped"]]
    assert line == 3
    assert "forty" in why
    assert report["names"] == [
        {"from": "Lat Pulldown (Cable)", "to": "wide_grip_lat_pulldown", "how": "alias"}
    ]
    assert report["added"] == (None if dry else 1)
    assert openback("progress", "--json").json["total_sets"] == (0 if dry else 1)


def test_import_in_pounds(openback, strong):
    assert openback("import", strong, "--unit", "lb", "--json").json["unit"] == "lb"
    whole = openback("export", "--json").json["path"]
    (kept,) = json.loads(Path(whole).read_text(encoding="utf-8"))["sets"]
    assert kept["load_kg"] == pytest.approx(18.14, abs=0.01)


def test_import_says_in_words_what_became_of_each_row(openback, strong):
    said = openback("import", strong)
    assert said.status == 0
    assert "strong, loads in kg: 2 rows read, 1 kept." in said.out
    assert "Line 3: " in said.out
    assert "1 sets are new; 0 were here already." in said.out
    assert "The questions are still to be answered" in said.out


# --- The rooms -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [("today",), ("train",), ("log", "pull_up", "--reps", "5"), ("profile",)])
@pytest.mark.parametrize("as_json", [False, True], ids=["words", "json"])
def test_before_the_questions(openback, command, as_json):
    said = openback(*command, *(["--json"] if as_json else []))
    assert (said.status, said.out, said.err) == (2, "", NOT_YET)


def test_a_profile_and_its_rooms(known):
    assert known("profile", "--json").json["places"][0]["name"] == "Gym"
    session = known("today", "--json").json["session"]
    assert (session["week"], session["day"], session["status"]) == (1, 1, "today")
    assert set(known("train", "--json").json) == {
        "weeks", "this_week", "dose", "reasons", "notes", "can_undo", "aways", "findings",
    }  # fmt: skip
    logged = known("log", "pull_up", "--reps", "5", "--rir", "2", "--json").json
    assert (logged["exercise"], logged["reps"], logged["load_kg"]) == ("pull_up", 5, None)
    assert "Logged: pull_up, 6 reps at 2.5 kg." in known("log", "pull_up", "--reps", "6", "--load", "2.5").out
    assert "Logged: cobra_pose, 30 s." in known("log", "cobra_pose", "--hold-s", "30").out
    assert known("progress", "--json").json["total_sets"] == 3
    for room, word in (("today", "Gym"), ("train", "Sets this week"), ("progress", "3 sets so far")):
        said = known(room)
        assert (said.status, said.err) == (0, "")
        assert word in said.out


def test_everything_out_and_in(known, tmp_path):
    known("log", "pull_up", "--reps", "5")
    path = tmp_path / "all.json"
    assert known("export", "--out", path, "--json").json == {"path": str(path)}
    assert (
        f"Written to {tmp_path / 'all.csv'}"
        in known("export", "--kind", "csv", "--out", tmp_path / "all.csv").out
    )
    assert known("import", path, "--json").json["added"] == 0
    assert known("profile", path, "--json").json["status"] == "ok"
    copy = tmp_path / "copy.db"
    assert known("backup", "--out", copy, "--json").json == {"path": str(copy)}
    known("log", "pull_up", "--reps", "6")
    restored = known("restore", copy, "--json").json
    assert restored["restored"] == str(copy)
    assert restored["before"]
    assert known("progress", "--json").json["total_sets"] == 1


def test_exercises(openback):
    every = openback("exercises", "--json").json
    assert len(every) >= 53
    assert openback("exercises", "pull_up", "--json").json == next(e for e in every if e["id"] == "pull_up")
    assert openback("exercises", "--search", "lat puldown", "--json").json[0]["pattern"] == "vertical_pull"
    assert "Pull-up" in openback("exercises", "pull_up").out
    said = openback("exercises", "pul_up")
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith("No exercise is called 'pul_up'. Did you mean pull_up")


def test_doctor(openback):
    found = json.loads(openback("doctor", "--json").out)
    assert {"Python", "SQLite", "Optimiser", "Disk", "Exercises", "Database", "Pages", "Clips"} == {
        one["what"] for one in found
    }
    assert all(set(one) == {"what", "well", "says", "mend"} for one in found)
    assert all(one["well"] or one["mend"] for one in found)
    assert "Python: 3." in openback("doctor").out


# --- What can be said ---------------------------------------------------------------------------------------------------------


def test_version_and_help(openback):
    assert openback("--version").out.startswith("openback 0.")
    assert openback("--version", "--json").json["openback"]
    said = openback("--help")
    assert said.status == 0
    for command in [
        "demo",
        "today",
        "train",
        "log",
        "progress",
        "profile",
        "exercises",
        "plan",
        "predict",
        "import",
        "export",
        "backup",
        "restore",
        "doctor",
    ]:
        assert command in said.out
        assert openback(command, "--help").status == 0
        assert "--json" in openback(command, "--help").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nosuch"], "No such command 'nosuch'. `openback --help` lists what can be said.\n"),
        (["today", "--nope"], "No such option: --nope. `openback --help` lists what can be said.\n"),
        (["plan"], "Missing argument 'PROFILE.json'. `openback --help` lists what can be said.\n"),
        (
            ["--json", "today"],
            (
                "Invalid value: Say --json after the command: openback today --json. "
                "`openback --help` lists what can be said.\n"
            ),
        ),
        (
            ["log", "pull_up", "--reps", "many"],
            "Invalid value for '--reps': Input should be a valid integer, unable to parse string as an integer. `openback --help` lists what can be said.\n",
        ),
        (["--port", "70000"], None),
    ],
)
def test_what_cannot_be_said(openback, arguments, said):
    answer = openback(*arguments)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.count("\n") == 1
    if said is not None:
        assert answer.err == said


@pytest.mark.slow
def test_as_a_program_of_its_own(tmp_path):
    """A reader that goes away, and a terminal that lacks letters, are no errors."""
    environment = {
        "PATH": "/usr/bin:/bin",
        "OPENBACK_DATA_DIR": str(tmp_path),
        "PYTHONIOENCODING": "ascii",
        "PYTHONUTF8": "0",
    }
    program = [sys.executable, "-m", "openback"]
    ran = subprocess.run([*program, "exercises", "--json"], env=environment, capture_output=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")
    json.loads(ran.stdout.decode("ascii"))
    ran = subprocess.run([*program, "exercises"], env=environment, capture_output=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")
    with subprocess.Popen(
        [*program, "exercises", "--json"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        process.wait(30)


def test_the_review_of_a_week(known):
    answer = known("review", "--json")
    assert answer.json["sentences"][-1] == "Rest is part of the plan: muscles grow between the sessions."
    assert answer.json["running"] is True
    said = known("review", "--week", "2026-01-07").out
    assert said.startswith("Week from Monday 5 January 2026\n• No session was logged this week.\n")
    refused = known("review", "--week", "soon")
    assert refused.status == 2
    assert refused.err.startswith("Invalid value: --week is 'soon', it must be a date such as 2026-11-30.")
