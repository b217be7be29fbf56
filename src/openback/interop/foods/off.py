"""Open Food Facts: its export of tab-separated lines, packed or not, four million of them."""

from __future__ import annotations

import csv
import gzip
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from openback.interop.foods.cells import clean, first_brand, length_class, serving, spoken
from openback.interop.foods.checks import KCAL_PER_KJ, Checks
from openback.interop.foods.lines import byte_lines
from openback.interop.foods.mapping import group_of, mapping
from openback.model.barcode import barcode_of
from openback.model.food import Food
from openback.model.food_import import Piece, PublicTable, RankedFood, Step
from openback.model.words import words_of

PIECE_FOODS: Final = 5_000
PIECE_ROWS: Final = 25_000
_SKIP: Final = 1 << 20  # bytes at a time
_TELL: Final = 2_000  # rows between two words about the progress
_NAMES: Final = ("product_name", "product_name_en", "generic_name", "abbreviated_product_name")
_GROUPS: Final = ("pnns_groups_2", "main_category_en", "pnns_groups_1")
_NO_GROUP: Final = frozenset({"", "unknown", "not-applicable"})
_LONGEST_CODE: Final = 40
# Scans in a year from which a food is likelier meant than its neighbours, and its rank then.
_SCANNED: Final = ((1000, 12), (100, 16), (20, 20), (5, 24), (1, 28))
_NEVER_SCANNED: Final = 36
_WITHOUT_BARCODE: Final = 44

OUT: Final = "out:"
SHIFTED: Final = "its columns are not those of the heading"
NO_CODE: Final = "it has no number"
NO_NAME: Final = "it has no name"
NO_FIGURES: Final = "it tells nothing of what is in it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where the columns are. `heading_bytes` is how long the first line is."""

    delimiter: str
    columns: Mapping[str, int]
    width: int
    heading_bytes: int

    @classmethod
    def of(cls, heading: bytes) -> Layout | None:
        """Return the layout of a first line, None when it is not one of Open Food Facts."""
        text = heading.decode("utf-8-sig", errors="replace").rstrip("\r\n")
        delimiter = max("\t,;", key=text.count)
        cells = [cell.strip().strip('"') for cell in text.split(delimiter)]
        columns = {name: place for place, name in enumerate(cells)}
        if "code" not in columns or not {"product_name", "energy_100g", "energy-kcal_100g"} & set(columns):
            return None
        return cls(delimiter=delimiter, columns=columns, width=len(cells), heading_bytes=len(heading))

    def places(self, names: Sequence[str]) -> tuple[int, ...]:
        """Return where those of the columns are that the file has."""
        return tuple(self.columns[name] for name in names if name in self.columns)

    def cells(self, line: bytes) -> list[str] | None:
        """Return the cells of a line, None when they are not as many as the heading has."""
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            text = line.decode("cp1252", errors="replace")
        text = text.rstrip("\r\n")
        if self.delimiter != "\t" or '"' in text:
            cells = self._quoted(text)
            if len(cells) == self.width:
                return cells
        cells = text.split(self.delimiter)
        return cells if len(cells) == self.width else None

    def _quoted(self, text: str) -> list[str]:
        try:
            return next(csv.reader([text], delimiter=self.delimiter), [])
        except csv.Error:
            return []


class OffReader:
    """An export of Open Food Facts. `layout` is that of its first line."""

    origin: PublicTable = "open_food_facts"

    def __init__(self, path: Path, layout: Layout, *, file: str, packed: bool) -> None:
        self.name, self.file, self.cut_off = path.name, file, ""
        self._path, self._packed, self._layout = path, packed, layout
        self._rows = _Rows(layout)

    def pieces(self, position: int, progress: Step) -> Iterator[Piece]:
        """Yield what follows a position: bytes of the unpacked table."""
        size = self._path.stat().st_size
        with self._open() as (stream, raw):
            begin = max(position, self._layout.heading_bytes)
            for skipped in _skip(stream, begin):
                progress(raw.tell(), size)
                position = skipped
            position = begin
            try:
                for piece in self._read(stream, position):
                    progress(raw.tell(), size)
                    yield piece
            except (EOFError, zlib.error, gzip.BadGzipFile):
                self.cut_off = f"{self.name} is damaged or ends early: the download stopped."
                yield self._rows.piece()
        progress(size, size)

    @contextmanager
    def _open(self) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
        with self._path.open("rb") as raw:
            if not self._packed:
                yield raw, raw
                return
            with gzip.GzipFile(fileobj=raw) as stream:
                yield stream, raw  # type: ignore[misc]

    def _read(self, stream: IO[bytes], position: int) -> Iterator[Piece]:
        rows = self._rows
        rows.begin(position)
        for line in byte_lines(stream, self.name):
            rows.take(line)
            if rows.full:
                yield rows.piece()
        yield rows.piece()


def _skip(stream: IO[bytes], to: int) -> Iterator[int]:
    """Go to a place in a stream, the slow way that a packed one needs, and yield how far it is."""
    if stream.seekable() and not isinstance(stream, gzip.GzipFile):
        stream.seek(to)
        return
    at = 0
    while at < to:
        read = len(stream.read(min(_SKIP, to - at)))
        if not read:
            return
        at += read
        yield at


