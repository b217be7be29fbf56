"""The pose model in Python and in the browser: one file, one picture, the same body; and nobody else is asked."""

from __future__ import annotations

import base64
import io
import json
import re

import numpy as np
import pytest

from openback.vision import read_photo
from openback.web.assets import read_assets

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
pytest.importorskip("mediapipe", reason="the extra openback[video] is not installed")

# Of the length of the trunk. The two builds resample the picture in their own ways.
CLOSE = 0.03
PHOTOS = ("Pullups_0", "Dumbbell_Shrug_0")
# The app's own pages will be allowed WebAssembly with the live coach; here the policy stands aside.
FIND = """
async ({tasks, model, pictures}) => {
  const {FilesetResolver, PoseLandmarker} = await import(`${tasks}/vision_bundle.mjs`);
  const files = await FilesetResolver.forVisionTasks(`${tasks}/wasm`);
  const landmarker = await PoseLandmarker.createFromOptions(files, {
    baseOptions: {modelAssetPath: model, delegate: "CPU"}, runningMode: "IMAGE", numPoses: 1,
  });
  const seen = [];
  for (const picture of pictures) {
    const image = new Image();
    image.src = picture;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const paper = canvas.getContext("2d");
    paper.drawImage(image, 0, 0);
    const found = landmarker.detect(paper.getImageData(0, 0, image.width, image.height));
    seen.push({points: found.landmarks[0], world: found.worldLandmarks[0]});
  }
  landmarker.close();
  return JSON.stringify(seen);
}
"""


def test_python_and_the_browser_see_the_same_body(untouched, open_page, real_dir):
    photos = [read_photo(real_dir / "photos" / f"{name}.jpg", model="full") for name in PHOTOS]
    assets = read_assets()
    page = open_page(bypass_csp=True)
    page.set_default_timeout(120_000)
    page.goto(untouched)
    found = page.evaluate(
        FIND,
        {
            "tasks": assets.vendor_url("@mediapipe/tasks-vision"),
            "model": f"{assets.vendor_url('@mediapipe/pose')}/pose_full.task",
            "pictures": [address_of(picture) for _, picture in photos],
        },
    )
    for name, (frame, _), seen in zip(PHOTOS, photos, json.loads(found), strict=True):
        size = (frame.width_px, frame.height_px)
        image_px = np.array([(p["x"], p["y"]) for p in seen["points"]]) * size
        world_m = np.array([(p["x"], p["y"], p["z"]) for p in seen["world"]])
        visibility = np.array([p["visibility"] for p in seen["points"]])
        assert np.abs(image_px - frame.image_px).max() < CLOSE * trunk(frame.image_px), name
        assert np.abs(world_m - frame.world_m).max() < CLOSE * trunk(frame.world_m), name
        np.testing.assert_allclose(visibility, frame.visibility, atol=0.05, err_msg=name)


def address_of(picture):
    """The picture itself as an address that a page can show, and nothing of it lost."""
    from PIL import Image

    packed = io.BytesIO()
    Image.fromarray(picture).save(packed, "PNG")
    return f"data:image/png;base64,{base64.b64encode(packed.getvalue()).decode()}"


def trunk(points):
    """The length from the middle of the shoulders to the middle of the hips."""
    return float(np.linalg.norm(points[[11, 12]].mean(axis=0) - points[[23, 24]].mean(axis=0)))


def test_the_vendored_script_reports_to_nobody(untouched):
    import urllib.request

    address = f"{untouched}{read_assets().vendor_url('@mediapipe/tasks-vision')}/vision_bundle.mjs"
    with urllib.request.urlopen(address) as answer:
        script = answer.read().decode()
    assert "PoseLandmarker" in script
    assert re.findall(r"https?://[\w.-]+", script) == []
