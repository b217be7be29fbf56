/** The connection to the coach on the server: frames go, events come, and what drops is taken up again (docs/coach.md). */
import { type Landmarks, encoded } from "./frames.ts";
import { type Answered, Latency } from "./latency.ts";

export type SocketState = "connecting" | "open" | "lost" | "refused";
export type Hello = { readonly exercise: string; readonly side: string | null };
export type Control = { readonly type: "start" | "stop" };
export type Message = Readonly<Record<string, unknown>>;

/** What the connection stands on; tests bring their own. */
export type Ground = {
  open(url: string): WebSocket;
  now(): number;
  later(act: () => void, wait_ms: number): () => void;
  /** Call back once what was just changed is on the screen; never for a page that is hidden. */
  painted(act: () => void): void;
};

const VERSION = 1;
/** Frames on the way; the server answers the last one within 120 ms, so this is enough and never stops for good. */
const MOST_UNANSWERED = 4;
const PING_MS = 500;
/** A connection that is silent for so long is lost, whatever the browser thinks of it. */
const SILENT_MS = 1_800;
/** How long to wait before each try; the last one again and again. */
const WAITS_MS = [0, 100, 250, 500, 800, 1_500];
/** How long a try may take. */
const TRY_MS = 3_000;
/** Codes after which the same set cannot go on here. */
const GONE = 4404;
const FINAL = new Set([4400, GONE, 4409]);
const LOST = "The connection to Openback was lost. It comes back by itself.";
const OVER = "Openback closed the connection.";
const OPEN = 1;

const BROWSER: Ground = {
  open: (url) => new WebSocket(url),
  now: () => performance.now(),
  later: (act, wait_ms) => {
    const timer = setTimeout(act, wait_ms);
    return () => clearTimeout(timer);
  },
  painted: (act) => {
    if (document.hidden) return;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = act;
      port2.postMessage(null);
    });
  },
};

export class CoachSocket {
  state: SocketState = "connecting";
  onState: ((state: SocketState, why: string) => void) | null = null;
  onMessage: ((message: Message) => void) | null = null;
  private readonly url: string;
  private readonly hello: Hello;
  private readonly ground: Ground;
  private readonly latency = new Latency();
  private socket: WebSocket | null = null;
  private token: string | null = null;
  private isReady = false;
  private closed = false;
  private waiting: Control[] = [];
  private stopWaiting: () => void = () => undefined;
  private stopChecking: () => void = () => undefined;
  private tries = 0;
  private seq = 0;
  private heard_at = 0;
  private checked_at = 0;
  private why = "";
  /** Whether the server has frames of this set, and keeps them when the connection drops. */
  private isKept = false;
  private isCounting = false;
  /** Whether a stop was said and no report has come. */
  private isStopping = false;
  private readonly counts = { sent: 0, held_back: 0, unsent: 0, reconnects: 0, server_dropped: 0, server_refused: 0, rtt_ms: Number.NaN };

  constructor(url: string, hello: Hello, ground: Ground = BROWSER) {
    this.url = url;
    this.hello = hello;
    this.ground = ground;
    this.connect();
    globalThis.addEventListener?.("online", this.atOnce);
  }

  get debug(): Readonly<Record<string, number>> {
    return { ...this.latency.debug, ...this.counts, unanswered: this.latency.unanswered };
  }

  /** Send a frame now or never: one that waits would be old news. */
  send(landmarks: Landmarks): void {
    const { socket } = this;
    if (socket === null || !this.isReady || socket.readyState !== OPEN) {
      this.counts.unsent += 1;
      return;
    }
    if (this.latency.unanswered >= MOST_UNANSWERED || socket.bufferedAmount > 0) {
      this.counts.held_back += 1;
      return;
    }
    this.seq = (this.seq + 1) >>> 0;
    const posed = landmarks.posed_ms ?? this.ground.now();
    socket.send(encoded(landmarks, this.seq));
    this.latency.sent(this.seq, { captured: landmarks.t_s * 1_000, posed, sent: this.ground.now() });
    this.counts.sent += 1;
  }

  /** Say that the set begins or is over; without a connection, as soon as there is one again. */
  control(message: Control): void {
    if (this.socket === null || !this.isReady) this.waiting.push(message);
    else this.tell(this.socket, message);
  }

  close(): void {
    this.closed = true;
    globalThis.removeEventListener?.("online", this.atOnce);
    this.stopWaiting();
    this.stopChecking();
    this.drop()?.close(1000);
  }

