/** What is spoken, and when: one thing at a time, danger at once, and nothing that is old news. */

export type SayKind = "danger" | "cue" | "praise" | "count" | "info";
export type Say = { readonly text: string; readonly kind: SayKind; readonly at: number };
export type Queue = readonly Say[];

/** How long a thing may wait before it is not said any more, ms. A count is wrong as soon as the next rep is done. */
const KEEPS: Record<SayKind, number> = { danger: 4_000, cue: 4_000, praise: 4_000, count: 1_200, info: 6_000 };
const RANK: Record<SayKind, number> = { danger: 0, cue: 1, count: 2, praise: 3, info: 4 };

/** Return the queue with one thing more, and whether what is being said now must stop for it. */
export function queued(queue: Queue, say: Say): { readonly queue: Queue; readonly interrupts: boolean } {
  if (say.text.trim() === "") return { queue, interrupts: false };
  if (say.kind === "danger") return { queue: [say], interrupts: true };
  // A newer thing of a kind takes the place of the older one: nobody wants two counts in a row.
  const rest = queue.filter((one) => one.kind !== say.kind);
  const all = [...rest, say].sort((a, b) => RANK[a.kind] - RANK[b.kind] || a.at - b.at);
  return { queue: all, interrupts: false };
}

/** Return what to say now and what is left; what waited too long is left out. */
export function next(queue: Queue, now: number): { readonly say: Say | null; readonly queue: Queue } {
  const fresh = queue.filter((one) => now - one.at <= KEEPS[one.kind]);
  const [say, ...rest] = fresh;
  return { say: say ?? null, queue: rest };
}

export type Voice = Pick<SpeechSynthesisVoice, "lang" | "localService" | "default" | "name">;

/** Return the voice to speak with: English, and one that speaks on this device; null when there is none.
 * A voice that is not local sends what it says to another host, and nothing is sent anywhere. */
export function localVoice<V extends Voice>(voices: readonly V[], language: string): V | null {
  const ours = voices.filter((one) => one.localService && /^en\b/i.test(one.lang.replace("_", "-")));
  const exact = ours.filter((one) => one.lang.replace("_", "-").toLowerCase() === language.toLowerCase());
  return exact.find((one) => one.default) ?? exact[0] ?? ours.find((one) => one.default) ?? ours[0] ?? null;
}

/** Speaks from the queue with a voice of this device. Silent where there is none, and when switched off. */
export class Speaker {
  on = true;
  private queue: Queue = [];
  private speaking = false;
  private voice: SpeechSynthesisVoice | null = null;
  private readonly synth: SpeechSynthesis | null;

  constructor(told: () => void) {
    this.synth = "speechSynthesis" in globalThis ? globalThis.speechSynthesis : null;
    const look = () => {
      this.voice = localVoice(this.synth?.getVoices() ?? [], navigator.language);
      told();
    };
    this.synth?.addEventListener("voiceschanged", look);
    look();
  }

  /** Whether something can be spoken here. */
  get able(): boolean {
    return this.synth !== null && this.voice !== null;
  }

  say(text: string, kind: SayKind): void {
    if (!this.on || !this.able) return;
    const { queue, interrupts } = queued(this.queue, { text, kind, at: performance.now() });
    this.queue = queue;
    if (interrupts) {
      this.synth?.cancel();
      this.speaking = false;
    }
    this.go();
  }

  stop(): void {
    this.queue = [];
    this.speaking = false;
    this.synth?.cancel();
  }

  private go(): void {
    if (this.speaking || this.synth === null) return;
    const { say, queue } = next(this.queue, performance.now());
    this.queue = queue;
    if (say === null) return;
    const words = new SpeechSynthesisUtterance(say.text);
    words.voice = this.voice;
    words.lang = this.voice?.lang ?? "en";
    words.rate = say.kind === "count" ? 1.15 : 1.05;
    const over = () => {
      if (!this.speaking || words !== this.current) return;
      this.speaking = false;
      this.go();
    };
    words.addEventListener("end", over);
    words.addEventListener("error", over);
    this.speaking = true;
    this.current = words;
    this.synth.speak(words);
  }

  private current: SpeechSynthesisUtterance | null = null;
}
