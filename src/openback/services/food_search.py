"""Finding foods by what is typed: bundled foods, recipes, one's own foods, and what was imported."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Final, Literal

from openback.model.barcode import barcodes_of
from openback.model.food import Dish, Food, FoodGroup, Portion
from openback.model.words import singular, words_of
from openback.services.app import App
from openback.services.eat.kitchen import Kitchen, kitchen_of
from openback.services.food_ranking import (
    Likeness,
    Typed,
    one_slip_away,
    slips_forgiven,
    word_likeness,
)

HitOrigin = Literal["bundled", "usda", "open_food_facts", "own", "recipe"]
RECIPE: Final = "recipe:"  # how the id of a hit begins that is a recipe
LONGEST_TEXT: Final = 200
_IMPORTED: Final = ("usda:", "off:")  # how the ids of public tables begin
MOST_HITS: Final = 100

# Project defaults.
_LOOKED_AT: Final = 200  # imported foods whose names are compared
_USED_LOOKED_AT: Final = 500  # imported foods that this person has eaten
_PLENTY: Final = 500  # foods that have a word from which words that only begin so are not looked for
_COMMON: Final = 20  # foods that have a word from which it is taken for meant as it stands
_SPELLINGS: Final = 4  # words tried in place of one that is not known
_TRIGRAMS_FROM: Final = 6  # letters from which threes of letters tell words apart
_WORDS_LEFT_OUT: Final = 4  # of what was typed, each tried in its turn when nothing has all
# What somebody means is likelier to be a whole food or their own than one product of thousands.
_LIKELIER: Final[Mapping[HitOrigin, float]] = {"own": 0.12, "bundled": 0.1, "recipe": 0.05}
_LIKELY_FIRST: Final = 0.06  # of imported foods, from the likeliest to the last that is looked at
_CLOSE: Final = (
    0.65  # of 1, for what is found with slips beside what is found without: one slip in a long word
)
_EATEN_BEFORE: Final = 0.1  # when what was typed is found with slips only


@dataclass(frozen=True, slots=True, kw_only=True)
class FoodHit:
    """A food or recipe that a search found, the best first.

    `energy_kcal` is per 100 g, for a recipe per serving; None when it is unknown. `portions` come most usual
    first and may be none. `uses` is how often this person has logged it. A recipe has `recipe:` before its id,
    origin "recipe" and group "other"; `recipe` is its bare id, None for a food.
    """

    id: str
    name: str
    brand: str
    group: FoodGroup
    origin: HitOrigin
    energy_kcal: float | None
    portions: tuple[Portion, ...] = ()
    uses: int = 0

    @property
    def recipe(self) -> str | None:
        """The id of the recipe, None for a food."""
        return self.id.removeprefix(RECIPE) if self.origin == "recipe" else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Name:
    """What is compared of anything that can be eaten. `likely` is added to how like its name is."""

    id: str
    name: tuple[str, ...]
    brand: tuple[str, ...]
    likely: float
    barcode: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    what: _Name
    likeness: Likeness
    uses: int

    @property
    def order(self) -> tuple[int, float, int, str]:
        """What is eaten most comes first, when all of the words are there; then what is likest."""
        eaten = self.uses if not self.likeness.slips else 0
        bonus = _EATEN_BEFORE if self.uses else 0.0
        letters = sum(map(len, self.what.name))
        return (-eaten, -(self.likeness.score + self.what.likely + bonus), letters, self.what.id)


def search(app: App, text: str, *, limit: int = 20) -> tuple[FoodHit, ...]:
    """Return what is like `text`: what this person eats most first, then the likest.

    Typing errors are forgiven, so are case, accents and the order of words. Empty text finds nothing; a barcode
    finds what has it.
    """
    typed = Typed.of(text[:LONGEST_TEXT])
    limit = min(limit, MOST_HITS)
    if meant := barcodes_of(text[:LONGEST_TEXT]):
        return _with_barcode(app, meant, limit)
    if not typed.words or limit < 1:
        return ()
    with app.store.one_moment():
        kitchen, times = kitchen_of(app), app.store.times_eaten(app.person_id)
        own = {one.id: one for one in app.store.own_foods(app.person_id)}
        near = chain(_shelf_of(kitchen).near(typed), _own_names(own.values()), _eaten_names(app, times))
        found = _ranked(typed, near, times)
        found = _ranked(typed, _imported(app, typed, found, limit), times, found)
        chosen = _chosen(found, limit)
        shared = app.store.foods([one.what.id for one in chosen if ":" in one.what.id])
    foods = {**kitchen.foods, **shared, **own}
    return tuple(
        _dish_hit(kitchen.dishes[bare], one.uses)
        if (bare := one.what.id.removeprefix(RECIPE)) != one.what.id
        else _food_hit(foods[one.what.id], one.uses)
        for one in chosen
    )


def foods_with_barcode(app: App, meant: Sequence[str]) -> tuple[Food, ...]:
    """Return the foods that have one of these barcodes: one's own before others."""
    own = tuple(one for one in app.store.own_foods(app.person_id) if one.barcode in meant)
    return (*own, *app.store.foods_with_barcode(meant))


