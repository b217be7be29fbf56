"""The coach page in browsers with cameras of our own making, and all that leaves it."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from test_training_rooms import ask

from coach_camera import feed
from openback.services.coach.frames import decoded
from scripts.system import browser_flags, find_chromium, is_root

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Playwright

    from openback.model.motion import LandmarkFrame

FAKE: Final = "--use-fake-device-for-media-stream"
GRANTED: Final = "--use-fake-ui-for-media-stream"


@contextmanager
def launched(playwright: Playwright, *flags: str) -> Iterator[Browser]:
    """Yield a browser that was started with these flags; it finds no host but this machine."""
    browser = playwright.chromium.launch(
        executable_path=find_chromium(),
        chromium_sandbox=not is_root(),
        args=[*browser_flags(), "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", *flags],
    )
    yield browser
    browser.close()


@dataclass
class Traffic:
    """Everything that a page sends and gets: requests with the size of their bodies, and socket messages in order."""

    requests: list[tuple[str, int]] = field(default_factory=list)
    sockets: list[str] = field(default_factory=list)
    sent: list[str | bytes] = field(default_factory=list)
    got: list[dict[str, Any]] = field(default_factory=list)
    got_at_s: list[float] = field(default_factory=list)
    closed_at_s: list[float] = field(default_factory=list)

    def over(self, page: Page) -> None:
        """Note what this page does from now on."""
        context = page.context
        context.on("request", lambda one: self.requests.append((one.url, len(one.post_data_buffer or b""))))
        page.on("websocket", self._opened)

    def _opened(self, one: Any) -> None:
        self.sockets.append(one.url)
        one.on("framesent", self._went)
        one.on("framereceived", self._came)
        one.on("close", lambda _: self.closed_at_s.append(time.monotonic()))

    def _went(self, message: str | bytes) -> None:
        self.sent.append(message)

    def _came(self, text: str | bytes) -> None:
        self.got.append(json.loads(text))
        self.got_at_s.append(time.monotonic())

    def said(self, kind: str) -> int:
        """How often the page said this."""
        return sum(isinstance(one, str) and json.loads(one)["type"] == kind for one in self.sent)

    def of(self, kind: str) -> list[dict[str, Any]]:
        """What the server said of a kind, in order."""
        return [one for one in self.got if one["type"] == kind]

    @property
    def events(self) -> list[dict[str, Any]]:
        """The events since the last start."""
        return [event for message in self.since_start for event in message["events"]]

    @property
    def since_start(self) -> list[dict[str, Any]]:
        """The answers to frames that were sent since the last start."""
        before = self.frames(before_start=True)
        return [one for one in self.of("events") if one["seq"] > len(before)]

    def frames(self, *, before_start: bool = False) -> list[LandmarkFrame]:
        """The frames sent between the last start and the stop, or all before it."""
        orders = [None if isinstance(one, bytes) else json.loads(one)["type"] for one in self.sent]
        start = max(at for at, one in enumerate(orders) if one == "start")
        stop = orders.index("stop", start) if "stop" in orders[start:] else len(orders)
        part = self.sent[:start] if before_start else self.sent[start:stop]
        return [decoded(one).frame for one in part if isinstance(one, bytes)]

    def hosts(self) -> set[str | None]:
        """The hosts that the page asked anything of."""
        return {urlsplit(url).hostname for url in [*(url for url, _ in self.requests), *self.sockets]} - {
            None
        }


def coach_page(
    browser: Browser, url: str, exercise: str, *, frames: Sequence[LandmarkFrame] = (), script: str = ""
) -> tuple[Page, Traffic]:
    """Return the coach page of a fresh session, before its first tap. With `frames`, it finds these in any picture."""
    session = ask("POST", f"{url}/api/v1/sessions", {})["id"]
    ask("POST", f"{url}/api/v1/sessions/{session}/exercises", {"exercise": exercise})
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(20_000)
    if frames:
        feed(page, frames)
    if script:
        page.add_init_script(script)
    traffic = Traffic()
    traffic.over(page)
    page.goto(f"{url}/coach?session={session}&exercise={exercise}&set=work-1&debug=1")
    return page, traffic


def begin(page: Page) -> None:
    """Tap the one button that opens the camera."""
    page.locator("[data-do=begin]:visible").first.click()


def counting(page: Page, traffic: Traffic) -> None:
    """Go on until the set counts: by hand, where the page does not begin by itself."""
    page.locator("[data-do=go]:visible, [data-go]:visible").first.wait_for(timeout=40_000)
    hand = page.locator("[data-do=go]")
    if hand.is_visible():
        with suppress(Exception):  # the countdown was quicker
            hand.click(timeout=2_000)
    wait(page, lambda: traffic.said("start") > 0, "the set never began")


def end(page: Page, traffic: Traffic) -> dict[str, Any]:
    """End the set by its button; return the report."""
    page.locator("[data-do=end]").click()
    wait(page, lambda: bool(traffic.of("report")), "no report came")
    return traffic.of("report")[-1]


def wait(page: Page, true: Any, what: str, within_s: float = 20) -> None:
    """Let the page live until something is true."""
    end_s = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < end_s, f"{what}: {numbers(page)}"
        page.wait_for_timeout(50)


def numbers(page: Page) -> dict[str, float]:
    """The numbers of the debug overlay."""
    text = page.locator("[data-debug]").text_content() or ""
    found = re.findall(r"^(\w+) +(-?[\d.]+)$", text, re.MULTILINE)
    return {name: float(value) for name, value in found}


class Wire:
    """A wire between the page and the server that can be cut: a port of its own, and threads that pass bytes on."""

    def __init__(self, url: str) -> None:
        self._to = ("127.0.0.1", urlsplit(url).port)
        self._ends: list[socket.socket] = []
        self._port = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._port.getsockname()[1]}"
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                here, _ = self._port.accept()
                there = socket.create_connection(self._to)
                self._ends += [here, there]
                for ends in ((here, there), (there, here)):
                    self._threads.append(threading.Thread(target=_pass_on, args=ends, daemon=True))
                    self._threads[-1].start()

    def cut(self) -> None:
        """End all connections at once, without a word."""
        for one in self._ends:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        self._ends.clear()

    def close(self) -> None:
        """Take no more."""
        with suppress(OSError):
            self._port.shutdown(socket.SHUT_RDWR)
        self._port.close()
        self.cut()
        for one in self._threads:
            one.join(timeout=5)


def _pass_on(here: socket.socket, there: socket.socket) -> None:
    """Pass on what comes until one end is over; then the other one is, too. Closes the end that it reads."""
    with here, suppress(OSError):
        while data := here.recv(65_536):
            there.sendall(data)
    with suppress(OSError):
        there.shutdown(socket.SHUT_RDWR)
