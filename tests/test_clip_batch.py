"""Many clips: each is kept as it finishes, a stop loses nothing, and neither a bad file nor a dead worker ends the run."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from clip_sample import BEHIND, analysis, pulldown
from openback.errors import ClipNotReadable, DiskFull, NoCluster, UnwritableFile
from openback.services import clip_batch
from openback.services.clip_batch import AGAIN_AND_AGAIN, outcome_of, run
from openback.services.clip_json import analysis_json
from openback.services.clip_results import Result, Results, job_of, rules_digest, write_tables

pq = pytest.importorskip("pyarrow.parquet")


# --- Work that stands in for the pose model; it stands here so that worker processes find it --------------------


def told(job):
    """A report whose reps are the length of the clip's name."""
    with analysis(files=(Path(job.path),)) as made:
        return analysis_json(made)


def work(job):
    """Read a clip by its text: `bad` is damaged, `odd` breaks the program, all else is a set."""
    text = Path(job.path).read_text()
    if text == "bad":
        return outcome_of(job, lambda: (_ for _ in ()).throw(ClipNotReadable(job.path)))
    if text == "full":
        return outcome_of(job, lambda: (_ for _ in ()).throw(DiskFull(job.path)))
    if text == "odd":
        raise ZeroDivisionError("by zero")
    return outcome_of(job, lambda: told(job))


def slow_work(job):
    """Leave a mark that the clip was begun, take a while, and die on what kills."""
    begun = Path(job.path).with_suffix(f".begun-{time.monotonic_ns()}-{os.getpid()}")
    begun.touch()
    if Path(job.path).read_text() == "killer":
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.2)
    return work(job)


@pytest.fixture
def folder(tmp_path):
    """A function that makes clips of these texts and returns their paths."""

    def made(*texts):
        paths = [tmp_path / f"clip{number}.mp4" for number in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text)
        return paths

    return made


@pytest.fixture
def results(tmp_path):
    return Results(tmp_path / "out")


def jobs_of(paths, exercise="wide_grip_lat_pulldown"):
    return [job_of(path, exercise) for path in paths]


def by_threads(jobs, results, work=work, **more):
    return run(jobs, results, work, lambda: ThreadPoolExecutor(2), at_once=2, **more)


def outcomes(results, jobs):
    return [one.outcome for one in results.of(jobs)]


# --- One after the other ----------------------------------------------------------------------------------------------


def test_no_clip_is_no_trouble(results):
    tally = by_threads([], results)
    assert (tally.clips, tally.told, tally.failed) == (0, 0, 0)


def test_one_bad_file_stops_nothing(folder, results):
    paths = folder("set", "bad", "odd", "set")
    jobs = jobs_of([*paths, paths[0].with_name("gone.mp4")])
    steps = []
    tally = by_threads(jobs, results, progress=lambda done, total: steps.append((done, total)))
    assert (tally.clips, tally.told, tally.failed, tally.before) == (5, 2, 3, 0)
    assert outcomes(results, jobs) == ["told", "bad", "failed", "told", "failed"]
    errors = [one.error for one in results.of(jobs)]
    assert errors[1] == str(ClipNotReadable(str(paths[1])))
    assert errors[2] == "The clip could not be analysed. It said: ZeroDivisionError: by zero."
    assert steps[0] == (0, 5)
    assert steps[-1] == (5, 5)


def test_a_second_run_does_only_what_is_new(folder, results):
    paths = folder("set", "bad", "full")
    jobs = jobs_of(paths)
    by_threads(jobs, results)
    done = []

    def counted(job):
        done.append(Path(job.path).name)
        return work(job)

    again = by_threads(jobs, results, counted)
    assert done == ["clip2.mp4"]  # a full disk may have room by now; a damaged file stays damaged
    assert again.before == 2
    time.sleep(0.01)
    paths[0].write_text("another set")
    by_threads(jobs_of(paths), results, counted)
    assert done.count("clip0.mp4") == 1  # the file changed
    by_threads(jobs_of(paths[:1], "pull_up"), results, counted)
    assert done.count("clip0.mp4") == 2  # another question


