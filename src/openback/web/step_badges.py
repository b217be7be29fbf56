"""The badges of the thirty steps as inline SVG; the colours of their parts stand in the styles."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Final

from markupsafe import Markup

_FRAME: Final = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


@cache
def drawing(step: str) -> str:
    """Return the badge of a step as it is drawn, a whole SVG document; empty for a step without one."""
    file = resources.files("openback").joinpath("data", "step_badges", f"{step}.svg")
    return file.read_text(encoding="utf-8") if file.is_file() else ""


@cache
def badge(step: str) -> Markup:
    """Return the badge of a step to stand in a page, for eyes only: its name is written beside it."""
    found = _FRAME.search(drawing(step))
    inner = found.group(1) if found else ""
    svg = f'<svg class="step-badge" viewBox="0 0 96 96" aria-hidden="true" focusable="false">{inner}</svg>'
    return Markup(svg)  # noqa: S704 - our own file
