"""What the shape cannot tell: ids that must exist elsewhere, pairs in order, names given twice.

Each rule reads the raw table, not the checked one, so that a file with a wrong type in one place is
still told about an unknown muscle in another. A value of the wrong type is left to the shape.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from openback.catalogue.files import DataFile, Problem, Table
from openback.catalogue.shape import joined, near
from openback.model.figure import ANGLES, POSTURES, PROPS, Joint
from openback.model.measures import MEASURE_UNITS

PROJECT_DEFAULT: Final = "project default"
TEMPO_KEYS: Final = ("lift_s", "hold_s", "lower_s", "pause_s")
# What `show` of a fault may say: a moment, a tempo, a share of the range, and what to add to an angle.
SHOW: Final[Mapping[str, Joint]] = {
    "at": Joint(0, 1, False, "moment of the rep"),
    "range_share": Joint(0.1, 1.5, False, "how much of the way it goes"),
    **{key: Joint(0, 60, False, "seconds of the tempo") for key in TEMPO_KEYS},
    **{name: Joint(joint.low - joint.high, joint.high - joint.low, joint.sided, joint.what) for name, joint in ANGLES.items()},
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Every id that a file may name."""

    muscles: Collection[str]
    kit: Collection[str]
    complaints: Collection[str]
    sources: Collection[str]
    bands: Collection[str]
    exercises: Collection[str]


Found = Iterator[tuple[str, str]]  # key, what is wrong
Rule = Callable[[DataFile, Known], Found]


def exercise_problems(file: DataFile, known: Known) -> Iterator[Problem]:
    """Yield what every rule finds in one exercise file."""
    for rule in RULES:
        for key, text in rule(file, known):
            yield Problem(file=file.label, key=key, text=text)


def id_is_file_name(file: DataFile, _known: Known) -> Found:
    """The id is the file's name, so that a person finds the file."""
    given = file.table.get("id")
    if isinstance(given, str) and given != file.stem:
        yield (
            "id",
            f'"{given}" is not the file\'s name; write id = "{file.stem}" or rename the file to {given}.toml',
        )


def muscles_exist(file: DataFile, known: Known) -> Found:
    """Every muscle is one of `muscles.toml`."""
    for word in _table(file.table, "muscles"):
        if word not in known.muscles:
            yield f"muscles.{word}", _unknown("muscle", word, known.muscles)


def kit_exists(file: DataFile, known: Known) -> Found:
    """Every piece of kit is one of `kit.toml`."""
    yield from _all_known("kit", file.table.get("kit"), "kit", known.kit)


def complaints_exist(file: DataFile, known: Known) -> Found:
    """Every complaint is one of `complaints.toml`, and none is both avoided and preferred."""
    safety = _table(file.table, "safety")
    for key in ("avoid_with", "prefer_with"):
        yield from _all_known(f"safety.{key}", safety.get(key), "complaint", known.complaints)
    both = [
        word
        for _, word in _words(safety.get("avoid_with"))
        if word in dict(_swapped(safety.get("prefer_with")))
    ]
    for word in both:
        yield "safety", f'"{word}" stands under avoid_with and prefer_with; keep one of them'


def sources_exist(file: DataFile, known: Known) -> Found:
    """Every source that is cited is in `sources.toml`."""
    yield from _all_known("sources", file.table.get("sources"), "source", known.sources)
    for number, tip in _tables(_table(file.table, "guide").get("tip")):
        yield from _all_known(f"guide.tip[{number}].sources", tip.get("sources"), "source", known.sources)
    for number, fault in _tables(file.table.get("fault")):
        basis = fault.get("basis")
        if isinstance(basis, str) and basis != PROJECT_DEFAULT and basis not in known.sources:
            text = joined(f'no source is called "{basis}"', near(basis, [*known.sources, PROJECT_DEFAULT]))
            yield f"fault[{number}].basis", text