def test_a_result_that_is_not_whole_is_made_again(folder, results):
    jobs = jobs_of(folder("set"))
    by_threads(jobs, results)
    kept = next((results.folder / "clips").glob("*.json"))
    for text in ("", "{", "[]", '{"version": 0}'):
        kept.write_text(text)
        assert results.get(jobs[0].key) is None
    assert by_threads(jobs, results).before == 0
    assert results.get(jobs[0].key).report["reps"]


def test_a_folder_that_may_not_be_made_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UnwritableFile):
        Results(tmp_path / "file" / "out")


class Stopping(Executor):
    """An executor in whose middle the person presses Ctrl-C."""

    def __init__(self, after):
        self.after = after

    def submit(self, work, job):
        self.after -= 1
        if self.after < 0:
            raise KeyboardInterrupt
        future = Future()
        future.set_result(work(job))
        return future


def test_a_stop_leaves_what_was_done_and_the_next_run_goes_on(folder, results):
    jobs = jobs_of(folder(*["set"] * 6))
    with pytest.raises(KeyboardInterrupt):
        run(jobs, results, work, lambda: Stopping(4), at_once=1)
    kept = len(outcomes(results, jobs))
    assert 2 <= kept < 6
    tally = by_threads(jobs, results)
    assert (tally.before, tally.told) == (kept, 6)


def test_a_worker_hears_of_the_stop(monkeypatch):
    clip_batch.go_on(1, 2)
    stop = threading.Event()
    stop.set()
    monkeypatch.setattr(clip_batch, "_stop", stop)
    with pytest.raises(clip_batch.Stopped):
        clip_batch.go_on(1, 2)


def test_a_report_that_is_wanted_later_is_made_then(folder, results, tmp_path):
    path = folder("set")[0]
    by_threads([job_of(path, None)], results)
    wanted = job_of(path, None, reports=tmp_path / "reports")
    assert wanted.key == job_of(path, None).key
    assert by_threads([wanted], results).before == 0
    Path(wanted.report_dir).mkdir(parents=True)
    (Path(wanted.report_dir) / "report.html").touch()
    assert by_threads([wanted], results).before == 1


def test_other_limits_are_other_rules():
    assert rules_digest([pulldown()]) == rules_digest([replace(pulldown())])
    stricter = replace(pulldown(), faults=(replace(BEHIND, below=0.2),))
    assert rules_digest([pulldown()]) != rules_digest([stricter])


# --- Tables -----------------------------------------------------------------------------------------------------------


def test_the_tables_have_every_clip_rep_and_fault(folder, results):
    paths = folder("set", "bad", "set")
    jobs = jobs_of(paths)
    by_threads(jobs, results)
    tables = write_tables(lambda: results.of(jobs), results.folder)
    assert [path.name for path in tables] == ["clips.parquet", "reps.parquet", "faults.parquet"]
    clips, reps, faults = (pq.read_table(path).to_pylist() for path in tables)
    assert [row["path"] for row in clips] == [str(path) for path in paths]
    assert [row["outcome"] for row in clips] == ["told", "bad", "told"]
    assert [row["reps"] for row in clips] == [3, None, 3]
    assert (clips[0]["dangers"], clips[0]["faults"], clips[0]["view"]) == (2, 3, "front")
    assert clips[1]["error"] == str(ClipNotReadable(str(paths[1])))
    assert [row["n"] for row in reps] == [1, 2, 3, None] * 2
    assert reps[1]["faults"] == ["behind_head", "leaning_back"]
    assert [row["id"] for row in faults] == ["behind_head", "leaning_back", "behind_head"] * 2
    assert not list(results.folder.glob("*.part"))


def test_tables_of_nothing_have_their_columns(results):
    tables = write_tables(lambda: results.of([]), results.folder)
    assert [pq.read_table(path).num_rows for path in tables] == [0, 0, 0]
    assert "pose_found" in pq.read_table(tables[0]).column_names


