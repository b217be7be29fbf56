"""Fit the errors of the pose model on real clips: what `data/pose_noise.toml` holds for test motion.

`python -m scripts.fit_noise CLIP... ` reads the landmarks of clips (or `.npz` files of landmarks that were kept) and
prints the table of TOML, to be copied by hand. No clip has a known truth, so the errors come from what must be so:
joints move smoothly within a fifth of a second (what is left over is the quick part), and the lengths of bones do
not change (how they change within a clip is the slow part, how far they are from published ones the steady part).
Everything is in trunk lengths, by kind of landmark and by how visible the model says it is.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import nnls
from scipy.signal import savgol_filter

from openback.model.motion import INDEX, LANDMARKS
from openback.motion.skeleton import body, pose
from openback.motion.synthesis.noise import SEEN, group_of, seen_as

Floats = npt.NDArray[np.float64]
# Variances that add up, each with its weight, and to what.
Spreads = dict[tuple[str, str, str], float]
WAYS: Final = ("flat", "deep")
Equation = tuple[list[tuple[tuple[str, str, str], float]], float]

# Lengths that stay: whole bones, and the breadths of trunk, head, hands and feet. Not shoulder to hip: girdles move.
_SIDED: Final = (
    *(("shoulder", "elbow"), ("elbow", "wrist"), ("hip", "knee"), ("knee", "ankle")),
    *(("wrist", "index"), ("wrist", "pinky"), ("wrist", "thumb"), ("ankle", "heel"), ("heel", "foot_index")),
)
RIGID: Final = (
    *((f"{side}_{a}", f"{side}_{b}") for side in ("left", "right") for a, b in _SIDED),
    *(("left_shoulder", "right_shoulder"), ("left_hip", "right_hip")),
    *(("left_ear", "right_ear"), ("nose", "left_ear"), ("nose", "right_ear"), ("left_eye", "right_eye")),
)
LARGE: Final = tuple(
    pair for pair in RIGID if group_of(pair[1]) in {"shoulder", "elbow", "wrist", "hip", "knee", "ankle"}
)
LIMBS: Final = tuple(
    (f"{side}_{a}", f"{side}_{b}")
    for side in ("left", "right")
    for a, b in (("shoulder", "elbow"), ("elbow", "wrist"))
)
_OF_LIMBS: Final = ("elbow", "wrist", "hand", "knee", "ankle", "foot")
# How much people's proportions differ: standard deviation over the mean of a length (project default).
PROPORTIONS_SD: Final = 0.05
# How many equations the common answer weighs for each kind.
LEAN: Final = 3.0
ROUNDS: Final = 20
SMALLEST: Final = 0.005**2
SMOOTH_S: Final = 0.2
MANY: Final = 40  # frames of a kind in a clip that are worth a number


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Track:
    """Landmarks of one clip in trunk lengths: world and picture (N, 33, 3), visibility (N, 33)."""

    fps: float
    world: Floats
    image: Floats
    visibility: Floats


def tracks(paths: Iterable[Path]) -> Iterator[Track]:
    """Yield the landmarks of each clip, frames without anybody left out."""
    for path in paths:
        t_s, world, image, visibility = _kept(path) if path.suffix == ".npz" else _watched(path)
        found = np.isfinite(world[:, INDEX["left_shoulder"], 0])
        world, image = world[found], image[found]
        yield Track(
            fps=float(1 / np.median(np.diff(t_s))),
            world=world / _trunk(world),
            image=image / _trunk(image * (1.0, 1.0, 0.0)),
            visibility=visibility[found],
        )


def _kept(path: Path) -> tuple[Floats, Floats, Floats, Floats]:
    with np.load(path) as kept:
        return kept["t_s"], kept["world"], kept["image"], kept["vis"]


def _watched(path: Path) -> tuple[Floats, Floats, Floats, Floats]:
    from openback.vision import clip_frames  # noqa: PLC0415 - only with the video parts

    frames = list(clip_frames(path))
    return (
        np.array([frame.t_s for frame in frames]),
        np.stack([frame.world_m for frame in frames]),
        np.stack([np.column_stack([frame.image_px, frame.depth_px]) for frame in frames]),
        np.stack([frame.visibility for frame in frames]),
    )


def _trunk(points: Floats) -> float:
    ends = [points[:, INDEX[f"{side}_{part}"]] for part in ("shoulder", "hip") for side in ("left", "right")]
    return float(np.median(np.linalg.norm(ends[0] + ends[1] - ends[2] - ends[3], axis=1) / 2))


# --- The quick part ----------------------------------------------------------------------------------


def quick(all_tracks: Sequence[Track], source: str) -> dict[tuple[str, str], tuple[float, float]]:
    """Return the standard deviation of the quick part, across the picture and in depth, by kind and class."""
    found: dict[tuple[str, str], list[Floats]] = {}
    for track in all_tracks:
        left_over = _left_over(getattr(track, source), track.fps)
        classes = seen_as(track.visibility)
        for group in dict.fromkeys(map(group_of, LANDMARKS)):
            columns = [INDEX[name] for name in LANDMARKS if group_of(name) == group]
            for number, name in enumerate(SEEN):
                rest = left_over[:, columns][classes[:, columns] == number]
                if len(rest) >= MANY:
                    found.setdefault((group, name), []).append(_spread(rest))
    return {key: _flat_and_deep(np.median(values, axis=0)) for key, values in found.items()}


def _left_over(points: Floats, fps: float) -> Floats:
    window = max(round(SMOOTH_S * fps) | 1, 5)
    own_weight = savgol_filter(np.eye(2 * window + 1)[window], window, 2)[window]
    smooth = savgol_filter(points, window, 2, axis=0)
    return np.asarray((points - smooth) / np.sqrt(1 - own_weight))


def _spread(rest: Floats) -> Floats:
    """Return the standard deviation (3,), jumps counted as five times the ordinary."""
    ordinary = 1.4826 * np.median(np.abs(rest), axis=0)
    return np.asarray(np.std(np.clip(rest, -5 * ordinary, 5 * ordinary), axis=0))


def _flat_and_deep(spread: Floats) -> tuple[float, float]:
    return float(np.hypot(spread[0], spread[1]) / np.sqrt(2)), float(spread[2])


# --- The slow and the steady part --------------------------------------------------------------------


def slow(all_tracks: Sequence[Track], share: float) -> Spreads:
    """Return standard deviations by kind, class and direction (`flat`, `deep`), from how lengths change.

    A length errs by the errors of its two ends along it: in depth as far as it points there, else in the
    picture. So every length gives one equation, and least squares without negative variances solves them.
    Seven clips are few: what is common to all kinds is solved first, and each kind leans towards it.
    """
    equations = [
        found for track in all_tracks for pair in RIGID for found in _equations(track, pair, "slow", share)
    ]
    common = _solved(equations, [(seen, way) for seen in SEEN for way in WAYS], lambda name: name[1:], {})
    names = [(group, seen, way) for group in _groups() for seen in SEEN for way in WAYS]
    solved = _solved(equations, names, lambda name: name, {name: common[name[1:]] for name in names})
    return {(name[0], name[1], name[2]): float(np.sqrt(variance)) for name, variance in solved.items()}


def steady(all_tracks: Sequence[Track], share: float, quick_part: Spreads) -> Spreads:
    """Return the same from how far lengths are from published ones.

    One equation a clip and length cannot tell directions apart: depth errs as much more than the picture as
    in the quick part. Kinds lean towards what is common to all.
    """
    ratio = {
        seen: float(
            np.median(
                [
                    quick_part[g, seen, "deep"] / quick_part[g, seen, "flat"]
                    for g in _groups()
                    if (g, seen, "flat") in quick_part
                ]
            )
        )
        for seen in SEEN
    }
    equations = [
        (
            [
                (name, weight * (ratio[name[1]] ** 2 if name[2] == "deep" else 1.0))
                for name, weight in weights
            ],
            square,
        )
        for track in all_tracks
        for pair in RIGID
        for weights, square in _equations(track, pair, "steady", share)
    ]
    common = _solved(equations, [(seen,) for seen in SEEN], lambda name: name[1:2], {})
    names = [(group, seen) for group in _groups() for seen in SEEN]
    flat = _solved(equations, names, lambda name: name[:2], {name: common[name[1:]] for name in names})
    return {
        (group, seen, way): float(np.sqrt(flat[group, seen])) * (ratio[seen] if way == "deep" else 1.0)
        for group in _groups()
        for seen in SEEN
        for way in WAYS
    }


def _solved(
    equations: Sequence[Equation],
    names: Sequence[tuple[str, ...]],
    of: Callable[[tuple[str, str, str]], tuple[str, ...]],
    towards: Mapping[tuple[str, ...], float],
) -> dict[tuple[str, ...], float]:
    column = {name: n for n, name in enumerate(names)}
    matrix = np.zeros((len(equations) + len(towards), len(names)))
    wanted = np.zeros(len(matrix))
    for n, (weights, square) in enumerate(equations):
        wanted[n] = square
        for variance_of, weight in weights:
            matrix[n, column[of(variance_of)]] += weight
    for n, (name, variance) in enumerate(towards.items(), len(equations)):
        matrix[n, column[name]], wanted[n] = LEAN, LEAN * variance
    # A square scatters by its own size: without these weights the few wildest lengths would decide.
    solved, _ = nnls(matrix, wanted)
    for _ in range(ROUNDS):
        trust = 1 / np.maximum(matrix @ solved, SMALLEST)
        solved, _ = nnls(matrix * trust[:, None], wanted * trust)
    return dict(zip(names, map(float, solved), strict=True))


def _groups() -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(group_of, LANDMARKS)))


def _equations(track: Track, pair: tuple[str, str], part: str, share: float) -> Iterator[Equation]:
    first, second = (INDEX[name] for name in pair)
    groups = (group_of(pair[0]), group_of(pair[1]))
    told = share if groups[1] in _OF_LIMBS else 1.0
    size = _size(track, share) if part == "steady" else 1.0
    bone = _smooth(track.world[:, second] - track.world[:, first], track.fps) / (1.0, 1.0, told)
    length = np.linalg.norm(bone, axis=1)
    deep = (bone[:, 2] / length) ** 2
    classes = seen_as(track.visibility[:, [first, second]])
    for a, b in product(range(len(SEEN)), repeat=2):
        kind = (classes[:, 0] == a) & (classes[:, 1] == b)
        if kind.sum() < MANY:
            continue
        usual = float(np.median(length[kind]))
        square = float(np.mean(np.minimum((length[kind] - usual) ** 2, 0.15**2)))
        if part == "steady":
            square = max((usual / size - published(pair)) ** 2 - (PROPORTIONS_SD * usual) ** 2, 0.0)
        depth = float(deep[kind].mean())
        ways = (("flat", 1 - depth), ("deep", depth / told**2))
        ends = ((groups[0], SEEN[a]), (groups[1], SEEN[b]))
        yield [((*end, way), weight) for end in ends for way, weight in ways], square


def _size(track: Track, share: float) -> float:
    """Return how large the model tells the whole body beside published lengths: no angle errs by that."""
    ratios = [1.0]  # the trunk, by which everything is told
    for pair in LARGE:
        first, second = (INDEX[name] for name in pair)
        told = share if group_of(pair[1]) in _OF_LIMBS else 1.0
        length = np.linalg.norm((track.world[:, second] - track.world[:, first]) / (1.0, 1.0, told), axis=1)
        seen = track.visibility[:, [first, second]].min(axis=1) > 0.8
        if seen.sum() >= MANY:
            ratios.append(float(np.median(length[seen])) / published(pair))
    return float(np.median(ratios))


def _smooth(points: Floats, fps: float) -> Floats:
    return np.asarray(savgol_filter(points, max(round(SMOOTH_S * fps) | 1, 5), 2, axis=0))


@cache
def published(pair: tuple[str, str]) -> float:
    """Return the mean of a woman's and a man's length between two landmarks, in trunk lengths."""
    lengths = []
    for sex in ("female", "male"):
        own = body(sex)
        points = pose(own, "standing", {}).landmarks_m
        lengths.append(np.linalg.norm(points[INDEX[pair[0]]] - points[INDEX[pair[1]]]) / own.trunk_m)
    return float(np.mean(lengths))


def memory_s(all_tracks: Sequence[Track]) -> float:
    """Return the seconds in which the slow part forgets: where its autocorrelation falls to 1/e, median."""
    times = []
    for track in all_tracks:
        for first, second in RIGID:
            columns = [INDEX[first], INDEX[second]]
            if np.median(track.visibility[:, columns].min(axis=1)) < 0.8:
                continue
            length = np.linalg.norm(track.world[:, columns[1]] - track.world[:, columns[0]], axis=1)
            rest = _smooth(length - length.mean(), track.fps)
            course = np.correlate(rest, rest, "full")[len(rest) - 1 :]
            times.append(int(np.argmax(course < course[0] / np.e)) / track.fps)
    return float(np.median(times))


def depth_share(all_tracks: Sequence[Track]) -> tuple[float, float, float]:
    """Return how much of a limb's depth the model tells: median, spread between clips, and within a clip.

    From the published length and what the picture plane shows of it, for limbs that point there.
    """
    clips = [shares for track in all_tracks if (shares := _depth_shares(track))]
    every = np.concatenate(clips)
    middles = np.array([np.median(shares) for shares in clips])
    within = np.concatenate([np.array(shares) - np.median(shares) for shares in clips if len(shares) > 1])
    return float(np.median(every)), _ordinary(middles - np.median(middles)), _ordinary(within)


def _ordinary(rest: Floats) -> float:
    return float(1.4826 * np.median(np.abs(rest)))


def _depth_shares(track: Track) -> list[float]:
    shares = []
    for first, second in LIMBS:
        a, b = INDEX[first], INDEX[second]
        bone = track.world[:, b] - track.world[:, a]
        hidden = published((first, second)) ** 2 - (bone[:, :2] ** 2).sum(axis=1)
        useful = (hidden > 0.2**2) & (track.visibility[:, [a, b]].min(axis=1) > 0.8)
        if useful.sum() >= MANY:
            true, told = np.sqrt(hidden[useful]), np.abs(bone[useful, 2])
            shares.append(float(true @ told / (true @ true)))
    return shares


# --- The table ---------------------------------------------------------------------------------------


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("clips", nargs="+", type=Path)
    all_tracks = list(tracks(parser.parse_args().clips))
    share, between, within = depth_share(all_tracks)
    print(f"memory_s = {memory_s(all_tracks):.2f}\nlimb_depth_share = {share:.2f}")
    print(f"clip_depth_share_sd = {between:.2f}\nlimb_depth_share_sd = {within:.2f}")
    quick_part = _ways(quick(all_tracks, "world"))
    parts: Mapping[str, Spreads] = {
        "quick": _filled(quick_part),
        "slow": _filled(slow(all_tracks, share)),
        "steady": _filled(steady(all_tracks, share, quick_part)),
        "picture": _filled(_ways(quick(all_tracks, "image"))),
    }
    for group in _groups():
        print(f"\n[{group}]")
        for seen in SEEN:
            cells = [f"{part}_{way} = {parts[part][group, seen, way]:.4f}" for part in parts for way in WAYS]
            print(f"{seen} = {{ {', '.join(cells)} }}")


def _filled(values: Spreads) -> Spreads:
    """Return spreads for all kinds and classes: of the others where the clips never showed one so.

    What is seen less well never errs less: with few clips a class can come out too sure of itself.
    """
    full: Spreads = {}
    for group, way in product(_groups(), WAYS):
        least = 0.0
        for seen in SEEN:
            usual = float(np.median([value for key, value in values.items() if key[1:] == (seen, way)]))
            least = max(least, values.get((group, seen, way), usual))
            full[group, seen, way] = least
    return full


def _ways(both: Mapping[tuple[str, str], tuple[float, float]]) -> Spreads:
    return {(*key, way): value for key, pair in both.items() for way, value in zip(WAYS, pair, strict=True)}


if __name__ == "__main__":
    main()
