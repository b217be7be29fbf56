"""The posture check: from pictures of somebody to readings, kept checks, and how they went over weeks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

import uuid_utils.compat as uuid

from openback import vision
from openback.errors import BadPosturePhotos, NoPostureTold, NotFound
from openback.model.journal import MeasuredBy, PostureCheck, PostureReading
from openback.model.motion import LandmarkFrame
from openback.model.posture import C7Mark, Problem, SeenFrame, Shot
from openback.motion.posture import check, picture_problem, shot_of, usable
from openback.services.app import App
from openback.services.posture_showing import posture_view, view_of
from openback.services.posture_trends import posture_findings, posture_trend
from openback.services.posture_views import (
    PostureAnswer,
    PosturePhoto,
    PosturePhotos,
    PostureProblemView,
    PostureView,
)
from openback.services.posture_words import problem_said
from openback.services.who import known_person
from openback.storage import Change

__all__ = [
    "answer_frames",
    "check_frames",
    "check_photos",
    "delete_check",
    "keep_check",
    "kept_check",
    "posture_findings",
    "posture_trend",
    "problem_said",
]

# Photos are seconds apart at least; the looks at one photo show the same moment.
_PHOTOS_APART_S: Final = 10.0

Shots = Mapping[Shot, Sequence[SeenFrame]]


# --- Checking ------------------------------------------------------------------------------------------------


def check_frames(
    app: App, shots: Shots, *, by: MeasuredBy = "camera", c7: C7Mark | None = None
) -> PostureView:
    """Return what frames of some shots tell; keeps nothing. Shots of no use are told among its `problems`."""
    found = check(shots, c7, stands=by == "camera")
    problems = tuple(
        PostureProblemView(shot=one.shot, problem=one.problem, said=problem_said(one.problem, one.shot))
        for one in found.problems
    )
    return posture_view(found, app.now(), by, problems)


def answer_frames(
    app: App, shots: Shots, *, by: MeasuredBy = "camera", c7: C7Mark | None = None, keep: bool = False
) -> PostureAnswer:
    """Return a check and the trend; with `keep` it is kept first, if anything was told. Raises NoProfileYet then."""
    seen = check_frames(app, shots, by=by, c7=c7)
    if not keep or not seen.readings:
        return PostureAnswer(check=seen, trend=posture_trend(app), kept=False)
    change = keep_check(app, seen)
    kept = posture_trend(app)
    mine = next((one for one in kept.checks if change and str(one.id) == change.key.rpartition("/")[2]), seen)
    shown = replace(mine, problems=seen.problems)
    return PostureAnswer(check=shown, trend=kept, kept=True, undo=change.token if change else None)


def check_photos(
    paths: Sequence[Path], *, at: datetime, c7_xy: tuple[float, float] | None = None
) -> PosturePhotos:
    """Return what photos tell, each taken for the shot that it is.

    `c7_xy` is where the C7 point was marked on the first photo from the side: shares of its width and height, or
    pixels. Raises BadPosturePhotos, NoPostureTold when nothing can be told, and what reading a photo raises.
    """
    if not paths:
        raise BadPosturePhotos("There is no photo")
    shots: dict[Shot, tuple[SeenFrame, ...]] = {}
    photos, problems = [], []
    marked: C7Mark | None = None
    for number, path in enumerate(paths):
        looks = _at(vision.photo_looks(path), number * _PHOTOS_APART_S)
        shot = shot_of(looks[0].frame)
        problem = _photo_problem(looks, shot)
        photos.append(PosturePhoto(name=path.name, shot=shot, used=problem is None))
        if shot in {"left", "right"} and c7_xy is not None and marked is None:
            marked = _mark(shot, c7_xy, looks[0].frame)
        if problem is not None:
            said = problem_said(problem, shot if problem == "wrong_view" else None)
            problems.append(PostureProblemView(shot=shot, problem=problem, said=said, photo=path.name))
        elif shot is not None:
            shots[shot] = (*shots.get(shot, ()), *looks)
    if c7_xy is not None and marked is None:
        raise BadPosturePhotos("The C7 point has to be marked on a photo from the side, and there is none")
    seen = posture_view(check(shots, marked), at, "photo", tuple(problems))
    if not seen.readings:
        raise NoPostureTold([_of_photo(one) for one in problems] or [one.why for one in seen.untold[:1]])
    return PosturePhotos(check=seen, photos=tuple(photos))


def _photo_problem(looks: Sequence[SeenFrame], shot: Shot | None) -> Problem | None:
    return picture_problem(looks[0], "front") or "wrong_view" if shot is None else usable(looks, shot)[1]


def _at(looks: Sequence[SeenFrame], t_s: float) -> tuple[SeenFrame, ...]:
    return tuple(replace(look, frame=replace(look.frame, t_s=t_s)) for look in looks)


def _mark(shot: Shot, xy: tuple[float, float], frame: LandmarkFrame) -> C7Mark:
    x, y = xy
    if max(x, y) > 1:
        x, y = x / frame.width_px, y / frame.height_px
    if not (0 <= x <= 1 and 0 <= y <= 1):
        raise BadPosturePhotos("The C7 point lies outside the photo")
    return C7Mark(shot=shot, x=x, y=y)


def _of_photo(problem: PostureProblemView) -> str:
    return f"{problem.photo}: {problem.said[0].lower()}{problem.said[1:]}"


# --- Keeping -------------------------------------------------------------------------------------------------


def keep_check(app: App, seen: PostureView) -> Change | None:
    """Keep a check, and return what takes it back. Raises NoProfileYet, and NoPostureTold for one without readings."""
    known_person(app)
    if not seen.readings:
        raise NoPostureTold([one.said for one in seen.problems])
    kept = PostureCheck(
        id=seen.id or uuid.uuid7(),
        at=seen.at,
        by=seen.by,
        readings={
            one.id: PostureReading(
                value=one.value,
                low=one.low,
                high=one.high,
                frames=one.frames,
                by_shot={str(shot): value for shot, value in one.by_shot.items()},
            )
            for one in seen.readings
        },
        untold={one.id: one.why for one in seen.untold},
        c7_angle_deg=seen.c7.value if seen.c7 else None,
        c7_low_deg=seen.c7.low if seen.c7 else None,
        c7_high_deg=seen.c7.high if seen.c7 else None,
        cautions=seen.cautions,
        note=seen.note,
    )
    return app.store.put_entry(app.person_id, kept)


def delete_check(app: App, check_id: UUID) -> Change | None:
    """Take a check away, and return what brings it back. Raises NotFound."""
    if app.store.find_entry(app.person_id, PostureCheck, check_id) is None:
        what = "posture check"
        raise NotFound(what, str(check_id))
    return app.store.delete_entry(app.person_id, PostureCheck, check_id)


def kept_check(app: App, check_id: UUID) -> PostureView:
    """Return a kept check. Raises NotFound."""
    found = app.store.find_entry(app.person_id, PostureCheck, check_id)
    if found is None:
        what = "posture check"
        raise NotFound(what, str(check_id))
    return view_of(found)
