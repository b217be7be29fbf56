"""Figures of foreign tables: what cannot be is unknown, and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import isfinite
from typing import Final

from openback.interop.foods.mapping import Mapped

KCAL_PER_KJ: Final = 1 / 4.184
UNKNOWN: Final = "unknown:"

NOT_A_NUMBER: Final = "is not a number"
NEGATIVE: Final = "is less than nothing"
TOO_MUCH: Final = "is more than 100 g can hold"
KILOJOULES: Final = "is kilojoules in the place of kilocalories"
KILOCALORIES: Final = "is kilocalories in the place of kilojoules"
ENERGY_MISFIT: Final = "is energy that protein, carbohydrate and fat do not make"
MACROS: Final = "is protein, carbohydrate or fat of more than 100 g together"
PART: Final = "is a part larger than its whole"

_MACROS: Final = ("protein", "carbohydrate", "fat")
_PARTS: Final = (("sugars", "carbohydrate"), ("added_sugars", "sugars"), ("saturated_fat", "fat"))


class Checks:
    """Holds figures against what can be; `counts` says how many of which kind became unknown."""

    def __init__(self, mapped: Mapped) -> None:
        self.counts: Counter[str] = Counter()
        self._fit = mapped.fit
        self._most = mapped.most

    def number(self, text: str, times: float = 1.0) -> float | None:
        """Return the number of a cell in our unit; None when it is blank or none."""
        cell = text.strip()
        if not cell:
            return None
        try:
            value = float(cell)
        except ValueError:
            value = float("nan")
        if not isfinite(value):
            self._count(NOT_A_NUMBER)
            return None
        return value if times == 1.0 else float(f"{value * times:.10g}")

    def possible(self, nutrient: str, amount: float) -> bool:
        """Return whether 100 g can hold so much; counts it when not."""
        if amount < 0:
            self._count(NEGATIVE)
        elif amount > self._most[nutrient]:
            self._count(TOO_MUCH)
        else:
            return True
        return False

    def fitting(self, amounts: dict[str, float]) -> Mapping[str, float]:
        """Return amounts that fit each other; what does not is taken out of `amounts`."""
        weighed = [amounts.get(key, 0.0) for key in _MACROS]
        if sum(weighed) > self._fit.most_macros_g:
            for key in _MACROS:
                self._take(amounts, key, MACROS)
        self._check_energy(amounts)
        for part, whole in _PARTS:
            if whole in amounts and amounts.get(part, 0.0) > amounts[whole] + self._fit.whole_spare_g:
                self._take(amounts, part, PART)
        return amounts

    def _check_energy(self, amounts: dict[str, float]) -> None:
        energy = amounts.get("energy")
        if energy is None or not all(key in amounts for key in _MACROS):
            return
        # The general factors, with fibre at 2 and alcohol at 7 kcal a gram.
        expected = 4 * amounts["protein"] + 4 * amounts["carbohydrate"] + 9 * amounts["fat"]
        expected += 2 * amounts.get("fibre", 0.0) + 7 * amounts.get("alcohol", 0.0)
        if max(energy, expected) < self._fit.energy_from_kcal:
            return
        low, high = self._fit.energy_ratio
        ratio = energy / expected if expected else float("inf")
        if low <= ratio <= high:
            return
        if self._fit.kilojoule_ratio[0] <= ratio <= self._fit.kilojoule_ratio[1]:
            self._take(amounts, "energy", KILOJOULES)
        elif self._fit.kilocalorie_ratio[0] <= ratio <= self._fit.kilocalorie_ratio[1]:
            self._take(amounts, "energy", KILOCALORIES)
        elif not _sweetened(amounts, ratio):
            self._take(amounts, "energy", ENERGY_MISFIT)

    def _take(self, amounts: dict[str, float], key: str, why: str) -> None:
        if amounts.pop(key, None) is not None:
            self._count(why)

    def _count(self, why: str) -> None:
        self.counts[UNKNOWN + why] += 1


def _sweetened(amounts: Mapping[str, float], ratio: float) -> bool:
    """Return whether the carbohydrate is mostly no sugar or starch that gives energy: sweeteners, fibre."""
    return ratio < 1 and amounts["carbohydrate"] > 80 and amounts.get("sugars", 100.0) < 5
