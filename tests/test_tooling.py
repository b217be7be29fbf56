"""The habits that a fresh machine and a stranger rely on: locks, assets, groups of tests."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

import conftest
import hatch_build
from benchmarks import Figure
from benchmarks.__main__ import BENCHMARKS, document
from scripts import system
from scripts.system import ROOT

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = ("app", "dev")
# In pieces, so that this file does not contain what it forbids.
REGISTRIES = ("py" + "pi.org", "pythonhosted" + ".org", "npm" + "js.org", "yarn" + "pkg.com")
MACHINE = re.compile(r"(?:^|[^\w.~-])/(?:work|home|root|Users|opt/wheels)/[\w.]")


def tracked_texts() -> dict[str, str]:
    """Return the text files that git keeps, by path; binary ones are left out."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode != 0:
        pytest.skip("this is not a git checkout, so there is no list of tracked files")
    texts = {}
    for name in filter(None, listed.stdout.decode().split("\0")):
        path = ROOT / name
        content = path.read_bytes() if path.is_file() else b"\0"
        if b"\0" not in content:
            texts[name] = content.decode(errors="replace")
    return texts


def test_no_tracked_file_names_a_registry_or_a_path_of_one_machine() -> None:
    found = [
        f"{name}: {line.strip()[:100]}"
        for name, text in tracked_texts().items()
        for line in text.splitlines()
        if MACHINE.search(line) or any(host in line for host in REGISTRIES)
    ]
    assert not found, "\n".join(found)


# --- Lock files --------------------------------------------------------------------------------------


def locked(lock: str) -> dict[str, str]:
    """Return {package: its whole entry} of a lock file."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text()
    entries = re.split(r"\n(?=\S)", text.strip())
    return {re.split(r"[=\[]", entry)[0]: entry for entry in entries if not entry.startswith("#")}


def wanted(requirements: list[object]) -> set[str]:
    """Return the normalised package names of a list of requirements."""
    plain = (r for r in requirements if isinstance(r, str))
    return {re.sub(r"[-_.]+", "-", re.split(r"[<>=!~;\[ ]", r)[0]).lower() for r in plain}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_no_addresses_and_a_hash_for_everything(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text()
    assert not re.search(r"://|^-|\bindex\b|find-links", text, flags=re.MULTILINE)
    assert all("--hash=sha256:" in entry for entry in locked(lock).values())


def test_the_locks_hold_everything_that_pyproject_asks_for() -> None:
    groups = PYPROJECT["dependency-groups"]
    app = wanted(PYPROJECT["project"]["dependencies"]) | wanted(groups["build"])
    extras = wanted(PYPROJECT["project"]["optional-dependencies"]["postgresql"])
    assert app <= set(locked("app"))
    assert app | extras | wanted(groups["dev"]) <= set(locked("dev"))


def test_both_locks_agree() -> None:
    app, dev = locked("app"), locked("dev")
    differing = {name for name in app if app[name].split(" ")[0] != dev[name].split(" ")[0]}
    assert not differing


def test_the_npm_lock_has_no_addresses_and_pins_exactly() -> None:
    lock = json.loads((ROOT / "frontend" / "package-lock.json").read_text())
    asked = json.loads((ROOT / "frontend" / "package.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert not [name for name, entry in packages.items() if "resolved" in entry]
    assert all("integrity" in entry for entry in packages.values())
    for name, version in {**asked["dependencies"], **asked["devDependencies"]}.items():
        assert packages[f"node_modules/{name}"]["version"] == version


# --- Assets ------------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project as the asset build sees it, with a build that is fresh."""
    frontend = tmp_path / "frontend"
    (frontend / "src").mkdir(parents=True)
    (frontend / "test").mkdir()
    (frontend / "package-lock.json").write_text("{}")
    (frontend / "src" / "theme.ts").write_text("export {};")
    dist = tmp_path / hatch_build.DIST
    dist.mkdir(parents=True)
    (dist / ".sources.sha256").write_text(hatch_build.sources_sha256(tmp_path) + "\n")
    return tmp_path


