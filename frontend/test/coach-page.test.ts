import assert from "node:assert/strict";
import { test } from "node:test";
import { NOTHING, reserveToFill, seenOf, sumOf, unsureOf } from "../src/coach/after.ts";
import { debugLines } from "../src/coach/debug.ts";
import { containBox } from "../src/coach/draw.ts";
import { AWAY_MS, SIDES_MS, THERE, isOver, leaving } from "../src/coach/end.ts";
import { Gate } from "../src/coach/gate.ts";
import { type Figure, laidOver, placed, seenAt, stoodIn } from "../src/coach/ghost.ts";
import { KEEP_AFTER_MS, Keeping } from "../src/coach/keeping.ts";
import type { CoachEvent, Phase, Rep, State, Tempo } from "../src/coach/messages.ts";
import { Recording, momentsOf, spotsOf } from "../src/coach/recording.ts";
import { type Aim, Run } from "../src/coach/run.ts";
import { DEFAULTS, keepSettings, readSettings } from "../src/coach/settings.ts";
import * as setup from "../src/coach/setup.ts";
import { NOTES } from "../src/coach/sounds.ts";
import { type Queue, type Say, localVoice, next, queued } from "../src/coach/speech.ts";
import type { Talk } from "../src/coach/talk.ts";
import { hurried, markAt, phaseWord, segments, tempoWords } from "../src/coach/tempo.ts";
import { TROUBLES, troubleOf } from "../src/coach/trouble.ts";
import type { View } from "../src/coach/view.ts";
import { amountWords, countWords, endsSet, holdWords, ofWords, repsWords, reserveWords } from "../src/coach/words.ts";
import { pointAt } from "../src/clip/landmarks.ts";
import { memoryBox } from "../src/shared/queue.ts";

const TEMPO: Tempo = { lift_s: 2, hold_s: 1, lower_s: 3, pause_s: 0 };

// --- Set-up ------------------------------------------------------------------------------------------

const SEEN: setup.Seen = { found: true, brightness: 120, roll_deg: 1 };

test("before the server has said anything, everything waits", () => {
  const problems = setup.problemsOf(null, { found: false, brightness: null, roll_deg: null });
  assert.deepEqual(problems, ["waiting"]);
  assert.equal(setup.firstProblem(problems), null);
  assert.deepEqual(setup.checksOf(problems, { found: false, brightness: null, roll_deg: null }), { body: "wait", distance: "wait", view: "wait", level: "wait", light: "wait" });
  assert.equal(setup.mayBegin(setup.readied(setup.fresh(0), problems, 100_000), problems, 200_000), false);
});

test("what only this device sees joins what the server says", () => {
  assert.deepEqual(setup.problemsOf([], SEEN), []);
  assert.deepEqual(setup.problemsOf(["too_far"], { ...SEEN, brightness: setup.DARK - 1 }), ["dark", "too_far"]);
  assert.deepEqual(setup.problemsOf([], { ...SEEN, brightness: setup.DARK }), []);
  assert.deepEqual(setup.problemsOf([], { ...SEEN, roll_deg: -12 }), ["tilted"]);
  assert.deepEqual(setup.problemsOf(["tilted"], { ...SEEN, roll_deg: 12 }), ["tilted"]);
});

test("each problem belongs to one check", () => {
  for (const [problem, check] of [["nobody", "body"], ["feet_outside", "body"], ["too_near", "distance"], ["wrong_view", "view"], ["tilted", "level"], ["dark", "light"]] as const) {
    const checks = setup.checksOf([problem], SEEN);
    assert.equal(checks[check], "no", problem);
    assert.equal(Object.values(checks).filter((one) => one === "no").length, 1, problem);
  }
  assert.ok(!Object.values(setup.checksOf(["slow"], SEEN)).includes("no"));
});

