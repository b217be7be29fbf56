"""Simulated athletes: one process that lifts before many cameras at once, for `benchmarks.coach`.

Each athlete is a WebSocket of its own that sends a made set over and over. The client does as little as it can, so that
the server is what is measured: frames are masked with zeros, and of an answer only its number is read.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import struct
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Final

from openback.catalogue import load_catalogue
from openback.motion.synthesis import SetPlan, made_set
from openback.services.coach.frames import FULL_BYTES, encoded

EXERCISE: Final = "wide_grip_lat_pulldown"
RATE_HZ: Final = 30
LATE_MS: Final = 100
_SEQ_AT, _TIME_AT = 8, 12  # places in a frame
_NO_MASK: Final = bytes(4)


@dataclass(frozen=True, slots=True)
class Stage:
    """What happened with so many athletes: latencies in milliseconds, how many frames came to nothing, and the
    server's processor time for each of the others; NaN where the system does not say.
    """

    athletes: int
    sent: int
    answers: int
    events: int
    p50_ms: float
    p95_ms: float
    dropped_share: float
    server_us: float


def _masked(opcode: int, data: bytes) -> bytearray:
    """Return a message as a client sends it."""
    size = len(data)
    head = struct.pack(">BB", 0x80 | opcode, 0x80 | size) if size < 126 else b""
    return bytearray((head or struct.pack(">BBH", 0x80 | opcode, 0x80 | 126, size)) + _NO_MASK + data)


@dataclass(slots=True)
class Tally:
    """What all athletes saw in a stage."""

    sent: int = 0
    events: int = 0
    latencies_ms: list[float] = field(default_factory=list)

    def stage(self, athletes: int, dropped: int, server_s: float) -> Stage:
        """Return it as numbers."""
        ordered = sorted(self.latencies_ms) or [float("inf")]
        p50, p95 = (ordered[int(share * (len(ordered) - 1))] for share in (0.5, 0.95))
        share, each_us = dropped / max(1, self.sent), 1e6 * server_s / max(1, self.sent - dropped)
        return Stage(athletes, self.sent, len(self.latencies_ms), self.events, p50, p95, share, each_us)


def cpu_s(pid: int) -> float:
    """Return the processor time of a process; NaN where the system does not say."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.is_file():
        return float("nan")
    parts = stat.read_text().rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


