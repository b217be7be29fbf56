"""The room Desk in one view: the last word of everything about the body at a desk."""

from __future__ import annotations

from dataclasses import dataclass

from openback.services import desk_tests, findings, flows, pain, posture
from openback.services.app import App
from openback.services.desk_views import DeskTestView, FindingView, PainView
from openback.services.flows import BreakView
from openback.services.posture_views import PostureTrendView


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskView:
    """What the overview shows."""

    posture: PostureTrendView
    tests: tuple[DeskTestView, ...]
    pain: PainView
    breaks: BreakView
    findings: tuple[FindingView, ...]


def desk(app: App) -> DeskView:
    """Return the last word of everything about the body at a desk."""
    return DeskView(
        posture=posture.posture_trend(app),
        tests=desk_tests.tests(app),
        pain=pain.pain(app),
        breaks=flows.desk_break(app),
        findings=findings.findings(app),
    )