test("the countdown waits until all is well, and has some patience with small problems", () => {
  const well = setup.readied(setup.fresh(0), [], 1_000);
  assert.equal(setup.mayBegin(well, [], 1_000 + setup.STEADY_MS - 1), false);
  assert.equal(setup.mayBegin(well, [], 1_000 + setup.STEADY_MS), true);
  assert.equal(setup.mayBegin(well, ["feet_hidden"], 1_000 + setup.STEADY_MS), false);
  assert.equal(setup.mayBegin(well, ["feet_hidden"], 1_000 + setup.PATIENCE_MS), true);
  const blind = setup.readied(well, ["too_near"], 2_000);
  assert.equal(setup.mayBegin(blind, ["too_near"], 100_000), false);
  assert.deepEqual([["nobody"], ["waiting"], ["feet_hidden"], []].map(setup.mustStop), [true, true, false, false]);
});

test("a problem is said in the server's words for this exercise", () => {
  const words = { wrong_view: { problem: "The camera should see your side.", remedy: "Put the phone at your right." } };
  assert.equal(setup.wordsFor("wrong_view", words), "The camera should see your side. Put the phone at your right.");
  assert.equal(setup.wordsFor("wrong_view", {}), "");
  assert.equal(setup.wordsFor(null, words), "");
});

test("brightness is what the eye sees of it", () => {
  assert.equal(setup.brightnessOf(new Uint8ClampedArray()), null);
  assert.ok(Math.abs((setup.brightnessOf(Uint8ClampedArray.from([0, 0, 0, 255, 255, 255, 255, 255])) ?? 0) - 127.5) < 1e-6);
  const [green, blue] = [setup.brightnessOf(Uint8ClampedArray.from([0, 255, 0, 255])), setup.brightnessOf(Uint8ClampedArray.from([0, 0, 255, 255]))];
  assert.ok((green ?? 0) > 5 * (blue ?? 0));
});

test("a device is crooked against the nearer of upright and on its side; flat it tells nothing", () => {
  assert.equal(setup.rollOf(null, null), null);
  assert.equal(setup.rollOf(0.4, 0.4), null);
  for (const [x, y, want] of [[0, 9.8, 0], [9.8, 0, 0], [0, -9.8, 0], [-9.8, 0, 0], [1.7, 9.65, 10], [-1.7, 9.65, -10], [9.65, 1.7, -10]] as const) {
    assert.ok(Math.abs((setup.rollOf(x, y) ?? NaN) - want) < 0.1, `${x}, ${y}`);
  }
});

// --- Tempo --------------------------------------------------------------------------------------------

test("the parts of the bar are as long as they should be", () => {
  assert.deepEqual(segments({ lift_s: 0, hold_s: 0, lower_s: 0, pause_s: 1 }).map(({ share }) => share), [1 / 3, 1 / 3, 1 / 3]);
  const parts = segments(TEMPO);
  assert.deepEqual(parts.map(({ part }) => part), ["lift", "peak", "lower"]);
  assert.ok(Math.abs(parts.reduce((sum, { share }) => sum + share, 0) - 1) < 1e-9);
  assert.ok(Math.abs((parts[2]?.share ?? 0) / (parts[0]?.share ?? 1) - 1.5) < 1e-9);
  assert.ok((segments({ ...TEMPO, hold_s: 0 })[1]?.share ?? 0) > 0.05);
});

test("the mark goes with the time of its part, and waits at its end", () => {
  for (const phase of ["away", "rest", "start"] as Phase[]) assert.deepEqual(markAt(TEMPO, phase, 3), { at: 0, part: null, late: false });
  assert.ok(Math.abs(markAt(TEMPO, "lift", 1).at - 1 / 6) < 1e-9);
  assert.ok(Math.abs(markAt(TEMPO, "lift", 60).at - 1 / 3) < 1e-9);
  assert.equal(markAt(TEMPO, "lift", 60).late, true);
  assert.equal(markAt(TEMPO, "lower", 3).at, 1);
  assert.equal(markAt(TEMPO, "lift", -1).at, 0);
  assert.equal(markAt({ ...TEMPO, hold_s: 0 }, "peak", 9).late, false);
});

