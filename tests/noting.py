"""One entry of every kind of the journal, for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

from openback.model.journal import (
    Away,
    BoardCard,
    CoachedSet,
    CycleNote,
    DeskTest,
    FlowDone,
    PainNote,
    Photo,
    PostureCheck,
    PostureReading,
    Reminders,
    StepReached,
)

AT = datetime(2026, 11, 23, 18, 5, tzinfo=UTC)
DAY = date(2026, 11, 23)

CHECK = PostureCheck(
    id=UUID(int=71),
    at=AT,
    by="camera",
    readings={"head_forward_deg": PostureReading(value=21.5, low=18.0, high=25.0, frames=12)},
    untold={"shoulder_level_deg": "No photo from the front."},
    c7_angle_deg=48.2,
)
TEST = DeskTest(
    id=UUID(int=72),
    at=AT,
    test="straight_leg_raise",
    side="left",
    value=71.0,
    unit="deg",
    by="camera",
    low=66.0,
)
PAIN = PainNote(id=UUID(int=73), at=AT, place="neck", level=4, signs=("stiff",), note="after the long call")
FLOW = FlowDone(
    id=UUID(int=74), at=AT, flow="yoga_20", planned_s=1200, done_s=1180.5, held_s={"cobra_pose": 90.0}
)
AWAY = Away(id=UUID(int=75), first_on=DAY, last_on=date(2026, 12, 1), why="holiday")
CYCLE = CycleNote(on=DAY, bleeding=1, signs=("tired",))
CARD = BoardCard(id=UUID(int=76), at=AT, words="The green dress", picture=UUID(int=77), place=2)
PHOTO = Photo(id=UUID(int=77), at=AT, pose="back", width_px=900, height_px=1200)
STEP = StepReached(step="first_session", on=DAY, shown=True)
COACHED = CoachedSet(
    id=UUID(int=78), at=AT, exercise="one_arm_dumbbell_row", faults=("momentum",), untold=("head_forward",)
)
REMINDERS = Reminders(breaks=True, feed_token="a secret")

ENTRIES = (CHECK, TEST, PAIN, FLOW, AWAY, CYCLE, CARD, PHOTO, STEP, COACHED, REMINDERS)
