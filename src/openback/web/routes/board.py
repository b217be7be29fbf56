"""The inspiration board: own pictures and words, in the order that one likes."""

from __future__ import annotations

from typing import Annotated, Final, Literal
from uuid import UUID

from fastapi import APIRouter, Form, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from openback.errors import BadCard, NotAPicture, PictureDamaged, PictureTooLarge
from openback.services import board as use_case
from openback.services import people, photos
from openback.services.app import App
from openback.services.photo_vault import vault
from openback.web.receiving import receive_in_memory
from openback.web.rendering import page, see
from openback.web.routes.deps import TheApp
from openback.web.routes.progress_undo import undo_address

router = APIRouter(prefix="/progress/board")

BOARD: Final = "/progress/board"
LONGEST_SENT: Final = 2000
SHOWN_PX: Final = 1200
PRIVATE: Final = {"cache-control": "no-store"}
Words = Annotated[str, Form(max_length=LONGEST_SENT)]


@router.get("")
def board(request: Request, app: TheApp) -> Response:
    """Show the cards, and the form for a new one."""
    photos.sweep(app)
    return _board(request, app)


def _board(request: Request, app: App, problems: tuple[str, ...] = (), words: str = "") -> Response:
    return page(
        request,
        "progress/board.html",
        status=422 if problems else 200,
        cards=use_case.cards(app),
        vault=vault(app),
        problems=problems,
        words=words,
        longest=use_case.LONGEST_WORDS,
        answered=people.profile_of(app) is not None,
    )


@router.post("")
async def add(request: Request, app: TheApp) -> Response:
    """Keep a new card; the picture is never on the disk in the clear."""
    form = await receive_in_memory(request)
    words = form.fields.get("words", "")
    try:
        card = await run_in_threadpool(use_case.add_card, app, words, form.data)
    except (BadCard, NotAPicture, PictureDamaged, PictureTooLarge) as error:
        problems = error.problems if isinstance(error, BadCard) else (str(error),)
        return await run_in_threadpool(_board, request, app, problems, words)
    return see(f"{BOARD}#card-{card.id}", said="It is on the board.")


@router.get("/picture/{photo_id}")
def picture(app: TheApp, photo_id: UUID) -> Response:
    """Answer with a picture of the board, opened in memory."""
    return Response(
        photos.picture(app, photo_id, long_side_px=SHOWN_PX), media_type="image/jpeg", headers=PRIVATE
    )


@router.get("/{card_id}")
def change(request: Request, app: TheApp, card_id: UUID) -> Response:
    """Show what can be changed about a card."""
    return _change(request, app, card_id)


def _change(
    request: Request, app: App, card_id: UUID, problems: tuple[str, ...] = (), words: str | None = None
) -> Response:
    card = use_case.known_card(app, card_id)
    return page(
        request,
        "progress/board_card.html",
        status=422 if problems else 200,
        card=card,
        words=card.words if words is None else words,
        problems=problems,
        longest=use_case.LONGEST_WORDS,
    )


@router.post("/{card_id}")
def put_words(request: Request, app: TheApp, card_id: UUID, words: Words = "") -> Response:
    """Change the words of a card."""
    try:
        change = use_case.change_words(app, card_id, words)
    except BadCard as error:
        return _change(request, app, card_id, error.problems, words)
    return see(f"{BOARD}#card-{card_id}", said="Changed.", undo=undo_address(change, BOARD))


@router.post("/{card_id}/move")
def move(app: TheApp, card_id: UUID, way: Annotated[Literal["earlier", "later"], Form()]) -> Response:
    """Move a card one place."""
    change = use_case.move_card(app, card_id, -1 if way == "earlier" else 1)
    undo = undo_address(change, BOARD)
    return see(f"{BOARD}#card-{card_id}", said=f"Moved one place {way}." if undo else "", undo=undo)


@router.post("/{card_id}/delete")
def delete(app: TheApp, card_id: UUID) -> Response:
    """Take a card away; the next page offers to bring it back."""
    return see(BOARD, said="Card taken out.", undo=undo_address(use_case.delete_card(app, card_id), BOARD))