test("a tempo is said in numbers, or not at all", () => {
  assert.equal(tempoWords({ lift_s: null, hold_s: 1, lower_s: 2 }), "");
  assert.equal(tempoWords({ lift_s: Number.NaN, hold_s: 1, lower_s: 2 }), "");
  assert.equal(tempoWords({ lift_s: 2.06, hold_s: 0.94, lower_s: 1.8 }), "2.1 · 0.9 · 1.8 s");
  assert.equal(hurried(TEMPO, { lift_s: null, lower_s: null }), null);
  assert.equal(hurried(TEMPO, { lift_s: 1.9, lower_s: 1 }), "lower");
  assert.equal(phaseWord("peak", { ...TEMPO, hold_s: 0 }), "Hold");
  assert.equal(phaseWord("lift", TEMPO), "Lift 2 s");
});

// --- Speech -------------------------------------------------------------------------------------------

const say = (text: string, kind: Say["kind"], at = 0): Say => ({ text, kind, at });
const all = (...says: Say[]): Queue => says.reduce<Queue>((queue, one) => queued(queue, one).queue, []);

test("nothing is said of nothing", () => {
  assert.deepEqual(next([], 0), { say: null, queue: [] });
  assert.deepEqual(queued([], say("  ", "cue")), { queue: [], interrupts: false });
});

test("danger interrupts, and takes everything else away", () => {
  const { queue, interrupts } = queued(all(say("3", "count"), say("Sit up taller.", "cue")), say("Stop.", "danger"));
  assert.equal(interrupts, true);
  assert.deepEqual(queue.map(({ text }) => text), ["Stop."]);
  assert.equal(queued(queue, say("4", "count")).interrupts, false);
});

test("a newer count takes the place of an older one, and cues come first", () => {
  assert.deepEqual(all(say("3", "count", 1), say("Well done.", "praise", 2), say("4", "count", 3), say("Slower.", "cue", 4)).map(({ text }) => text), ["Slower.", "4", "Well done."]);
});

test("what waited too long is not said any more", () => {
  const queue = all(say("3", "count", 0), say("Slower.", "cue", 0));
  assert.equal(next(queue, 100).say?.text, "Slower.");
  assert.equal(next([say("3", "count", 0)], 1_300).say, null);
  assert.equal(next(queue, 3_000).say?.text, "Slower.");
  assert.deepEqual(next(queue, 5_000), { say: null, queue: [] });
});

test("only a voice of this device speaks", () => {
  const voice = (name: string, lang: string, localService: boolean, isDefault = false) => ({ name, lang, localService, default: isDefault });
  assert.equal(localVoice([], "en-GB"), null);
  assert.equal(localVoice([voice("far", "en-US", false, true), voice("near", "de-DE", true)], "en-US"), null);
  const known = [voice("far", "en-GB", false), voice("us", "en-US", true, true), voice("gb", "en_GB", true)];
  assert.equal(localVoice(known, "en-GB")?.name, "gb");
  assert.equal(localVoice(known, "de-DE")?.name, "us");
});

test("counts are short, and say when the end is near", () => {
  const aim = { low: 8, high: 12 };
  assert.deepEqual([1, 9, 10, 11, 12, 13].map((n) => countWords(n, aim)), ["1", "9", "10. Two more.", "11. One more.", "12. That is the set.", "13"]);
  assert.equal(countWords(5, { low: null, high: null }), "5");
  assert.deepEqual([ofWords({ low: null, high: null }), ofWords(aim), ofWords({ low: 10, high: 10 }), ofWords({ low: 6, high: null })], ["", "of 8–12", "of 10", "of 6"]);
});

test("seconds of a hold are said where they help", () => {
  assert.deepEqual([0, 10, 15, 25, 27, 29, 30, 31].map((s) => holdWords(s, 30)), ["", "", "Half way.", "Five more.", "3", "1", "That is the time. Ease out.", ""]);
  assert.deepEqual([0, 5, 10, 20].map((s) => holdWords(s, null)), ["", "", "10", "20"]);
});

