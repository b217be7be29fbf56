"""OpenSim's files: what is written reads back as it was, and what is damaged is said."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from clip_sample import frames, standing
from openback.errors import BadOpenSimFile
from openback.interop.opensim import TO_Y_UP, read_mot, read_trc, write_mot, write_trc
from openback.model.motion import LANDMARKS, nobody


def trc_text(all_frames, rate_hz=30.0):
    stream = io.StringIO()
    write_trc(stream, all_frames, name="markers.trc", count=len(all_frames), rate_hz=rate_hz)
    return stream.getvalue()


def mot_text(names, rows):
    stream = io.StringIO()
    write_mot(stream, names, rows, name="Coordinates", count=len(rows))
    return stream.getvalue()


# --- Markers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("all_frames", "seen"),
    [
        pytest.param([], 0, id="no frame"),
        pytest.param([nobody(0.0, 720, 1280)], 0, id="nobody"),
        pytest.param([standing(0.0), nobody(0.033, 720, 1280), standing(0.066)], 2, id="a gap"),
        pytest.param(frames(0.5), 15, id="half a second"),
    ],
)
def test_markers_read_back_as_they_were(all_frames, seen):
    read = read_trc(io.StringIO(trc_text(all_frames)))
    assert read.names == LANDMARKS
    assert read.position_m.shape == (len(all_frames), 33, 3)
    assert np.isfinite(read.position_m).all(axis=(1, 2)).sum() == seen
    np.testing.assert_allclose(read.t_s, [frame.t_s for frame in all_frames], atol=1e-6)
    for frame, position_m in zip(all_frames, read.position_m, strict=True):
        np.testing.assert_allclose(position_m * TO_Y_UP, frame.world_m, atol=1e-6)


def test_markers_have_y_up_and_the_persons_left_at_their_left():
    read = read_trc(io.StringIO(trc_text([standing(0.0)])))
    place = dict(zip(read.names, read.position_m[0], strict=True))
    assert place["nose"][1] > place["left_hip"][1] > place["left_ankle"][1]
    # Somebody who faces the camera has their left where the picture's right is; with Y up, facing +Z, that is +X.
    assert place["left_shoulder"][0] > 0 > place["right_shoulder"][0]
    axes = np.diag(TO_Y_UP)
    assert np.linalg.det(axes) == pytest.approx(1)  # turned, not mirrored


def test_the_first_lines_are_as_opensim_expects_them():
    lines = trc_text([standing(0.0)], rate_hz=59.94).splitlines()
    assert lines[0] == "PathFileType\t4\t(X/Y/Z)\tmarkers.trc"
    assert lines[1] == (
        "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames"
    )
    assert lines[2] == "59.94\t59.94\t1\t33\tm\t59.94\t1\t1"
    assert lines[3].startswith("Frame#\tTime\tnose\t\t\tleft_eye_inner\t\t\t")
    assert lines[4].startswith("\t\tX1\tY1\tZ1\tX2\t")
    assert lines[5] == ""
    assert len(lines[6].split("\t")) == 2 + 3 * 33


@given(arrays(np.float64, (2, 33, 3), elements=st.floats(-9, 9) | st.just(np.nan)))
def test_any_landmarks_read_back(world_m):
    made = [replace(standing(number / 30), world_m=place) for number, place in enumerate(world_m)]
    read = read_trc(io.StringIO(trc_text(made)))
    np.testing.assert_allclose(read.position_m * TO_Y_UP, world_m, atol=1e-6)


def test_millimetres_and_empty_cells_are_read():
    text = (
        "PathFileType\t4\t(X/Y/Z)\ta.trc\n"
        "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames\n"
        "100\t100\t2\t2\tmm\t100\t1\t2\nFrame#\tTime\tA\t\t\tB\t\t\n\t\tX1\tY1\tZ1\tX2\tY2\tZ2\n\n"
        "1\t0.00\t1000\t2000\t-500\t\t\t\n2\t0.01\t1\t2\t3\t4\t5\t6\n"
    )
    read = read_trc(io.StringIO(text))
    assert read.rate_hz == 100
    np.testing.assert_allclose(read.position_m[0], [[1.0, 2.0, -0.5], [np.nan] * 3])
    np.testing.assert_allclose(read.position_m[1, 1], [0.004, 0.005, 0.006])


# --- Joint angles ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([], id="no row"),
        pytest.param([(0.0, float("nan"), float("nan"))], id="not told"),
        pytest.param([(0.0, 12.5, -3.25), (0.04, 13.0, 0.0)], id="two rows"),
    ],
)
def test_angles_read_back_as_they_were(rows):
    read = read_mot(io.StringIO(mot_text(["elbow_flexion_l", "trunk_lean"], rows)))
    assert read.names == ("elbow_flexion_l", "trunk_lean")
    assert read.value_deg.shape == (len(rows), 2)
    np.testing.assert_allclose(read.t_s, [row[0] for row in rows])
    for row, values in zip(rows, read.value_deg, strict=True):
        np.testing.assert_allclose(values, row[1:])


def test_the_heading_of_angles_is_as_opensim_expects_it():
    lines = mot_text(["a"], [(0.0, 1.0)]).splitlines()
    assert lines[:5] == ["Coordinates", "version=1", "nRows=1", "nColumns=2", "inDegrees=yes"]
    assert lines[lines.index("endheader") + 1 :] == ["time\ta", "0.000000\t1.000000"]


# --- Damaged ---------------------------------------------------------------------------------------------------------

TRC = trc_text(frames(0.1))
MOT = mot_text(["a", "b"], [(0.0, 1.0, 2.0), (0.1, 3.0, 4.0)])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("", "it does not begin as a .trc file does", id="empty"),
        pytest.param("hello\n" * 9, "it does not begin as a .trc file does", id="other text"),
        pytest.param(TRC.replace("\tm\t", "\tft\t"), "its unit 'ft' is none of m, mm, cm", id="feet"),
        pytest.param(TRC.rsplit("\n", 2)[0], "its header says 3 frames, it has 2", id="cut short"),
        pytest.param(TRC.rsplit("\t", 1)[0], "row 3 has 100 cells, not 101", id="cut in a row"),
        pytest.param(
            TRC.replace("\t0.033333\t", "\tsoon\t"), "row 2 holds something that is no number", id="words"
        ),
    ],
)
def test_a_damaged_marker_file_is_said(text, problem):
    with pytest.raises(BadOpenSimFile) as error:
        read_trc(io.StringIO(text), "a.trc")
    assert str(error.value) == f"a.trc is not a file of OpenSim that can be read: {problem}."


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("", "its header has no end", id="empty"),
        pytest.param(MOT[: MOT.index("endheader") + 9], "its header has no end", id="nothing but a header"),
        pytest.param(MOT.replace("=yes", "=no"), "its angles are not in degrees", id="radians"),
        pytest.param(MOT.replace("time", "when"), "its first column is not the time", id="no time"),
        pytest.param(
            MOT.replace("nRows=2", "nRows=9"), "its header says 9 rows, it has 2", id="rows missing"
        ),
    ],
)
def test_a_damaged_angle_file_is_said(text, problem):
    with pytest.raises(BadOpenSimFile) as error:
        read_mot(io.StringIO(text), "a.mot")
    assert str(error.value) == f"a.mot is not a file of OpenSim that can be read: {problem}."
