"""The pages: what they show, empty and full, and what their forms ask of the use cases."""

from __future__ import annotations

import gzip
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest

import web_sample
from openback.errors import BadProfile, NoProgramme
from openback.model.programme import Programme
from openback.services.history import ImportReport
from openback.services.views import TrainView
from openback.web.assets import Assets
from web_app import Outline, Planner, TestClient, plan_by_hand, stopped, web_client

KNOWN = web_sample.catalogue()


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


@pytest.fixture(scope="module")
def visits(tmp_path_factory) -> Iterator[tuple[TestClient, TestClient]]:
    """Somebody with a profile and somebody new, for tests that only look."""
    with pytest.MonkeyPatch.context() as patch:
        plan_by_hand(patch)
        folders = tmp_path_factory.mktemp("known"), tmp_path_factory.mktemp("new")
        with web_client(folders[0]) as known, web_client(folders[1], profile=None) as new:
            yield known, new


PAGES = (
    "/", "/train", "/train?week=0", "/train?week=99", "/train/2/2/change", "/train/2/2/swap/wide_grip_lat_pulldown",
    "/settings", "/settings/import", "/settings/restore", "/settings/delete", "/settings/phone",
    "/settings/profile/you", "/settings/profile/body", "/settings/profile/experience", "/settings/profile/goals",
    "/settings/profile/time", "/settings/profile/place?place=2", "/settings/profile/kit", "/settings/profile/loads",
    "/settings/profile/sore", "/settings/profile/pregnancy", "/settings/profile/signs", "/settings/profile/health",
    "/welcome/programme",
)  # fmt: skip
FIRST_PAGES = (
    "/welcome", "/welcome/you", "/welcome/body", "/welcome/experience", "/welcome/goals", "/welcome/time",
    "/welcome/place", "/welcome/sore", "/welcome/pregnancy", "/welcome/signs", "/welcome/health",
)  # fmt: skip


def check_outline(html: str) -> Outline:
    outline = Outline(html)
    assert outline.forbidden == []
    assert len(outline.ids) == len(set(outline.ids))
    assert outline.headings.count("h1") == 1
    assert html.count("<main") == 1
    assert '<html lang="en"' in html
    return outline


@pytest.mark.parametrize("path", PAGES)
def test_page(visits, path):
    answer = visits[0].get(path)
    assert answer.status_code == 200
    check_outline(answer.text)


@pytest.mark.parametrize("path", FIRST_PAGES)
def test_first_page(visits, path):
    answer = visits[1].get(path)
    assert answer.status_code == 200
    check_outline(answer.text)


# Files that are made when asked for, and the session that the sample made up.
MADE = ("/settings/export/", "/settings/backup", "/train/programme.pdf", f"/session/{web_sample.SESSION_ID}")


def test_no_link_of_ours_is_dead(visits):
    for client, pages in zip(visits, (PAGES, FIRST_PAGES), strict=True):
        links = {link.partition("#")[0] for path in pages for link in Outline(client.get(path).text).links}
        ours = sorted(link for link in links if link.startswith("/") and not link.startswith(MADE))
        assert {
            link: client.get(link).status_code
            for link in ours
            if client.get(link).status_code not in {200, 303}
        } == {}


@pytest.mark.parametrize("path", ["/", "/train", "/settings", "/settings/import", "/welcome/programme"])
def test_without_a_profile_everything_leads_to_the_questions(newcomer, path):
    answer = newcomer.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, "/welcome")


def test_with_a_profile_the_welcome_leads_to_today(client):
    assert client.get("/welcome").headers["location"] == "/"


# --- Without assets --------------------------------------------------------------------------------


def test_without_a_build_the_page_says_what_to_run(client, monkeypatch):
    monkeypatch.setattr("openback.web.rendering.Pages.assets", Assets())
    html = client.get("/train").text
    assert "make assets" in html
    assert "Wide-grip lat pull-down" in html
    assert "<script" not in html


MOST_SCRIPT_BYTES = 60_000