def _with_barcode(app: App, meant: Sequence[str], limit: int) -> tuple[FoodHit, ...]:
    times = app.store.times_eaten(app.person_id)
    found = foods_with_barcode(app, meant)[:limit]
    return tuple(_food_hit(one, times.get(one.id, 0)) for one in found)


class _Shelf:
    """The names of the kitchen by their words, so that few of them have to be looked at."""

    def __init__(self, kitchen: Kitchen) -> None:
        foods = (
            _Name(id=one.id, name=words_of(one.name), brand=(), likely=_LIKELIER["bundled"])
            for one in kitchen.foods.values()
        )
        recipes = (
            _Name(id=RECIPE + key, name=words_of(dish.recipe.name), brand=(), likely=_LIKELIER["recipe"])
            for key, dish in kitchen.dishes.items()
        )
        self._names = (*foods, *recipes)
        self._squeezed = tuple("".join(one.name) for one in self._names)
        self._with: dict[str, list[int]] = {}
        for nth, one in enumerate(self._names):
            for word in one.name:
                self._with.setdefault(word, []).append(nth)

    def near(self, typed: Typed) -> Iterator[_Name]:
        """Yield the names that have a word like one that was typed, or begin like all of it."""
        whole = "".join(typed.words)
        near = {nth for word, those in self._with.items() if typed.likes(word) for nth in those}
        near.update(nth for nth, squeezed in enumerate(self._squeezed) if squeezed.startswith(whole))
        return (self._names[nth] for nth in sorted(near))


_shelf_of = lru_cache(maxsize=4)(_Shelf)


def _own_names(own: Iterable[Food]) -> Iterator[_Name]:
    for one in own:
        yield _Name(id=one.id, name=words_of(one.name), brand=words_of(one.brand), likely=_LIKELIER["own"])


def _eaten_names(app: App, times: Mapping[str, int]) -> Iterator[_Name]:
    """Yield the imported foods that this person has eaten: they may be far down in the order of all."""
    imported = [one for one in times if one.startswith(_IMPORTED)]
    imported.sort(key=lambda one: -times[one])
    for one in app.store.foods(imported[:_USED_LOOKED_AT]).values():
        yield _name_of(one.id, one.name, one.brand, one.barcode)


def _name_of(food_id: str, name: str, brand: str, barcode: str, likely: float = 0.0) -> _Name:
    return _Name(id=food_id, name=words_of(name), brand=words_of(brand), likely=likely, barcode=barcode)


def _ranked(
    typed: Typed, names: Iterable[_Name], times: Mapping[str, int], known: Sequence[_Found] = ()
) -> list[_Found]:
    """Return those that are like what was typed, and those that were known, the best first."""
    found = list(known)
    met = {one.what.id for one in known}
    for what in names:
        if what.id in met:
            continue
        met.add(what.id)
        likeness = typed.likeness(what.name, what.brand)
        if likeness is not None:
            uses = times.get(what.id.removeprefix(RECIPE), 0)
            found.append(_Found(what=what, likeness=likeness, uses=uses))
    return sorted(found, key=lambda one: one.order)