def swaps_exist(file: DataFile, known: Known) -> Found:
    """Every exercise named as a swap or twin exists and is another one."""
    swap = _table(file.table, "swap")
    named = [(f"swap.{key}[{n}]", word) for key in ("easier", "harder") for n, word in _words(swap.get(key))]
    twins = _table(swap, "twins")
    named += [(f"swap.twins.{kind}", word) for kind, word in twins.items() if isinstance(word, str)]
    for key, word in named:
        if word == file.stem:
            yield key, "names this very exercise; name another one"
        elif word not in known.exercises:
            yield key, _unknown("exercise", word, known.exercises)


def bands_exist(file: DataFile, known: Known) -> Found:
    """Every band colour is one of `bands.toml`."""
    for sex, word in _table(_table(file.table, "start_load"), "band").items():
        if isinstance(word, str) and word not in known.bands:
            yield f"start_load.band.{sex}", _unknown("band", word, known.bands)


def pairs_in_order(file: DataFile, _known: Known) -> Found:
    """The lower number of a pair comes first."""
    dose = _table(file.table, "dose")
    for key in ("reps", "hold_s", "sets"):
        match dose.get(key):
            case [int(low), int(high)] if low > high:
                yield f"dose.{key}", f"[{low}, {high}] runs downwards; write the smaller number first"


def dose_fits_kind(file: DataFile, _known: Known) -> Found:
    """Reps for `reps` and `flow`, seconds for `hold`; never both. Reps have a tempo."""
    kind, dose = file.table.get("kind"), _table(file.table, "dose")
    if kind not in ("reps", "flow", "hold") or not dose:
        return
    wanted, other = ("hold_s", "reps") if kind == "hold" else ("reps", "hold_s")
    if wanted not in dose:
        yield f"dose.{wanted}", f'is missing; kind = "{kind}" needs it'
    if other in dose:
        yield f"dose.{other}", f'does not go with kind = "{kind}"; use {wanted}'
    if kind != "hold":
        yield from _tempo_moves(dose)


def rep_can_be_counted(file: DataFile, _known: Known) -> Found:
    """The rep's measure exists, and its start and peak differ."""
    rep = _table(file.table, "rep")
    yield from _measure_known("rep.measure", rep)
    start, peak = rep.get("start"), rep.get("peak")
    if start is not None and start == peak:
        yield "rep.peak", f"{peak} is the same as start; a rep has to go somewhere"


def faults_can_be_told(file: DataFile, _known: Known) -> Found:
    """Each fault has its own id, a known measure and a limit."""
    seen: set[object] = set()
    for number, fault in _tables(file.table.get("fault")):
        key = f"fault[{number}]"
        yield from _measure_known(f"{key}.measure", fault)
        if "below" not in fault and "above" not in fault:
            yield key, "has no limit; give below or above"
        if isinstance(fault.get("id"), str) and fault["id"] in seen:
            yield f"{key}.id", f'"{fault["id"]}" is used twice in this file; choose another id'
        seen.add(str(fault.get("id")))
        for word, value in _table(fault, "show").items():
            yield from _joint_problems(f"{key}.show.{word}", SHOW, word, value)


def figure_can_be_drawn(file: DataFile, _known: Known) -> Found:
    """The figure's posture and props are ones that the skeleton knows."""
    figure = _table(file.table, "figure")
    posture = figure.get("posture")
    if isinstance(posture, str) and posture not in POSTURES:
        yield "figure.posture", _unknown("posture", posture, POSTURES)
    yield from _all_known("figure.props", figure.get("props"), "prop", PROPS)


def figure_moves_forward(file: DataFile, _known: Known) -> Found:
    """The figure's moments run from 0 upwards, and each angle is one of the body's, within what bodies do."""
    keys = _tables(_table(file.table, "figure").get("key"))
    before = -1.0
    for number, key in keys:
        at = key.get("at")
        if isinstance(at, int | float) and not isinstance(at, bool):
            if at <= before:
                yield (
                    f"figure.key[{number}].at",
                    f"{at} does not come after the moment before it ({before:g})",
                )
            before = float(at)
        for word in key:
            if word != "at" and not word.endswith("_deg"):
                yield f"figure.key[{number}].{word}", "is not an angle; its name must end in _deg"
            elif word != "at":
                yield from _joint_problems(f"figure.key[{number}].{word}", ANGLES, word, key[word])