class Athlete(asyncio.Protocol):
    """One set in front of one camera."""

    def __init__(self, frames: list[bytearray], tally: Tally, number: int) -> None:
        self.tally = tally
        self.dropped = 0
        self.ready = asyncio.get_running_loop().create_future()
        self._frames = [bytearray(frame) for frame in frames]
        self._seq = self._at = 7 * number % len(frames)
        self._sent_s: dict[int, float] = {}
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the socket."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - so that the type narrows
        self._transport = transport
        host, port = transport.get_extra_info("peername")[:2]
        key = base64.b64encode(bytes(16)).decode()
        transport.write(
            f"GET /ws/coach HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        """Take in answers."""
        self._buffer += data
        if self._buffer.startswith(b"HTTP"):
            head, end, rest = self._buffer.partition(b"\r\n\r\n")
            if not end:
                return
            if b" 101 " not in head:
                self.ready.set_exception(RuntimeError(head.decode()))
            self._buffer = rest
            self._greet()
        while (size := self._whole()) is not None:
            start, end_at = size
            self._answered(self._buffer[start:end_at])
            self._buffer = self._buffer[end_at:]

    def _greet(self) -> None:
        assert self._transport is not None  # noqa: S101 - it has just spoken
        hello = {"type": "hello", "version": 1, "exercise": EXERCISE, "side": None, "coach": None}
        self._transport.write(_masked(1, json.dumps(hello).encode()))

    def _whole(self) -> tuple[int, int] | None:
        """Return where the first message begins and ends; None while it is not all there."""
        if len(self._buffer) < 4:
            return None
        start, size = 2, self._buffer[1]
        if size == 126:
            start, size = 4, int.from_bytes(self._buffer[2:4])
        return (start, start + size) if len(self._buffer) >= start + size else None

    def _answered(self, message: bytes) -> None:
        if not message.startswith(b'{"type":"events","seq":'):
            if message.startswith(b'{"type":"ready"') and not self.ready.done():
                self.ready.set_result(None)
            return
        seq = int(message[23 : message.index(b",", 23)])
        sent_s = self._sent_s.get(seq)
        if sent_s is not None:
            self.tally.latencies_ms.append((perf_counter() - sent_s) * 1e3)
        self.tally.events += b'"events":[]' not in message
        at = message.rindex(b'"dropped":') + 10
        self.dropped = int(message[at : message.index(b",", at)])

    def connection_lost(self, exc: Exception | None) -> None:
        """Say that the server hung up."""
        if not self.ready.done():
            self.ready.set_exception(exc or ConnectionError("closed"))

    async def lift(self, delay_s: float) -> None:
        """Send frames for ever, by an even clock."""
        await asyncio.sleep(delay_s)
        loop = asyncio.get_running_loop()
        next_s = loop.time()
        while self._transport is not None and not self._transport.is_closing():
            self._send()
            next_s += 1 / RATE_HZ
            await asyncio.sleep(max(0.0, next_s - loop.time()))

    def _send(self) -> None:
        assert self._transport is not None  # noqa: S101 - `lift` asked
        self._at = (self._at + 1) % len(self._frames)
        self._seq += 1
        frame = self._frames[self._at]
        head = len(frame) - FULL_BYTES
        struct.pack_into("<Id", frame, head + _SEQ_AT, self._seq, self._seq / RATE_HZ)
        self._sent_s[self._seq] = perf_counter()
        self._sent_s.pop(self._seq - 600, None)
        self.tally.sent += 1
        self._transport.write(bytes(frame))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ramp:
    """How the athletes come: `step` at a time, `least` and `most` in all; seconds of a stage, and of all of them."""

    port: int
    pid: int
    step: int
    least: int
    most: int
    stage_s: float
    within_s: float


async def _ramp(how: Ramp) -> list[Stage]:
    """Return a stage for each number of athletes, until two running do not hold, or the time is up.

    As many as `least` come in any case.
    """
    exercise = load_catalogue().exercises[EXERCISE]
    made = made_set(exercise, SetPlan(reps=8, yaw_deg=50, fps=RATE_HZ), 1).frames
    frames = [
        _masked(2, data) for n, frame in enumerate(made) if len(data := encoded(n, frame)) == FULL_BYTES
    ]
    loop, tally, stages = asyncio.get_running_loop(), Tally(), list[Stage]()
    athletes, tasks, failed = list[Athlete](), list[asyncio.Task[None]](), 0
    ends_s = loop.time() + how.within_s
    while loop.time() < ends_s and (failed < 2 or len(athletes) < how.least):
        for _ in range(min(how.step, how.most - len(athletes))):
            athlete = await _joined(how.port, frames, tally, len(athletes))
            athletes.append(athlete)
            tasks.append(asyncio.create_task(athlete.lift(len(athletes) % 7 / 7 / RATE_HZ)))
        await asyncio.sleep(0.7)  # what came with the newcomers is not counted
        before, fresh, used_s = sum(one.dropped for one in athletes), Tally(), cpu_s(how.pid)
        for one in athletes:
            one.tally = fresh
        await asyncio.sleep(how.stage_s)
        dropped = sum(one.dropped for one in athletes) - before
        stages.append(fresh.stage(len(athletes), dropped, cpu_s(how.pid) - used_s))
        failed = 0 if stages[-1].p95_ms <= LATE_MS else failed + 1
        if len(athletes) >= how.most:
            break
    for task in tasks:
        task.cancel()
    return stages


async def _joined(port: int, frames: list[bytearray], tally: Tally, number: int) -> Athlete:
    loop = asyncio.get_running_loop()
    _, athlete = await loop.create_connection(lambda: Athlete(frames, tally, number), "127.0.0.1", port)
    await athlete.ready
    return athlete


def main(how: str) -> None:
    """Print the stages of a ramp, which is given as JSON, as JSON."""
    stages = asyncio.run(_ramp(Ramp(**json.loads(how))))
    print(json.dumps([asdict(stage) for stage in stages]))


if __name__ == "__main__":
    main(sys.argv[1])
