"""Measure how well a posture check repeats on the same real photo, and write its part of `docs/accuracy.md`.

`python -m scripts.posture_repeatability FOLDER [--stills 4] [--dry]` looks at every photo of a folder, and at some
stills of every clip in it or below, and again at each of them cropped, scaled, in other light, mirrored and with the
noise of strong JPEG compression. Pictures that the check itself refuses are left out and counted. Then it checks
made bodies whose posture is known.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps

from openback import vision
from openback.model.posture import SeenFrame, Shot
from openback.motion.posture import check, posture_rules, shot_of
from openback.vision.landmarker import Landmarker
from openback.vision.looks import looks_at
from scripts.marked import with_part
from scripts.posture_made import Outcome, trials
from scripts.system import ROOT

PAGE: Final = ROOT / "docs" / "accuracy.md"
BEGINS: Final = "<!-- begin: made by `python -m scripts.posture_repeatability` -->"
ENDS: Final = "<!-- end: made by `python -m scripts.posture_repeatability` -->"
OPPOSITE: Final[Mapping[Shot, Shot]] = {"left": "right", "right": "left", "front": "front", "back": "back"}
SIDED: Final = frozenset({"shoulder_level_deg", "head_level_deg", "trunk_lean_left_deg"})
Picture = npt.NDArray[np.uint8]
Box = tuple[float, float, float, float]
Readings = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One way in which a photo is changed; `kind` is its column."""

    kind: str
    name: str
    made: Callable[[Picture, Box], Picture]


# --- Ways to change a photo that leave the person as they are ------------------------------------------------


def cropped(margin: float) -> Callable[[Picture, Box], Picture]:
    """Return what cuts a photo to the person and a margin, as a share of the person's height."""

    def made(picture: Picture, box: Box) -> Picture:
        left, top, right, bottom = box
        more = margin * (bottom - top)
        height, width = picture.shape[:2]
        rows = slice(max(0, int(top - more)), min(height, int(bottom + more) + 1))
        columns = slice(max(0, int(left - more)), min(width, int(right + more) + 1))
        return np.ascontiguousarray(picture[rows, columns])

    return made


def scaled(by: float) -> Callable[[Picture, Box], Picture]:
    """Return what makes a photo larger or smaller."""

    def made(picture: Picture, _box: Box) -> Picture:
        height, width = picture.shape[:2]
        size = (round(width * by), round(height * by))
        return np.asarray(Image.fromarray(picture).resize(size, Image.Resampling.LANCZOS))

    return made


def lit(red: float, green: float, blue: float) -> Callable[[Picture, Box], Picture]:
    """Return what changes the light of a photo, by colour."""

    def made(picture: Picture, _box: Box) -> Picture:
        bright: Picture = np.clip(picture * np.array([red, green, blue]), 0, 255).astype(np.uint8)
        return bright

    return made


def mirrored(picture: Picture, _box: Box) -> Picture:
    """Return a photo as a mirror shows it."""
    return np.asarray(ImageOps.mirror(Image.fromarray(picture)))


def compressed(quality: int, noise: float = 0.0) -> Callable[[Picture, Box], Picture]:
    """Return what saves a photo as JPEG, after noise of a standard deviation in steps of 255."""

    def made(picture: Picture, _box: Box) -> Picture:
        noisy = picture + np.random.default_rng(1).normal(0, noise, picture.shape) if noise else picture
        file = io.BytesIO()
        Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8)).save(file, "JPEG", quality=quality)
        return np.asarray(Image.open(file).convert("RGB"), dtype=np.uint8)

    return made


CHANGES: Final = (
    Change(kind="Crop", name="close", made=cropped(0.12)),
    Change(kind="Crop", name="wide", made=cropped(0.3)),
    Change(kind="Scale", name="0.6", made=scaled(0.6)),
    Change(kind="Scale", name="0.8", made=scaled(0.8)),
    Change(kind="Scale", name="1.5", made=scaled(1.5)),
    Change(kind="Light", name="darker", made=lit(0.7, 0.7, 0.7)),
    Change(kind="Light", name="brighter", made=lit(1.4, 1.4, 1.4)),
    Change(kind="Light", name="warm", made=lit(1.1, 1.0, 0.8)),
    Change(kind="Mirror", name="mirror", made=mirrored),
    Change(kind="JPEG noise", name="quality 30", made=compressed(30)),
    Change(kind="JPEG noise", name="noise 10, quality 60", made=compressed(60, noise=10)),
)
KINDS: Final = tuple(dict.fromkeys(change.kind for change in CHANGES))


