/** What the server says on the coach's socket; `docs/coach.md` has every key. */

export type Tempo = { readonly lift_s: number; readonly hold_s: number; readonly lower_s: number; readonly pause_s: number };
export type Problem = { readonly problem: string; readonly remedy: string };
export type Phase = "away" | "rest" | "start" | "lift" | "peak" | "lower";
export type Side = "left" | "right" | "both";
export type Tone = "danger" | "form" | "praise";

export type Ready = {
  readonly type: "ready";
  readonly resumed: boolean;
  readonly reps: number;
  readonly kind: "reps" | "hold" | "flow";
  readonly tempo: Tempo;
  readonly place: string | null;
  readonly problems: Readonly<Record<string, Problem>>;
};

export type Rep = {
  readonly n: number | null;
  readonly start_s: number | null;
  readonly end_s: number | null;
  readonly lift_s: number | null;
  readonly hold_s: number | null;
  readonly lower_s: number | null;
  readonly range_share: number | null;
  readonly side: Side;
};

export type Held = { readonly start_s: number | null; readonly end_s: number | null; readonly held_s: number | null; readonly side: Side };

export type Fault = { readonly id: string; readonly severity: "danger" | "form" | "polish"; readonly rep: number | null; readonly at_s: number | null; readonly cue: string };

export type CoachEvent =
  | { readonly kind: "phase"; readonly t_s: number; readonly phase: Phase }
  | { readonly kind: "rep"; readonly t_s: number; readonly rep: Rep }
  | { readonly kind: "hold"; readonly t_s: number; readonly hold: Held }
  | { readonly kind: "fault"; readonly t_s: number; readonly fault: Fault }
  | { readonly kind: "cue"; readonly t_s: number; readonly text: string; readonly tone: Tone; readonly fault: string }
  | { readonly kind: "view"; readonly t_s: number; readonly cannot_tell: readonly { readonly id: string; readonly why: string; readonly remedy: string }[] };

export type State = {
  readonly phase: Phase;
  readonly reps: number;
  readonly partials: number;
  readonly share: number | null;
  readonly held_s: number | null;
  readonly view: { readonly name: string; readonly yaw_deg: number | null };
  readonly framing: readonly string[];
};

export type Events = { readonly type: "events"; readonly seq: number; readonly t_s: number; readonly state: State; readonly events: readonly CoachEvent[] };

export type SetFault = { readonly id: string; readonly title: string; readonly severity: "danger" | "form" | "polish"; readonly cue: string; readonly why: string; readonly reps: readonly number[] };

export type Fill = {
  readonly reps: number | null;
  readonly hold_s: number | null;
  readonly side: Side | null;
  readonly rir: number | null;
  readonly rir_low: number | null;
  readonly rir_high: number | null;
  readonly tempo: { readonly lift_s: number | null; readonly hold_s: number | null; readonly lower_s: number | null } | null;
  readonly faults: readonly SetFault[];
  readonly another: string | null;
};

export type Report = { readonly type: "report"; readonly report: { readonly faults?: readonly Fault[]; readonly cannot_tell?: readonly { readonly id: string; readonly why: string; readonly remedy: string }[] }; readonly fill: Fill };

export type Message = Ready | Events | Report | { readonly type: "refused"; readonly why: string } | { readonly type: "pong"; readonly at: number };