class _Rows:
    """Makes foods of lines, and pieces of foods."""

    def __init__(self, layout: Layout) -> None:
        mapped = mapping()
        self._layout = layout
        self._checks = Checks(mapped)
        self._amounts = tuple(
            (nutrient, places, column.times)
            for nutrient, column in mapped.off.items()
            if (places := layout.places(column.names))
        )
        others = sorted(name for name in layout.columns if name.startswith("product_name_"))
        self._names = layout.places(tuple(dict.fromkeys((_NAMES[0], _NAMES[1], *others, *_NAMES[2:]))))
        self._groups = layout.places(_GROUPS)
        self._foods: list[RankedFood] = []
        self._counts: Counter[str] = Counter()
        self._position = 0

    def begin(self, position: int) -> None:
        """Begin at a place of the table."""
        self._position = position

    @property
    def full(self) -> bool:
        """Whether it is time to keep what was gathered."""
        return len(self._foods) >= PIECE_FOODS or self._counts["read"] >= PIECE_ROWS

    def piece(self) -> Piece:
        """Return what was gathered, and begin anew."""
        counts = self._counts + self._checks.counts
        made = Piece(foods=tuple(self._foods), position=self._position, counts=dict(counts))
        self._foods = []
        self._counts.clear()
        self._checks.counts.clear()
        return made

    def take(self, line: bytes) -> None:
        """Make a food of a line, or count why not."""
        self._position += len(line)
        if not line.strip():
            return
        self._counts["read"] += 1
        made = self._food(line)
        if isinstance(made, str):
            self._counts[OUT + made] += 1
        else:
            self._counts["kept"] += 1
            self._foods.append(made)

    def _food(self, line: bytes) -> RankedFood | str:
        """Return the food of a line, or why there is none."""
        cells = self._layout.cells(line)
        if cells is None:
            return SHIFTED
        code = self._cell(cells, "code").strip()
        if not code.isascii() or not code.isdigit() or len(code) > _LONGEST_CODE:
            return NO_CODE
        name = next((name for place in self._names if words_of(name := clean(cells[place]))), "")
        if not name:
            return NO_NAME
        amounts = self._per_100g(cells)
        if not amounts:
            return NO_FIGURES
        barcode = barcode_of(code) or ""
        category = next((c for place in self._groups if (c := cells[place]).lower() not in _NO_GROUP), "")
        food = Food(
            id=f"off:{code}",
            name=spoken(name),
            group=group_of(category, name),
            per_100g=amounts,
            origin="open_food_facts",
            source=f"Open Food Facts {code}",
            portions=serving(self._cell(cells, "serving_size"), self._cell(cells, "serving_quantity")),
            brand=first_brand(self._cell(cells, "brands")),
            barcode=barcode,
        )
        return RankedFood(food=food, rank=self._rank(cells, name, barcode))

    def _cell(self, cells: Sequence[str], name: str) -> str:
        place = self._layout.columns.get(name)
        return "" if place is None else cells[place]

    def _rank(self, cells: Sequence[str], name: str, barcode: str) -> int:
        scans = self._cell(cells, "unique_scans_n")
        often = int(scans) if scans.isascii() and scans.isdigit() else 0
        rank = next((rank for least, rank in _SCANNED if often >= least), _NEVER_SCANNED)
        return (rank if barcode else max(rank, _WITHOUT_BARCODE)) + length_class(name)

    def _per_100g(self, cells: Sequence[str]) -> Mapping[str, float]:
        amounts: dict[str, float] = {}
        energy = self._energy(cells)
        if energy is not None:
            amounts["energy"] = energy
        for nutrient, places, times in self._amounts:
            for place in places:
                if cells[place] and self._keep(amounts, nutrient, self._checks.number(cells[place], times)):
                    break
        if "sodium" not in amounts and (salt := self._cell(cells, "salt_100g")):
            self._keep(amounts, "sodium", self._checks.number(salt, 400.0))  # salt is 40 % sodium
        long = [
            self._checks.number(cell)
            for name in ("eicosapentaenoic-acid_100g", "docosahexaenoic-acid_100g")
            if (cell := self._cell(cells, name))
        ]
        if len(long) == 2 and None not in long:
            self._keep(amounts, "omega3_long", sum(filter(None, long)))
        return self._checks.fitting(amounts)

    def _energy(self, cells: Sequence[str]) -> float | None:
        """Return kilocalories: as they stand, else from kilojoules."""
        for column, times in (
            ("energy-kcal_100g", 1.0),
            ("energy-kj_100g", KCAL_PER_KJ),
            ("energy_100g", KCAL_PER_KJ),
        ):
            cell = self._cell(cells, column)
            if not cell:
                continue
            value = self._checks.number(cell, times)
            if value is not None and self._checks.possible("energy", value):
                return value if times == 1.0 else round(value, 1)
        return None

    def _keep(self, amounts: dict[str, float], nutrient: str, value: float | None) -> bool:
        if value is None or not self._checks.possible(nutrient, value):
            return False
        amounts[nutrient] = value
        return True
