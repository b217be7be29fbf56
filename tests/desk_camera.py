"""A camera for the pages of the Desk: whoever stands before it does as the test orders, and everything is known.

A stand-in for the pose model's own script, as in `coach_camera`, with scenes by name instead of a set.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from openback.model.motion import LandmarkFrame
from posing import filmed, landmarks_m

if TYPE_CHECKING:
    from playwright.sync_api import Page

_WORKER: Final = """
const told = JSON.parse(atob("%s"));
const numbers = (text) => new Float32Array(Uint8Array.from(atob(text), (one) => one.charCodeAt(0)).buffer);
const scenes = Object.fromEntries(Object.entries(told.scenes).map(([name, one]) => [name, { ...one, table: numbers(one.table) }]));
let now = told.first;
let looked = 0;
const orders = new BroadcastChannel("desk-stand-in");
orders.onmessage = ({ data }) => { now = data; looked = 0; orders.postMessage({ saw: data }); };
onmessage = ({ data }) => {
  if (data.type === "load") { postMessage({ type: "ready", model: data.model, delegate: "made" }); return; }
  const size = [data.picture.width, data.picture.height];
  data.picture.close();
  const scene = scenes[now];
  const found = scene.frames > 0;
  const row = 231 * (looked++ %% Math.max(1, scene.frames));
  const image = new Float32Array(found ? 99 : 0), world = new Float32Array(found ? 99 : 0), visibility = new Float32Array(found ? 33 : 0);
  for (let point = 0; found && point < 33; point++) {
    for (let axis = 0; axis < 3; axis++) {
      image[3 * point + axis] = scene.table[row + 7 * point + axis];
      world[3 * point + axis] = scene.table[row + 7 * point + 3 + axis];
    }
    visibility[point] = scene.table[row + 7 * point + 6];
  }
  const posed_at = performance.timeOrigin + performance.now();
  postMessage({ type: "found", found, people: scene.people, t_ms: data.t_ms, took_ms: 1, posed_at, image, world, visibility, width: scene.width, height: scene.height });
};
"""

# A camera whose picture has one grey, so that it is as bright or dark as a test wants.
GREY: Final = """
const canvas = document.createElement("canvas");
[canvas.width, canvas.height] = [320, 180];
const pen = canvas.getContext("2d");
let shade = "%s";
new BroadcastChannel("desk-light").onmessage = ({ data }) => { shade = data; };
setInterval(() => { pen.fillStyle = shade; pen.fillRect(0, 0, 400, 400); pen.fillStyle = `hsl(${Date.now() %% 360} 5%% 50%%)`; pen.fillRect(0, 0, 2, 2); }, 50);
MediaDevices.prototype.getUserMedia = async () => canvas.captureStream(20);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What the camera sees: these frames over and over, and so many people."""

    frames: Sequence[LandmarkFrame]
    people: int = 1


NOBODY: Final = Scene(frames=(), people=0)


def stood(
    yaw_deg: float, *, hips_px: tuple[float, float] = (640.0, 400.0), far_m: float = 3.0, **angles: Any
) -> Scene:
    """Return somebody who stands, seen from `yaw_deg` around, with a little of a pose model's noise."""
    rng = np.random.default_rng(1)
    points = landmarks_m(**angles)
    return Scene(
        frames=[
            filmed(
                points + rng.normal(0, 0.002, points.shape),
                t_s=n / 20,
                yaw_deg=yaw_deg,
                at_px=hips_px,
                far_m=far_m,
            )
            for n in range(20)
        ]
    )


def worker_script(scenes: Mapping[str, Scene], first: str) -> str:
    """Return a script that finds these scenes in whatever picture it is given."""
    told = {
        "first": first,
        "scenes": {name: _told(scene) for name, scene in scenes.items()},
    }
    return _WORKER % base64.b64encode(json.dumps(told).encode()).decode()


def _told(scene: Scene) -> dict[str, Any]:
    rows = [
        np.column_stack([one.image_px, one.depth_px, one.world_m, one.visibility]).astype("<f4")
        for one in scene.frames
    ]
    size = (scene.frames[0].width_px, scene.frames[0].height_px) if scene.frames else (1280, 720)
    return {
        "table": base64.b64encode(np.stack(rows).tobytes()).decode() if rows else "",
        "frames": len(rows),
        "people": scene.people,
        "width": size[0],
        "height": size[1],
    }


def feed(page: Page, scenes: Mapping[str, Scene], first: str) -> None:
    """Let the page see these scenes, beginning with `first`, in a picture that is bright enough."""
    script = worker_script(scenes, first)
    page.context.route(
        "**/coach-worker*.js",
        lambda route: route.fulfill(
            body=script,
            content_type="text/javascript",
            headers={"cross-origin-resource-policy": "same-origin"},
        ),
    )


def lit(page: Page, grey: str = "#909090") -> None:
    """Give the page a camera whose picture is all of one grey."""
    page.add_init_script(GREY % grey)


def light(page: Page, grey: str) -> None:
    """Make the picture brighter or darker."""
    page.evaluate("(grey) => new BroadcastChannel('desk-light').postMessage(grey)", grey)


def order(page: Page, scene: str) -> None:
    """Let the camera see another scene."""
    page.evaluate("(name) => new BroadcastChannel('desk-stand-in').postMessage(name)", scene)
