/** What comes next in a session, and how numbers step: pure, so that it can be tested. */

export type RowState = { readonly kind: "warm_up" | "work" | "drop"; readonly done: boolean };
/** `sore` is an exercise that hurt too much today: nobody is led on in it. */
export type ScreenState = { readonly superset: string; readonly rows: readonly RowState[]; readonly sore?: boolean };

export type Next =
  | { readonly do: "row"; readonly row: number }
  | { readonly do: "go"; readonly screen: number }
  | { readonly do: "finish" };

/** Return how many work sets are done, and how many there are. */
export function counted(screen: ScreenState): { readonly done: number; readonly due: number } {
  const work = screen.rows.filter((row) => row.kind !== "warm_up");
  return { done: work.filter((row) => row.done).length, due: work.length };
}

/** Return whether all work sets of an exercise are done. */
export function isFinished(screen: ScreenState): boolean {
  const { done, due } = counted(screen);
  return due > 0 && done >= due;
}

/** Return the worst pain of the sets done when it is above the limit; null when nothing hurt that much. */
export function soreAt(pains: readonly (number | null)[], limit: number): number | null {
  const worst = Math.max(...pains.map((pain) => pain ?? 0), 0);
  return worst > limit ? worst : null;
}

/** Return whether an exercise still has sets that a person is led to. */
function isOpen(screen: ScreenState): boolean {
  return !isFinished(screen) && screen.sore !== true;
}

/** Return the next thing to do on a screen: its next set, its partner's turn, another exercise, or the end. */
export function nextStep(screens: readonly ScreenState[], at: number): Next {
  const screen = screens[at];
  if (screen === undefined) return { do: "finish" };
  const partner = partnerDue(screens, at);
  if (partner !== null) return { do: "go", screen: partner };
  const row = screen.sore === true ? null : nextRow(screen);
  if (row !== null) return { do: "row", row };
  const open = (one: ScreenState) => isOpen(one) && one.rows.length > 0;
  const after = screens.findIndex((one, index) => index > at && open(one));
  const before = screens.findIndex((one) => open(one));
  const go = after >= 0 ? after : before;
  return go >= 0 && go !== at ? { do: "go", screen: go } : { do: "finish" };
}

/** Return the first row that is open; warm-ups are passed over once a work set is done. */
export function nextRow(screen: ScreenState): number | null {
  const warm = counted(screen).done > 0;
  const found = screen.rows.findIndex((row) => !row.done && !(warm && row.kind === "warm_up"));
  return found >= 0 ? found : null;
}

/** Return the partner of a superset whose turn it is: the next one in the circle with fewer sets done. */
function partnerDue(screens: readonly ScreenState[], at: number): number | null {
  const screen = screens[at];
  if (screen === undefined || screen.superset === "") return null;
  const { done } = counted(screen);
  for (let away = 1; away < screens.length; away += 1) {
    const index = (at + away) % screens.length;
    const other = screens[index];
    if (other !== undefined && other.superset === screen.superset && isOpen(other) && counted(other).done < done) {
      return index;
    }
  }
  return null;
}

/** Loads that exist, as pairs of kg and what the field shows. */
export type Ladder = readonly (readonly [number, string])[];

/** Return the load a step up or down a ladder from what the field shows; null when there is no ladder. */
export function stepOnLadder(ladder: Ladder, shown: number, way: 1 | -1): readonly [number, string] | null {
  if (ladder.length === 0) return null;
  const first = ladder[0] ?? null;
  if (Number.isNaN(shown)) return first;
  const shownOf = (rung: readonly [number, string]) => Number(rung[1]);
  if (way > 0) return ladder.find((rung) => shownOf(rung) > shown + 1e-9) ?? ladder.at(-1) ?? null;
  return ladder.findLast((rung) => shownOf(rung) < shown - 1e-9) ?? first;
}

/** Return a typed number, comma or point; null when empty or not a number. */
export function typed(text: string): number | null {
  const value = Number(text.trim().replace(",", "."));
  return text.trim() === "" || Number.isNaN(value) ? null : value;
}

const KG_PER_LB = 0.45359237;

/** Return the load in kg of what a field shows: the ladder's own when it shows the same. */
export function loadKg(ladder: Ladder, text: string, unit: string): number | null {
  const shown = typed(text);
  if (shown === null) return null;
  const rung = ladder.find(([, label]) => Number(label) === shown);
  if (rung !== undefined) return rung[0];
  return unit === "lb" ? Math.round(shown * KG_PER_LB * 1000) / 1000 : shown;
}

/** Return a load in words as its row says it. */
export function loadWords(kind: string, shown: string, unit: string, bandName: string): string {
  if (bandName !== "") return `${bandName} band`;
  if (kind === "body") return Number(shown) > 0 ? `Body + ${shown} ${unit}` : "Body weight";
  if (shown === "") return "";
  if (kind === "assist") return `${shown} ${unit} help`;
  return kind === "dumbbell_each" ? `${shown} ${unit} each` : `${shown} ${unit}`;
}

/** Return how long a session goes on: `4 min`, `1 h 05`. */
export function elapsed(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")}`;
}
