"""`/ws/coach`: landmark frames of a live camera in, events out. The protocol is in `docs/coach.md`."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Final, NoReturn

from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from starlette.concurrency import run_in_threadpool

from openback.errors import BadCoachMessage, OpenbackError
from openback.services.coach.answers import Doc
from openback.services.coach.frames import CoachFrame
from openback.services.coach.limits import Allowance
from openback.services.coach.sessions import Coaching, CoachSession
from openback.web.coach_messages import Hello, Message, Ping, Start, Stop, read_message

router: Final = APIRouter()

# What the server reads at all; a frame has less than a kilobyte.
LARGEST_MESSAGE_BYTES: Final = 4096
# Why a connection is closed: private codes of RFC 6455, in the likeness of HTTP's.
BAD: Final = 4400
REFUSED: Final = 4404
IDLE: Final = 4408
TAKEN_OVER: Final = 4409

FLOOD: Final = "More came than a camera sends, so this connection was closed."
NONSENSE: Final = "What came were no frames of the coach, so this connection was closed. Load the page again."
SILENCE: Final = (
    "Nothing came for a minute, so this connection was closed. It opens again with the next frame."
)
NO_HELLO: Final = "The coach waits for a hello first. Load the page again."
ELSEWHERE: Final = "This set goes on in another window, so this connection was closed."
# States are due by an even clock; a frame this little early is taken for on time.
_EARLY_S: Final = 0.008
# A close frame has room for so many bytes of reason.
_REASON_BYTES: Final = 123

_text: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


class _Over(Exception):
    """The connection is over: with a sentence for the other side, or because it left (code 0)."""

    def __init__(self, code: int = 0, why: str = "") -> None:
        self.code = code
        self.why = why
        super().__init__(why)


@router.websocket("/ws/coach")
async def coach(socket: WebSocket) -> None:
    """Watch one set."""
    await socket.accept()
    coaching: Coaching = socket.app.state.coaching
    over = _Over()
    try:
        session, resumed = await _greeted(socket, coaching)
        over = await _Connection(socket, coaching, session).run(resumed=resumed)
    except _Over as reason:
        over = reason
    if over.code:
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):
            await socket.send_text(_text({"type": "refused", "why": over.why}))
            await socket.close(over.code, over.why.encode()[:_REASON_BYTES].decode(errors="ignore"))


async def _greeted(socket: WebSocket, coaching: Coaching) -> tuple[CoachSession, bool]:
    """Return the session that the first message asks for, and whether it is one that was lost."""
    try:
        async with asyncio.timeout(coaching.limits.hello_s):
            message = await socket.receive()
    except TimeoutError:
        raise _Over(IDLE, NO_HELLO) from None
    if message["type"] == "websocket.disconnect":
        raise _Over
    hello = _read(message.get("text") or "")
    if not isinstance(hello, Hello):
        raise _Over(BAD, NO_HELLO)
    try:
        if hello.coach is not None:
            return coaching.resumed(hello.coach, hello.exercise), True
        coaching.check_room()
        session = await run_in_threadpool(coaching.made, hello.exercise)
        coaching.admit(session)
    except OpenbackError as error:
        raise _Over(REFUSED, str(error)) from error
    return session, False


def _read(text: str) -> Message:
    try:
        return read_message(text)
    except BadCoachMessage as error:
        raise _Over(BAD, str(error)) from error


def _reason(ends: Sequence[BaseException | None]) -> _Over:
    """Return why a reader and a worker ended; a mistake of ours is raised."""
    for end in ends:
        if end is not None and not isinstance(end, _Over):
            raise end
    return next((end for end in ends if isinstance(end, _Over)), _Over())


@dataclass(slots=True)
class _Outbox:
    """What is still to be said: events, and the last frame that was worked on."""

    events: list[Doc] = field(default_factory=list)
    seq: int = -1
    t_s: float = 0.0
    took_us: int = 0
    unanswered: bool = False


class _Connection:
    """One connection of one session: a mailbox of one frame, a reader that fills it, and a worker that empties it.

    While an answer waits for a slow other side, the frames that come replace each other in the mailbox.
    """

    def __init__(self, socket: WebSocket, coaching: Coaching, session: CoachSession) -> None:
        limits = coaching.limits
        self._socket = socket
        self._coaching = coaching
        self._session = session
        self._limits = limits
        self._generation = session.generation
        self._mail: CoachFrame | None = None
        self._out = _Outbox()
        self._wake = asyncio.Event()
        self._frames = Allowance(limits.frames_per_s, limits.frames_at_once)
        self._messages = Allowance(limits.messages_per_s, limits.messages_at_once)
        self._loop = asyncio.get_running_loop()
        self._heard_s = self._loop.time()
        self._state_at_s = -inf
        self._timer: asyncio.TimerHandle | None = None

    async def run(self, *, resumed: bool) -> _Over:
        """Work until it is over; return why."""
        self._tick()
        tasks = list[asyncio.Task[NoReturn]]()
        try:
            await self._send(self._session.ready(resumed=resumed))
            tasks = [asyncio.create_task(self._read()), asyncio.create_task(self._work())]
            await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
        finally:
            for task in tasks:
                task.cancel()
            if self._timer is not None:
                self._timer.cancel()
            self._coaching.lost(self._session, self._generation)
        await asyncio.wait(tasks)
        return _reason([task.exception() for task in tasks if not task.cancelled()])

    # --- in ------------------------------------------------------------------------------------------------

    async def _read(self) -> NoReturn:
        receive = self._socket.receive
        while True:
            message = await receive()
            if self._session.generation != self._generation:
                raise _Over(TAKEN_OVER, ELSEWHERE)
            self._heard_s = now_s = self._loop.time()
            data = message.get("bytes")
            if data is not None:
                if not self._frames.taken(now_s):
                    raise _Over(BAD, FLOOD)
                self._arrived(data)
                continue
            text = message.get("text")
            if text is None:
                raise _Over
            if not self._messages.taken(now_s):
                raise _Over(BAD, FLOOD)
            await self._told(_read(text))

    def _arrived(self, data: bytes) -> None:
        session = self._session
        got = session.arrived(data)
        if got is None:
            if session.hopeless:
                raise _Over(BAD, NONSENSE)
            return
        if self._mail is not None:
            session.dropped += 1
        self._mail = got
        self._wake.set()

    async def _told(self, message: Message) -> None:
        session = self._session
        match message:
            case Ping():
                await self._send({"type": "pong", "at": message.at})
            case Start():
                self._mail, self._out = None, _Outbox()
                session.start()
            case Stop():
                self._take()
                events, done = session.stop()
                self._out.events += session.plain_events(events)
                await self._answer()
                await self._send({"type": "report", **done})
            case Hello():
                raise _Over(BAD, "A hello comes once, at the start. Load the page again.")

    # --- work and out ----------------------------------------------------------------------------------------

    async def _work(self) -> NoReturn:
        wake = self._wake
        while True:
            await wake.wait()
            wake.clear()
            if self._session.generation != self._generation:
                raise _Over(TAKEN_OVER, ELSEWHERE)
            now_s = self._loop.time()
            if now_s - self._heard_s > self._limits.idle_s:
                raise _Over(IDLE, SILENCE)
            self._take()
            out = self._out
            if out.events or (out.unanswered and now_s >= self._state_at_s - _EARLY_S):
                await self._answer()

    def _take(self) -> None:
        """Work on the frame in the mailbox, if there is one."""
        got, self._mail = self._mail, None
        if got is None:
            return
        began_s = time.perf_counter()
        session, out = self._session, self._out
        events = session.push(got.frame)
        if events:
            out.events += session.plain_events(events)
        out.seq, out.t_s, out.unanswered = got.seq, got.frame.t_s, True
        out.took_us = int((time.perf_counter() - began_s) * 1e6)

    async def _answer(self) -> None:
        """Send what is to be said, and where in the set it is."""
        out, session = self._out, self._session
        now_s, gap_s = self._loop.time(), 1 / self._limits.states_per_s
        self._state_at_s = max(self._state_at_s + gap_s, now_s + gap_s / 2)
        answer: Doc = {
            "type": "events",
            "seq": out.seq,
            "t_s": out.t_s,
            "state": session.state(),
            "events": list(out.events),
            "dropped": session.dropped,
            "refused": session.refused,
            "took_us": out.took_us,
        }
        out.events.clear()
        out.unanswered = False
        await self._send(answer)

    async def _send(self, document: Doc) -> None:
        try:
            await self._socket.send_text(_text(document))
        except (WebSocketDisconnect, RuntimeError) as gone:  # the latter from Starlette, once it knows
            raise _Over from gone

    def _tick(self) -> None:
        """Let the worker look now and then at what no frame would tell it."""
        self._timer = self._loop.call_later(self._limits.answer_s, self._tick)
        if (
            (self._out.unanswered and self._mail is None)
            or self._session.generation != self._generation
            or self._loop.time() - self._heard_s > self._limits.idle_s
        ):
            self._wake.set()