test("a set ends by a word, and not by one that holds it", () => {
  for (const heard of ["stop", "OK, done", "Finished!"]) assert.ok(endsSet(heard), heard);
  for (const heard of ["", "unstoppable", "nonstop", "five"]) assert.ok(!endsSet(heard), heard);
});

test("every note is short and within hearing", () => {
  for (const [name, notes] of Object.entries(NOTES)) assert.ok(notes.length > 0 && notes.every(([at, pitch]) => at < 0.5 && pitch > 200 && pitch < 2_000), name);
});

// --- A set --------------------------------------------------------------------------------------------

const AIM: Aim = { low: 8, high: 10, each_side: false, hold_s: null, next: null };
const rep = (more: Partial<Rep> = {}): CoachEvent => ({ kind: "rep", t_s: 0, rep: { n: 1, start_s: 0, end_s: 4, lift_s: 2, hold_s: 1, lower_s: 2, range_share: 1, side: "both", ...more } });
const words = (run: Run, event: CoachEvent) => run.heard(event, 0).map((one) => one.words);

test("a set of which nothing was heard is a set of nothing", () => {
  const run = new Run(AIM);
  assert.deepEqual([run.count, run.done, run.longestHoldS, run.began, run.otherSideDue], [0, 0, 0, false, false]);
});

test("reps are counted, and parts of one are not", () => {
  const run = new Run(AIM);
  assert.deepEqual(words(run, rep()), ["1"]);
  assert.deepEqual(words(run, rep({ n: null })), ["Part of a rep."]);
  assert.deepEqual(words(run, rep({ n: 2 })), ["2"]);
  assert.deepEqual([run.count, run.partials, run.lastTempo, run.began], [2, 1, "2.0 · 1.0 · 2.0 s", true]);
});

test("each side of a one-sided exercise is counted by itself, and the other one is asked for", () => {
  const run = new Run({ ...AIM, high: 2, low: 2, each_side: true });
  words(run, rep({ side: "right" }));
  assert.equal(run.otherSideDue, true);
  assert.deepEqual(words(run, rep({ n: 2, side: "right" })), ["2. Now your left side."]);
  words(run, rep({ n: 3, side: "left" }));
  assert.deepEqual([run.count, run.done, run.otherSideDue], [1, 3, false]);
  assert.deepEqual(words(run, rep({ n: 4, side: "left" })), ["2. That is the set."]);
});

test("a cue is said as it is meant", () => {
  const cue = (tone: "danger" | "form" | "praise"): CoachEvent => ({ kind: "cue", t_s: 0, text: "Bar in front.", tone, fault: "behind_head" });
  assert.deepEqual((["danger", "form", "praise"] as const).map((tone) => new Run(AIM).heard(cue(tone), 0)[0]?.kind), ["danger", "cue", "praise"]);
});

test("a hold says its seconds once, then the other side, then what comes next", () => {
  const run = new Run({ ...AIM, each_side: true, hold_s: 30, next: "Puppy pose" });
  const state: State = { phase: "peak", reps: 0, partials: 0, share: 1, held_s: 15.2, view: { name: "side", yaw_deg: 90 }, framing: [] };
  assert.deepEqual(run.at({ ...state, held_s: null }), []);
  assert.deepEqual(run.at(state).map((one) => one.words), ["Half way."]);
  assert.deepEqual(run.at({ ...state, held_s: 15.6 }), []);
  const hold = (side: "left" | "right"): CoachEvent => ({ kind: "hold", t_s: 0, hold: { start_s: 0, end_s: 31, held_s: 31, side } });
  assert.deepEqual(words(run, hold("left")), ["31 seconds. Now your right side."]);
  assert.deepEqual(words(run, hold("right")), ["31 seconds. Next: Puppy pose."]);
  assert.deepEqual([run.longestHoldS, run.otherSideDue], [31, false]);
});

