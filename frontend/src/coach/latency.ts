/** How long it takes from a picture to its event on the screen, and which part of that is ours: pure, times are handed in. */
import { Recent } from "./debug.ts";

/** When a frame was taken, when the pose model was done with it, when it was packed and sent: milliseconds of the page's clock. */
export type Stamps = { readonly captured: number; readonly posed: number; readonly sent: number };

/** An answer that arrived and is still to be drawn. */
export type Answered = Stamps & { readonly received: number; readonly engine: number };

/** The server says where in the set it is 15 times a second by a clock of 8 ms' patience, and its events at once: a frame
 * so long after an answer is answered at once, too. */
const DUE_AFTER_MS = 60;

export class Latency {
  private readonly frames = new Map<number, Stamps>();
  private readonly all = { pose: new Recent(), pack: new Recent(), socket: new Recent(), engine: new Recent(), draw: new Recent(), ours: new Recent(), whole: new Recent() };
  private answered_at = -Infinity;
  private count = 0;

  /** How many frames were sent and are not answered. */
  get unanswered(): number {
    return this.frames.size;
  }

  sent(seq: number, stamps: Stamps): void {
    this.frames.set(seq, stamps);
  }

  /** Forget what is on the way: the connection is lost. */
  lost(): void {
    this.frames.clear();
  }

  /** Note an answer; it covers all frames before its own, too. Returns it when its time tells something, else null.
   * What has no events may have waited until a state was due; that is meant to be, and no latency. */
  answered(seq: number, received: number, hasEvents: boolean, took_us: number): Answered | null {
    const stamps = this.frames.get(seq);
    for (const one of this.frames.keys()) {
      if (one <= seq) this.frames.delete(one);
    }
    const wasDue = stamps !== undefined && stamps.sent - this.answered_at >= DUE_AFTER_MS;
    this.answered_at = received;
    return stamps !== undefined && (hasEvents || wasDue) ? { ...stamps, received, engine: took_us / 1_000 } : null;
  }

  /** Note that an answer is on the screen. */
  drawn({ captured, posed, sent, received, engine }: Answered, drawn: number): void {
    this.count += 1;
    this.all.pose.add(posed - captured);
    this.all.pack.add(sent - posed);
    this.all.socket.add(Math.max(0, received - sent - engine));
    this.all.engine.add(engine);
    this.all.draw.add(drawn - received);
    this.all.ours.add(drawn - posed);
    this.all.whole.add(drawn - captured);
  }

  /** The 95th percentile of each part, in milliseconds; `ours` is all but the pose model. */
  get debug(): Readonly<Record<string, number>> {
    const { pose, pack, socket, engine, draw, ours, whole } = this.all;
    return {
      p95_pose_ms: pose.p95,
      p95_pack_ms: pack.p95,
      p95_socket_ms: socket.p95,
      p95_engine_ms: engine.p95,
      p95_draw_ms: draw.p95,
      p95_ours_ms: ours.p95,
      p95_whole_ms: whole.p95,
      measured: this.count,
    };
  }
}
