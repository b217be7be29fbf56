"""What a file is by its first bytes, and what the errors about clips and photos say."""

from __future__ import annotations

import os

import pytest

from openback import errors
from openback.errors import BadClip
from openback.vision.sniff import kind_of, refuse_at_once


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        pytest.param(b"\x00\x00\x00\x20ftypisom", "a video", id="MP4"),
        pytest.param(b"\x00\x00\x00\x18ftypqt  ", "a video", id="MOV"),
        pytest.param(b"\x1a\x45\xdf\xa3\x9f", "a video", id="WebM"),
        pytest.param(b"RIFF\x00\x00\x00\x00AVI LIST", "a video", id="AVI"),
        pytest.param(b"\x00\x00\x00\x20ftypheic", "a picture", id="HEIC"),
        pytest.param(b"\xff\xd8\xff\xe0", "a picture", id="JPEG"),
        pytest.param(b"RIFF\x00\x00\x00\x00WEBP", "a picture", id="WebP"),
        pytest.param(b"RIFF\x00\x00\x00\x00WAVE", "a sound recording", id="WAV"),
        pytest.param(b"%PDF-1.7", "a PDF document", id="PDF"),
        pytest.param(b"#EXTM3U\nhttp://example.org/a.ts\n", "text", id="playlist"),
        pytest.param(b"ffconcat version 1.0\nfile '/etc/passwd'\n", "text", id="list of files"),
        pytest.param("Wiederholungen: fünf".encode()[:-1], "text", id="text cut in a letter"),
        pytest.param(b"\x47\x40\x11\x10\x00\x42\xf0", None, id="MPEG-TS is for FFmpeg to tell"),
        pytest.param(b"\x00\x00\x01\xba\x44", None, id="MPEG-PS too"),
    ],
)
def test_kinds(head, kind):
    assert kind_of(head) == kind


def refused(path, *, photo=False):
    with pytest.raises(BadClip) as caught:
        refuse_at_once(path, photo=photo)
    return str(caught.value)


def test_what_is_no_clip_is_said_at_once(tmp_path):
    clip, photo, words = tmp_path / "a.mp4", tmp_path / "a.jpg", tmp_path / "a.txt"
    clip.write_bytes(b"\x00\x00\x00\x20ftypisom")
    photo.write_bytes(b"\xff\xd8\xff\xe0")
    words.write_text("five sets")
    gone, empty = tmp_path / "gone.mp4", tmp_path / "empty.mp4"
    empty.touch()
    assert refused(gone) == f"There is no file {gone}. Check the name and the folder."
    assert refused(clip / "x") == f"There is no file {clip / 'x'}. Check the name and the folder."
    assert refused(tmp_path) == f"{tmp_path} is not a file. Give the path of the clip or photo itself."
    assert refused(empty) == f"{empty} is empty. Copy it from the camera again."
    assert refused(photo) == f"{photo} is a picture, not a video. Give a clip such as MP4, MOV, WebM or AVI."
    assert refused(words) == f"{words} is text, not a video. Give a clip such as MP4, MOV, WebM or AVI."
    assert refused(clip, photo=True) == f"{clip} is a video, not a photo. Give a picture such as JPEG or PNG."
    refuse_at_once(clip, photo=False)
    refuse_at_once(photo, photo=True)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1/a.mp4", "concat:a.mp4|b.mp4", "file:a.mp4", "data:,x", "pipe:0"]
)
def test_an_address_is_no_path(address, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.mp4").write_bytes(b"\x00\x00\x00\x20ftypisom")
    from pathlib import Path

    assert refused(Path(address)) == f"There is no file {Path(address)}. Check the name and the folder."


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "endless.mp4")
    assert refused(tmp_path / "endless.mp4").endswith(
        "is not a file. Give the path of the clip or photo itself."
    )


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            errors.VideoNotInstalled(),
            (
                "Reading clips needs the video parts: install them with `pip install 'openback[video]'` and "
                "start Openback again."
            ),
        ),
        (
            errors.VideoPartsBroken("libEGL.so.1 is missing", "sudo apt-get install libegl1"),
            (
                "The video parts do not start: libEGL.so.1 is missing. Run `sudo apt-get install libegl1` and "
                "start Openback again."
            ),
        ),
        (
            errors.VideoPartsBroken("no reason given", ""),
            "The video parts do not start: no reason given. Install what is missing and start Openback again.",
        ),
        (
            errors.PoseModelMissing("heavy"),
            (
                "The pose model 'heavy' is not here. The installed package carries lite and full; in a source "
                "folder, `make assets` builds all three."
            ),
        ),
        (
            errors.ClipNotOpened("a.mp4", "Permission denied"),
            "a.mp4 could not be opened: Permission denied. Check who may read it.",
        ),
        (
            errors.ClipNotReadable("a.mp4"),
            (
                "No pictures can be read from a.mp4: it is damaged or not a video. Play it once to see whether "
                "it is whole, or record it again."
            ),
        ),
        (
            errors.ClipTooFine("a.mp4", 20_000, 10_000),
            (
                "a.mp4 has pictures of 20,000 by 10,000 pixels, more than is read. Save it smaller; 1080 pixels "
                "of height are plenty."
            ),
        ),
        (
            errors.ClipTooLong("a.mp4", 3660),
            "a.mp4 is longer than 61 minutes, the most that is read. Cut out the set.",
        ),
        (
            errors.ClipTooSlow("a.mp4", 5, 8),
            (
                "a.mp4 has 5 frames a second; a movement can be followed from 8. Record it as a normal video, "
                "not as a time-lapse."
            ),
        ),
        (
            errors.ClipTooMuch("a.png", 3 * 1024**3),
            "a.png needs more than 3 GB of memory to read. Save it smaller.",
        ),
        (
            errors.ClipStuck("a.mp4"),
            "Reading a.mp4 did not come to an end and was stopped. Save it anew with another app.",
        ),
        (
            errors.PhotoNotReadable("a.heic"),
            (
                "No picture can be read from a.heic: it is damaged, or of a kind that is not read here. Save it "
                "as JPEG and give that."
            ),
        ),
    ],
)
def test_sentences(error, sentence):
    assert str(error) == sentence
