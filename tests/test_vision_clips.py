"""Clips and photos through the decoding process: shapes, times, damage, limits, and no process left over."""

from __future__ import annotations

import itertools
import os
import signal
import struct
import subprocess
import sys
import time
import zlib
from pathlib import Path

import numpy as np
import pytest

from movies import corner_colours, four_corners, grey, turned, with_pixels, with_stamps, write_clip
from openback.errors import BadClip
from openback.vision import Limits, photo_picture, picture_at, pictures_at, probe, reader
from openback.vision.limits import DEFAULT
from openback.vision.reader import Reader

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]
pytest.importorskip("cv2", reason="the extra openback[video] is not installed")

LETTER = {"r": (220, 30, 30), "g": (30, 200, 30), "b": (30, 30, 220), "y": (128, 128, 128)}


def read(path, limits=DEFAULT):
    """Times and brightness of all frames."""
    with Reader(path, "frames", limits) as opened:
        return [(t_s, float(picture.mean())) for t_s, picture in opened]


def sentence(path, limits=DEFAULT, what="frames"):
    with pytest.raises(BadClip) as caught, Reader(path, what, limits) as opened:
        list(opened)
    assert reader_processes() == []
    return str(caught.value)


def reader_processes():
    """The command lines of decoding processes of ours that still run or wait to be buried."""
    if not Path("/proc").is_dir():
        return []
    mine = [p for p in Path("/proc").glob("[0-9]*") if parent_of(p) == os.getpid()]
    return [p.name for p in mine if b"openback.vision.decoder" in command_of(p)]


def parent_of(folder):
    try:
        return int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def command_of(folder):
    try:
        return (folder / "cmdline").read_bytes()
    except OSError:
        return b""


# --- Shapes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("degrees", "size", "letters"),
    [
        pytest.param(0, (128, 64), "rgby", id="as stored"),
        pytest.param(90, (64, 128), "bryg", id="a quarter"),
        pytest.param(180, (128, 64), "ybgr", id="upside down"),
        pytest.param(270, (64, 128), "gyrb", id="three quarters"),
    ],
)
def test_pictures_are_turned_as_the_file_says(tmp_path, degrees, size, letters):
    import cv2

    path = turned(write_clip(tmp_path / "a.mp4", [four_corners(128, 64)] * 12), degrees)
    info = probe(path)
    assert (info.width_px, info.height_px, info.rotation) == (*size, degrees)
    picture = picture_at(path, 0.1)
    for (place, seen), letter in zip(corner_colours(picture).items(), letters, strict=True):
        assert seen == pytest.approx(LETTER[letter], abs=12), place
    # OpenCV turns clips itself unless told not to: by the same angle.
    capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)
    theirs = capture.read()[1][:, :, ::-1]
    assert np.abs(theirs.astype(int) - picture).mean() < 2


@pytest.mark.parametrize(
    ("degrees", "size"), [pytest.param(0, (60, 64), id="as stored"), pytest.param(90, (64, 60), id="turned")]
)
def test_pixels_of_three_to_eight_are_squared(tmp_path, degrees, size):
    path = turned(with_pixels(write_clip(tmp_path / "a.mp4", [four_corners(160, 64)] * 12), 3, 8), degrees)
    info = probe(path)
    assert (info.width_px, info.height_px, info.sar) == (*size, 0.375)
    assert picture_at(path, 0.0).shape == (size[1], size[0], 3)
    with Reader(path, "frames", DEFAULT) as opened:
        assert opened.look_px == size
        assert len(list(opened)) == 12


def test_a_large_picture_is_looked_at_smaller_and_shown_whole(tmp_path):
    path = write_clip(tmp_path / "a.mp4", [four_corners(2560, 1440)] * 3)
    with Reader(path, "frames", DEFAULT) as opened:
        shapes = {picture.shape for _, picture in opened}
    assert shapes == {(720, 1280, 3)}
    assert picture_at(path, 0.0).shape == (1440, 2560, 3)


# --- Times ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fps", [8, 24, 59.94, 240])
def test_frame_rates(tmp_path, fps):
    frames = read(write_clip(tmp_path / "a.mp4", grey(20), fps))
    assert [t_s for t_s, _ in frames] == pytest.approx([n / fps for n in range(20)], abs=2e-3)
    assert [light for _, light in frames] == sorted(light for _, light in frames)


