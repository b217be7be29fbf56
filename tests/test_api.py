"""The API: the same use cases as the pages, one shape of errors, and a schema that says so."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

import web_sample
from openback.errors import CouldNot, DiskFull, OpenbackError, UnknownExercise
from openback.services import people, planning
from openback.web.errors import kind_of, status_of
from web_app import Planner, TestClient, plan_by_hand, web_client

API = "/api/v1"


@pytest.fixture
def planner(monkeypatch) -> Planner:
    return plan_by_hand(monkeypatch)


@pytest.fixture
def client(tmp_path, planner) -> Iterator[TestClient]:
    with web_client(tmp_path) as client:
        yield client


@pytest.fixture
def newcomer(tmp_path, planner) -> Iterator[TestClient]:
    with web_client(tmp_path, profile=None) as client:
        yield client


def all_classes(kind: type[OpenbackError]) -> list[type[OpenbackError]]:
    return [
        kind,
        *(
            one
            for child in sorted(kind.__subclasses__(), key=lambda child: child.__name__)
            for one in all_classes(child)
        ),
    ]


@pytest.mark.parametrize("kind", all_classes(OpenbackError), ids=lambda kind: kind.__name__)
def test_every_error_has_a_status(kind):
    error = kind.__new__(kind)
    assert status_of(error) in {404, 409, 413, 422, 423, 503, 507}
    assert (status_of(error) >= 500) == issubclass(kind, CouldNot)
    assert kind_of(error) == kind_of(error).lower()


def test_error_has_one_shape(client):
    answer = client.get(f"{API}/exercises/pull_upp")
    assert answer.status_code == 404
    assert answer.json() == {
        "error": {
            "kind": "unknown_exercise",
            "message": str(UnknownExercise("pull_upp", tuple(web_sample.catalogue().exercises))),
            "problems": [],
        }
    }


@pytest.mark.parametrize(
    ("method", "path", "status", "kind"),
    [
        ("GET", "/nothing", 404, "not_found"),
        ("PATCH", "/profile", 405, "not_allowed"),
        ("GET", "/sessions/not-an-id", 422, "bad_input"),
        ("PUT", "/profile", 422, "bad_input"),
        ("PUT", f"/sets/{UUID(int=9)}", 422, "bad_input"),
        ("GET", f"/sessions/{UUID(int=9)}", 404, "not_found"),
        ("POST", f"/undo/{UUID(int=9)}", 404, "not_found"),
    ],
)
def test_errors(client, method, path, status, kind):
    answer = client.request(method, API + path)
    assert (answer.status_code, answer.json()["error"]["kind"]) == (status, kind)
    assert answer.json()["error"]["message"]


def test_full_disk(client, monkeypatch):
    def full(_app):
        raise DiskFull("openback.db")

    monkeypatch.setattr(planning, "new_block", full)
    answer = client.post(f"{API}/programme")
    assert (answer.status_code, answer.json()["error"]["kind"]) == (507, "disk_full")


def test_full_disk_that_the_system_reports(client, monkeypatch):
    def full(_app):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(planning, "new_block", full)
    answer = client.post(f"{API}/programme")
    assert answer.status_code == 507
    assert answer.json()["error"]["message"] == (
        "The disk is full, so nothing new was kept; everything that was kept before is safe. "
        "Free some space and try again."
    )


# --- Profile ---------------------------------------------------------------------------------------


def test_profile_comes_back_as_it_was_sent(client, planner):
    body = client.get(f"{API}/profile").json()
    assert client.put(f"{API}/profile", json=body).json()["status"] == "ok"
    assert planner.asked == [("keep_profile", web_sample.PROFILE)]
    assert client.get(f"{API}/profile").json() == body


def test_no_profile_yet(newcomer):
    assert newcomer.get(f"{API}/profile").status_code == 404


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"sex": "robot"}, "sex: Input should be 'female', 'male' or 'unspecified'"),
        ({"height_cm": 1.68}, "height_cm is 1.68, it must be 100 to 250"),
        ({"mass_kg": "heavy"}, "mass_kg: Input should be a valid number, unable to parse string as a number"),
        ({"days_per_week": 9}, "days_per_week is 9, it must be 1 to 6"),
        (
            {"goals": []},
            "goals is empty, it must name at least one of tone, posture, pain_relief, keep_muscle, first_pull_up",
        ),
        ({"shoe_size": 38}, "shoe_size: Extra inputs are not permitted"),
        ({"places": [{"name": "", "kit": []}]}, "a place is called ''; a name has 1 to 80 characters"),
    ],
)
def test_profile_that_cannot_be(client, planner, change, problem):
    body = client.get(f"{API}/profile").json()
    answer = client.put(f"{API}/profile", json={**body, **change})
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert error["problems"][0] == problem
    assert error["message"].endswith(f"cannot be used: {'; '.join(error['problems'])}.")
    assert planner.asked == []


def test_screening_questions(client):
    ids = [question["id"] for question in client.get(f"{API}/screening").json()]
    assert ids[0] == people.screening_questions(client.app.state.openback)[0].id


# --- Sets ------------------------------------------------------------------------------------------


@pytest.fixture
def session_id(client) -> str:
    return str(client.post(f"{API}/sessions", json={}).json()["id"])


def a_set(session_id: str, **changes: object) -> dict[str, object]:
    return {
        "session_id": session_id,
        "exercise": "one_arm_dumbbell_row",
        "at": "2026-11-25T09:10:00+00:00",
        "load_kg": 8,
        "reps": 12,
        **changes,
    }


def test_a_set_sent_twice_is_one_set(client, session_id):
    address = f"{API}/sets/{uuid4()}"
    first, second = (client.put(address, json=a_set(session_id)) for _ in range(2))
    assert first.status_code == second.status_code == 200
    assert first.json() == second.json()
    (step,) = client.get(f"{API}/sessions/{session_id}").json()["steps"]
    assert len([one for one in step["sets"] if one["done"]]) + len(step["extra"]) == 1


def test_a_set_can_go_and_come_back(client, session_id):
    address = f"{API}/sets/{uuid4()}"
    kept = client.put(address, json=a_set(session_id)).json()
    undo = client.delete(address).json()["undo"]
    assert client.get(f"{API}/sessions/{session_id}").json()["steps"] == []
    assert client.post(f"{API}/undo/{undo}").status_code == 200
    assert str(kept["id"]) in client.get(f"{API}/sessions/{session_id}").text


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"load_kg": 10_000}, "This set cannot be kept: 10000 kg is more than anyone has lifted; loads go up to 1000 kg."),
        ({"reps": -3}, "This set cannot be kept: -3 is not a number of reps; they go from 0 to 1000."),
        ({"reps": None}, "This set cannot be kept: it has neither reps nor seconds held; give one of them."),
        ({"pain": 11}, "This set cannot be kept: 11 is not a pain score; it goes from 0 (none) to 10."),
        ({"at": "2031-01-01T00:00:00Z"}, "This set cannot be kept: 2031-01-01 is more than a day from now; check the clock of the device."),
    ],
)  # fmt: skip
def test_a_set_that_cannot_have_happened(client, session_id, change, message):
    answer = client.put(f"{API}/sets/{uuid4()}", json=a_set(session_id, **change))
    assert answer.status_code == 422
    assert answer.json()["error"] == {"kind": "bad_set", "message": message, "problems": []}
    assert client.get(f"{API}/sessions/{session_id}").json()["steps"] == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"load_kg": NaN}', b"\xff\xfe"])
def test_a_body_that_is_no_set(client, body):
    answer = client.put(f"{API}/sets/{uuid4()}", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["error"]["kind"] == "bad_input"


def test_a_set_of_an_exercise_that_nobody_knows(client, session_id):
    answer = client.put(f"{API}/sets/{uuid4()}", json=a_set(session_id, exercise="moon_walk"))
    assert answer.status_code == 404


def test_a_set_may_come_before_its_session(client):
    session_id = str(uuid4())  # begun on a phone without network
    assert client.put(f"{API}/sets/{uuid4()}", json=a_set(session_id)).status_code == 200
    assert client.get(f"{API}/sessions/{session_id}").status_code == 200


def test_a_session_from_begin_to_end(client, session_id):
    client.post(f"{API}/sessions/{session_id}/exercises", json={"exercise": "pull_up"})
    client.put(f"{API}/sets/{uuid4()}", json=a_set(session_id))
    assert client.put(f"{API}/sessions/{session_id}/note", json={"note": "Good one"}).status_code == 204
    first = client.post(f"{API}/sessions/{session_id}/finish").json()
    assert first["sets"] == 1
    assert client.post(f"{API}/sessions/{session_id}/finish").json()["sets"] == 1
    assert client.get(f"{API}/sessions/{session_id}/summary").json()["session_id"] == session_id
    assert client.delete(f"{API}/sessions/{session_id}").json()["undo"]


# --- The rest --------------------------------------------------------------------------------------


def test_exercises_can_be_searched(client):
    found = client.get(f"{API}/exercises", params={"text": "shrug"}).json()["found"]
    assert "dumbbell_shrug" in {one["id"] for one in found}
    assert client.get(f"{API}/exercises/dumbbell_shrug").json()["guide"]["steps"]


@pytest.mark.parametrize("path", ["/today", "/programme", "/progress"])
def test_rooms(client, path):
    assert client.get(API + path).status_code == 200


def test_programme_can_be_made_and_taken_back(client, planner):
    assert client.post(f"{API}/programme").status_code == 201
    assert client.post(f"{API}/programme/undo").status_code == 200
    assert planner.asked == [("new_block",), ("undo_plan",)]


def test_liking(client):
    assert client.put(f"{API}/exercises/pull_up/liking", json={"liking": "like"}).status_code == 204
    assert client.get(f"{API}/profile").json()["liked"] == ["pull_up"]


LOG = "Date,Exercise,Category,Weight (kgs),Reps\n2026-01-05,Lat Pulldown,Back,40,10\n"


def test_import_dry_and_real(client):
    send = {"files": {"file": ("log.csv", LOG.encode())}}
    assert client.post(f"{API}/import", data={"dry_run": "true"}, **send).json()["added"] is None
    assert client.post(f"{API}/import", **send).json()["added"] == 1
    assert client.post(f"{API}/import", **send).json()["added"] == 0


def test_what_goes_out_comes_back(client):
    client.post(f"{API}/import", files={"file": ("log.csv", LOG.encode())})
    out = client.get(f"{API}/export/json").content
    report = client.post(f"{API}/import", files={"file": ("openback.json", out)}).json()
    assert (report["format"], report["added"]) == ("openback", 0)


def test_import_that_is_nothing(client):
    answer = client.post(f"{API}/import", files={"file": ("x.csv", b"")})
    assert answer.status_code == 422
    assert answer.json()["error"] == {
        "kind": "history_empty",
        "message": "x.csv is empty. Export it again from the other app.",
        "problems": [],
    }


# --- The schema ------------------------------------------------------------------------------------


@pytest.fixture
def schema(client) -> dict:
    return client.get(f"{API}/openapi.json").json()


def test_schema_holds_the_api_and_no_pages(schema):
    assert all(path.startswith(API) for path in schema["paths"])
    assert {f"{API}/profile", f"{API}/sets/{{set_id}}", f"{API}/import"} <= set(schema["paths"])


def test_every_operation_says_what_it_does_and_how_it_fails(schema):
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            assert operation["description"].endswith("."), (method, path)
            error = operation["responses"]["422"]["content"]["application/json"]["schema"]["$ref"]
            assert error.endswith("/ErrorOut"), (method, path)


def test_schema_says_the_limits_of_a_set(schema):
    reps = schema["components"]["schemas"]["SetIn"]["properties"]["reps"]
    assert (reps["minimum"], reps["maximum"]) == (0, 1000)


def test_reference_page_needs_no_script_and_no_other_host(client):
    answer = client.get("/api")
    assert answer.status_code == 200
    assert "/api/v1/sets/{set_id}" in answer.text
    assert "Sending it twice changes nothing" in answer.text