def test_many_results_are_written_in_blocks(results, monkeypatch):
    from openback.services import clip_results

    monkeypatch.setattr(clip_results, "_ROWS_AT_ONCE", 4)
    many = [Result(key=str(n), path=f"{n}.mp4", outcome="bad", error="No.") for n in range(10)]
    tables = write_tables(lambda: many, results.folder)
    assert pq.read_table(tables[0])["path"].to_pylist() == [one.path for one in many]
    assert pq.ParquetFile(tables[0]).num_row_groups == 3


def test_a_table_that_may_not_be_written_is_said(results):
    (results.folder / "clips.parquet").mkdir()
    with pytest.raises(UnwritableFile):
        write_tables(list, results.folder)


# --- Processes that die -----------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_clip_that_kills_its_process_is_found_out_and_the_rest_is_done(folder, results):
    jobs = jobs_of(folder("set", "set", "killer", "set", "bad", "set"))
    with clip_batch.process_pool(2) as make:
        tally = run(jobs, results, slow_work, make, at_once=2)
    assert outcomes(results, jobs) == ["told", "told", "failed", "told", "bad", "told"]
    assert next(one.error for one in results.of(jobs) if one.outcome == "failed") == AGAIN_AND_AGAIN
    assert (tally.told, tally.failed) == (4, 2)


# --- A cluster --------------------------------------------------------------------------------------------------------


@pytest.fixture
def local_cluster():
    """A scheduler and two workers in processes of their own."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        yield cluster


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_a_worker_of_a_cluster_that_is_killed_loses_no_clip(folder, results, local_cluster):
    paths = folder(*["set"] * 12)
    jobs = jobs_of(paths)
    victims = [worker.process.pid for worker in local_cluster.workers.values()]
    killed = threading.Event()

    def kill_in_the_middle(done, total):
        if done == 3 and not killed.is_set():
            killed.set()
            os.kill(victims[0], signal.SIGKILL)

    with clip_batch.cluster(local_cluster.scheduler_address) as (make, at_once):
        assert at_once == 2
        tally = run(jobs, results, slow_work, make, at_once=at_once, progress=kill_in_the_middle)
    assert killed.is_set()
    assert outcomes(results, jobs) == ["told"] * 12
    assert (tally.told, tally.failed) == (12, 0)
    begun = [str(path) for path in paths[0].parent.glob("*.begun-*")]
    assert any(path.endswith(f"-{victims[0]}") for path in begun)  # the dead one had work
    assert len(begun) > len(paths)  # and what it held in its hands was done again


@pytest.mark.slow
def test_a_cluster_that_does_not_answer_is_said(monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr(clip_batch, "CLUSTER_WAIT_S", 1)
    with pytest.raises(NoCluster) as error, clip_batch.cluster("tcp://127.0.0.1:9"):
        pass
    assert str(error.value) == (
        "No cluster answers at tcp://127.0.0.1:9. Check that `dask scheduler` runs there and that this machine "
        "may reach it; leave --cluster out to work here."
    )


def test_a_cluster_without_its_package_is_said(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(NoCluster) as error, clip_batch.cluster("tcp://127.0.0.1:9"):
        pass
    assert str(error.value) == (
        "A cluster needs one more package. Install it: pip install 'openback[cluster]'."
    )


def test_the_key_is_of_path_size_time_exercise_and_rules(tmp_path):
    path = tmp_path / "a.mp4"
    gone = job_of(path, None)
    path.write_text("one")
    there = job_of(path, None)
    keys = {gone.key, there.key, job_of(path, "pull_up").key}
    os.utime(path, (1, 1))
    keys.add(job_of(path, None).key)
    keys.add(job_of(path, None, rules="stricter").key)
    assert len(keys) == 5
    assert job_of(path, None).key == job_of(path, None).key
    assert json.dumps(job_of(path, None, reports=tmp_path / "r").report_dir).startswith(f'"{tmp_path}/r/a-')