def test_more_than_240_frames_a_second_are_thinned_out(tmp_path):
    times = [t_s for t_s, _ in read(write_clip(tmp_path / "a.mp4", grey(40), 480))]
    assert np.diff(times).min() > 0.9 / 240
    assert len(times) == 20


def test_a_variable_frame_rate_keeps_its_times(tmp_path):
    stamps_ms = [0, 40, 100, 110, 400, 433, 500, 900]
    path = with_stamps(write_clip(tmp_path / "a.mp4", grey(8)), stamps_ms)
    assert [t_s for t_s, _ in read(path)] == pytest.approx([ms / 1000 for ms in stamps_ms])


def test_stamps_that_repeat_still_rise(tmp_path):
    path = with_stamps(write_clip(tmp_path / "a.mp4", grey(8)), [0, 40, 80, 80, 160, 200, 200, 280])
    times = [t_s for t_s, _ in read(path)]
    assert (np.diff(times) > 0).all()
    assert [times[n] for n in (0, 1, 2, 4, 5, 7)] == pytest.approx([0, 0.04, 0.08, 0.16, 0.2, 0.28])


def test_pictures_are_those_of_the_frames(tmp_path):
    path = write_clip(tmp_path / "a.mp4", grey(90, 64, 48) * 5, 30)
    frames = dict(read(path))
    times = [14.7, 0.0, 3.2, 11.1, 99.0, 3.25]
    at = [min((t for t in frames if t >= wanted - 5e-4), default=max(frames)) for wanted in times]
    seen = [float(picture.mean()) for picture in pictures_at(path, times)]
    assert seen == pytest.approx([frames[t] for t in at], abs=0.01)
    assert pictures_at(path, ()) == ()


def test_the_info_of_a_clip(tmp_path):
    info = probe(write_clip(tmp_path / "a.mp4", grey(25), 25))
    assert (info.fps, info.frames, info.duration_s) == (25, 25, 1)
    assert (info.width_px, info.height_px, info.rotation, info.sar) == (64, 48, 0, 1)


# --- Damage and malice ------------------------------------------------------------------------------------


def not_readable(path):
    return (
        f"No pictures can be read from {path}: it is damaged or not a video. Play it once to see whether it "
        "is whole, or record it again."
    )


def test_a_clip_without_its_index_is_damaged(tmp_path):
    path = write_clip(tmp_path / "a.mp4", grey(30))
    path.write_bytes(path.read_bytes()[:-600])
    assert sentence(path) == not_readable(path)
    assert sentence(path, what="info") == not_readable(path)


def test_noise_with_a_clip_s_beginning_is_damaged(tmp_path):
    path = tmp_path / "a.mp4"
    path.write_bytes(b"\x00\x00\x00\x20ftypisom" + np.random.default_rng(7).bytes(20_000))
    assert sentence(path) == not_readable(path)


@pytest.mark.parametrize("seed", range(6))
def test_a_scratched_clip_is_read_as_far_as_it_goes_or_refused(tmp_path, seed):
    path, random = write_clip(tmp_path / "a.mp4", grey(30)), np.random.default_rng(seed)
    data = bytearray(path.read_bytes())
    for at in random.integers(24, len(data), 40):
        data[at] = random.integers(256)
    path.write_bytes(data)
    try:
        times = [t_s for t_s, _ in read(path)]
    except BadClip:
        times = [0.0, 1.0]
    assert len(times) > 0
    assert all(a < b for a, b in itertools.pairwise(times))
    assert reader_processes() == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param(
            "list.m3u8",
            "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:5,\n{clip}\n#EXT-X-ENDLIST\n",
            id="playlist",
        ),
        pytest.param("list.mp4", "ffconcat version 1.0\nfile '{clip}'\n", id="list of files"),
        pytest.param(
            "list.sdp", "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nm=video 5004 RTP/AVP 96\n", id="stream"
        ),
        pytest.param(
            "far.m3u8", "#EXTM3U\n#EXTINF:5,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n", id="address"
        ),
    ],
)
def test_lists_of_other_files_are_not_followed(tmp_path, monkeypatch, name, text):
    clip = write_clip(tmp_path / "clip.mp4", grey(10))
    path = tmp_path / name
    path.write_text(text.format(clip=clip))
    assert sentence(path).startswith(f"{path} is text, not a video. ")
    # Even when nobody looks at it before.
    monkeypatch.setattr(reader, "refuse_at_once", lambda path, photo: None)
    assert sentence(path) == not_readable(path)