def test_today_is_light(client):
    scripts = re.findall(r'src="(/static/dist/[^"]+[.]js)"', client.get("/").text)
    if not scripts:
        pytest.skip("the scripts are not built; `make assets` builds them")
    sent = 0
    while scripts:  # with what they import
        text = client.get(scripts.pop()).text
        sent += len(gzip.compress(text.encode(), mtime=0))
        scripts += [f"/static/dist/{name}" for name in re.findall(r'(?:from|import)"[.]/([^"]+)"', text)]
    assert 0 < sent <= MOST_SCRIPT_BYTES


# --- Today -----------------------------------------------------------------------------------------


def test_today_shows_the_session_the_change_and_one_main_action(client):
    html = client.get("/").text
    assert "Hello Anna" in html
    assert "27.5 kg" in html
    assert "27.5 kg instead of 25 kg: three sets of 12 with two reps in reserve." in html
    assert html.count("button--big") == 1
    assert ("post", "/session/start") in Outline(html).actions


def test_today_shows_pounds_to_those_who_read_them(client):
    client.post("/settings/units", data={"units": "imperial"})
    html = client.get("/").text
    assert "60.6 lb" in html
    assert "27.5 kg<" not in html


def test_a_running_session_comes_before_all(client, planner):
    planner.today = replace(web_sample.today_view(KNOWN), running=web_sample.SESSION_ID)
    html = client.get("/").text
    assert f'href="/session/{web_sample.SESSION_ID}"' in html
    assert "/session/start" not in html


def test_first_day_has_no_changes_and_says_what_will_be_here(client, planner):
    planner.today = replace(web_sample.today_view(KNOWN), changes=(), last_done=None, done_this_week=0)
    assert "What changed stands here, with the reason." in client.get("/").text


def test_after_the_block_the_next_one_is_offered(client, planner):
    planner.today = replace(web_sample.today_view(KNOWN), session=None)
    assert ("post", "/train/new-block") in Outline(client.get("/").text).actions


def test_after_a_gap_there_is_a_warm_word(client, planner):
    planner.today = replace(web_sample.today_view(KNOWN), welcome_back="Good to see you.")
    assert "Good to see you." in client.get("/").text


def test_stop_names_whom_to_see_the_urgent_first(tmp_path, planner):
    planner.today = replace(web_sample.today_view(KNOWN), session=None, stopped=("x",))
    with web_client(tmp_path, stopped("nerve", "chest_or_breath")) as client:
        html = client.get("/").text
    links = [link for link in check_outline(html).links if "/profile/" in link]
    assert links == ["/settings/profile/signs", "/settings/profile/health"]
    assert "Please get help now" in html
    assert html.index("Call emergency services") < html.index("See your doctor within days.")
    assert "/session/start" not in html


def test_stop_without_urgency_is_calm(tmp_path, planner):
    planner.today = replace(web_sample.today_view(KNOWN), session=None, stopped=("x",))
    with web_client(tmp_path, stopped("nerve")) as client:
        assert "Please see somebody first" in client.get("/").text


# --- Train -----------------------------------------------------------------------------------------


def test_train_shows_the_dose_in_numbers_and_as_a_table(client):
    html = client.get("/train").text
    assert "<b>4.5</b>" in html
    assert "8–16" in html
    assert html.count('<th scope="row">') == len(KNOWN.muscles)
    assert "Take back the last change" in html


def test_train_without_a_programme_offers_one(client, planner):
    planner.train = TrainView(weeks=(), this_week=0, dose=(), reasons=(), notes=(), can_undo=False)
    assert "No programme yet" in client.get("/train").text


