"""Where the pose models are: beside the browser's files, since both use the same ones."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Final, Literal

from openback.errors import PoseModelMissing

Model = Literal["lite", "full", "heavy"]
PACKAGE: Final = "@mediapipe/pose"


def model_path(model: Model) -> Path:
    """Return the bundle of a pose model; raises PoseModelMissing when it was not built or not shipped."""
    dist = Path(str(files("openback"))) / "web" / "static" / "dist"
    try:
        folder: str = json.loads((dist / "manifest.json").read_text(encoding="utf-8"))["vendor"][PACKAGE]
    except (FileNotFoundError, KeyError):
        raise PoseModelMissing(model) from None
    path = dist / folder / f"pose_{model}.task"
    if not path.is_file():
        raise PoseModelMissing(model)
    return path