def test_pictures_are_no_clips_for_ffmpeg_either(tmp_path, monkeypatch):
    from PIL import Image

    for number in range(3):
        Image.fromarray(four_corners(64, 48)).save(tmp_path / f"{number}.png")
    monkeypatch.setattr(reader, "refuse_at_once", lambda path, photo: None)
    assert sentence(tmp_path / "%d.png") == not_readable(tmp_path / "%d.png")
    assert sentence(tmp_path / "0.png") == not_readable(tmp_path / "0.png")


def test_a_name_with_a_pattern_is_only_a_name(tmp_path):
    assert len(read(write_clip(tmp_path / "a%03d [1].mp4", grey(10)))) == 10


def test_too_few_frames_too_long_too_large(tmp_path):
    path = write_clip(tmp_path / "a.mp4", grey(30), 5)
    assert sentence(path).startswith(f"{path} has 5 frames a second; a movement can be followed from 8.")
    path = write_clip(tmp_path / "b.mp4", grey(30), 30)
    tight = Limits(long_s=0.5)
    assert (
        sentence(path, tight) == f"{path} is longer than 0 minutes, the most that is read. Cut out the set."
    )
    assert sentence(path, Limits(clip_px=64 * 47)).startswith(f"{path} has pictures of 64 by 48 pixels")
    assert sentence(path, Limits(side_px=63)).startswith(f"{path} has pictures of 64 by 48 pixels")


def test_a_clip_whose_index_lies_about_its_length_is_stopped(tmp_path):
    path = with_stamps(write_clip(tmp_path / "a.mp4", grey(30), 30), [n * 200_000 for n in range(30)])
    assert sentence(path).startswith(f"{path} has 0.005")
    assert sentence(path, Limits(slowest_fps=0)) == (
        f"{path} is longer than 61 minutes, the most that is read. Cut out the set."
    )


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")
def test_more_memory_than_allowed_is_a_sentence(tmp_path):
    path = tmp_path / "a.png"
    write_png(path, 12_000, 12_000)
    assert sentence(path, Limits(memory_bytes=700 * 1024**2), "photo") == (
        f"{path} needs more than 0.684 GB of memory to read. Save it smaller."
    )


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="no process can be halted here")
def test_a_silent_decoder_is_ended(tmp_path):
    path = write_clip(tmp_path / "a.mp4", grey(400))  # more than fit between the two processes
    with Reader(path, "frames", Limits(still_s=3.0)) as opened:
        os.kill(opened._process.pid, signal.SIGSTOP)
        with pytest.raises(BadClip) as caught:
            list(opened)
    assert reader_processes() == []
    assert str(caught.value) == (
        f"Reading {path} did not come to an end and was stopped. Save it anew with another app."
    )


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux is sure to count a process's time")
def test_a_decoder_without_time_left_is_ended(tmp_path):
    code = "from openback.vision.decoder import confine\nfrom openback.vision.limits import Limits\n"
    code += "confine(Limits(cpu_s=1))\nwhile True: pass"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=False)
    assert done.returncode == -signal.SIGXCPU
    path = write_clip(tmp_path / "a.mp4", grey(200))
    with Reader(path, "frames", DEFAULT) as opened:
        os.kill(opened._process.pid, signal.SIGXCPU)
        with pytest.raises(BadClip, match="did not come to an end"):
            list(opened)
    assert reader_processes() == []


@pytest.mark.skipif(sys.platform != "linux", reason="the limits are those of Linux")
def test_the_decoder_is_confined():
    code = "import resource\nfrom openback.vision.decoder import confine\nfrom openback.vision.limits import DEFAULT\n"
    code += "confine(DEFAULT)\nfor name in ('AS', 'CPU', 'NOFILE', 'CORE'):\n"
    code += "    print(*resource.getrlimit(getattr(resource, 'RLIMIT_' + name)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    soft, hard = zip(*(line.split() for line in done.stdout.splitlines()), strict=True)
    assert soft == (str(DEFAULT.memory_bytes), str(DEFAULT.cpu_s), "64", "0")
    assert hard == (str(DEFAULT.memory_bytes), str(DEFAULT.cpu_s + 5), "64", "0")


def write_png(path, width, height):
    """Write an RGB picture of one colour: little on the disk, much in memory."""
    row = b"\0" + bytes(width * 3)
    packer = zlib.compressobj(1)
    data = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", data),
        (b"IEND", b""),
    ]
    out = b"\x89PNG\r\n\x1a\n"
    for kind, content in chunks:
        out += (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )
    path.write_bytes(out)


