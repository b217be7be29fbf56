"""A food of one's own as it stands, read and written by its id, so that a change can be taken back."""

from __future__ import annotations

from sqlalchemy import Connection, select

from openback.model.food import Food
from openback.storage.food_tables import own_food
from openback.storage.rows import put, remove, whose


def read_own_food(connection: Connection, person_id: str, key: str) -> Food | None:
    """Return a food of somebody's own, None when it is not there."""
    query = select(own_food.c.food).where(whose(own_food, person_id, id=key))
    return connection.execute(query).scalar_one_or_none()


def write_own_food(connection: Connection, person_id: str, key: str, state: object | None) -> None:
    """Keep a food of somebody's own; None takes it away."""
    if state is None:
        remove(connection, own_food, person_id, id=key)
    elif isinstance(state, Food):
        values = {"id": key, "barcode": state.barcode, "food": state}
        put(connection, own_food, values, person_id=person_id, keys=("id",))
