"""Numbers, lengths of time, dates and months, one by one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from babel.dates import get_month_names
from babel.localedata import locale_identifiers
from hypothesis import given
from hypothesis import strategies as st

from openback.errors import BadRow
from openback.interop.cells import Amount, amount, seconds
from openback.interop.dates import DatesSeen, when
from openback.interop.loads import unit_of_values
from openback.interop.months import COMMON, folded, languages, months_of
from openback.units import kg_from_lb, lb_from_kg

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "decimal_comma", "expected"),
    [
        ("", False, None), ("  ", False, None), ("-", False, None), ("–", False, None),
        ("0", False, 0.0), ("40", False, 40.0), (" 40.0 ", False, 40.0), ("6.80388555", False, 6.80388555),
        ("82,5", False, 82.5), ("82,5", True, 82.5), ("10,000", False, 10_000.0), ("10,000", True, 10.0),
        ("1.234,5", False, 1234.5), ("1,234.5", True, 1234.5), ("1'234.5", False, 1234.5), ("1\u00a0000", False, 1000.0),
        ("-20", False, -20.0), ("+5", False, 5.0), ("1e2", False, 100.0), (".5", False, 0.5), ("٤٢", False, 42.0),
    ],
)  # fmt: skip
def test_amounts(text, decimal_comma, expected):
    assert amount(text, "weight", decimal_comma=decimal_comma) == (
        None if expected is None else Amount(expected)
    )


@pytest.mark.parametrize(
    ("text", "unit"), [("60 kg", "kg"), ("60kgs", "kg"), ("60 lb", "lb"), ("60 Lbs.", "lb"), ("60 кг", "kg")]
)
def test_amounts_with_their_unit(text, unit):
    assert amount(text, "weight") == Amount(60.0, unit)


@pytest.mark.parametrize(
    "text", ["x", "1e999", "NaN", "inf", "1.2.3", "12 5", "5 reps", "--5", "9" * 50, ",", ".", "1/2"]
)
def test_what_is_no_amount(text):
    with pytest.raises(BadRow) as caught:
        amount(text, "weight")
    shown = text if len(text) <= 40 else text[:37] + "..."
    assert str(caught.value) == f"the weight {shown!r} is not a number"


@pytest.mark.parametrize(
    ("text", "expected_s"),
    [
        ("", None), ("0", 0), ("90", 90), ("105.0", 105), ("1h 42m", 6120), ("9m", 540), ("27s", 27), ("264h 1m", 950_460),
        ("21min", 1260), ("1h 9min", 4140), ("1h9m", 4140), ("2 Std. 5 Min.", 7500), ("1 ч 5 мин", 3900), ("1 sa 5 dk", 3900),
        ("0:01:30", 90), ("1:30", 90), ("1:00:00", 3600), ("1d 1h", 90_000), ("1.5h", 5400), ("1h 5m 3s", 3903),
    ],
)  # fmt: skip
def test_lengths_of_time(text, expected_s):
    assert seconds(text, "time") == expected_s


@pytest.mark.parametrize("text", ["soon", "h", "5 x", "1:2:3:4", "1:x", "m 5 m", "5m x"])
def test_what_is_no_length_of_time(text):
    with pytest.raises(BadRow) as caught:
        seconds(text, "time")
    assert str(caught.value) == f"the time {text!r} is not a length of time"


@given(st.floats(0, 1000, allow_nan=False))
def test_a_number_python_writes_is_read_to_the_last_bit(value):
    assert amount(repr(value), "weight") == Amount(value)


@given(st.sets(st.integers(1, 400), min_size=8))
def test_loads_turned_into_the_other_unit_give_it_away(halves):
    assert unit_of_values([kg_from_lb(half / 2) for half in halves]) in {"kg", None}
    assert unit_of_values([lb_from_kg(half / 2) for half in halves]) in {"lb", None}
    assert unit_of_values([half / 2 for half in halves]) is None


@given(st.dates(date(1970, 1, 2), date(2026, 1, 1)), st.times())
def test_a_date_comes_back_from_every_coat(day, clock):
    clock = clock.replace(microsecond=0)
    for text in (
        f"{day.isoformat()} {clock.isoformat()}",
        f"{day.day} {day:%b} {day.year}, {clock:%H:%M:%S}",
        f"{day:%B} {day.day}, {day.year} {clock:%I:%M:%S %p}",
        f"{day.day}.{day.month}.{day.year} {clock:%H:%M:%S}",
    ):
        seen = DatesSeen()
        seen.add(text)
        reading, _ = seen.reading("kg")
        assert when(text, reading, now=NOW).written == datetime.combine(day, clock)


@given(st.lists(st.dates(date(2000, 1, 1), date(2026, 1, 1)), min_size=1, max_size=40), st.booleans())
def test_a_file_in_order_of_time_is_never_read_backwards(days, day_first):
    """Whatever is decided, it explains the whole file: a day beyond 12 is never taken for a month."""
    texts = [
        f"{d.day}/{d.month}/{d.year}" if day_first else f"{d.month}/{d.day}/{d.year}" for d in sorted(days)
    ]
    seen = DatesSeen()
    for text in texts:
        seen.add(text)
    reading, notes = seen.reading("kg")
    got = [when(text, reading, now=NOW).written.date() for text in texts]
    assert got == sorted(days) or notes or got == sorted(got)


def test_a_zone_a_day_ahead_is_not_the_future():
    seen = DatesSeen()
    seen.add(f"{(NOW + timedelta(days=1)).date()}")
    reading, _ = seen.reading("kg")
    assert when(f"{(NOW + timedelta(days=1)).date()}", reading, now=NOW)


# --- Months ------------------------------------------------------------------------------------------------


def test_no_common_language_contradicts_the_english_months():
    english = {
        name.strip(".").casefold(): month
        for width in ("wide", "abbreviated")
        for month, name in get_month_names(width, locale="en").items()
    }
    for code, language in languages(1).items():
        written = {
            word: month for word, month in english.items() if language.written.get(word, month) != month
        }
        assert not written, code


@pytest.mark.parametrize("code", sorted(COMMON))
def test_a_year_in_every_common_language(code):
    for width in ("abbreviated", "wide"):
        names = get_month_names(width, locale=code)
        got = months_of(list(names.values()))
        assert got.known == {folded(name): month for month, name in names.items()}, (width, got.unclear)


@pytest.mark.slow
def test_a_year_in_every_language_of_cldr():
    """A whole year of any language has one meaning, or its words are left out with a reason."""
    amiss = {}
    for code in {identifier.split("_")[0] for identifier in locale_identifiers()}:
        names = get_month_names("wide", locale=code)
        got = months_of(list(names.values()))
        if wrong := {word: month for word, month in got.known.items() if folded(names[month]) != word}:
            amiss[code] = wrong
    # Nuer's February and August are one word without its marks.
    assert amiss.keys() <= {"nus"}
