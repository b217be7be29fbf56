/** What the template says of the set, and of what comes after it. */
import type { SetBody } from "../shared/queue.ts";

/** What the page knows of a row of the session. */
export type PlanRow = {
  readonly place: string;
  readonly kind: SetBody["kind"];
  readonly name: string;
  readonly words: string;
  readonly load: string;
  readonly load_kg: number | null;
  readonly band: string | null;
  readonly reps: number | null;
  readonly hold_s: number | null;
  readonly side: SetBody["side"];
};

/** What the template says of the set and of what comes after it. */
export type Plan = {
  readonly exercise: string;
  readonly name: string;
  readonly kind: "reps" | "hold" | "flow";
  readonly each_side: boolean;
  readonly rest_s: number;
  readonly rows: readonly PlanRow[];
  readonly at: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly next: string | null;
};
