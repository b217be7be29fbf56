"""Storage: the database, its migrations, and one `Store` with methods named by intent."""

from openback.storage.backup import backup, delete_everything, restore, restore_closed
from openback.storage.foods import FoodImport, FoundFood
from openback.storage.open import open_store
from openback.storage.records import (
    About,
    Added,
    Best,
    Change,
    Done,
    EatenEnergy,
    FoodUse,
    ForeignExercise,
    Kept,
    KeptProgramme,
    PlanOverride,
    Screening,
    Totals,
    WholeSession,
)
from openback.storage.store import Store

__all__ = [
    "About",
    "Added",
    "Best",
    "Change",
    "Done",
    "EatenEnergy",
    "FoodImport",
    "FoodUse",
    "ForeignExercise",
    "FoundFood",
    "Kept",
    "KeptProgramme",
    "PlanOverride",
    "Screening",
    "Store",
    "Totals",
    "WholeSession",
    "backup",
    "delete_everything",
    "open_store",
    "restore",
    "restore_closed",
]
