"""What strangers get: the sdist, a wheel made from it without Node, and the app out of that wheel."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest

from running import openback_server
from scripts.system import ROOT

pytestmark = [pytest.mark.wheel, pytest.mark.timeout(900)]

# As it was when the tests were gathered: reading clips puts a proxy that leads nowhere into it later.
AS_STARTED = dict(os.environ)
# Nothing on PATH: neither Node nor npm can be found.
BARE = {k: v for k, v in AS_STARTED.items() if k not in {"PATH", "PYTHONPATH", "OPENBACK_DATABASE"}}


def run(*command: str | Path, cwd: Path, environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(
        command, cwd=cwd, env=environment or AS_STARTED, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sdist")
    run(sys.executable, "-m", "build", "--sdist", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return next(folder.glob("*.tar.gz"))


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    source = folder / sdist.name.removesuffix(".tar.gz")
    nothing = folder / "empty"
    nothing.mkdir()
    build = (sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, source)
    run(*build, cwd=folder, environment={**BARE, "PATH": str(nothing)})
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def fresh_bin(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a new environment that holds the wheel and what it asks for, nothing else."""
    folder = tmp_path_factory.mktemp("fresh environment")
    venv.create(folder)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    # The pip of this environment fills the other one, and compiles nothing: most of it is never imported.
    pip = (sys.executable, "-m", "pip", "--python", programs / "python", "install")
    pip = (*pip, "--quiet", "--disable-pip-version-check", "--no-compile")
    run(*pip, "--require-hashes", "-r", ROOT / "requirements" / "app.txt", cwd=folder)
    # Without an index this only works when the lock holds everything that the wheel asks for.
    run(*pip, "--no-index", wheel, cwd=folder)
    return programs


def test_the_wheel_carries_the_assets_the_data_and_every_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        notices = archive.read("openback/web/static/dist/THIRD_PARTY_NOTICES.txt").decode()
    assert "openback/web/static/dist/manifest.json" in names
    assert any(name.startswith("openback/data/exercises/") for name in names)
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert "htmx.org" in notices or "lucide-static" in notices
    for package in ("@mediapipe/pose", "@mediapipe/tasks-vision"):
        assert f"{package} " in notices
    assert "Copyright The MediaPipe Authors" in notices
    models = {name.rpartition("/")[2] for name in names if name.endswith(".task")}
    assert models == {"pose_lite.task", "pose_full.task"}  # heavy is for those who build it
    assert any(name.endswith("/wasm/vision_wasm_internal.wasm") for name in names)
    type_of_paper = {name.rpartition("/")[2] for name in names if name.endswith(".ttf")}
    assert type_of_paper == {"Figtree_400Regular.ttf", "Figtree_600SemiBold.ttf", "Archivo_700Bold.ttf"}
    assert "SIL OPEN FONT LICENSE" in notices
    assert not [name for name in names if "node_modules" in name or name.startswith(("tests/", "frontend/"))]


def test_the_wheel_runs_the_app_without_node(fresh_bin: Path, tmp_path: Path) -> None:
    environment = {**BARE, "PATH": str(fresh_bin)}
    app = [str(fresh_bin / "openback")]
    # Its first start compiles what it imports.
    with openback_server(tmp_path, command=app, environment=environment, within_s=180) as server:
        with urllib.request.urlopen(f"{server.url}/", timeout=30) as answer:
            page = answer.read().decode()
            assert answer.status == 200
            assert answer.headers.get_content_type() == "text/html"
        styles = re.search(r'href="([^"]+\.css)"', page)
        assert styles is not None, page
        with urllib.request.urlopen(f"{server.url}{styles[1]}", timeout=30) as answer:
            assert answer.status == 200
            assert answer.headers.get_content_type() == "text/css"
