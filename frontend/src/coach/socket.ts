/** The connection to the coach on the server: frames go, events come, and what drops is taken up again. */
import type { Landmarks } from "./frames.ts";

export type SocketState = "connecting" | "open" | "lost" | "refused";
export type Hello = { readonly exercise: string; readonly side: string | null };
export type Control = { readonly type: "start" | "stop" };
export type Message = Readonly<Record<string, unknown>>;

export class CoachSocket {
  state: SocketState = "connecting";
  onState: ((state: SocketState, why: string) => void) | null = null;
  onMessage: ((message: Message) => void) | null = null;

  constructor(_url: string, _hello: Hello) {}

  send(_landmarks: Landmarks): void {}

  control(_message: Control): void {}

  close(): void {}

  get debug(): Readonly<Record<string, number>> {
    return {};
  }
}
