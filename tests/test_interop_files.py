"""Files that cannot be read: each gets one sentence. Files that nearly cannot: read all the same."""

from __future__ import annotations

import gzip
import io
import os
import sqlite3
import tracemalloc
import zipfile

import pytest

from exports import HEVY, STRONG, accounted, read, saved
from openback.errors import (
    BadHistory,
    HistoryBrokenJson,
    HistoryEmpty,
    HistoryNoRows,
    HistoryNotAFile,
    HistoryNotText,
    HistoryNotThere,
    HistoryTooBig,
    HistoryTooLong,
    HistoryTooWide,
    HistoryUnknownFormat,
)
from openback.interop import rows, tables
from openback.model.history import SkippedRow

ROW = "2024-05-01 18:00:00,Pull,1h,Row,1,40,8,0,0,,,\n"


def refused(path, case) -> str:
    with pytest.raises(BadHistory) as caught:
        read(path)
    assert type(caught.value) is case
    return str(caught.value)


def test_no_file(tmp_path):
    sentence = "There is no file history.csv. Check the name and the folder."
    assert refused(tmp_path / "history.csv", HistoryNotThere) == sentence
    assert refused(tmp_path / "a\0b", HistoryNotThere).startswith("There is no file a")


def test_a_folder(tmp_path):
    (tmp_path / "logs").mkdir()
    assert refused(tmp_path / "logs", HistoryNotAFile) == (
        "logs is not a file. Give the path of the exported file itself."
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are not known here")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert refused(tmp_path / "pipe", HistoryNotAFile).startswith("pipe is not a file.")


@pytest.mark.parametrize(
    "content", [b"", b"\n\n  \r\n", b"\xef\xbb\xbf", b"sep=;\n"], ids=["0 bytes", "blank", "mark only", "sep"]
)
def test_an_empty_file(tmp_path, content):
    (tmp_path / "history.csv").write_bytes(content)
    sentence = "history.csv is empty. Export it again from the other app."
    assert refused(tmp_path / "history.csv", HistoryEmpty) == sentence


def test_two_gigabytes_are_refused_before_they_are_read(tmp_path):
    path = tmp_path / "history.csv"
    with path.open("wb") as file:
        file.truncate(2 * 1024**3)  # sparse: takes no room
    assert refused(path, HistoryTooBig) == (
        "history.csv is 2,048 MB; the limit is 512 MB. Export a shorter time, or split the file."
    )


def test_json_is_held_in_memory_and_has_a_lower_limit(tmp_path):
    path = tmp_path / "wger.json"
    with path.open("wb") as file:
        file.write(b"[" + b" " * 65_536)
        file.truncate(65 * 1024**2)
    assert "the limit is 64 MB" in refused(path, HistoryTooBig)


def workbook() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
    return stream.getvalue()


def database(tmp_path) -> bytes:
    path = tmp_path / "some.db"
    with sqlite3.connect(path) as connection:
        connection.execute("create table t (x)")
    connection.close()
    return path.read_bytes()


@pytest.mark.parametrize(
    ("content", "what"),
    [
        pytest.param(lambda _: workbook(), "a spreadsheet or a ZIP archive", id="XLSX"),
        pytest.param(lambda _: gzip.compress(STRONG.encode()), "a compressed file", id="gzip"),
        pytest.param(database, "a database", id="a FitNotes back-up"),
        pytest.param(lambda _: b"\x89PNG\r\n\x1a\n" + bytes(50), "a picture", id="PNG"),
        pytest.param(lambda _: bytes(range(256)) * 20, "a binary file", id="bytes"),
        pytest.param(lambda _: bytes(5000), "a binary file", id="zeros"),
    ],
)
def test_binary_files_under_a_text_file_s_name(tmp_path, content, what):
    path = tmp_path / "history.csv"
    path.write_bytes(content(tmp_path))
    assert refused(path, HistoryNotText) == (
        f"history.csv is {what}, not text. Export the history as CSV or JSON."
    )


def test_text_that_is_no_export(tmp_path):
    assert refused(saved(tmp_path, "Dear diary,\ntoday I rowed.\n"), HistoryUnknownFormat) == (
        "history.csv is not an export from Strong, Hevy, FitNotes, wger or Openback: it begins with 'Dear diary,'. "
        "Export it again, with the other app's language set to English if it is a CSV."
    )
    assert "begins with '{\"a\": 1}'" in refused(saved(tmp_path, '{"a": 1}'), HistoryUnknownFormat)


def test_a_heading_only(tmp_path):
    assert refused(saved(tmp_path, STRONG + "\n\n"), HistoryNoRows) == (
        "history.csv has a heading but no sets. Export it again from the other app."
    )


def test_a_million_columns(tmp_path):
    sentence = "history.csv has more than 200 columns in its first line, so it is no training history."
    assert refused(saved(tmp_path, "Date" + "," * 1_000_000 + "\n"), HistoryTooWide) == sentence
    assert refused(saved(tmp_path, "x" * 3_000_000), HistoryTooWide) == sentence


def test_more_rows_than_a_life_has(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "MAX_ROWS", 3)
    assert refused(saved(tmp_path, STRONG + "\n" + ROW * 4), HistoryTooLong) == (
        "history.csv has more than 3 rows. Split the file and import the parts."
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param('{"results": [', "Expecting value in line 1, column 14", id="cut off"),
        pytest.param("[" * 100_000, "it is nested too deeply", id="nested"),
        pytest.param("[" + "9" * 6_000 + "]", "it holds a number that is too long", id="a number"),
    ],
)
def test_broken_json(tmp_path, text, problem):
    assert refused(saved(tmp_path, text, name="wger.json"), HistoryBrokenJson) == (
        f"wger.json is not whole JSON: {problem}. Export it again."
    )


