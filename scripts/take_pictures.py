"""Take the pictures of the README from the sample person's app.

    .venv/bin/python -m scripts.take_pictures

Writes `docs/images/*.png`: pages as people see them, on a phone and on a laptop.
"""

from __future__ import annotations

import base64
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from playwright.sync_api import sync_playwright

from scripts.system import ROOT, browser_flags, find_chromium, is_root

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ViewportSize

OUT: Final = ROOT / "docs" / "images"
PHONE: Final[ViewportSize] = {"width": 390, "height": 844}
LAPTOP: Final[ViewportSize] = {"width": 1180, "height": 844}
# What each picture shows: a page on a phone and one on a laptop.
PICTURES: Final = {
    "today": ("/", "/train"),
    "eat": ("/eat", "/eat/nutrients?over=week"),
    "progress": ("/library/one_arm_dumbbell_row", "/progress"),
    "desk": ("/desk/posture", "/progress/steps"),
}
SHEET: Final = """
<style>
  body {{ margin: 0; padding: 40px; display: flex; gap: 36px; background: #efe9df; width: max-content }}
  img {{ height: 640px; border-radius: 18px; box-shadow: 0 8px 30px rgb(29 36 51 / .18) }}
</style>
{pictures}
"""


@contextmanager
def sample_app() -> Iterator[str]:
    """Yield the address of an app of the sample person, which is stopped at the end."""
    command = [sys.executable, "-m", "openback", "demo", "--no-browser", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            said = server.stdout.readline() if server.stdout else ""
            yield said.split(" at ", 1)[1].strip().rstrip("/")
        finally:
            server.terminate()


def page_picture(browser: Browser, address: str, size: ViewportSize) -> str:
    """Return a page as the text of an `img`."""
    context = browser.new_context(viewport=size, device_scale_factor=1.5, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    shot = base64.b64encode(page.screenshot()).decode()
    context.close()
    return f'<img src="data:image/png;base64,{shot}">'


def main() -> None:
    """Take every picture."""
    OUT.mkdir(parents=True, exist_ok=True)
    with sample_app() as app, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), chromium_sandbox=not is_root(), args=list(browser_flags())
        )
        for name, (phone, laptop) in PICTURES.items():
            shots = page_picture(browser, app + phone, PHONE) + page_picture(browser, app + laptop, LAPTOP)
            sheet = browser.new_page(viewport={"width": 1300, "height": 720})
            sheet.set_content(SHEET.format(pictures=shots))
            sheet.locator("body").screenshot(path=OUT / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
