"""The inspiration board: words and pictures, in one's own order."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from living import Clock, living
from openback.errors import BadCard, NoProfileYet, NotAPicture, NotFound
from openback.model.journal import BoardCard
from openback.services import board, photos, sessions


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def anna(tmp_path, clock):
    with living(tmp_path, clock) as app:
        yield replace(app, demo=True)  # the key of the pictures stays in memory


def a_picture(colour=(180, 120, 60)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (120, 90), colour).save(out, "JPEG")
    return out.getvalue()


def words(app):
    return [one.words for one in board.cards(app)]


def with_cards(app, *texts):
    return [board.add_card(app, text) for text in texts]


def test_an_empty_board(anna):
    assert board.cards(anna) == ()


def test_before_the_questions_nothing_is_kept(tmp_path, clock):
    with living(tmp_path, clock, planned=False) as nobody, pytest.raises(NoProfileYet):
        board.add_card(nobody, "The green dress")


def test_a_new_card_stands_at_the_end_and_its_words_are_tidy(anna):
    with_cards(anna, "The lake", "  The green\t dress \n  in June ")
    assert words(anna) == ["The lake", "The green dress\nin June"]


def test_a_picture_goes_through_the_vault_and_is_nowhere_in_the_clear(anna):
    card = board.add_card(anna, "", a_picture())
    shown = photos.picture(anna, card.picture)
    assert Image.open(io.BytesIO(shown)).size == (120, 90)
    for file in anna.data_dir.rglob("*"):
        if file.is_file():
            assert b"\xff\xd8\xff" not in file.read_bytes()


def test_what_is_no_picture_leaves_no_card(anna):
    with pytest.raises(NotAPicture):
        board.add_card(anna, "The lake", b"not a picture")
    assert board.cards(anna) == ()


def test_the_picture_of_a_card_outlives_its_undo_and_is_then_erased(anna, clock):
    card = board.add_card(anna, "", a_picture())
    change = board.delete_card(anna, card.id)
    photos.sweep(anna)
    sessions.undo(anna, change.token)
    clock.on(minutes=20)
    photos.sweep(anna)
    assert photos.picture(anna, card.picture)
    board.delete_card(anna, card.id)
    photos.sweep(anna)
    clock.on(minutes=20)
    photos.sweep(anna)
    with pytest.raises(NotFound):
        photos.picture(anna, card.picture)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param("", "A card needs words or a picture.", id="empty"),
        pytest.param(" \n ", "A card needs words or a picture.", id="only space"),
        pytest.param("x" * 281, "A card holds up to 280 characters; this has 281.", id="too long"),
    ],
)
def test_what_no_card_can_hold(anna, text, sentence):
    with pytest.raises(BadCard) as problem:
        board.add_card(anna, text)
    assert str(problem.value) == sentence
    card = board.add_card(anna, "The lake")
    with pytest.raises(BadCard) as problem:
        board.change_words(anna, card.id, text)
    assert str(problem.value) == sentence
    assert words(anna) == ["The lake"]


def test_a_board_is_full_at_some_point(anna):
    for place in range(board.MOST_CARDS):
        card = BoardCard(id=uuid4(), at=anna.now(), words=str(place), place=place)
        anna.store.put_entry(anna.person_id, card)
    with pytest.raises(BadCard) as problem:
        board.add_card(anna, "One more")
    assert str(problem.value) == "The board holds 60 cards; take one out first."
    board.change_words(anna, board.cards(anna)[0].id, "Still can be changed")


def test_the_words_of_a_picture_can_go(anna):
    card = board.add_card(anna, "The lake", a_picture())
    board.change_words(anna, card.id, "")
    assert words(anna) == [""]


def test_moving_and_taking_it_back(anna):
    first, _, last = with_cards(anna, "a", "b", "c")
    change = board.move_card(anna, last.id, -2)
    assert words(anna) == ["c", "a", "b"]
    sessions.undo(anna, change.token)
    assert words(anna) == ["a", "b", "c"]
    assert board.move_card(anna, first.id, -1) is None
    assert board.move_card(anna, last.id, 1) is None
    assert words(anna) == ["a", "b", "c"]


def test_an_order_puts_what_it_does_not_name_last(anna):
    _, second, third = with_cards(anna, "a", "b", "c")
    board.put_order(anna, [third.id, second.id, third.id])
    assert words(anna) == ["c", "b", "a"]


def test_a_card_that_is_not_there(anna):
    missing = uuid4()
    for act in (
        lambda: board.change_words(anna, missing, "x"),
        lambda: board.move_card(anna, missing, 1),
        lambda: board.put_order(anna, [missing]),
    ):
        with pytest.raises(NotFound) as problem:
            act()
        assert str(problem.value) == f"There is no card '{missing}' here. It may have been deleted."
    assert board.delete_card(anna, missing) is None


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(-6, 6)), max_size=6))
def test_moving_is_moving_in_a_list(tmp_path_factory, moves):
    clock = Clock()
    with living(tmp_path_factory.getbasetemp(), clock) as app:
        cards = with_cards(app, *"abcde")
        expected = list("abcde")
        for which, by in moves:
            board.move_card(app, cards[which].id, by)
            letter = cards[which].words
            at = expected.index(letter)
            expected.insert(min(4, max(0, at + by)), expected.pop(at))
            clock.on(minutes=1)
        assert words(app) == expected
        assert [one.place for one in board.cards(app)] == list(range(5))


def test_cards_of_the_same_place_stand_as_they_came(anna):
    for minute, text in ((2, "later"), (1, "earlier")):
        at = anna.now() + timedelta(minutes=minute)
        anna.store.put_entry(anna.person_id, BoardCard(id=uuid4(), at=at, words=text))
    assert words(anna) == ["earlier", "later"]
