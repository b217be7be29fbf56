"""A camera page fed with frames of which everything is known: a stand-in for the pose model's own script.

The page, its socket and the server's engine are the real ones. Until `begin` the person stands as in the first
frames; then the set is played in its own time; after it, the last of `rest` goes on.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from openback.model.motion import LandmarkFrame

if TYPE_CHECKING:
    from playwright.sync_api import Page

CAMERA_FLAGS: Final = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
STANDING: Final = 12  # frames of the person before the set, played over and over

_WORKER: Final = """
const told = JSON.parse(atob("%s"));
const numbers = (text) => new Float32Array(Uint8Array.from(atob(text), (one) => one.charCodeAt(0)).buffer);
const table = numbers(told.table);
const orders = new BroadcastChannel("stand-in");
let beganMs = null;
let nowMs = 0;
let away = false;
orders.onmessage = ({ data }) => {
  if (data === "begin") beganMs = nowMs;
  if (data === "leave") away = true;
  if (data === "come") away = false;
};
onmessage = ({ data }) => {
  if (data.type === "load") {
    postMessage({ type: "ready", model: data.model, delegate: "made" });
    return;
  }
  nowMs = data.t_ms;
  data.picture.close();
  let at = Math.floor(nowMs / 33) %% told.standing;
  if (beganMs !== null) at = Math.floor((nowMs - beganMs) / told.step_ms);
  const found = !away && at < told.frames;
  const row = 231 * Math.min(at, told.frames - 1);
  const image = new Float32Array(99), world = new Float32Array(99), visibility = new Float32Array(33);
  for (let point = 0; point < 33; point++) {
    for (let axis = 0; axis < 3; axis++) {
      image[3 * point + axis] = table[row + 7 * point + axis];
      world[3 * point + axis] = table[row + 7 * point + 3 + axis];
    }
    visibility[point] = table[row + 7 * point + 6];
  }
  const posed_at = performance.timeOrigin + performance.now();
  postMessage({ type: "found", found, t_ms: nowMs, took_ms: 1, posed_at, image, world, visibility, width: told.width, height: told.height });
};
"""


def worker_script(frames: Sequence[LandmarkFrame], speed: float = 1.0) -> str:
    """Return a script that finds these frames in whatever picture it is given, so many times as fast."""
    rows = [
        np.column_stack([one.image_px, one.depth_px, one.world_m, one.visibility]).astype("<f4")
        for one in frames
    ]
    told = {
        "table": base64.b64encode(np.stack(rows).tobytes()).decode(),
        "frames": len(frames),
        "standing": min(STANDING, len(frames)),
        "step_ms": 1000 * (frames[-1].t_s - frames[0].t_s) / (len(frames) - 1) / speed,
        "width": frames[0].width_px,
        "height": frames[0].height_px,
    }
    return _WORKER % base64.b64encode(json.dumps(told).encode()).decode()


def feed(page: Page, frames: Sequence[LandmarkFrame], speed: float = 1.0) -> None:
    """Let the page see these frames."""
    script = worker_script(frames, speed)
    page.context.route(
        "**/coach-worker*.js",
        lambda route: route.fulfill(
            body=script,
            content_type="text/javascript",
            headers={"cross-origin-resource-policy": "same-origin"},
        ),
    )


def order(page: Page, what: str) -> None:
    """Tell the person to `begin` the set, to `leave` the picture, or to `come` back."""
    page.evaluate("(what) => new BroadcastChannel('stand-in').postMessage(what)", what)