# --- Files with damage in a few places -------------------------------------------------------------------


def test_a_line_of_ten_megabytes_is_left_out_in_little_memory(tmp_path):
    path = tmp_path / "history.csv"
    with path.open("w") as file:
        file.write(STRONG + "\n" + ROW)
        for _ in range(10):
            file.write("x" * 1_000_000)
        file.write("\n" + ROW)
    tracemalloc.start()
    history = read(path, unit="kg")
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [s.line for s in history.sets] == [2, 4]
    assert history.skipped == (SkippedRow(line=3, why="the line is longer than 1,000,000 characters"),)
    assert peak_bytes < 30e6


def test_a_nul_and_broken_letters_cost_no_more_than_their_row(tmp_path):
    path = tmp_path / "history.csv"
    good = "2024-05-01 18:00:00,Rücken,1h,Rudern über Kopf,1,40,8,0,0,,,\n" * 12
    body = STRONG + "\n" + good + "2024-05-01 18:00:00,Pull,1h,Ro\0w,1,40,8,0,0,,,\n"
    path.write_bytes(body.encode() + b"2024-05-01 18:00:00,Pull,1h,R\xfcdern,1,40,8,0,0,,,\n")
    history = read(path, unit="kg")
    assert history.skipped == (SkippedRow(line=14, why="the line holds a NUL character, so it is damaged"),)
    assert history.sets[-1].log.exercise == "R\ufffddern"
    assert history.notes == ("Some letters could not be read and stand as \ufffd: line 15.",)
    accounted(history)


def test_a_cell_too_long_for_a_csv(tmp_path):
    long = f'2024-05-01 18:00:00,Pull,1h,Row,1,40,8,0,0,"{"x" * 200_000}",,\n'
    history = read(saved(tmp_path, STRONG + "\n" + long + ROW), unit="kg")
    assert history.skipped == (SkippedRow(line=2, why="a cell is longer than 131,072 characters"),)
    assert [s.line for s in history.sets] == [3]


def test_a_name_nobody_would_write(tmp_path):
    history = read(saved(tmp_path, STRONG + "\n" + ROW.replace("Row", "R" * 201) + ROW), unit="kg")
    assert history.skipped == (SkippedRow(line=2, why="the exercise name is longer than 200 letters"),)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_every_line_end(tmp_path, end):
    history = read(saved(tmp_path, (STRONG + "\n\n" + ROW + ROW).replace("\n", end)), unit="kg")
    assert [s.line for s in history.sets] == [3, 4]


def test_no_line_end_at_the_end(tmp_path):
    assert read(saved(tmp_path, STRONG + "\n" + ROW.rstrip())).kept == 1


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("cp1252", ["Rücken", "Beinbeuger für Anfänger", "Élévations latérales", "Tirage à la poulie"]),
        ("cp1251", ["Тяга верхнего блока", "Тяга штанги в наклоне", "Подтягивания"]),
        ("koi8_r", ["Тяга верхнего блока", "Тяга штанги в наклоне", "Подтягивания"]),
        ("cp1250", ["Ściąganie drążka", "Wiosłowanie sztangą", "Podciąganie na drążku"]),
        ("cp1254", ["Göğüs presi", "Çekiş", "Omuz açışı", "Şınav"]),
        ("shift_jis", ["ラットプルダウン", "ベントオーバーロウ", "懸垂"]),
        ("euc_kr", ["랫풀다운", "바벨 로우", "턱걸이 운동"]),
        ("gb18030", ["高位下拉", "坐姿划船", "引体向上训练"]),
        ("utf-16", ["Rücken", "Тяга"]),
        ("utf-16-be", ["Row", "Rücken"]),
        ("utf-8-sig", ["Тяга верхнего блока"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_encodings(tmp_path, encoding, names):
    text = STRONG + "\n" + "".join(ROW.replace("Row", name) for name in names * 3)
    history = read(saved(tmp_path, text, encoding=encoding), unit="kg")
    assert list(history.names) == names
    assert history.notes == ()


def test_progress_goes_up_and_ends_full(tmp_path):
    from openback.interop import read_history

    steps: list[tuple[int, int]] = []
    path = saved(tmp_path, STRONG + "\n" + ROW * 5_000)
    read_history(path, own_unit="kg", progress=lambda done, total: steps.append((done, total)))
    assert len(steps) > 4
    assert steps == sorted(steps)
    assert steps[-1][0] == steps[-1][1]


def test_rows_one_by_one_stay_in_bounded_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(rows, "MAX_ROW_LINES", 20)
    text = HEVY.replace('"', "") + "\n" + 'a,"b\n' + "c,d\n" * 50_000
    path = saved(tmp_path, text)
    with path.open(newline="") as stream:
        tracemalloc.start()
        count = sum(1 for _ in rows.rows(rows.Lines(stream), ",", fits=lambda cells: len(cells) == 2))
        _, peak_bytes = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert count == 50_002
    assert peak_bytes < 2e6