def test_a_fresh_build_is_left_alone_and_needs_no_node(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    assert hatch_build.build_assets(project) is False


def test_time_stamps_hidden_files_and_tests_do_not_make_a_build_old(project: Path) -> None:
    os.utime(project / "frontend" / "src" / "theme.ts", (1, 1))
    (project / "frontend" / "src" / ".theme.ts.swp").write_text("half a line")
    (project / "frontend" / "test" / "theme.test.ts").write_text("changed")
    assert hatch_build.is_fresh(project)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("src/theme.ts", "", id="emptied"),
        pytest.param("src/theme.ts", "export { };", id="edited"),
        pytest.param("src/coach.ts", "export {};", id="added"),
        pytest.param("package-lock.json", '{"a": 1}', id="another package"),
    ],
)
def test_content_makes_a_build_old(project: Path, name: str, content: str) -> None:
    (project / "frontend" / name).write_text(content)
    assert not hatch_build.is_fresh(project)


def test_without_node_an_old_build_says_what_to_install(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(project / hatch_build.DIST)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(hatch_build.AssetsNotBuilt) as caught:
        hatch_build.build_assets(project)
    assert str(caught.value) == (
        "The browser's files are missing or out of date, and Node is not on PATH: "
        "install Node 20 or newer with npm, then run this again."
    )


# --- The machine -------------------------------------------------------------------------------------


def test_without_root_the_one_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "has_apt", lambda: True)
    monkeypatch.setattr(system, "is_root", lambda: False)
    with pytest.raises(system.NotHere) as caught:
        system.apt_install(["chromium"], why="The browser tests need Chromium.")
    assert str(caught.value) == (
        "The browser tests need Chromium. Run `sudo apt-get install chromium`, then this again."
    )


def test_elsewhere_the_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "has_apt", lambda: False)
    with pytest.raises(system.NotHere) as caught:
        system.apt_install(["chromium"], why="The browser tests need Chromium.")
    assert str(caught.value) == (
        "The browser tests need Chromium. Install chromium the way your system does it, then run this again."
    )


# --- Groups of tests and benchmarks --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("groups", "asked", "runs"),
    [
        pytest.param(set(), set(), True, id="a plain test always runs"),
        pytest.param({"slow"}, set(), False, id="a slow one waits to be asked for"),
        pytest.param({"slow"}, {"slow"}, True, id="slow, asked for"),
        pytest.param({"browser"}, {"slow"}, False, id="another group was asked for"),
        pytest.param({"browser", "slow"}, {"browser"}, True, id="browser tests may be slow"),
        pytest.param({"browser", "postgres"}, {"browser"}, False, id="half of what it needs"),
    ],
)
def test_which_tests_run(groups: set[str], asked: set[str], *, runs: bool) -> None:
    assert conftest.is_wanted(groups, asked) is runs


def test_a_benchmark_says_whether_its_limit_holds() -> None:
    figures = [
        Figure(name="none", value=1, unit="s"),
        Figure(name="met", value=1, unit="s", at_most=1),
        Figure(name="missed", value=1.1, unit="s", at_most=1),
    ]
    rows = document({"a": figures})["figures"]
    assert isinstance(rows, list)
    assert [row["holds"] for row in rows] == [None, True, False]


def test_benchmarks_have_names_of_their_own() -> None:
    names = [benchmark.name for benchmark in BENCHMARKS]
    assert len(names) == len(set(names))


def test_every_make_target_says_what_it_does() -> None:
    makefile = (ROOT / "Makefile").read_text()
    declared = re.search(r"^\.PHONY: (.+)$", makefile, flags=re.MULTILINE)
    assert declared is not None
    described = set(re.findall(r"^([a-z]+):.* ## ", makefile, flags=re.MULTILINE))
    assert set(declared[1].split()) == described


def test_every_package_stands_on_a_floor() -> None:
    floors = next(c for c in PYPROJECT["tool"]["importlinter"]["contracts"] if c["name"] == "floors")
    named = set(re.findall(r"\w+", " ".join(floors["layers"])))
    found = {path.parent.name for path in (ROOT / "src" / "openback").glob("*/__init__.py")}
    assert found <= named