test("a set is over when the person stays away after having done something", () => {
  const away = leaving(THERE, "away", [], 1_000);
  assert.deepEqual(leaving(away, "away", [], 2_000), away);
  assert.equal(leaving(away, "start", [], 2_000).since, null);
  assert.equal(leaving(THERE, "lift", ["nobody"], 5).since, 5);
  assert.equal(isOver(away, 0, false, 1e9), false);
  assert.equal(isOver(away, 3, false, 1_000 + AWAY_MS - 1), false);
  assert.equal(isOver(away, 3, false, 1_000 + AWAY_MS), true);
  assert.equal(isOver(away, 3, true, 1_000 + AWAY_MS), false);
  assert.equal(isOver(away, 3, true, 1_000 + SIDES_MS), true);
  assert.equal(isOver(THERE, 3, false, 1e9), false);
});

// --- The ghost ----------------------------------------------------------------------------------------

/** A stick of 33 points: shoulders at 1.4 m, hips at 0.9 m, everything else between. */
function stick(raised_mm: number): number[] {
  const points = Array.from({ length: 33 }, () => [0, 1_000, 0]);
  points[11] = [200, 1_400, 0];
  points[12] = [-200, 1_400, 0];
  points[15] = [200, 1_400 + raised_mm, 100];
  points[23] = [100, 900, 0];
  points[24] = [-100, 900, 0];
  return points.flat();
}
const FIGURE: Figure = { shares: [0, 1], points_mm: [stick(0), stick(500)], yaw_deg: 0 };

test("the figure is seen from where the camera stands", () => {
  assert.deepEqual(seenAt({ shares: [], points_mm: [], yaw_deg: 0 }, 0, 0), []);
  const front = seenAt(FIGURE, 0, 0);
  assert.deepEqual(front[11], { x: 0.2, y: -1.4 });
  const left = seenAt(FIGURE, 0, 90);
  assert.ok(Math.abs((left[11]?.x ?? 1) - 0) < 1e-9 && Math.abs((left[15]?.x ?? 0) + 0.1) < 1e-9);
  const back = seenAt(FIGURE, 0, 180);
  assert.ok(Math.abs((back[11]?.x ?? 0) + 0.2) < 1e-9);
});

test("between start and peak it is between them, and beyond them it stays", () => {
  for (const [share, y] of [[-1, -1.4], [0, -1.4], [0.5, -1.65], [1, -1.9], [2, -1.9]] as const) assert.ok(Math.abs((seenAt(FIGURE, share, 0)[15]?.y ?? 0) - y) < 1e-9, String(share));
});

test("the ghost lies over the person, as large as the person is", () => {
  const figure = seenAt(FIGURE, 0, 0);
  assert.equal(laidOver(figure, figure.map(() => null)), null);
  const person = figure.map(({ x, y }) => ({ x: 300 + 200 * x, y: 500 + 200 * y }));
  const fit = laidOver(figure, person);
  assert.ok(fit !== null);
  for (const [at, spot] of figure.entries()) {
    const there = placed(spot, fit);
    assert.ok(Math.hypot(there.x - (person[at]?.x ?? 0), there.y - (person[at]?.y ?? 0)) < 1e-6);
  }
  const partly = person.map((one, at) => (at === 15 ? null : one));
  assert.ok(Math.abs((laidOver(figure, partly)?.scale ?? 0) - 200) < 1e-6);
});

test("the outline stands whole in the picture", () => {
  assert.equal(stoodIn([], 100, 100), null);
  const figure = seenAt(FIGURE, 1, 30);
  const fit = stoodIn(figure, 360, 640, 0.1);
  assert.ok(fit !== null);
  for (const spot of figure.map((one) => placed(one, fit))) assert.ok(spot.x >= 35.9 && spot.x <= 324.1 && spot.y >= 63.9 && spot.y <= 576.1);
});

test("a picture is shown whole, in the middle of its place", () => {
  assert.deepEqual(containBox(0, 0, 300, 200), { x: 0, y: 0, width: 300, height: 200 });
  assert.deepEqual(containBox(1280, 720, 640, 640), { x: 0, y: 140, width: 640, height: 360 });
});

