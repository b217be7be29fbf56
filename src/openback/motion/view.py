"""From where the camera sees the body: its yaw, calmed over time, and the name of the view."""

from __future__ import annotations

from math import atan2, cos, degrees, exp, hypot, isfinite, nan, radians, sin
from typing import Final

from openback.model.motion import View, ViewName

# |yaw| in degrees at which one view ends and the next begins.
_EDGES: Final[tuple[tuple[float, ViewName], ...]] = (
    (30, "front"),
    (60, "oblique"),
    (120, "side"),
    (150, "oblique"),
    (181, "back"),
)
# A view keeps its name until the yaw is this far beyond its edge: more than the yaw wavers in a rep.
_HYSTERESIS_DEG: Final = 8.0
# The yaw is calmed over this time: the camera and the body as a whole turn slowly.
_CALM_S: Final = 0.5
# Below this length of the mean direction, the yaw is all over the place.
_SCATTERED: Final = 0.3
UNKNOWN_VIEW: Final = View(name="unknown", yaw_deg=nan)


def view_name(yaw_deg: float) -> ViewName:
    """Return the name of the view from a yaw of -180 to 180; "unknown" for NaN."""
    if not isfinite(yaw_deg):
        return "unknown"
    return next(name for edge, name in _EDGES if abs(yaw_deg) <= edge)


class ViewTracker:
    """The view over time."""

    __slots__ = ("_ahead", "_at_s", "_left", "view")

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Forget the view, after a cut."""
        self._at_s = nan
        self._ahead = self._left = 0.0
        self.view = UNKNOWN_VIEW

    def seen(self, t_s: float, yaw_deg: float) -> View:
        """Return the view after a yaw seen at a time; one that is NaN changes nothing."""
        if not isfinite(yaw_deg):
            return self.view
        passed_s = t_s - self._at_s
        keep = exp(-passed_s / _CALM_S) if passed_s >= 0 else 0.0
        self._at_s = t_s
        yaw = radians(yaw_deg)
        self._ahead = keep * self._ahead + (1 - keep) * cos(yaw)
        self._left = keep * self._left + (1 - keep) * sin(yaw)
        if hypot(self._ahead, self._left) < _SCATTERED:
            return self.view
        calm_deg = degrees(atan2(self._left, self._ahead))
        name = self._name(abs(calm_deg), view_name(calm_deg))
        self.view = View(name=name, yaw_deg=calm_deg)
        return self.view

    def _name(self, size_deg: float, now: ViewName) -> ViewName:
        before = self.view.name
        for nudge in (-_HYSTERESIS_DEG, _HYSTERESIS_DEG):
            if view_name(min(180.0, max(0.0, size_deg + nudge))) == before:
                return before
        return now