@pytest.mark.parametrize(
    ("path", "form", "asked"),
    [
        ("/train/2/2/swap", {"old": "pull_up", "new": "chin_up"}, ("swap", 2, 2, "pull_up", "chin_up")),
        ("/train/2/2/pin", {"exercise": "pull_up"}, ("pin", 2, 2, "pull_up")),
        ("/train/ban", {"exercise": "pull_up"}, ("ban", "pull_up")),
        ("/train/2/3/skip", {}, ("skip", 2, 3)),
        ("/train/2/3/move", {"to": "2026-11-28"}, ("move", 2, 3, date(2026, 11, 28))),
        ("/train/2/3/minutes", {"minutes": "20"}, ("minutes_today", 2, 3, 20)),
        ("/train/2/3/place", {"place": "Home"}, ("place_of", 2, 3, "Home")),
        ("/train/2/3/style", {"style": "yoga"}, ("style_of", 2, 3, "yoga")),
        ("/train/undo", {}, ("undo_plan",)),
        ("/train/deload", {}, ("deload",)),
        ("/train/new-block", {}, ("new_block",)),
    ],
)
def test_changes_of_the_plan(client, planner, path, form, asked):
    answer = client.post(path, data=form)
    assert answer.status_code == 303
    assert planner.asked == [asked]


def test_after_a_change_the_week_of_that_session_is_shown(client):
    answer = client.post("/train/2/3/skip")
    assert answer.headers["location"] == "/train?session=2-3#session-2-3"
    html = client.get("/train?session=2-3").text
    assert 'id="session-2-3"' in html


def test_a_new_block_offers_no_undo_that_would_be_refused(client, planner):
    assert "/train/undo" in client.post("/train/deload").headers["set-cookie"].replace("%2F", "/")
    assert "/train/undo" not in client.post("/train/new-block").headers["set-cookie"].replace("%2F", "/")


@pytest.mark.parametrize(
    ("path", "form", "status"),
    [
        ("/train/2/2/swap", {"old": "pull_up"}, 422),
        ("/train/2/3/minutes", {"minutes": "5"}, 422),
        ("/train/2/3/move", {"to": "someday"}, 422),
        ("/train/2/3/style", {"style": "running"}, 422),
        ("/train/2/9/change", None, 404),
        ("/train/2/2/swap/moon_walk", None, 404),
    ],
)
def test_changes_that_cannot_be(client, planner, path, form, status):
    answer = client.get(path) if form is None else client.post(path, data=form)
    assert answer.status_code == status
    assert planner.asked == []
    check_outline(answer.text)


def test_a_change_is_said_once_with_its_undo(client):
    client.post("/train/2/3/skip")
    html = client.get("/train").text
    assert "Session 3 is skipped." in html
    assert ("post", "/train/undo") in Outline(html).actions
    assert "Session 3 is skipped." not in client.get("/train").text


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        "x",
        "%5B%5D",
        "%7B%22text%22%3A1%7D",
        "%7B%22text%22%3A%22a%22%2C%22undo%22%3A%22//evil.example%22%7D",
    ],
)
def test_a_cookie_that_is_not_ours_does_no_harm(client, cookie):
    client.cookies.set("openback_said", cookie)
    html = client.get("/train").text
    assert "evil.example" not in html


# --- The questions ---------------------------------------------------------------------------------

ANSWERS = {
    "begin": {"units": "metric"},
    "you": {"name": "Bo <b>", "sex": "male", "birth_day": "2", "birth_month": "4", "birth_year": "1990"},
    "body": {"height_cm": "181", "mass": "82,5"},
    "experience": {"experience": "new"},
    "goals": {"first": "posture", "also": ["tone"], "desk_job": "yes"},
    "time": {"days": "3", "minutes": "30"},
    "place": {"preset": "dumbbells"},
    "kit": {"place_name": "Home", "kit": ["dumbbells", "mat", "wall"]},
    "loads": {"dumbbell": ["2", "4"], "dumbbell_more": "7"},
    "sore": {"complaint": ["neck_pain"]},
    "signs": {},
    "health": {},
}


def answer_all(client: TestClient, **changes: dict[str, object]) -> str:
    """Answer every question in turn, following the way the app leads; return where it ends."""
    location = client.post("/welcome/begin", data=ANSWERS["begin"]).headers["location"]
    while (step := location.removeprefix("/welcome/")) in ANSWERS:
        assert client.get(location).status_code == 200
        answer = client.post(location, data={**ANSWERS[step], **changes.get(step, {})})
        assert answer.status_code == 303, answer.text
        location = answer.headers["location"]
    return location


