"""The errors of a pose model, as fitted on real clips (`data/pose_noise.toml`), for test motion."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

import numpy as np
import numpy.typing as npt

from openback.model.motion import INDEX, LANDMARKS
from openback.motion.skeleton.rotations import Floats

# Classes by the model's own visibility, as `seen_as` numbers them.
SEEN: Final = ("seen", "doubtful", "hidden")
_BOUNDS: Final = (0.8, 0.3)
_FACE: Final = ("nose", "eye", "ear", "mouth")
_HAND: Final = ("pinky", "index", "thumb")
_FOOT: Final = ("heel", "foot")
PARTS: Final = ("quick", "slow", "steady", "picture")
# Whose errors a landmark shares: fingers go where the wrist goes.
_FOLLOWS: Final[Mapping[str, str]] = {
    **{f"{side}_{part}": f"{side}_wrist" for side in ("left", "right") for part in _HAND},
    **{f"{side}_{part}": f"{side}_ankle" for side in ("left", "right") for part in ("heel", "foot_index")},
}
# Bones whose depth the model tells only in part, each from the joint it hangs on.
LIMBS: Final = tuple(
    tuple((INDEX[f"{side}_{a}"], tuple(INDEX[f"{side}_{b}"] for b in ends)) for a, ends in chain)
    for side in ("left", "right")
    for chain in (
        (("shoulder", ("elbow",)), ("elbow", ("wrist",)), ("wrist", _HAND)),
        (("hip", ("knee",)), ("knee", ("ankle",)), ("ankle", ("heel", "foot_index"))),
    )
)


def group_of(landmark: str) -> str:
    """Return the kind of a landmark: its left and right, and those of one part, err alike."""
    if any(word in landmark for word in _FACE):
        return "head"
    part = landmark.split("_", 1)[1]
    if part in _HAND:
        return "hand"
    return "foot" if part.startswith(_FOOT) else part


def seen_as(visibility: Floats) -> npt.NDArray[np.int64]:
    """Return the number of each class in SEEN."""
    return np.asarray(np.sum([visibility < bound for bound in _BOUNDS], axis=0), dtype=np.int64)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Noise:
    """Standard deviations in trunk lengths: each part maps to (class, landmark, flat or deep), (3, 33, 2)."""

    memory_s: float
    limb_depth_share: float
    clip_depth_share_sd: float
    limb_depth_share_sd: float
    parts: Mapping[str, Floats]


@lru_cache(maxsize=1)
def fitted() -> Noise:
    """Return the errors that ship with Openback."""
    text = files("openback").joinpath("data", "pose_noise.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    parts = {
        part: np.array(
            [
                [
                    [table[group_of(name)][seen][f"{part}_{way}"] for way in ("flat", "deep")]
                    for name in LANDMARKS
                ]
                for seen in SEEN
            ]
        )
        for part in PARTS
    }
    return Noise(
        memory_s=table["memory_s"],
        limb_depth_share=table["limb_depth_share"],
        clip_depth_share_sd=table["clip_depth_share_sd"],
        limb_depth_share_sd=table["limb_depth_share_sd"],
        parts=parts,
    )


NONE: Final = Noise(
    memory_s=1.0,
    limb_depth_share=1.0,
    clip_depth_share_sd=0.0,
    limb_depth_share_sd=0.0,
    parts={part: np.zeros((len(SEEN), len(LANDMARKS), 2)) for part in PARTS},
)


def flattened(points: Floats, noise: Noise, rng: np.random.Generator) -> Floats:
    """Return points (N, 33, 3) with limbs that reach less deep, as the model tells them."""
    told = points.copy()
    usual = rng.normal(noise.limb_depth_share, noise.clip_depth_share_sd)
    for chain in LIMBS:
        for start, ends in chain:
            share = np.clip(rng.normal(usual, noise.limb_depth_share_sd), 0.15, 1.0)
            for end in ends:
                told[:, end, 2] = told[:, start, 2] + share * (points[:, end, 2] - points[:, start, 2])
    return told


def errors(
    visibility: Floats, rate_hz: float, noise: Noise, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Return errors in trunk lengths of the world landmarks and of the picture's (each (N, 33, 3)).

    Both wander alike and differ in the quick part, as the model makes them of one look at the picture.
    """
    shape = (*visibility.shape, 3)
    scale = {part: _scales(noise.parts[part], seen_as(visibility)) for part in PARTS}
    lasting = wandering(shape, rate_hz, noise.memory_s, rng) * scale["slow"]
    lasting += rng.standard_normal(shape[1:]) * scale["steady"]
    for name, leader in _FOLLOWS.items():
        lasting[:, INDEX[name]] += lasting[:, INDEX[leader]]
    world = lasting + rng.standard_normal(shape) * scale["quick"]
    return world, lasting + rng.standard_normal(shape) * scale["picture"]


def _scales(part: Floats, classes: npt.NDArray[np.int64]) -> Floats:
    """Return the deviation of each frame, landmark and direction (N, 33, 3)."""
    both = part[classes, np.arange(classes.shape[1])]
    return both[..., [0, 0, 1]]


def wandering(shape: tuple[int, ...], rate_hz: float, memory_s: float, rng: np.random.Generator) -> Floats:
    """Return a smooth random course along the first axis, of unit spread, forgotten after `memory_s`.

    White noise through the same low-pass twice: its autocorrelation falls to 1/e at 2.146 of their time.
    """
    keep = float(np.exp(-2.146 / (memory_s * rate_hz)))
    early = int(8 * memory_s * rate_hz) + 1
    course = rng.standard_normal((shape[0] + early, *shape[1:]))
    for _ in range(2):
        for n in range(1, len(course)):
            course[n] += keep * course[n - 1]
    spread = np.sqrt((1 + keep**2) / (1 - keep**2) ** 3)
    return np.asarray(course[early:] / spread)
