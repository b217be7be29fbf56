"""Shows one question: shared by Welcome and by Settings, where the same answers are changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Request
from starlette.datastructures import FormData
from starlette.responses import Response

from openback.services import people
from openback.services.app import App
from openback.units import in_from_cm, lb_from_kg
from openback.web.forms import places, steps
from openback.web.forms.draft import STACK_KIT, Draft, PlaceDraft
from openback.web.forms.steps import Asking, Step
from openback.web.rendering import app_of, page


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around a question: where it is sent, the way back, and how far one is."""

    action: str
    back: str
    button: str
    number: int = 0
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The question that an address names, with the answers so far."""

    step: Step
    draft: Draft
    asking: Asking

    @property
    def asked(self) -> bool:
        """Whether this person is asked it at all."""
        return self.step.asked(self.draft, self.asking)


def asking_of(app: App, draft: Draft, place: int) -> Asking:
    """Return what the steps need to know; a place beyond the next free one counts as the next free one."""
    return Asking(
        today=app.today,
        questions=people.screening_questions(app),
        kit=frozenset(app.catalogue.kit),
        complaints=frozenset(app.catalogue.complaints),
        place=max(0, min(place, len(draft.places))),
    )


def show_step(
    request: Request,
    at: Question,
    frame: Frame,
    *,
    problems: Sequence[str] = (),
    form: FormData | None = None,
) -> Response:
    """Return the page of one question; with problems it shows again what was typed."""
    step, draft = at.step, at.draft
    typed = {name: value for name, value in (form or FormData()).items() if isinstance(value, str)}
    name = "screening" if step.id in steps.PAGES else step.id
    return page(
        request,
        f"steps/{name}.html",
        status=422 if problems else 200,
        step=step,
        draft=draft,
        frame=frame,
        problems=list(problems),
        typed=typed,
        units=draft.units,
        mass_unit="kg" if draft.units == "metric" else "lb",
        **_extras(app_of(request), step, draft, at.asking),
    )


def _extras(app: App, step: Step, draft: Draft, asking: Asking) -> dict[str, object]:
    """Return what only some questions show."""
    catalogue = app.catalogue
    if step.id in steps.PAGES:
        return {"questions": steps.questions_on(step.id, asking, draft)}
    if step.id == "body":
        return _measures(draft)
    if step.id in {"place", "kit", "loads"}:
        place = draft.places[asking.place] if asking.place < len(draft.places) else PlaceDraft(name="")
        tables = {"presets": places.PRESETS, "kit_items": tuple(catalogue.kit.values())}
        loads = _loads(place, draft) | {"band_colours": tuple(catalogue.bands.values())}
        return {"place": place} | tables | (loads if step.id == "loads" else {})
    if step.id == "sore":
        return {"complaints": tuple(catalogue.complaints.values())}
    return {"goals": steps.GOALS, "levels": steps.EXPERIENCE, "sexes": steps.SEXES, "minutes": steps.MINUTES}


def _measures(draft: Draft) -> dict[str, object]:
    """Return height and mass in the person's units, as the fields show them."""
    height, mass = draft.height_cm, draft.mass_kg
    feet, inches = divmod(round(in_from_cm(height)), 12) if height is not None else (None, None)
    return {
        "shown_height_cm": None if height is None else f"{height:g}",
        "height_ft": feet,
        "height_in": inches,
        "shown_mass": None
        if mass is None
        else f"{mass if draft.units == 'metric' else round(lb_from_kg(mass), 1):g}",
    }


def _loads(place: PlaceDraft, draft: Draft) -> dict[str, object]:
    """Return the loads to tick and the numbers of stack and bar, in the person's units."""
    units = draft.units
    kit = set(place.kit)
    stack, bar = place.stack, place.bar
    return {
        "has": {
            "dumbbells": "dumbbells" in kit,
            "stack": bool(kit & STACK_KIT),
            "bar": "barbell" in kit,
            "bands": "band" in kit,
        },
        "dumbbells": places.ticks(places.DUMBBELLS[units], place.dumbbell_kg, units),
        "add_ons": places.ticks(places.ADD_ONS[units], stack.add_on_kg if stack else (), units),
        "plates": places.ticks(places.PLATES[units], bar.plates_kg if bar else (), units),
        "stack": stack
        and tuple(f"{places.in_units(kg, units):g}" for kg in (stack.start_kg, stack.step_kg, stack.top_kg)),
        "bar": f"{places.in_units(bar.bar_kg, units):g}" if bar else "",
        "usual_stack": places.STACKS[units],
        "usual_bar": places.BARS[units],
    }