// --- The recording ------------------------------------------------------------------------------------

const frame = (t_s: number, found = true) => ({ t_s, width: 640, height: 480, found, image: new Float32Array(99).fill(240), world: new Float32Array(99), visibility: new Float32Array(33).fill(0.8) });

test("a frame is drawn where it was seen, and nobody is nobody", () => {
  const point = pointAt(momentsOf(frame(1)), 0, 11);
  assert.ok(point !== null && Math.abs(point.x - 240 / 640) < 1e-3 && Math.abs(point.y - 0.5) < 1e-3 && Math.abs(point.seen - 0.8) < 0.01);
  assert.equal(pointAt(momentsOf(frame(1, false)), 0, 11), null);
  assert.ok(spotsOf(frame(1, false)).every((one) => one === null));
  assert.equal(spotsOf({ ...frame(1), visibility: new Float32Array(33) })[11], null);
});

test("a recording grows, and its times begin at nought", () => {
  const recording = new Recording();
  assert.equal(recording.moments().times.length, 0);
  for (let n = 0; n < 1_500; n += 1) recording.push(frame(100 + n / 32, n % 2 === 0));
  const moments = recording.moments();
  assert.deepEqual([recording.length, moments.times[0], moments.times[1_499]], [1_500, 0, 1_499 / 32]);
  assert.equal(recording.beganAtS, 100);
  assert.ok(pointAt(moments, 1_498, 5) !== null);
  assert.equal(pointAt(moments, 1_499, 5), null);
});

// --- After the set ------------------------------------------------------------------------------------

test("what could not be counted is said, and asked for", () => {
  assert.equal(sumOf(NOTHING, null), "");
  assert.equal(unsureOf(NOTHING, [], ""), "Nothing was counted. If you did the set, write in what it was.");
  const ten = { ...NOTHING, reps: 10 };
  assert.equal(unsureOf(ten, [], ""), "");
  assert.equal(unsureOf({ ...ten, another: "pull_up" }, [], ""), "This looked like another exercise, so nothing was judged. Check the numbers.");
  assert.equal(unsureOf(ten, [{ why: "From the front a swing does not show.", remedy: "Put the phone at your side." }], "The camera went away."), "The camera went away. Not everything could be told from here: from the front a swing does not show. Put the phone at your side.");
  assert.equal(sumOf({ ...ten, tempo: { lift_s: 2, hold_s: 1, lower_s: 2 } }, TEMPO), "Lift, hold, return: 2.0 · 1.0 · 2.0 s (asked: 2 · 1 · 3). Nothing to correct was seen.");
});

test("reps in reserve are filled in only when they are better than a guess", () => {
  assert.equal(reserveToFill(NOTHING), null);
  assert.equal(reserveToFill({ ...NOTHING, rir: 2, rir_low: 0, rir_high: 5 }), 2);
  assert.equal(reserveToFill({ ...NOTHING, rir: 6, rir_low: 4, rir_high: 9 }), 4);
  assert.equal(reserveToFill({ ...NOTHING, rir: 6, rir_low: 2, rir_high: 17 }), null);
  assert.equal(reserveWords(null, null, null), "");
  assert.equal(reserveWords(2, 0.2, 4.8), "The coach would say 2 left, 0 to 5 in four of five sets like it. You felt it: your number counts.");
});

test("amounts and reps are said as people say them", () => {
  assert.deepEqual([amountWords(null, null), amountWords(1, null), amountWords(8, null), amountWords(null, 41.6)], ["nothing", "1 rep", "8 reps", "42 s"]);
  assert.deepEqual([[], [2], [2, 5], [1, 2, 3], [1, 2, 3, 4]].map(repsWords), ["during the set", "in rep 2", "in reps 2 and 5", "in reps 1, 2 and 3", "in 4 reps"]);
});