# --- Measuring -----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Found:
    """What came of it: differences in degrees by measure and kind, from eight looks and from one."""

    pictures: int = 0
    told: int = 0
    refused: int = 0  # changed pictures of which the check told nothing any more
    eight: dict[tuple[str, str], list[float]] = field(default_factory=dict)
    one: dict[str, list[float]] = field(default_factory=dict)
    photos: dict[str, int] = field(default_factory=dict)


def readings_of(looks: Sequence[SeenFrame], shot: Shot, *, single: bool = False) -> Readings:
    """Return what the check tells of one photo; of a single look, what one frame would have said."""
    rules = replace(posture_rules(), least_frames=1) if single else posture_rules()
    found = check({shot: looks[:1] if single else looks}, rules=rules)
    return {name: told.value for name, told in found.readings.items()}


def measure(
    picture: Picture, landmarker: Landmarker, found: Found, changes: Sequence[Change] = CHANGES
) -> None:
    """Add what one photo and its changed copies tell."""
    height, width = picture.shape[:2]
    looks = looks_at(picture, landmarker, (width, height))
    found.pictures += 1
    shot = shot_of(looks[0].frame)
    before = {} if shot is None else readings_of(looks, shot)
    if shot is None or not before:
        return
    found.told += 1
    before_one = readings_of(looks, shot, single=True)
    for name in before:
        found.photos[name] = found.photos.get(name, 0) + 1
    points = looks[0].frame.image_px
    box = (*points.min(axis=0).tolist(), *points.max(axis=0).tolist())
    for change in changes:
        other = change.made(picture, box)
        seen = looks_at(other, landmarker, (other.shape[1], other.shape[0]))
        as_shot = OPPOSITE[shot] if change.kind == "Mirror" else shot
        after = _signed(readings_of(seen, as_shot), change)
        found.refused += not after
        for name in before.keys() & after.keys():
            found.eight.setdefault((name, change.kind), []).append(after[name] - before[name])
        after_one = _signed(readings_of(seen, as_shot, single=True), change)
        for name in before_one.keys() & after_one.keys():
            found.one.setdefault(name, []).append(after_one[name] - before_one[name])


def _signed(readings: Readings, change: Change) -> Readings:
    """Return readings of a changed photo with left and right as in the photo itself."""
    turned = SIDED if change.kind == "Mirror" else frozenset()
    return {name: -value if name in turned else value for name, value in readings.items()}


def pictures_in(folder: Path, stills: int) -> Iterator[Picture]:
    """Yield every photo of a folder, and some stills of every clip in it."""
    for path in sorted(folder.rglob("*.jpg")):
        yield vision.photo_picture(path)
    for path in sorted(folder.rglob("*.mp4")):
        long_s = vision.probe(path).duration_s
        times_s = [long_s * (number + 0.5) / stills for number in range(stills)]
        yield from vision.pictures_at(path, times_s)


def rms(values: Sequence[float]) -> float:
    """Return the root mean square, NaN of nothing."""
    return float(np.sqrt(np.mean(np.square(values)))) if values else float("nan")


# --- The page ------------------------------------------------------------------------------------------------


INTRODUCTION: Final = """## Posture: the same photo again

How far the readings of one photo move when the photo is changed and the person is not: root mean square, in degrees.
`python -m scripts.posture_repeatability FOLDER` writes this part again.
Of {pictures} real photos and stills of clips, made by people outside the project, the check told something of {told}; it refused the rest, mostly because the body was bent over or turned between two shots.
They show people at exercises, not people who stand for a posture check; no threshold was fitted to them.
Each was looked at again in {changes} ways: cropped to the person with a margin of 12 and of 30 % of the height, scaled to 0.6, 0.8 and 1.5, darker by 30 %, brighter by 40 %, in warm light, mirrored (left and right swapped back), and saved as JPEG of quality 30, and of quality 60 after noise.
Of {refused} of these {made} copies the check told nothing any more.
"""
CLOSING: Final = """
*Together* is over all ways; *95 of 100* differed by less than the number below it; *one look* is what a single look would have given instead of the average over eight.
*Worth believing* is the smallest change that the check calls one.
This is the pose model's and the picture's part only: a person who stands twice does not stand alike, which is why it is smaller than what is worth believing.
It says nothing of how near the readings are to a goniometer's: nobody has measured that for these lines, and the band of a reading holds an allowance of ours for it.
"""


