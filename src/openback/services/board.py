"""The inspiration board: cards with a person's own words, own pictures, or both, in the order that they like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from uuid import UUID

import uuid_utils.compat as uuid

from openback.errors import BadCard, NotFound
from openback.model.journal import BoardCard
from openback.services import photos
from openback.services.app import App
from openback.services.who import known_person
from openback.storage import Change

LONGEST_WORDS: Final = 280  # project default: a card is looked at, not read
MOST_CARDS: Final = 60  # project default


def cards(app: App) -> tuple[BoardCard, ...]:
    """Return the cards in their order."""
    return tuple(sorted(app.store.entries(app.person_id, BoardCard), key=lambda one: (one.place, one.at)))


def known_card(app: App, card_id: UUID) -> BoardCard:
    """Return a card, or raise NotFound."""
    found = app.store.find_entry(app.person_id, BoardCard, card_id)
    if found is None:
        what = "card"
        raise NotFound(what, str(card_id))
    return found


def add_card(app: App, words: str, picture: bytes = b"") -> BoardCard:
    """Keep a new card at the end and return it.

    Raises NoProfileYet, BadCard, and for a picture what `photos.keep_picture` raises; then nothing was kept.
    """
    known_person(app)
    there = cards(app)
    words = _tidy(words)
    _check(words, has_picture=bool(picture), there=there)
    card = BoardCard(
        id=uuid.uuid7(),
        at=app.now(),
        words=words,
        picture=photos.keep_picture(app, picture) if picture else None,
        place=max((one.place for one in there), default=-1) + 1,
    )
    app.store.put_entry(app.person_id, card)
    return card


def change_words(app: App, card_id: UUID, words: str) -> Change | None:
    """Change the words of a card, and return what takes it back; None when nothing changed.

    Raises NotFound, BadCard.
    """
    card = known_card(app, card_id)
    words = _tidy(words)
    _check(words, has_picture=card.picture is not None)
    return app.store.put_entry(app.person_id, replace(card, words=words))


def move_card(app: App, card_id: UUID, by: int) -> Change | None:
    """Move a card so many places later, or earlier where `by` is negative; None when it stays where it is.

    It stops at the ends. Taking it back moves the others back, too. Raises NotFound.
    """
    card, order = known_card(app, card_id), list(cards(app))
    here = order.index(card)
    there = min(len(order) - 1, max(0, here + by))
    order.insert(there, order.pop(here))
    return _placed(app, order)


def put_order(app: App, ids: Sequence[UUID]) -> Change | None:
    """Put the cards in this order, those not named after them; None when nothing changed. Raises NotFound."""
    named = [known_card(app, card_id) for card_id in dict.fromkeys(ids)]
    rest = [one for one in cards(app) if one not in named]
    return _placed(app, [*named, *rest])


def delete_card(app: App, card_id: UUID) -> Change | None:
    """Take a card away, and return what brings it back; its picture is erased once that is too late."""
    return app.store.delete_entry(app.person_id, BoardCard, card_id)


def _placed(app: App, order: Sequence[BoardCard]) -> Change | None:
    last = None
    with app.store.transaction():
        for place, one in enumerate(order):
            last = app.store.put_entry(app.person_id, replace(one, place=place)) or last
    return last


def _tidy(words: str) -> str:
    """Return words without space around them; a line of one's own stays one."""
    return "\n".join(" ".join(line.split()) for line in words.strip().splitlines())


def _check(words: str, *, has_picture: bool, there: Sequence[BoardCard] = ()) -> None:
    problems = []
    if not words and not has_picture:
        problems.append("A card needs words or a picture.")
    if len(words) > LONGEST_WORDS:
        problems.append(f"A card holds up to {LONGEST_WORDS} characters; this has {len(words)}.")
    if len(there) >= MOST_CARDS:
        problems.append(f"The board holds {MOST_CARDS} cards; take one out first.")
    if problems:
        raise BadCard(problems)
