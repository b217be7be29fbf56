"""Loads the recipe files, ours and a person's own: every problem of every file, told at once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Final

from openback.datafile import Table
from openback.errors import BadRecipes
from openback.model.food import Food, Recipe
from openback.nutrition.kitchen import load_kitchen
from openback.nutrition.recipe_schema import Shelf, recipe_of

MAX_FILE_KB: Final = 64
MAX_OWN_FILES: Final = 2000


@dataclass(frozen=True, kw_only=True, eq=False)
class RecipeFile:
    """A file that was read: `label` as a person finds it, `stem` its name without `.toml`.

    `problem` says why it could not be read; then `values` are empty.
    """

    label: str
    stem: str
    values: Mapping[str, object]
    problem: str = ""


def load_recipes(foods: Mapping[str, Food], own_folder: Path | None = None) -> Mapping[str, Recipe]:
    """Return the recipes by id: the packaged ones, and those of `own_folder` after them.

    A recipe of the own folder stands in for ours with the same id; a folder that does not exist counts as empty.
    Raises BadRecipes with every problem of every file at once.
    """
    everything = {file.stem: file for file in (*_packaged(), *_own(own_folder))}
    return recipes_of(everything.values(), foods)


def recipes_of(everything: Iterable[RecipeFile], foods: Mapping[str, Food]) -> Mapping[str, Recipe]:
    """Return the recipes that the files describe, in the order of their ids; raises BadRecipes."""
    shelf = Shelf(foods=foods, kitchen=load_kitchen())
    problems: list[str] = []
    recipes: list[Recipe] = []
    for file in sorted(everything, key=lambda file: file.stem):
        found = [file.problem] if file.problem else []
        if not file.problem:
            recipes.append(recipe_of(Table(file.label, file.values, found), file.stem, shelf))
        problems += [f"{file.label}: {problem}" for problem in found]
    problems += _name_clashes(recipes)
    if problems:
        raise BadRecipes(problems)
    return MappingProxyType({recipe.id: recipe for recipe in recipes})


def read_recipe_file(item: Traversable, label: str) -> RecipeFile:
    """Return a file as a table, or with the reason why it could not be read."""
    stem = item.name.removesuffix(".toml")
    try:
        with item.open("rb") as stream:
            content = stream.read(MAX_FILE_KB * 1024 + 1)
        if len(content) > MAX_FILE_KB * 1024:
            problem = f"is larger than {MAX_FILE_KB} kB, the most that a recipe file may be"
            return RecipeFile(label=label, stem=stem, values={}, problem=problem)
        return RecipeFile(label=label, stem=stem, values=tomllib.loads(content.decode("utf-8-sig")))
    except OSError as error:
        problem = f"cannot be read ({error.strerror or 'unknown reason'})"
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        problem = f"is not UTF-8 text (line {line}); save it as UTF-8"
    except tomllib.TOMLDecodeError as error:
        problem = f"is not TOML: {str(error)[:1].lower()}{str(error)[1:]}"
    except RecursionError:
        problem = "is not TOML: tables or lists are nested too deeply"
    return RecipeFile(label=label, stem=stem, values={}, problem=problem)


@cache
def _packaged() -> tuple[RecipeFile, ...]:
    """Return the packaged files; they do not change while the process lives."""
    folder = files("openback") / "data" / "recipes"
    items = sorted(
        (item for item in folder.iterdir() if item.name.endswith(".toml")), key=lambda item: item.name
    )
    return tuple(read_recipe_file(item, f"recipes/{item.name}") for item in items)


def _own(folder: Path | None) -> Iterator[RecipeFile]:
    if folder is None or not folder.exists():
        return
    if not folder.is_dir():
        problem = "is a file; give the folder that holds the recipe files"
        yield RecipeFile(label=str(folder), stem=folder.stem, values={}, problem=problem)
        return
    paths = sorted(folder.glob("*.toml"))
    if len(paths) > MAX_OWN_FILES:
        problem = f"holds {len(paths)} recipe files; the most is {MAX_OWN_FILES}"
        yield RecipeFile(label=str(folder), stem=folder.stem, values={}, problem=problem)
        return
    for path in paths:
        # A pipe or a folder with this name would block or surprise the reader.
        if path.is_file():
            yield read_recipe_file(path, str(path))
        else:
            problem = "is not a file; move it away"
            yield RecipeFile(label=str(path), stem=path.stem, values={}, problem=problem)


def _name_clashes(recipes: Iterable[Recipe]) -> Iterator[str]:
    """Yield each name that two recipes share: on the week's page nobody could tell them apart."""
    owner: dict[str, Recipe] = {}
    for recipe in recipes:
        first = owner.setdefault(recipe.name.casefold(), recipe)
        if recipe.name and first.id != recipe.id:
            yield f'"{recipe.name}" is the name of both {first.id} and {recipe.id}; rename one of them'