  private tell(socket: WebSocket, message: Control): void {
    if (message.type === "stop") this.isStopping = true;
    else {
      // What came before a start is forgotten there, and what was on the way has no answer.
      this.latency.lost();
      this.isKept = this.isStopping = false;
      this.isCounting = true;
    }
    socket.send(JSON.stringify({ type: message.type }));
  }

  private connect(): void {
    const socket = this.ground.open(absolute(this.url));
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    this.why = "";
    socket.onopen = () => {
      const coach = this.isKept ? this.token : null;
      socket.send(JSON.stringify({ type: "hello", version: VERSION, ...this.hello, coach }));
    };
    socket.onmessage = ({ data }) => this.heard(socket, String(data));
    socket.onclose = ({ code, reason }) => {
      if (this.socket === socket) this.gone(code, this.why || reason);
    };
    this.stopChecking();
    this.stopChecking = this.ground.later(() => this.gone(0, ""), TRY_MS);
  }

  /** Let go of the socket, so that nothing of it is heard any more; returns it. */
  private drop(): WebSocket | null {
    const { socket } = this;
    this.stopChecking();
    this.socket = null;
    this.isReady = false;
    this.latency.lost();
    if (socket !== null) socket.onopen = socket.onmessage = socket.onclose = null;
    return socket;
  }

  private gone(code: number, why: string): void {
    this.drop()?.close();
    if (this.closed) return;
    if (code === GONE && this.isKept && !this.isCounting) this.isKept = false; // Nothing was counted yet, so nothing is lost.
    else if (FINAL.has(code)) {
      globalThis.removeEventListener?.("online", this.atOnce);
      this.tellState("refused", why || OVER);
      return;
    }
    this.tellState("lost", LOST);
    const wait_ms = WAITS_MS[Math.min(this.tries, WAITS_MS.length - 1)] ?? 0;
    this.tries += 1;
    this.stopWaiting();
    this.stopWaiting = this.ground.later(this.atOnce, wait_ms);
  }

  private readonly atOnce = () => {
    if (this.state !== "lost" || this.socket !== null || this.closed) return;
    this.stopWaiting();
    this.connect();
  };

  private tellState(state: SocketState, why: string): void {
    if (this.state === state) return;
    this.state = state;
    this.onState?.(state, why);
  }

  private heard(socket: WebSocket, text: string): void {
    const now = this.ground.now();
    const message = JSON.parse(text) as Message;
    this.heard_at = now;
    let answered: Answered | null = null;
    if (message["type"] === "ready") this.ready(socket, message["coach"], now);
    else if (message["type"] === "events") answered = this.events(message, now);
    else if (message["type"] === "pong") this.counts.rtt_ms = now - Number(message["at"]);
    else if (message["type"] === "report") this.isKept = this.isCounting = this.isStopping = false;
    else if (message["type"] === "refused") this.why = String(message["why"] ?? "");
    // A refusal is told with the close that comes after it.
    if (message["type"] !== "pong" && message["type"] !== "refused") this.onMessage?.(message);
    if (answered !== null) {
      const one = answered;
      this.ground.painted(() => this.latency.drawn(one, this.ground.now()));
    }
  }

  private ready(socket: WebSocket, coach: unknown, now: number): void {
    this.token = String(coach);
    this.isReady = true;
    this.tries = 0;
    if (this.state === "lost") this.counts.reconnects += 1;
    this.tellState("open", "");
    const waiting = this.waiting.splice(0);
    if (this.isStopping && waiting.length === 0) waiting.push({ type: "stop" });
    for (const message of waiting) this.tell(socket, message);
    this.stopChecking();
    this.checked_at = now;
    this.check(socket);
  }

  private events(message: Message, now: number): Answered | null {
    this.counts.server_dropped = Number(message["dropped"]);
    this.counts.server_refused = Number(message["refused"]);
    const events = message["events"];
    this.isKept = true;
    return this.latency.answered(Number(message["seq"]), now, Array.isArray(events) && events.length > 0, Number(message["took_us"]));
  }

  /** Ask now and then whether the other side is there. */
  private check(socket: WebSocket): void {
    if (this.socket !== socket) return;
    const now = this.ground.now();
    // A page that was asleep has not listened; it does not know who was silent.
    if (now - this.checked_at > 2 * PING_MS) this.heard_at = now;
    this.checked_at = now;
    if (now - this.heard_at > SILENT_MS) {
      this.gone(0, "");
      return;
    }
    socket.send(JSON.stringify({ type: "ping", at: now }));
    this.stopChecking = this.ground.later(() => this.check(socket), PING_MS);
  }
}

function absolute(path: string): string {
  if (!("location" in globalThis)) return path;
  const url = new URL(path, location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}