def _chosen(found: Sequence[_Found], limit: int) -> list[_Found]:
    """Return the first ones that are meant: what only resembles it is left out when there is what was typed.

    Of imported foods with one barcode, or one name and brand, only the best is there, and those that were eaten.
    """
    chosen: list[_Found] = []
    seen: set[object] = set()
    sure = any(not one.likeness.slips for one in found)
    whole = any(not one.likeness.lacks for one in found)
    for one in found:
        vague = one.likeness.slips and one.likeness.close < _CLOSE
        if (sure and vague) or (whole and one.likeness.lacks):
            continue
        same = {one.what.barcode or one.what.id, (one.what.name, one.what.brand)}
        if seen & same and not one.uses and one.what.id.startswith(_IMPORTED):
            continue
        seen |= same
        chosen.append(one)
        if len(chosen) == limit:
            break
    return chosen


# --- Imported foods -------------------------------------------------------------------------------


def _imported(app: App, typed: Typed, found: Collection[_Found], limit: int) -> Iterator[_Name]:
    """Yield imported foods that may be meant: with all words, else with slips put right, else with all words but one."""
    meant = [(word, *sorted(also)) for word, also in zip(typed.words, typed.also, strict=True)]
    known = app.store.known_food_words({form for some in meant for one in some for form in _forms(one)})
    asked = [tuple(asked for one in some for asked in _asked(one, known)) for some in meant]
    exact = _looked_up(app, asked)
    yield from exact
    if len(exact) >= limit:
        return
    spelled = [
        some if known.get(word, 0) >= _COMMON else (*some, *_spellings(app, word))
        for some, word in zip(asked, typed.words, strict=True)
    ]
    more = [] if spelled == asked else _looked_up(app, spelled)
    yield from more
    if exact or more or len(asked) == 1 or any(not one.likeness.lacks for one in found):
        return
    for left_out in range(min(len(asked), _WORDS_LEFT_OUT)):
        yield from _looked_up(app, spelled[:left_out] + spelled[left_out + 1 :])


def _forms(word: str) -> tuple[str, ...]:
    """Return a word with its other number: as it is, of one, of many."""
    one = singular(word)
    return tuple(dict.fromkeys((word, one, f"{one}s", f"{one}es")))


def _asked(word: str, known: Mapping[str, int]) -> Sequence[str]:
    """Return what to look for: whole words when many foods have them, which is quicker, else what begins so."""
    if known.get(word, 0) < _PLENTY:
        return (singular(word),)
    return tuple(f"{form} " for form in _forms(word) if form in known)


def _looked_up(app: App, asked: Sequence[Sequence[str]]) -> list[_Name]:
    rows = app.store.find_foods(asked, limit=_LOOKED_AT)
    return [
        _name_of(row.id, row.name, row.brand, row.barcode, _LIKELY_FIRST * (1 - place / _LOOKED_AT))
        for place, row in enumerate(rows)
    ]


def _spellings(app: App, word: str) -> tuple[str, ...]:
    """Return the words of imported foods that may be meant by a word, the likest and commonest first."""
    if not slips_forgiven(word):
        return ()
    near = dict(app.store.known_food_words(set(one_slip_away(word))))
    if len(word) >= _TRIGRAMS_FROM:
        near.update(app.store.like_food_words(word))
    near.pop(word, None)
    like = {other: word_likeness(word, other) for other in near}
    likest = sorted((one for one in near if like[one] > 0), key=lambda one: (-like[one], -near[one], one))
    return tuple(likest[:_SPELLINGS])


# --- Hits -----------------------------------------------------------------------------------------


def _food_hit(food: Food, uses: int) -> FoodHit:
    return FoodHit(
        id=food.id,
        name=food.name,
        brand=food.brand,
        group=food.group,
        origin=food.origin,
        energy_kcal=food.per_100g.get("energy"),
        portions=food.portions,
        uses=uses,
    )


def _dish_hit(dish: Dish, uses: int) -> FoodHit:
    energy = dish.totals.get("energy")
    return FoodHit(
        id=RECIPE + dish.recipe.id,
        name=dish.recipe.name,
        brand="",
        group="other",
        origin="recipe",
        energy_kcal=None if energy is None else energy.amount,
        portions=(Portion(name="1 serving", mass_g=dish.mass_g),),
        uses=uses,
    )
