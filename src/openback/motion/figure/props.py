"""What the figure holds, sits on and pulls at: plain solids, placed from its poses.

Every maker is given the poses along time and returns parts whose places follow them; nothing here is told by
an exercise file but the prop's name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from openback.motion.figure import props_held, props_stood
from openback.motion.figure.prop_parts import Part
from openback.motion.skeleton.kinematics import Pose

MAKERS: Final[Mapping[str, Callable[[Pose], Iterable[Part]]]] = MappingProxyType(
    {
        "mat": props_stood.mat,
        "bench_flat": props_stood.bench_flat,
        "bench_incline": props_stood.bench_incline,
        "seat": props_stood.seat,
        "chair": props_stood.chair,
        "thigh_pad": props_stood.thigh_pad,
        "cable_high": props_held.cable("high"),
        "cable_mid": props_held.cable("mid"),
        "cable_low": props_held.cable("low"),
        "bar_wide": props_held.bar_wide,
        "bar_short": lambda poses: (props_held.bar(poses, 0.09),),
        "handles": props_held.handles,
        "rope": props_held.rope,
        "pull_up_bar": props_held.pull_up_bar,
        "barbell": props_held.barbell,
        "dumbbells": lambda poses: props_held.dumbbell(poses, (0, 1)),
        "dumbbell_right": lambda poses: props_held.dumbbell(poses, (1,)),
        "band_hands": props_held.band_hands,
        "band_high": props_held.band("high"),
        "band_mid": props_held.band("mid"),
        "band_feet": props_held.band("feet"),
        "wall_behind": lambda poses: props_stood.wall(poses, -1.0),
        "wall_ahead": lambda poses: props_stood.wall(poses, 1.0),
        "doorway": props_stood.doorway,
        "roller": props_stood.roller,
        "cushion": props_stood.cushion,
    }
)
GRIPPING: Final = frozenset(
    {"bar_wide", "bar_short", "handles", "rope", "pull_up_bar", "barbell", "dumbbells", "dumbbell_right"}
) | {name for name in MAKERS if name.startswith(("cable", "band"))}
FLAT_HANDED: Final = frozenset({"all_fours", "plank"})


def parts(names: Iterable[str], poses: Pose) -> tuple[Part, ...]:
    """Return the parts of the named props; `poses` has one leading axis of time."""
    known = tuple(names)
    found = [part for name in known for part in MAKERS[name](poses)]
    if "handles" in known and any(name.startswith("cable") for name in known):
        found += props_held.straps(poses, next(name for name in known if name.startswith("cable")))
    return tuple(found)
