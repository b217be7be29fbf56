"""When to remind, and the address of the calendar: secret, without a login, and shut when it was renewed."""

from __future__ import annotations

import re

import pytest
from icalendar import Calendar

import web_sample
from openback.services.app import App
from openback.services.phone.pairing import Pairing
from openback.services.phone.reach import Reach
from openback.services.reminders import reminders
from openback.web import create_app
from openback.web.routes.reminders import clock_of, minute_of
from storing import memory_store
from web_app import NOW, Outline, TestClient, web_client

PAGE = "/settings/reminders"
FORM = {
    "session_at": "17:45",
    "alarm": "60",
    "breaks": "yes",
    "days": ["0", "2"],
    "from": "08:30",
    "to": "16:00",
    "every": "45",
}


@pytest.fixture
def client(tmp_path):
    with web_client(tmp_path) as made:
        yield made


def kept(client):
    return reminders(client.app.state.openback)


def address_in(html: str) -> str:
    found = re.search(r'id="address" value="http://[^/]+(/calendar/[^"]+)"', html)
    return found[1] if found else ""


def test_before_the_questions_there_is_no_page(tmp_path):
    with web_client(tmp_path, None) as nobody:
        assert nobody.get(PAGE).headers["location"] == "/welcome"


def test_the_page_shows_what_is_kept_and_saves_what_is_asked(client):
    page = client.get(PAGE)
    outline = Outline(page.text)
    assert page.status_code == 200
    assert not outline.forbidden
    assert len(outline.ids) == len(set(outline.ids))
    assert ("post", PAGE) in outline.actions
    assert address_in(page.text) == ""
    answer = client.post(PAGE, data=FORM)
    assert (answer.status_code, answer.headers["location"]) == (303, PAGE)
    now = kept(client)
    assert (now.session_minute, now.alarm, now.alarm_minutes) == (17 * 60 + 45, True, 60)
    assert (now.breaks, now.notify, now.break_days) == (True, False, (0, 2))
    assert (now.from_minute, now.to_minute, now.every_minutes) == (510, 960, 45)
    assert 'value="17:45"' in client.get(PAGE).text


def test_saving_can_be_undone(client):
    before = kept(client)
    client.post(PAGE, data=FORM)
    undo = re.search(r'action="(/settings/reminders/undo/[^"]+)"', client.get(PAGE).text)[1]
    assert client.post(undo).headers["location"] == PAGE
    assert kept(client) == before


def test_no_alarm(client):
    client.post(PAGE, data=FORM | {"alarm": "none"})
    assert (kept(client).alarm, kept(client).alarm_minutes) == (False, 30)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"session_at": "25:00"}, "The start of a session is a time such as 09:30; “25:00” is not one."),
        ({"from": ""}, "The start of work is a time such as 09:30; “” is not one."),
        ({"to": "08:00"}, "Work has to end after it begins, on the same day."),
        ({"every": "5"}, "A break can be every 20 to 240 minutes."),
        ({"days": []}, "Choose at least one day for the breaks."),
        ({"every": "often"}, "The minutes between breaks is a number; “often” is not one."),
    ],
)
def test_what_cannot_be_is_asked_again(client, wrong, sentence):
    answer = client.post(PAGE, data=FORM | wrong)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert kept(client) == type(kept(client))()


@pytest.mark.parametrize(
    ("text", "minute"),
    [("", None), ("9", None), ("9:30", 570), ("09:30:00", 570), ("23:59", 1439), ("24:00", None), ("09:60", None),
     ("-1:00", None), ("٩:٣٠", None), ("9:3x", None)],
)  # fmt: skip
def test_times_of_day(text, minute):
    assert minute_of(text) == minute


def test_midnight_at_the_end_of_a_day_is_as_late_as_a_field_can_say():
    assert clock_of(1440) == "23:59"


# --- The calendar ---------------------------------------------------------------------------------------------


def test_the_address_is_made_when_it_is_asked_for_and_renewed(client):
    assert client.post(f"{PAGE}/address").headers["location"] == f"{PAGE}#calendar"
    first = address_in(client.get(PAGE).text)
    answer = client.get(first)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert Calendar.from_ical(answer.content)["version"] == "2.0"
    assert client.head(first).status_code == 200
    client.post(f"{PAGE}/address")
    second = address_in(client.get(PAGE).text)
    assert second != first
    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)


@pytest.mark.parametrize("token", ["x", "%20", "ä", "a" * 32, "../settings"])
def test_nobody_learns_whether_there_is_a_calendar(client, token):
    before = client.get(f"/calendar/{token}.ics").status_code
    client.post(f"{PAGE}/address")
    assert (before, client.get(f"/calendar/{token}.ics").status_code) == (404, 404)


def test_it_can_be_taken_as_a_file(client):
    answer = client.get(f"{PAGE}/openback.ics")
    assert answer.headers["content-disposition"] == 'attachment; filename="openback.ics"'
    assert Calendar.from_ical(answer.content)


def test_a_calendar_program_needs_no_pairing_and_sees_nothing_else(tmp_path):
    reach = Reach(
        addresses=("https://192.168.1.20:8765/",),
        names=("192.168.1.20",),
        fingerprint="AA:BB",
        pairing=Pairing(tmp_path / "phone"),
    )
    with memory_store() as store:
        app = App(store=store, catalogue=web_sample.catalogue(), data_dir=tmp_path, now=lambda: NOW)
        store.put_profile(app.person_id, web_sample.PROFILE, at=NOW)
        web = create_app(app, reach=reach)
        here = TestClient(
            web, base_url="http://127.0.0.1:8765", client=("127.0.0.1", 5), follow_redirects=False
        )
        here.post(f"{PAGE}/address")
        page = here.get(PAGE).text
        address = re.search(r'id="address" value="([^"]+)"', page)[1]
        assert address.startswith("https://192.168.1.20:8765/calendar/")
        assert 'class="qr"' in page
        assert f'href="webcal{address.removeprefix("https")}"' in page
        far = TestClient(
            web, base_url="https://192.168.1.20:8765", client=("192.168.1.44", 5), follow_redirects=False
        )
        assert far.get(address).status_code == 200
        assert far.get("/calendar/guess.ics").status_code == 404
        assert far.get("/calendar/../settings").status_code == 403
        assert far.get(PAGE).status_code == 403
