"""`openback`, `openback serve` and `openback demo`: the app in the browser."""

from __future__ import annotations

import socket
import sys
import threading
import time
import webbrowser
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

import typer
import uvicorn

from openback.cli.output import AsJson, aside, print_json
from openback.cli.phone import say_how_to_open
from openback.errors import BadHostName, PortInUse
from openback.services.app import App, utc_now
from openback.services.demo import demo_app
from openback.services.phone.addresses import is_any, is_loopback, is_name, own_addresses, own_names
from openback.services.phone.certificate import Certificate, certificate_for
from openback.services.phone.pairing import Pairing
from openback.services.phone.reach import HERE_ONLY, Reach
from openback.services.start import data_dir, open_app
from openback.web import create_app
from openback.web.coach_socket import LARGEST_MESSAGE_BYTES

DEFAULT_PORT: Final = 8765
DEFAULT_HOST: Final = "127.0.0.1"
ANY_HOST: Final = "0.0.0.0"  # noqa: S104 - only with --https, and then only paired devices are let in

Port = Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")]
Host = Annotated[str, typer.Option(help="Address to listen on. Anything but 127.0.0.1 is open to others.")]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help="Do not open the browser.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """How the app is to be served. `names` are those of a proxy in front of it."""

    port: int = DEFAULT_PORT
    host: str = DEFAULT_HOST
    https: bool = False
    names: tuple[str, ...] = ()
    paired: bool = True
    open_browser: bool = True
    as_json: bool = False

    @property
    def beyond(self) -> bool:
        """Whether others than this machine reach it."""
        return not is_loopback(self.host) or bool(self.names)


def demo(
    *,
    port: Port = 0,
    host: Host = DEFAULT_HOST,
    no_browser: NoBrowser = False,
    as_json: AsJson = False,
) -> None:
    """Show the app on a throw-away database of a sample person with six months of data."""
    how = Listening(port=port, host=host, paired=False, open_browser=not no_browser, as_json=as_json)
    listener = _listener(host, port)
    with listener, ExitStack() as life:
        with aside.status("Making six months of training…"):
            app = life.enter_context(demo_app())
        _run(app, listener, how)


def serve(  # noqa: PLR0913 - the options of the command
    *,
    port: Port = DEFAULT_PORT,
    host: Annotated[
        str | None,
        typer.Option(help="Address to listen on; 127.0.0.1, or with --https all of this machine's."),
    ] = None,
    https: Annotated[
        bool,
        typer.Option("--https", help="Serve your home network by https, with a certificate made here."),
    ] = False,
    name: Annotated[
        list[str] | None,
        typer.Option(help="A name to answer to, such as that of a proxy in front; may be given again."),
    ] = None,
    no_pairing: Annotated[
        bool, typer.Option("--no-pairing", help="Let everybody in who reaches it, without the code.")
    ] = False,
    no_browser: NoBrowser = False,
    as_json: AsJson = False,
) -> None:
    """Start the app; with --https for the phones of your home network too."""
    names = tuple(one.lower().rstrip(".") for one in name or ())
    for one in names:
        if not is_name(one):
            raise BadHostName(one)
    run(
        Listening(
            port=port,
            host=host or (ANY_HOST if https else DEFAULT_HOST),
            https=https,
            names=names,
            paired=not no_pairing,
            open_browser=not no_browser,
            as_json=as_json,
        )
    )


def run(how: Listening) -> None:
    """Run the app on this person's own data until it is stopped."""
    with _listener(how.host, how.port) as listener, open_app() as app:
        _run(app, listener, how)


def _run(app: App, listener: socket.socket, how: Listening) -> None:
    names = _names(how)
    certificate = certificate_for(_folder(), names, now=utc_now()) if how.https else None
    port = listener.getsockname()[1]
    address = f"{'https' if certificate else 'http'}://{_shown_host(how.host)}:{port}/"
    reach = _reach(how, names, port, certificate)
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(app, reach=reach),
            log_level="warning",
            timeout_graceful_shutdown=3,
            ws="websockets-sansio",
            ws_max_size=LARGEST_MESSAGE_BYTES,
            ws_per_message_deflate=False,  # landmarks hardly shrink, and each connection would need memory for it
            ssl_certfile=certificate.path if certificate else None,
        )
    )
    if how.as_json:
        print_json({"address": address, "demo": app.demo, **_others_as_json(reach)})
        sys.stdout.flush()  # the one who waits for it would else wait until the end
    else:
        say_how_to_open(address, reach, beyond=how.beyond, demo=app.demo)
    if how.beyond and not reach.pairing:
        aside.print("Others on your network can open this page and change what is in it.")
    if how.open_browser:
        threading.Thread(target=_open_when_up, args=(server, address), daemon=True).start()
    server.run(sockets=[listener])


def _folder() -> Path:
    return data_dir() / "phone"


def _names(how: Listening) -> tuple[str, ...]:
    """Return the names and addresses under which others may ask for the app."""
    if is_any(how.host):
        return tuple(dict.fromkeys((*how.names, *own_addresses(), *own_names())))
    if is_loopback(how.host):
        return how.names
    return tuple(dict.fromkeys((*how.names, how.host, *own_names())))


def _reach(how: Listening, names: tuple[str, ...], port: int, certificate: Certificate | None) -> Reach:
    if not how.beyond:
        return HERE_ONLY
    kind = "https" if certificate else "http"
    # A proxy has its own port and speaks https; what is in front of this machine's own port is what we serve.
    ours = (f"{kind}://{_in_address(name)}:{port}/" for name in names if name not in how.names)
    theirs = (f"https://{name}/" for name in how.names)
    return Reach(
        addresses=(*theirs, *ours) if is_loopback(how.host) or not certificate else (*ours, *theirs),
        names=tuple(_in_address(name) for name in names),
        fingerprint=certificate.fingerprint if certificate else "",
        pairing=Pairing(_folder()) if how.paired else None,
    )


def _others_as_json(reach: Reach) -> dict[str, object]:
    if not reach.addresses:
        return {}
    return {"others": list(reach.addresses), "link": reach.link, "fingerprint": reach.fingerprint or None}


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
    return "127.0.0.1" if is_any(host) else _in_address(host)


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _open_when_up(server: uvicorn.Server, address: str) -> None:
    for _ in range(100):
        if server.started:
            webbrowser.open(address)
            return
        time.sleep(0.1)
