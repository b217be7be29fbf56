"""Whatever a file holds, it is either read with every row accounted for or refused with a sentence."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from exports import FITNOTES, HEVY, STRONG, read
from openback.errors import BadHistory
from openback.interop import report_json, report_sentences
from openback.model.history import History

SEEDS = (
    (
        STRONG
        + "\n"
        + '2024-05-01 18:00:00,Pull,1h,"Row, wide",1,40,8,0,0,,,8\n2024-05-01 18:00:00,Pull,1h,Row,Rest Timer,0,0,0,90,,,\n'
    ).encode(),
    (
        HEVY
        + '\n"Pull","8 avr. 2026, 16:50","8 avr. 2026, 17:50","a\nb","Row","","","0","normal","40","8","","","9.5"\n'
    ).encode(),
    (
        FITNOTES + "\n2024-06-01,Press (Each, Side),Back,50.0,10,,,,\n2024-06-01,Plank,Abs,,,,,0:01:30,\n"
    ).encode(),
    b"2018/8/31 5:49;Pull;Row;1;40;kg;8;;;;0;;\n2018/8/31 5:49;Pull;Row;2;90;lbs;8;;;;0;;\n",
    b'{"count": 1, "results": [{"id": 1, "date": "2026-04-08", "exercise": 3, "repetitions": "8.00", "weight": "40", "weight_unit": 1}]}',
    b"openback_log_v1,id,session_id,started_at_utc,exercise\nsession,00000000-0000-0000-0000-000000000001,,2026-04-08T16:50:00Z,\n",
    b'{"openback_log": 1, "sessions": [], "sets": [{}], "mass": [{"at": "2026-04-08T16:50:00Z", "mass_kg": 61.2}]}',
)


def read_bytes(content: bytes) -> None:
    """Read a file; fail unless it is a History that adds up, or one sentence."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "history.csv"
        path.write_bytes(content)
        try:
            history = read(path)
        except BadHistory as problem:
            sentence = str(problem)
        else:
            sentence = ""
            adds_up(history)
    assert len(sentence) < 400


def adds_up(history: History) -> None:
    assert history.read == history.kept + len(history.skipped)
    assert all(row.line >= 1 and row.why for row in history.skipped)
    assert all(s.log.at.tzinfo is not None and s.log.exercise for s in history.sets)
    assert {s.log.session_id for s in history.sets} <= {s.log.id for s in history.sessions}
    json.dumps(report_json(history, ()), allow_nan=False)
    assert all(list(report_sentences(history, ())))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_seeds_themselves_are_read(seed):
    read_bytes(seed)


@example(b"\xff\xfe")
@example(b"\x00\x00\xfe\xff")
@example(b'"')
@example(b"{")
@example(b"[[[]]]")
@example(b"[null]")
@given(st.binary(max_size=2000))
def test_any_bytes(content):
    read_bytes(content)


@given(st.text(max_size=1000))
def test_any_text(content):
    read_bytes(content.encode("utf-8", "surrogatepass"))


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["results", "logs", "session", "exercise", "repetitions", "weight", "date", "id", "name", "sets", "sessions", "mass", "openback_log", "translations", "time_start"]), inner, max_size=5), max_leaves=30))  # fmt: skip
def test_any_json(data):
    read_bytes(json.dumps(data).encode())


@st.composite
def mutated(draw):
    """An export with bytes cut out, doubled, changed or put in."""
    content = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, len(content)))
        how = draw(st.sampled_from(["cut", "double", "put", "cell"]))
        if how == "cut":
            del content[at : at + draw(st.integers(1, 20))]
        elif how == "double":
            content[at:at] = content[at : at + 30]
        elif how == "put":
            content[at:at] = draw(
                st.sampled_from(
                    [
                        b'"',
                        b",",
                        b";",
                        b"\n",
                        b"\r",
                        b"\0",
                        b"(",
                        b"\xe9",
                        b"\xf0\x9f\x94\xa5",
                        b"-",
                        b"9" * 30,
                    ]
                )
            )
        else:
            content[at:at] = (
                b","
                + draw(
                    st.sampled_from([b"NaN", b"1e999", b"-3", b"0001-01-01", b"8 lis 2025", b"10,000", b"W"])
                )
                + b","
            )
    return bytes(content)


@settings(max_examples=50)
@given(mutated())
def test_damaged_exports(content):
    read_bytes(content)


@pytest.mark.slow
@settings(max_examples=1000)
@given(mutated())
def test_many_damaged_exports(content):
    read_bytes(content)
