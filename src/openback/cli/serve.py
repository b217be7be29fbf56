"""`openback` and `openback demo`: the app in the browser."""

from __future__ import annotations

import socket
import sys
import threading
import time
import webbrowser
from contextlib import ExitStack
from typing import Annotated, Final

import typer
import uvicorn

from openback.cli.output import AsJson, aside, out, print_json
from openback.errors import PortInUse
from openback.services.app import App
from openback.services.demo import demo_app
from openback.services.start import open_app
from openback.web import create_app
from openback.web.coach_socket import LARGEST_MESSAGE_BYTES

DEFAULT_PORT: Final = 8765
DEFAULT_HOST: Final = "127.0.0.1"

Port = Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")]
Host = Annotated[str, typer.Option(help="Address to listen on. Anything but 127.0.0.1 is open to others.")]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help="Do not open the browser.")]


def demo(
    *,
    port: Port = 0,
    host: Host = DEFAULT_HOST,
    no_browser: NoBrowser = False,
    as_json: AsJson = False,
) -> None:
    """Show the app on a throw-away database of a sample person with six months of data."""
    listener = _listener(host, port)
    with listener, ExitStack() as life:
        with aside.status("Making six months of training…"):
            app = life.enter_context(demo_app())
        _run(app, listener, host=host, open_browser=not no_browser, as_json=as_json)


def serve(*, port: int, host: str, open_browser: bool, as_json: bool) -> None:
    """Run the app on this person's own data until it is stopped."""
    with _listener(host, port) as listener, open_app() as app:
        _run(app, listener, host=host, open_browser=open_browser, as_json=as_json)


def _run(app: App, listener: socket.socket, *, host: str, open_browser: bool, as_json: bool) -> None:
    address = f"http://{_shown_host(host)}:{listener.getsockname()[1]}/"
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(app, hosts=(host,)),
            log_level="warning",
            timeout_graceful_shutdown=3,
            ws="websockets-sansio",
            ws_max_size=LARGEST_MESSAGE_BYTES,
            ws_per_message_deflate=False,  # landmarks hardly shrink, and each connection would need memory for it
        )
    )
    _say_address(address, demo=app.demo, as_json=as_json)
    if host not in {"127.0.0.1", "localhost", "::1"}:
        aside.print("Others on your network can open this page and change what is in it.")
    if open_browser:
        threading.Thread(target=_open_when_up, args=(server, address), daemon=True).start()
    server.run(sockets=[listener])


def _say_address(address: str, *, demo: bool, as_json: bool) -> None:
    if as_json:
        print_json({"address": address, "demo": demo})
        sys.stdout.flush()  # the one who waits for it would else wait until the end
        return
    out.print(f"Openback is at {address}", soft_wrap=True)
    out.print("Stop it with Ctrl+C." + (" The sample data goes away then." if demo else ""))


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        # Listening before the address is said: whoever comes at once waits instead of being turned away.
        listener.listen()
    except (OSError, UnicodeError) as error:
        listener.close()
        raise PortInUse(host, port) from error
    return listener


def _shown_host(host: str) -> str:
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - only turned into words here
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _open_when_up(server: uvicorn.Server, address: str) -> None:
    for _ in range(100):
        if server.started:
            webbrowser.open(address)
            return
        time.sleep(0.1)