def test_the_questions_lead_to_a_profile(newcomer, planner):
    assert answer_all(newcomer) == "/welcome/programme"
    ((name, profile),) = planner.asked
    person, place = profile.person, profile.places[0]
    assert name == "keep_profile"
    assert (person.name, person.mass_kg, person.goals, person.minutes_per_session) == (
        "Bo <b>",
        82.5,
        ("posture", "tone"),
        30,
    )
    assert place.loads.dumbbell_kg == (2, 4, 7)
    assert person.complaints == ("neck_pain",)
    assert len(profile.screening) >= 13
    assert not any(profile.screening.values())
    assert "Bo &lt;b&gt;" in newcomer.get("/settings").text


def test_a_tick_asks_for_the_go_ahead(newcomer):
    assert answer_all(newcomer, health={"yes": ["eyes"]}) == "/welcome/cleared"
    assert "Have you talked it over?" in newcomer.get("/welcome/cleared").text


def test_a_stop_leads_to_today_which_says_whom_to_see(newcomer, planner):
    planner.programme = Programme(status="stopped", reasons=("x",), weeks=0)
    assert answer_all(newcomer, signs={"yes": ["nerve"]}) == "/"


def test_back_shows_what_was_answered(newcomer):
    answer_all(newcomer, health={"yes": ["eyes"]})
    assert 'value="82.5"' in newcomer.get("/welcome/body").text
    assert re.search(r'value="neck_pain" checked', newcomer.get("/welcome/sore").text)


def test_a_problem_shows_what_was_typed(newcomer):
    answer = newcomer.post("/welcome/you", data={**ANSWERS["you"], "birth_month": "13"})
    assert answer.status_code == 422
    assert 'value="13"' in answer.text
    assert 'role="alert"' in answer.text


def test_units_can_change_on_the_way(newcomer):
    newcomer.post("/welcome/units", data={"units": "imperial", "height_cm": ""})
    assert "feet" in newcomer.get("/welcome/body").text


def test_another_place_goes_round_once_more(newcomer):
    for step in ("you", "body", "place", "kit"):
        newcomer.post(f"/welcome/{step}", data=ANSWERS[step])
    answer = newcomer.post("/welcome/loads", data={**ANSWERS["loads"], "then": "another_place"})
    assert answer.headers["location"] == "/welcome/place?place=1"
    assert (
        newcomer.post("/welcome/place?place=1", data={"preset": "mat"}).headers["location"]
        == "/welcome/kit?place=1"
    )
    assert 'value="Home 2"' in newcomer.get("/welcome/kit?place=1").text


def test_the_last_question_first_leads_back_to_what_is_missing(newcomer):
    assert newcomer.post("/welcome/health").headers["location"] == "/welcome/you"


@pytest.mark.parametrize("path", ["/welcome/nothing", "/settings/profile/nothing"])
def test_a_question_that_does_not_exist(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (BadProfile(["the place Home has kit 'moon' that nobody knows"]), "Go through the answers"),
        (NoProgramme("20 minutes are too short", rules=("minutes",), changes=("45 minutes instead of 20",)), "Change days or minutes"),
    ],
)  # fmt: skip
def test_what_stands_in_the_way_of_a_programme_is_said(newcomer, planner, error, text):
    for step in list(ANSWERS)[1:-1]:
        newcomer.post(f"/welcome/{step}", data=ANSWERS[step])
    planner.refuses = error
    answer = newcomer.post("/welcome/health")
    assert answer.status_code == 422
    assert text in answer.text
    assert 'value="181"' in newcomer.get("/welcome/body").text


# --- Settings --------------------------------------------------------------------------------------


