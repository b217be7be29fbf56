"""Hevy's export: months in any language, units in the column names, notes over several lines."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from exports import HEVY, accounted, brief, read, saved
from openback.model.history import SkippedRow
from openback.units import kg_from_lb


def row(start: str, *, name: str = "Row", kind: str = "normal", load: str = "40", reps: str = "8", note: str = "",
        title: str = "Pull", end: str = "", about: str = "", km: str = "", s: str = "", rpe: str = "",
        superset: str = "") -> str:  # fmt: skip
    cells = [title, start, end, about, name, superset, note, "0", kind, load, reps, km, s, rpe]
    return ",".join(f'"{cell}"' for cell in cells)


def file(*rows: str, heading: str = HEVY) -> str:
    return "\n".join([heading, *rows]) + "\n"


def starts(tmp_path, *dates: str, unit: str = "kg") -> list[str | None]:
    """The starts as read, None where a row was left out."""
    history = read(saved(tmp_path, file(*(row(date, name=f"Row {i}") for i, date in enumerate(dates)))))
    accounted(history)
    by_line = {s.line: s for s in history.sets}
    sessions = {s.log.id: s.log for s in history.sessions}
    return [
        f"{sessions[by_line[n].log.session_id].started_at:%Y-%m-%d %H:%M}" if n in by_line else None
        for n in range(2, len(dates) + 2)
    ]


def test_kinds_ratings_supersets_and_holds(tmp_path):
    when = "8 Apr 2026, 16:50"
    text = file(
        row(when, kind="warmup", load="20", reps="10", end="8 Apr 2026, 17:40", superset="0"),
        row(when, kind="normal", rpe="8"),
        row(when, kind="dropset", load="", reps="12"),
        row(when, kind="failure", reps="5"),
        row(when, kind="myo", reps="5"),
        row(when, name="Plank", load="", reps="", s="60"),
        row(when, name="Running", load="", reps="", km="5", s="1500"),
        row(when, load="40", reps=""),
    )
    history = read(saved(tmp_path, text))
    assert brief(history) == [
        (2, "Row", "warm_up", 20.0, 10, None, None),
        (3, "Row", "work", 40.0, 8, None, 2.0),
        (4, "Row", "drop", None, 12, None, None),
        (5, "Row", "work", 40.0, 5, None, 0.0),
        (6, "Row", "work", 40.0, 5, None, None),
        (7, "Plank", "work", None, None, 60.0, None),
    ]
    assert [(r.line, r.why) for r in history.skipped] == [
        (8, "has a distance, not reps"),
        (9, "has no reps and no time"),
    ]
    assert history.sets[0].superset == "0"
    assert history.notes == ("A kind of set that is not known was kept as a work set: line 6.",)
    assert history.sessions[0].log.ended_at == datetime(2026, 4, 8, 17, 40, tzinfo=UTC)
    accounted(history)


def test_pounds_and_miles_and_kilograms_and_miles(tmp_path):
    pounds = HEVY.replace("weight_kg", "weight_lbs").replace("distance_km", "distance_miles")
    history = read(saved(tmp_path, file(row("8 Apr 2026, 16:50", load="100"), heading=pounds)))
    assert (history.unit, history.unit_from, history.sets[0].log.load_kg) == ("lb", "file", kg_from_lb(100))
    mixed = HEVY.replace("distance_km", "distance_miles")
    history = read(saved(tmp_path, file(row("8 Apr 2026, 16:50", load="100"), heading=mixed)))
    assert (history.unit, history.sets[0].log.load_kg) == ("kg", 100.0)


def test_new_lines_quotes_commas_and_emoji_inside_cells_keep_the_line_numbers(tmp_path):
    text = file(
        row(
            "8 Apr 2026, 16:50",
            title="Leg 🔥, day",
            about='First line\nSecond ""line""\n\nLast',
            note="slow\r\nand low",
        ),
        row("8 Apr 2026, 16:50", title="Leg 🔥, day", reps="9", note="slow\r\nand low"),
        row("8 Apr 2026, 16:50", title="Leg 🔥, day", reps="0"),
    )
    history = read(saved(tmp_path, text))
    assert [s.line for s in history.sets] == [2, 7]
    assert [r.line for r in history.skipped] == [9]
    assert history.sessions[0].log.title == "Leg 🔥, day"
    assert history.sessions[0].log.note == 'First line\nSecond "line"\n\nLast'
    assert [s.log.note for s in history.sets] == ["slow\r\nand low", ""]  # Hevy repeats it on every set
    accounted(history)


def test_a_lone_quotation_mark_costs_one_row(tmp_path):
    lone = row("8 Apr 2026, 16:50", name="Row").replace('"Row"', '"Row')
    good = [row("8 Apr 2026, 16:50", reps=str(reps)) for reps in range(1, 6)]
    history = read(saved(tmp_path, file(good[0], lone, *good[1:])))
    assert [s.line for s in history.sets] == [2, 4, 5, 6, 7]
    assert [r.line for r in history.skipped] == [3]
    accounted(history)


def test_a_quotation_mark_never_closed_costs_one_row(tmp_path):
    heading = HEVY.replace('"', "")
    good = [f"Pull,8 Apr 2026 16:50,,,Row,,,0,normal,40,{reps},,," for reps in range(1, 6)]
    lone = 'Pull,8 Apr 2026 16:50,,,Row,,"slow,0,normal,40,8,,,'
    history = read(saved(tmp_path, "\n".join([heading, good[0], lone, *good[1:]])))
    assert [s.line for s in history.sets] == [2, 4, 5, 6, 7]
    assert history.skipped == (SkippedRow(line=3, why="a quotation mark is opened here and never closed"),)
    accounted(history)


@pytest.mark.parametrize(
    ("written", "months"),
    [
        pytest.param("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", range(1, 13), id="English"),
        pytest.param("Fev Abr Mai Ago Set Out Dez", [2, 4, 5, 8, 9, 10, 12], id="Portuguese"),
        pytest.param("Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara", range(1, 13), id="Turkish"),
        pytest.param(
            "Jan. Febr. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.", range(1, 13), id="German"
        ),
        pytest.param("MÄR MAI OKT DEZ", [3, 5, 10, 12], id="German, upper case"),
        pytest.param("Jänner", [1], id="Austrian"),
        pytest.param(
            "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.", range(1, 13), id="French"
        ),
        pytest.param("ene feb mar abr may jun jul ago sept oct nov dic", range(1, 13), id="Spanish"),
        pytest.param("gen feb mar apr mag giu lug ago set ott nov dic", range(1, 13), id="Italian"),
        pytest.param("jan. feb. mrt. apr. mei jun. jul. aug. sep. okt. nov. dec.", range(1, 13), id="Dutch"),
        pytest.param("sty lut mar kwi maj cze lip sie wrz paź lis gru", range(1, 13), id="Polish"),
        pytest.param(
            "янв. февр. мар. апр. мая июн. июл. авг. сент. окт. нояб. дек.", range(1, 13), id="Russian"
        ),
        pytest.param("tammik. helmik. maalisk. huhtik. toukok. kesäk.", range(1, 7), id="Finnish"),
        pytest.param("tammi helmi maalis huhti touko kesä", range(1, 7), id="Finnish, cut short"),
        pytest.param("4月 12月", [4, 12], id="Japanese"),
        pytest.param("thg 4|thg 12", [4, 12], id="Vietnamese"),
        pytest.param("अप्रैल दिसंबर", [4, 12], id="Hindi"),
        pytest.param("أبريل ديسمبر", [4, 12], id="Arabic"),
        pytest.param("באפר׳ בדצמ׳", [4, 12], id="Hebrew"),
        pytest.param("Januwari Machi", [1, 3], id="a language of few apps", marks=pytest.mark.slow),
    ],
)
def test_months_in_any_language(tmp_path, written, months):
    words = written.split("|") if "|" in written else written.split()
    got = starts(tmp_path, *(f"8 {word} 2025, 16:50" for word in words))
    assert got == [f"2025-{month:02d}-08 16:50" for month in months]


def test_a_month_with_two_meanings_is_settled_by_the_rest_of_the_file(tmp_path):
    # "lis" is November in Polish and October in Croatian, "lip" July and June.
    assert starts(tmp_path, "8 lip 2025, 16:50", "8 lis 2025, 16:50", "8 gru 2025, 16:50") == [
        "2025-07-08 16:50", "2025-11-08 16:50", "2025-12-08 16:50"
    ]  # fmt: skip
    assert starts(tmp_path, "8 lip 2025, 16:50", "8 lis 2025, 16:50", "8 pro 2025, 16:50") == [
        "2025-06-08 16:50", "2025-10-08 16:50", "2025-12-08 16:50"
    ]  # fmt: skip


def test_a_month_with_two_meanings_and_nothing_to_settle_it_is_left_out(tmp_path):
    history = read(saved(tmp_path, file(row("8 lis 2025, 16:50"))))
    assert [(r.line, r.why) for r in history.skipped] == [
        (2, "the month 'lis' is November in Czech and October in Croatian")
    ]


@pytest.mark.slow
def test_a_month_of_no_language_is_left_out(tmp_path):
    history = read(saved(tmp_path, file(row("8 Jun 2025, 16:50"), row("8 Foo 2025, 16:50"))))
    assert [s.line for s in history.sets] == [2]
    assert [(r.line, r.why) for r in history.skipped] == [(3, "the month 'foo' is not known in any language")]


@pytest.mark.parametrize(
    "date",
    [
        "2026-04-08 16:50:00", "2026-04-08T16:50:00", "2026-04-08T16:50:00Z", "2026-04-08T18:50:00+02:00",
        "8 Apr 2026, 4:50 PM", "Apr 8, 2026, 4:50 p.m.", "April 8, 2026 at 16:50", "8 de abr. de 2026, 16:50",
        "8 avr. 2026 à 16:50", "8 апр. 2026 г., 16:50", "2026年4月8日 16:50", "2026년 4월 8일 오후 4:50", "8.4.2026 16:50",
        "8. April 2026 um 16:50", "Wed, 8 Apr 2026 16:50", "2026/4/8 16:50", "08-Apr-2026 16:50",
    ],
)  # fmt: skip
def test_dates_in_many_coats(tmp_path, date):
    assert starts(tmp_path, date) == ["2026-04-08 16:50"]


def test_times_are_the_machine_s_own_also_around_clock_changes(tmp_path):
    # Berlin: 2:30 on 29 March 2026 never was; 2:30 on 25 October 2026 was twice, the first counts.
    text = file(*(row(f"{d}, 2:30") for d in ("28 Mar 2026", "29 Mar 2026", "25 Oct 2026", "26 Oct 2026")))
    history = read(saved(tmp_path, text), zone=ZoneInfo("Europe/Berlin"))
    assert [f"{s.log.started_at:%d %H:%M}" for s in history.sessions] == [
        "28 01:30",
        "29 01:30",
        "25 00:30",
        "26 01:30",
    ]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        pytest.param(["3/4/2025", "25/4/2025"], ["2025-04-03", "2025-04-25"], id="a day beyond 12 tells"),
        pytest.param(["4/3/2025", "4/25/2025"], ["2025-04-03", "2025-04-25"], id="American"),
        pytest.param(["2/3/2025", "3/3/2025", "1/4/2025"], ["2025-03-02", "2025-03-03", "2025-04-01"], id="order tells"),
        pytest.param(["3/2/2025", "3/3/2025", "4/1/2025"], ["2025-03-02", "2025-03-03", "2025-04-01"], id="the other order"),
    ],
)  # fmt: skip
def test_day_and_month_are_told_apart_over_the_file(tmp_path, dates, expected):
    assert [s and s[:10] for s in starts(tmp_path, *(f"{date} 16:50" for date in dates))] == expected


def test_dates_that_can_be_read_two_ways_are_said(tmp_path):
    history = read(saved(tmp_path, file(row("3/4/2025 16:50"))))
    assert history.notes == ("Dates such as 3/4 can be read two ways; they were read day before month.",)