def _joint_problems(key: str, joints: Mapping[str, Joint], word: str, value: object) -> Found:
    joint = joints.get(word)
    if joint is None:
        yield key, _unknown("angle of the figure", word, joints)
        return
    if isinstance(value, Mapping) and not joint.sided:
        yield key, "is one number for the whole body; write it without left and right"
    for number in _numbers(value):
        if not joint.low <= number <= joint.high:
            yield key, f"{number:g} is more than a body does; use {joint.low:g} to {joint.high:g}"


RULES: Final[tuple[Rule, ...]] = (
    id_is_file_name,
    kit_exists,
    muscles_exist,
    sources_exist,
    dose_fits_kind,
    pairs_in_order,
    bands_exist,
    swaps_exist,
    complaints_exist,
    rep_can_be_counted,
    faults_can_be_told,
    figure_can_be_drawn,
    figure_moves_forward,
)


def name_clashes(files: Sequence[DataFile]) -> Iterator[Problem]:
    """Yield each name or alias that two exercises share: an imported set could belong to either."""
    owner: dict[str, DataFile] = {}
    for file in files:
        own = [("name", file.table.get("name"))]
        own += [(f"aliases[{n}]", word) for n, word in _words(file.table.get("aliases"))]
        for key, word in own:
            plain = plain_name(word) if isinstance(word, str) else ""
            other = owner.setdefault(plain, file) if plain else file
            if other.label != file.label:
                text = f'"{word}" already names {other.stem} ({other.label}); keep it in one of them'
                yield Problem(file=file.label, key=key, text=text)


def table_problems(name: str, file: DataFile, known: Known) -> Iterator[Problem]:
    """Yield ids that a table names and that do not exist."""
    for entry_id, entry in file.table.items():
        if not isinstance(entry, Mapping):
            continue
        found = [*_all_known(f"{entry_id}.sources", entry.get("sources"), "source", known.sources)]
        if name == "kit":
            found += _all_known(f"{entry_id}.implies", entry.get("implies"), "kit", known.kit)
        yield from (Problem(file=file.label, key=key, text=text) for key, text in found)


def plain_name(name: str) -> str:
    """Return `name` without accents, case, spaces and punctuation, to compare names."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[\W_]|[\u0300-\u036f]", "", letters)


def _tempo_moves(dose: Table) -> Found:
    tempo = _table(dose, "tempo")
    if not tempo:
        yield "dose.tempo", "is missing; say the seconds of lift_s, hold_s, lower_s and pause_s"
    elif all(value == 0 for value in tempo.values()):
        yield "dose.tempo", "is all zeros; a rep takes time"


def _measure_known(key: str, table: Table) -> Found:
    measure = table.get("measure")
    if isinstance(measure, str) and measure not in MEASURE_UNITS:
        yield key, _unknown("measure", measure, MEASURE_UNITS)


def _unknown(what: str, word: str, known: Collection[str]) -> str:
    return joined(f'no {what} is called "{word}"', near(word, sorted(known), others="there are"))


def _all_known(key: str, value: object, what: str, known: Collection[str]) -> Found:
    for number, word in _words(value):
        if word not in known:
            yield f"{key}[{number}]", _unknown(what, word, known)


def _table(table: Table, key: str) -> Table:
    value = table.get(key)
    return value if isinstance(value, Mapping) else {}


def _tables(value: object) -> list[tuple[int, Table]]:
    entries = value if isinstance(value, list) else []
    return [(number, entry) for number, entry in enumerate(entries, start=1) if isinstance(entry, Mapping)]


def _numbers(value: object) -> Iterator[float]:
    """Yield the ordinary numbers of one angle, or of its left and right; the shape tells of the rest."""
    for number in value.values() if isinstance(value, Mapping) else (value,):
        if isinstance(number, int | float) and not isinstance(number, bool) and math.isfinite(number):
            yield number


def _words(value: object) -> list[tuple[int, str]]:
    entries = value if isinstance(value, list) else []
    return [(number, entry) for number, entry in enumerate(entries, start=1) if isinstance(entry, str)]


def _swapped(value: object) -> list[tuple[str, int]]:
    return [(word, number) for number, word in _words(value)]
