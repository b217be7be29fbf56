"""The catalogue: reads and checks the data files and a person's own folder; search."""

from openback.catalogue.document import exercise_json
from openback.catalogue.kit import doable, owned
from openback.catalogue.load import load_catalogue
from openback.catalogue.search import Match, exercise_named, filtered, find_exercises

__all__ = [
    "Match",
    "doable",
    "exercise_json",
    "exercise_named",
    "filtered",
    "find_exercises",
    "load_catalogue",
    "owned",
]