# --- Photos ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("orientation", "letters"),
    [(1, "rgby"), (2, "gryb"), (3, "ybgr"), (4, "byrg"), (5, "rbgy"), (6, "bryg"), (7, "ygbr"), (8, "gyrb")],
)
def test_photos_are_turned_as_their_exif_says(tmp_path, orientation, letters):
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.fromarray(four_corners(128, 64)).save(tmp_path / "a.png", exif=exif)
    picture = photo_picture(tmp_path / "a.png")
    assert picture.shape[:2] == ((64, 128) if orientation <= 4 else (128, 64))
    assert list(corner_colours(picture).values()) == [LETTER[letter] for letter in letters]


def test_photos_of_every_kind_and_colour(tmp_path):
    from PIL import Image

    picture = Image.fromarray(four_corners(64, 48))
    for name, mode in [
        ("a.jpg", "CMYK"),
        ("b.png", "RGBA"),
        ("c.png", "P"),
        ("d.webp", "RGB"),
        ("e.tif", "L"),
        ("f.bmp", "RGB"),
    ]:
        picture.convert(mode).save(tmp_path / name)
        assert photo_picture(tmp_path / name).shape == (48, 64, 3)


def test_a_large_photo_is_shrunk(tmp_path):
    from PIL import Image

    Image.fromarray(four_corners(4000, 2000)).save(tmp_path / "a.jpg", exif=_upright_by(6))
    with Reader(tmp_path / "a.jpg", "photo", DEFAULT) as opened:
        assert (opened.about["width_px"], opened.about["height_px"]) == (2000, 4000)
        assert [picture.shape for _, picture in opened] == [(1333, 666, 3)]


def _upright_by(orientation):
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


def test_damaged_and_monstrous_photos(tmp_path):
    path = tmp_path / "a.png"
    write_png(path, 400, 300)
    path.write_bytes(path.read_bytes()[:200])
    damaged = (
        f"No picture can be read from {path}: it is damaged, or of a kind that is not read here. "
        "Save it as JPEG and give that."
    )
    assert sentence(path, what="photo") == damaged
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I4sIIBBBBBI", 13, b"IHDR", 2**31 - 1, 2**31 - 1, 8, 2, 0, 0, 0, 0)
    )
    assert sentence(path, what="photo") in {
        damaged,
        f"{path} has pictures of 2,147,483,647 by 2,147,483,647 pixels, more than is read. Save it smaller; 1080 pixels of height are plenty.",
    }
    write_png(path, 17_000, 3)
    assert sentence(path, what="photo").startswith(
        f"{path} has pictures of 17,000 by 3 pixels, more than is read."
    )
    path.write_bytes(b"\x00\x00\x00\x20ftypheic" + bytes(500))
    assert sentence(path, what="photo") == damaged


# --- Nothing is left over ------------------------------------------------------------------------------------


def test_a_reader_left_early_leaves_no_process(tmp_path):
    path = write_clip(tmp_path / "a.mp4", grey(200))
    with Reader(path, "frames", DEFAULT) as opened:
        assert next(iter(opened))[0] == 0
    assert reader_processes() == []
    with pytest.raises(ZeroDivisionError), Reader(path, "frames", DEFAULT) as opened:
        1 / sum(0 for _ in opened)
    assert reader_processes() == []


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system ends processes otherwise")
def test_the_decoder_ends_with_its_parent(tmp_path):
    path = write_clip(tmp_path / "a.mp4", grey(200))
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom openback.vision.limits import DEFAULT\n"
        "from openback.vision.reader import Reader\n"
        "reader = Reader(Path(sys.argv[1]), 'frames', DEFAULT).opened()\n"
        "print(reader._process.pid, flush=True)\ntime.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, path], stdout=subprocess.PIPE, text=True)
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    until = time.monotonic() + 10
    while alive(child) and time.monotonic() < until:
        time.sleep(0.02)
    assert not alive(child)


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # In a container nobody may bury it.
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z")


def test_a_slip_in_the_decoder_is_no_damaged_clip(tmp_path, monkeypatch):
    path = write_clip(tmp_path / "a.mp4", grey(5))
    monkeypatch.setattr(reader, "PLACES", -1)
    with pytest.raises(RuntimeError, match="Traceback"), Reader(path, "frames", DEFAULT):
        pass
    assert reader_processes() == []