MADE: Final = """
### On made bodies

The same check of {people} made people whose posture is known, each checked twice: seen by a made camera from four sides with the errors that the pose model shows on real clips ([test-motion.md](test-motion.md)), which stands a little crooked and anew the second time, while they turn a few degrees short or too far and stand about a degree differently in every joint.
*Error* is the root mean square error against a perfect camera; *in the band* the share of readings whose 80 % band holds the truth; *95 of 100* pairs of checks differed by less.
"""
MADE_CLOSING: Final = """
What is worth believing was chosen from trials like these, so the bar says only that it still holds.
The bands are wider than these bodies need, since a made ear lies where the model looks for one, and real ears, hair and clothes may not.
The head's tilt is told worst: the points across a head are near to each other.
"""


def made_part(outcome: Outcome) -> str:
    """Return what came of made bodies."""
    rules = posture_rules()
    people = max((len(values) for values in outcome.apart.values()), default=0)
    lines = [
        MADE.format(people=people),
        "| Measure | Error | In the band | 95 of 100 | Worth believing |",
        "|---|---|---|---|---|",
    ]
    missed = []
    for name, rule in rules.measures.items():
        inside = outcome.inside.get(name, [])
        apart = np.abs(outcome.apart.get(name, []))
        most = float(np.percentile(apart, 95)) if apart.size else float("nan")
        share = f"{100 * sum(inside) / len(inside):.0f} %" if inside else "–"
        missed += [rule.name.lower()] if most > rule.smallest_change_deg else []
        cells = [rule.name, _number(rms(outcome.errors.get(name, []))), share, _number(most)]
        lines.append(f"| {' | '.join(cells)} | {rule.smallest_change_deg:g} |")
    return "\n".join(lines) + "\n" + _bar("pairs of checks", missed) + MADE_CLOSING


def _bar(what: str, missed: Sequence[str]) -> str:
    verdict = f"For {' and '.join(missed)} it is missed." if missed else "It is met by every measure."
    return f"\n**Bar of ours: 95 of 100 {what} differ by less than is worth believing.** {verdict}\n"


def page_part(found: Found, outcome: Outcome) -> str:
    """Return the part of the page."""
    rules = posture_rules()
    made = found.told * len(CHANGES)
    lines = [
        INTRODUCTION.format(
            pictures=found.pictures, told=found.told, changes=len(CHANGES), refused=found.refused, made=made
        ),
        f"| Measure | Pictures | {' | '.join(KINDS)} | **Together** | 95 of 100 | One look | Worth believing |",
        f"|---|{'---|' * (len(KINDS) + 5)}",
    ]
    missed = []
    for name, rule in rules.measures.items():
        by_kind = [found.eight.get((name, kind), []) for kind in KINDS]
        every = [value for values in by_kind for value in values]
        most = float(np.percentile(np.abs(every), 95)) if every else float("nan")
        missed += [rule.name.lower()] if most > rule.smallest_change_deg else []
        cells = [
            rule.name,
            str(found.photos.get(name, 0)),
            *(_number(rms(values)) for values in by_kind),
            f"**{_number(rms(every))}**",
            _number(most),
            _number(rms(found.one.get(name, []))),
            f"{rule.smallest_change_deg:g}",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n" + _bar("copies", missed) + CLOSING + made_part(outcome) + "\n"


def _number(value: float) -> str:
    return "–" if np.isnan(value) else f"{value:.1f}"


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--stills", type=int, default=4)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--dry", action="store_true")
    given = parser.parse_args()
    found = Found()
    with Landmarker("full", most=3) as landmarker:
        for number, picture in enumerate(pictures_in(given.folder, given.stills), 1):
            measure(picture, landmarker, found)
            print(f"\r{number} pictures", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    part = page_part(found, trials(given.people))
    if given.dry:
        print(part)
        return
    PAGE.write_text(
        with_part(PAGE.read_text(encoding="utf-8"), part, begins=BEGINS, ends=ENDS), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