def test_a_changed_answer_is_kept_and_can_be_taken_back(client, planner):
    answer = client.post("/settings/profile/time", data={"days": "2", "minutes": "60"})
    assert answer.headers["location"] == "/settings"
    html = client.get("/settings").text
    assert "2 days a week, 60 minutes" in html
    assert ("post", "/settings/profile/undo") in Outline(html).actions
    client.post("/settings/profile/undo")
    assert "3 days a week, 45 minutes" in client.get("/settings").text
    assert client.post("/settings/profile/undo").status_code == 303


def test_a_change_without_a_programme_is_not_kept(client, planner):
    planner.refuses = NoProgramme("ten minutes are too short", rules=(), changes=())
    answer = client.post("/settings/profile/time", data={"days": "1", "minutes": "10"})
    assert answer.status_code == 422
    assert "ten minutes are too short" in answer.text
    planner.refuses = None
    assert "3 days a week, 45 minutes" in client.get("/settings").text


def test_a_new_place_goes_on_to_its_kit_and_loads(client):
    kit = client.post("/settings/profile/place?place=2", data={"preset": "bands"}).headers["location"]
    assert kit == "/settings/profile/kit?place=2"
    loads = client.post(kit, data={"place_name": "Holiday", "kit": ["band"]}).headers["location"]
    assert loads == "/settings/profile/loads?place=2"
    assert client.post(loads, data={"band": ["red"]}).headers["location"] == "/settings"
    assert "Holiday" in client.get("/settings").text


def test_a_place_can_go_but_not_the_last(client):
    client.post("/settings/places/1/remove")
    assert "Home is removed." in client.get("/settings").text
    client.post("/settings/places/0/remove")
    html = client.get("/settings").text
    assert "One place has to stay. Change it instead." in html
    assert client.post("/settings/places/7/remove").status_code == 404


@pytest.mark.parametrize("theme", ["light", "dark", "system"])
def test_theme_is_in_the_page_before_any_script(client, theme):
    client.post("/settings/theme", data={"theme": theme})
    assert f'data-theme="{theme}"' in client.get("/").text


def test_a_theme_that_does_not_exist(client):
    assert client.post("/settings/theme", data={"theme": "neon"}).status_code == 422


# --- Data ------------------------------------------------------------------------------------------

LOG = (
    "Date,Exercise,Category,Weight (kgs),Reps,Distance,Distance Unit,Time,Comment\n"
    "2026-01-05,Lat Pulldown,Back,40,10,,,,\n"
    "2026-01-05,Wobble Lift,Back,10,10,,,,\n"
    "2026-01-05,Lat Pulldown,Back,40,,,,,\n"
)


def send(client: TestClient, text: str = LOG, name: str = "log.csv") -> str:
    answer = client.post("/settings/import", files={"file": (name, text.encode())})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_import_shows_first_and_keeps_then(client, tmp_path):
    preview = send(client)
    html = client.get(preview).text
    check_outline(html)
    assert "Nothing is kept yet" in html
    assert "Wobble Lift" in html
    progress = client.post(preview, data={"unit": "kg", "from_1": "Wobble Lift", "to_1": ""}).headers[
        "location"
    ]
    html = client.get(progress).text
    check_outline(html)
    assert "Your history is here" in html
    assert "2 sets new" in html
    assert list((tmp_path / "incoming").iterdir()) == []


def test_the_same_file_twice_adds_nothing(client):
    for said in ("Your history is here", "All of it was here already"):
        preview = send(client)
        assert said in client.get(client.post(preview, data={"unit": "kg"}).headers["location"]).text


def test_a_name_that_was_chosen_is_remembered(client):
    preview = send(client)
    client.post(preview, data={"unit": "kg", "from_1": "Wobble Lift", "to_1": "pull_up"})
    html = client.get(send(client)).text
    assert "Wobble Lift" in html
    assert "Are these the same?" not in html


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param("", "is empty. Export it again from the other app.", id="empty"),
        pytest.param("a,b\n1,2\n", "is not an export from Strong, Hevy", id="another table"),
        pytest.param("\x00\x01PNG" * 100, "not text. Export the history as CSV or JSON.", id="binary"),
    ],
)
def test_a_file_that_is_no_history(client, content, said):
    answer = client.get(send(client, content))
    assert answer.status_code == 422
    assert said in answer.text.replace("&#39;", "'")


