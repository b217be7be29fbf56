"""Finding foods by their words, on SQLite (FTS5) and on PostgreSQL (text vectors, and pg_trgm where it may be had).

The order of `food.seq` is the order in which somebody is likely to mean foods: its high bits are the rank that the
import gave, 0 to 63. Both databases look along it and stop early, so that a word half the foods have costs no more
than a rare one. Ranking by likeness is done on what this hands out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import Connection, RowMapping, bindparam, text
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.exc import DBAPIError

RANK_BITS: Final = 40
MANY: Final = 200_000  # project default: foods from which a word of one of them alone is not learnt
_TRIGRAM: Final = 3
_LEAST_SHARED: Final = 0.34  # project default: the share of a word's trigrams that two slips leave at least

# Beginnings of words, one of which must be there; with a space after it, it is the whole word.
Alternatives = Sequence[str]


def on_sqlite(connection: Connection) -> bool:
    """Return whether this is SQLite; else it is PostgreSQL."""
    return connection.dialect.name == "sqlite"


# --- Asking ---------------------------------------------------------------------------------------


def find(connection: Connection, asked: Sequence[Alternatives], limit: int) -> Sequence[RowMapping]:
    """Return up to `limit` foods that have, for each of `asked`, a word that begins so; likely ones first.

    A row has seq, id, name, brand and barcode. Words are as `model.words` makes them.
    """
    if not asked:
        return ()
    if on_sqlite(connection):
        found = "SELECT rowid FROM food_find WHERE food_find MATCH :asked ORDER BY rowid LIMIT :limit"
        asked_for = " AND ".join(f"({' OR '.join(map(_in_fts5, some))})" for some in asked)
    else:
        found = "SELECT seq FROM food WHERE array_to_tsvector(string_to_array(words, ' ')) @@ :asked"
        if len(asked) > 1:  # few have them all: the index alone, which the planner does not expect
            found = f"WITH those AS MATERIALIZED ({found}) SELECT seq FROM those"  # noqa: S608
        found += " ORDER BY seq LIMIT :limit"
        # A rare word wants the index, a common one the order of the rows: the plan has to know the word.
        connection.exec_driver_sql("SET LOCAL plan_cache_mode = force_custom_plan")
        asked_for = " & ".join(f"({' | '.join(map(_in_tsquery, some))})" for some in asked)
    query = text(f"SELECT seq, id, name, brand, barcode FROM food WHERE seq IN ({found}) ORDER BY seq")  # noqa: S608
    if not on_sqlite(connection):
        query = query.bindparams(bindparam("asked", type_=TSQUERY()))
    return connection.execute(query, {"asked": asked_for, "limit": limit}).mappings().all()


def _in_fts5(one: str) -> str:
    return _quoted(one.rstrip()) + ("" if one.endswith(" ") else "*")


def _in_tsquery(one: str) -> str:
    return f"'{one.rstrip()}'" + ("" if one.endswith(" ") else ":*")


def known_words(connection: Connection, words: Iterable[str]) -> dict[str, int]:
    """Return those of `words` that foods have, each with how many have it."""
    if on_sqlite(connection):
        query = text("SELECT word, uses FROM food_word WHERE word IN (SELECT value FROM json_each(:words))")
        rows = connection.execute(query, {"words": json.dumps(sorted(words))})
    else:
        query = text("SELECT word, uses FROM food_word WHERE word = ANY(:words)")
        rows = connection.execute(query, {"words": sorted(words)})
    return {row.word: row.uses for row in rows}


def like_words(connection: Connection, word: str, limit: int) -> dict[str, int]:
    """Return the words that share most threes of letters with `word`, each with how many foods have it."""
    if on_sqlite(connection):
        return _sharing(connection, word, limit)
    if not has_trigrams(connection):
        return _beginning(connection, word, limit * 20)
    query = text(
        "SELECT word, uses FROM food_word WHERE similarity(word, :word) >= :least AND word % :word "
        "ORDER BY similarity(word, :word) DESC, uses DESC LIMIT :limit"
    )
    # The planner takes reading all words for cheap, which it is not: each is taken apart into its threes.
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    rows = connection.execute(query, {"word": word, "least": _LEAST_SHARED, "limit": limit}).all()
    connection.exec_driver_sql("SET LOCAL enable_seqscan = on")
    return {row.word: row.uses for row in rows}


def _sharing(connection: Connection, word: str, limit: int) -> dict[str, int]:
    threes = {word[place : place + _TRIGRAM] for place in range(len(word) - _TRIGRAM + 1)}
    if not threes:
        return {}
    one = "SELECT rowid AS seq FROM food_spell WHERE food_spell MATCH "
    values = {f"t{nth}": _quoted(three) for nth, three in enumerate(sorted(threes))}
    each = " UNION ALL ".join(f"{one}:{name}" for name in values)
    query = text(
        f"SELECT word, uses FROM food_word JOIN (SELECT seq, count(*) AS shared FROM ({each}) "  # noqa: S608
        "GROUP BY seq HAVING shared >= :least) USING (seq) ORDER BY shared DESC, uses DESC LIMIT :limit"
    )
    least = max(1, round(_LEAST_SHARED * len(threes)))
    rows = connection.execute(query, {**values, "least": least, "limit": limit})
    return {row.word: row.uses for row in rows}


def _beginning(connection: Connection, word: str, limit: int) -> dict[str, int]:
    """Return common words with the same first letter: a slip is seldom there."""
    query = text("SELECT word, uses FROM food_word WHERE word LIKE :start ORDER BY uses DESC LIMIT :limit")
    return {
        row.word: row.uses for row in connection.execute(query, {"start": word[:1] + "%", "limit": limit})
    }


def _quoted(word: str) -> str:
    return f'"{word}"'  # a word has letters and digits only


# --- Keeping it -----------------------------------------------------------------------------------


def forget_rows(connection: Connection, rows: Sequence[tuple[int, str]]) -> None:
    """Take foods out of the index of SQLite: each by its seq and the words it was found by."""
    if rows and on_sqlite(connection):
        statement = "INSERT INTO food_find(food_find, rowid, words) VALUES('delete', ?, ?)"
        connection.exec_driver_sql(statement, sorted(rows))


def add_rows(connection: Connection, rows: Sequence[tuple[int, str]]) -> None:
    """Put foods into the index of SQLite."""
    if rows and on_sqlite(connection):
        # In the order of their numbers: FTS5 writes out what it gathered at every step back.
        connection.exec_driver_sql("INSERT INTO food_find(rowid, words) VALUES(?, ?)", sorted(rows))


def learn_words(connection: Connection) -> None:
    """Count the words of all foods anew, after foods came or went.

    Among very many foods, a word that only one of them has is nearly always a slip itself, and is not learnt.
    """
    many = text("SELECT count(*) FROM (SELECT 1 FROM food LIMIT :many) AS counted")
    least = 2 if connection.execute(many, {"many": MANY}).scalar_one() == MANY else 1
    connection.execute(text("DELETE FROM food_word"))
    if on_sqlite(connection):
        connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.food_vocabulary USING fts5vocab('main', 'food_find', 'row')"
        )
        counted = "SELECT term, doc FROM temp.food_vocabulary WHERE doc >= :least ORDER BY term"
    else:
        counted = (
            "SELECT word, ndoc FROM ts_stat('SELECT array_to_tsvector(string_to_array(words, '' '')) FROM food') "
            "WHERE ndoc >= :least"
        )
    connection.execute(text(f"INSERT INTO food_word(word, uses) {counted}"), {"least": least})
    if on_sqlite(connection):
        connection.exec_driver_sql("INSERT INTO food_spell(food_spell) VALUES('rebuild')")


def rebuild(connection: Connection) -> None:
    """Make the index of SQLite from the foods that are there."""
    if on_sqlite(connection):
        for statement in REBUILD:
            connection.exec_driver_sql(statement)


REBUILD: Final = (
    "INSERT INTO food_find(food_find) VALUES('rebuild')",
    "INSERT INTO food_spell(food_spell) VALUES('rebuild')",
)


def has_trigrams(connection: Connection) -> bool:
    """Return whether PostgreSQL has pg_trgm in this database."""
    query = text("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
    return connection.execute(query).first() is not None


def prepare_trigrams(connection: Connection) -> bool:
    """Ask PostgreSQL for pg_trgm and an index of it; return whether it is there. True on SQLite, which has its own."""
    if on_sqlite(connection):
        return True
    try:
        with connection.begin_nested():
            connection.execute(text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
            connection.execute(
                text("CREATE INDEX IF NOT EXISTS food_spell ON food_word USING gin (word gin_trgm_ops)")
            )
    except DBAPIError:  # the role may not, or the server lacks the package
        return False
    return True


def ids_in(connection: Connection, ids: Sequence[str]) -> Sequence[RowMapping]:
    """Return seq, id and words of the foods with these ids."""
    if on_sqlite(connection):
        query = text("SELECT seq, id, words FROM food WHERE id IN (SELECT value FROM json_each(:ids))")
        return connection.execute(query, {"ids": json.dumps(ids)}).mappings().all()
    query = text("SELECT seq, id, words FROM food WHERE id = ANY(:ids)")
    return connection.execute(query, {"ids": list(ids)}).mappings().all()