test("a set that nobody touches is kept by itself, and one that somebody touches is not", () => {
  const said: string[] = [];
  const view = { text: (_name: string, words: string) => void said.push(words), hide: () => undefined } as unknown as View;
  const keeping = new Keeping(view);
  assert.equal(keeping.tick(1e9), false);
  keeping.soon(1_000);
  assert.equal(keeping.tick(1_000 + KEEP_AFTER_MS - 500), false);
  assert.equal(said.at(-1), "Kept by itself in 1 s, unless you touch something.");
  assert.equal(keeping.tick(1_000 + KEEP_AFTER_MS), true);
  keeping.stay();
  assert.equal(keeping.tick(1e9), false);
});

test("the gate opens after a countdown, and shuts again when the person leaves", () => {
  const said: string[] = [];
  const view = { text: (name: string, words: string) => void said.push(`${name}: ${words}`), checks: () => undefined } as unknown as View;
  const talk = { say: (words: string) => void said.push(words), sounds: { play: () => undefined } } as unknown as Talk;
  const gate = new Gate(view, talk);
  gate.reset();
  const at = Math.ceil(performance.now()); // whole, so that the sums below are exact
  assert.equal(gate.tick(["nobody"], SEEN, null, at), "setup");
  assert.equal(gate.tick([], SEEN, null, at + 100), "setup");
  assert.equal(gate.tick([], SEEN, null, at + 100 + setup.STEADY_MS), "countdown");
  const began = at + 100 + setup.STEADY_MS;
  assert.equal(gate.tick([], SEEN, null, began + 1_000), "countdown");
  assert.equal(said.at(-1), "go: 3");
  assert.equal(gate.tick(["nobody"], SEEN, null, began + 1_500), "setup");
  assert.equal(gate.tick([], SEEN, null, began + 1_600), "setup");
  assert.equal(gate.tick([], SEEN, null, began + 1_600 + setup.STEADY_MS), "countdown");
  assert.equal(gate.tick([], SEEN, null, began + 1_600 + setup.STEADY_MS + 4_000), "waiting");
});

// --- The rest -----------------------------------------------------------------------------------------

test("choices are kept, and nonsense is none", () => {
  const box = memoryBox();
  assert.deepEqual(readSettings(box), DEFAULTS);
  keepSettings(box, { ...DEFAULTS, speech: false, ghost: true });
  assert.deepEqual(readSettings(box), { ...DEFAULTS, speech: false, ghost: true });
  for (const text of ["[", "null", "3", '{"speech":"no"}']) {
    box.setItem("openback.coach", text);
    assert.deepEqual(readSettings(box), DEFAULTS, text);
  }
});

test("every trouble has its sentence and a way on", () => {
  assert.equal(troubleOf("refused"), "refused");
  assert.equal(troubleOf(undefined), "busy");
  for (const [name, { title, said }] of Object.entries(TROUBLES)) assert.ok(title !== "" && (said.endsWith(".") || name === "server"), name);
});

test("numbers for the curious stand under each other", () => {
  assert.equal(debugLines(), "");
  assert.equal(debugLines({ fps: 29.97 }, { model: "full", dropped: 3 }), "fps      30.0\nmodel    full\ndropped  3");
});

test("what the coach told of a set is kept only where it saw all of it", () => {
  const told = { faults: [], cannot_tell: [{ id: "head_forward", why: "From behind the head does not show.", remedy: "Put the phone at your side." }] };
  const fault = { id: "momentum", title: "Momentum", severity: "form" as const, cue: "Stay still.", why: "It swings.", reps: [2] };
  const ten = { ...NOTHING, reps: 10 };
  assert.equal(seenOf({ fill: NOTHING, report: told }, ""), null);
  assert.equal(seenOf({ fill: ten, report: {} }, ""), null);
  assert.equal(seenOf({ fill: ten, report: told }, "The camera went away."), null);
  assert.equal(seenOf({ fill: { ...ten, another: "pull_up" }, report: told }, ""), null);
  assert.deepEqual(seenOf({ fill: { ...ten, faults: [fault] }, report: told }, ""), { faults: ["momentum"], untold: ["head_forward"] });
});