def test_a_form_without_a_file(client):
    answer = client.post("/settings/import", files={"file": ("", b"")})
    assert answer.status_code == 422


@pytest.mark.parametrize("token", ["x", "..%2F..%2Fetc", "00000000-0000-4000-8000-000000000000"])
def test_an_upload_that_is_gone(client, token):
    assert client.get(f"/settings/import/{token}").status_code == 404


def test_import_that_goes_wrong_says_so(client, monkeypatch):
    from openback.errors import HistoryEmpty
    from openback.services import history

    def fail(*_: object, **__: object) -> ImportReport:
        raise HistoryEmpty("log.csv")

    preview = send(client)
    monkeypatch.setattr(history, "bring", fail)
    html = client.get(client.post(preview).headers["location"]).text
    assert "log.csv is empty. Export it again from the other app." in html


def test_a_long_import_shows_how_far_it_is(client, monkeypatch):
    from openback.services import history

    go_on, real = threading.Event(), history.bring

    def slow(*given: object, progress: Callable[[int, int], None], **named: object) -> ImportReport:
        progress(300, 1200)
        assert go_on.wait(20)
        return real(*given, **named)

    preview = send(client)
    monkeypatch.setattr(history, "bring", slow)
    progress = client.post(preview, data={"unit": "kg"}).headers["location"]
    html = client.get(progress).text
    check_outline(html)
    assert "300 of 1,200 rows" in html
    assert '<noscript><meta http-equiv="refresh" content="1"></noscript>' in html
    assert f'data-hx-get="{progress}"' in html
    go_on.set()
    until_s = time.monotonic() + 20
    while "Your history is here" not in (html := client.get(progress).text):
        assert time.monotonic() < until_s, html
        time.sleep(0.05)
    assert "data-hx-get" not in html


@pytest.mark.parametrize(("kind", "begins"), [("json", b"{"), ("csv", b"")])
def test_export(client, kind, begins):
    answer = client.get(f"/settings/export/{kind}")
    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    assert f'filename="openback-2026-11-25.{kind}"' in answer.headers["content-disposition"]


def test_a_back_up_can_be_brought_back(tmp_path, planner):
    with web_client(tmp_path, database=tmp_path / "openback.db") as client:
        backup = client.get("/settings/backup").content
        client.post("/settings/units", data={"units": "imperial"})
        answer = client.post("/settings/restore", files={"file": ("openback.db", backup)})
        assert answer.status_code == 303, answer.text
        html = client.get("/").text
        assert "The back-up is in place. What was here before is kept as" in html
        assert 'data-units="metric"' in html


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\x00" + b"\x00" * 200])
def test_a_back_up_that_is_none(tmp_path, planner, content):
    with web_client(tmp_path, database=tmp_path / "openback.db") as client:
        answer = client.post("/settings/restore", files={"file": ("openback.db", content)})
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text
        assert "Anna" in client.get("/").text


def test_deleting_everything_asks_once_more(client):
    refused = client.post("/settings/delete", data={"word": "yes"})
    assert refused.status_code == 422
    assert "Nothing was deleted." in refused.text
    assert client.post("/settings/delete", data={"word": "Delete"}).headers["location"] == "/welcome"
    assert client.get("/").headers["location"] == "/welcome"


# --- Errors ----------------------------------------------------------------------------------------


def test_an_address_that_is_not_there(client):
    answer = client.get("/moon")
    assert answer.status_code == 404
    assert "There is no page at this address. It may have moved; start from Today." in answer.text
    check_outline(answer.text)


def test_app_on_a_home_screen(client):
    manifest = client.get("/static/openback.webmanifest").json()
    assert manifest["display"] == "standalone"
    for icon in manifest["icons"]:
        assert client.get(icon["src"]).status_code == 200, icon
    assert client.get("/static/icon-180.png").headers["content-type"] == "image/png"
