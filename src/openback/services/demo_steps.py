"""What the sample person told of her holiday, her board, and the steps that she reached. Always the same."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

import uuid_utils.compat as uuid

from openback.model.journal import Away, BoardCard
from openback.services.app import App
from openback.services.steps import celebrated, steps

HOLIDAY_WEEK: Final = 11  # the week in which she does not train
COLD_DAYS: Final = (135, 138)  # from and to, counted from the first day
WORDS: Final = (
    "The green dress with the open back, in June.",
    "Both shopping bags up the stairs, without a stop.",
    "One pull-up before I am forty-two.",
)


def live_steps(app: App, first: date) -> None:
    """Keep what she told from `first` on, and the steps that follow from her log; all of them were celebrated."""
    holiday = first + timedelta(weeks=HOLIDAY_WEEK)
    cold = [first + timedelta(days=days) for days in COLD_DAYS]
    told = datetime.combine(first, time(20)).astimezone()
    app.store.add_journal(
        app.person_id,
        [
            Away(id=uuid.uuid7(), first_on=holiday, last_on=holiday + timedelta(days=6), why="holiday"),
            Away(id=uuid.uuid7(), first_on=cold[0], last_on=cold[1], why="illness", note="A cold"),
            *(
                BoardCard(id=uuid.uuid7(), at=told + timedelta(minutes=place), words=words, place=place)
                for place, words in enumerate(WORDS)
            ),
        ],
    )
    celebrated(app, steps(app).fresh)
