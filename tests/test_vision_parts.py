"""Without the extra, with parts that do not start, and quiet when they do."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from openback import vision
from openback.errors import PoseModelMissing, VideoNotInstalled, VideoPartsBroken
from openback.vision import models, parts


def test_importing_needs_no_extra():
    hide = "import sys\nfor name in ('cv2', 'mediapipe', 'PIL'): sys.modules[name] = None\nimport openback.vision"
    done = subprocess.run([sys.executable, "-c", hide], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_without_the_extra_every_call_says_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.setattr(parts, "find_spec", lambda name: None)
    path = tmp_path / "not even looked at.mp4"
    calls = [
        lambda: next(vision.clip_frames(path)),
        lambda: vision.probe(path),
        lambda: vision.picture_at(path, 1.0),
        lambda: vision.photo_frame(path),
        lambda: vision.photo_picture(path),
    ]
    for call in calls:
        with pytest.raises(VideoNotInstalled):
            call()
    assert isinstance(vision.trouble(), VideoNotInstalled)
    assert vision.trouble().mend == "pip install 'openback[video]'"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param("", "no reason given", id="nothing said"),
        pytest.param(
            "libGL.so.1: cannot open shared object file: No such file or directory",
            "libGL.so.1 is missing",
            id="GL",
        ),
        pytest.param("libEGL.so.1: cannot open\nand more", "libEGL.so.1 is missing", id="EGL"),
        pytest.param("DLL load failed.", "DLL load failed", id="another system"),
    ],
)
def test_parts_that_do_not_start(said, expected, monkeypatch):
    monkeypatch.setattr(parts, "find_spec", lambda name: True)

    def no_import(name):
        raise ImportError(said)

    monkeypatch.setattr(parts, "import_module", no_import)
    problem = vision.trouble()
    assert isinstance(problem, VideoPartsBroken)
    assert str(problem).startswith(f"The video parts do not start: {expected}. ")
    debian = sys.platform == "linux" and Path("/etc/debian_version").is_file()
    assert ("sudo apt-get install libgl1 libegl1 libgles2" in str(problem)) == debian
    assert problem.mend


def test_a_model_that_is_not_here(monkeypatch, tmp_path):
    monkeypatch.setattr(models, "files", lambda package: tmp_path)
    with pytest.raises(PoseModelMissing):
        models.model_path("full")
    dist = tmp_path / "web" / "static" / "dist"
    dist.mkdir(parents=True)
    (dist / "manifest.json").write_text('{"files": {}, "vendor": {"@mediapipe/pose": "vendor/pose"}}')
    with pytest.raises(PoseModelMissing):
        models.model_path("heavy")
    (dist / "vendor" / "pose").mkdir(parents=True)
    (dist / "vendor" / "pose" / "pose_heavy.task").touch()
    assert models.model_path("heavy") == dist / "vendor" / "pose" / "pose_heavy.task"


def test_quiet_hides_what_c_code_writes_and_gives_it_back(capfd):
    with parts.quiet(), parts.quiet():
        os.write(2, b"hidden")
    os.write(2, b"seen")
    assert capfd.readouterr().err == "seen"


@pytest.mark.slow
def test_mediapipe_reports_to_nobody():
    """MediaPipe posts usage counts through the proxy that the environment names: ours is asked for nothing."""
    pytest.importorskip("mediapipe", reason="the extra openback[video] is not installed")
    code = (
        "import time\nimport numpy as np\nfrom openback.vision.landmarker import Landmarker\n"
        "with Landmarker('lite') as landmarker:\n"
        "    landmarker.people(np.zeros((64, 64, 3), np.uint8))\n"
        "time.sleep(2)\n"
    )
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        proxy.settimeout(0.5)
        address = f"http://127.0.0.1:{proxy.getsockname()[1]}"
        names = ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
        environment = {**os.environ, **dict.fromkeys(names, address), "no_proxy": "example.org"}
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        with pytest.raises(TimeoutError):
            proxy.accept()


def test_a_proxy_of_the_person_s_own_is_not_used_either(monkeypatch):
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"):
        monkeypatch.setenv(name, "*")
    parts.stay_home()
    assert os.environ["https_proxy"] == os.environ["HTTPS_PROXY"] == os.environ["ALL_PROXY"] == parts.NOWHERE
    assert "no_proxy" not in os.environ
