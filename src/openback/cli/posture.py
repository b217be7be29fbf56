"""`openback posture`: what photos tell of posture, each reading with its band."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.padding import Padding
from rich.text import Text

from openback.cli.output import AsJson, aside, out, print_json, table
from openback.services.app import utc_now
from openback.services.plain import plain
from openback.services.posture import check_photos
from openback.services.posture_views import PosturePhotos, PostureReadingView
from openback.services.posture_words import ABOUT, SHOT_WORDS, signed

Photos = Annotated[
    list[Path],
    typer.Argument(
        metavar="PHOTO...",
        help="Photos from the front, the back and both sides, or some of them, in any order.",
    ),
]
C7 = Annotated[
    str | None,
    typer.Option(
        "--c7",
        metavar="X,Y",
        help="Where the C7 bone is on the first photo from the side: shares of width and height, or pixels.",
    ),
]


def posture(photos: Photos, *, c7: C7 = None, as_json: AsJson = False) -> None:
    """Say what photos tell of posture: head, shoulders and trunk in degrees, with bands and what to change."""
    mark = None if c7 is None else _point(c7)
    with aside.status("Looking at the photos…"):
        found = check_photos(photos, at=utc_now(), c7_xy=mark)
    if as_json:
        print_json(plain(found))
    else:
        _show(found)


def _point(text: str) -> tuple[float, float]:
    try:
        x, y = (float(part) for part in text.split(","))
    except ValueError as error:
        message = f"--c7 is {text!r}, it must be two numbers such as 0.41,0.33"
        raise typer.BadParameter(message) from error
    return x, y


def _show(found: PosturePhotos) -> None:
    check = found.check
    for photo in found.photos:
        seen = SHOT_WORDS[photo.shot] if photo.shot else "not to be told from where"
        out.print(Text.assemble((photo.name, "bold"), f"  {seen}" if photo.used else "  not used"))
    for problem in check.problems:
        out.print(
            Padding(Text(f"{problem.photo}: {problem.said}", style="yellow"), (0, 0, 0, 2), expand=False)
        )
    out.print()
    out.print(Text(check.headline, style="bold"))
    readings = (*check.readings, *((check.c7,) if check.c7 else ()))
    out.print(
        table("", ["", "Degrees.", "Band (80 %).", "Worth believing from."], [_row(one) for one in readings])
    )
    for one in readings:
        out.print(Padding(Text(one.said), (0, 0, 0, 2), expand=False))
    for caution in check.cautions:
        out.print(Text(caution, style="yellow"))
    if check.untold:
        out.print()
        out.print(Text("What could not be told", style="bold"))
        for untold in check.untold:
            out.print(Text.assemble(("? ", "cyan"), f"{untold.name}: ", (untold.why, "dim")))
    out.print()
    out.print(Text(ABOUT, style="dim"))


def _row(one: PostureReadingView) -> list[str]:
    return [
        one.name,
        signed(one.value),
        f"{signed(one.low, 0)} to {signed(one.high, 0)}",
        f"{one.smallest_change:g}° of change",
    ]
