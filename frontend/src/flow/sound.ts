/** What a flow says: in a voice of this device, in notes where there is none, and always in writing. */
import { Sounds } from "../coach/sounds.ts";
import { type SayKind, Speaker } from "../coach/speech.ts";
import type { Box } from "../shared/queue.ts";
import type { Said } from "./course.ts";

type Choices = { readonly speech: boolean; readonly sounds: boolean };
const KEY = "openback.flow";

/** Return what was chosen on this device; both on where nothing was. */
export function choicesOf(text: string | null): Choices {
  try {
    const found = JSON.parse(text ?? "{}") as Partial<Choices> | null;
    return { speech: found?.speech !== false, sounds: found?.sounds !== false };
  } catch {
    return { speech: true, sounds: true };
  }
}

export class FlowSound {
  private readonly speaker: Speaker;
  private readonly sounds = new Sounds();
  private readonly spoken: HTMLElement;

  constructor(root: HTMLElement, spoken: HTMLElement, box: Box) {
    this.spoken = spoken;
    const noVoice = root.querySelector<HTMLElement>("[data-no-voice]");
    const told = () => {
      if (noVoice !== null) noVoice.hidden = this.speaker?.able ?? false;
    };
    this.speaker = new Speaker(told);
    told();
    const choices = choicesOf(box.getItem(KEY));
    const inputs = [...root.querySelectorAll<HTMLInputElement>("[data-setting]")];
    const set = (now: Choices) => {
      this.speaker.on = now.speech;
      this.sounds.on = now.sounds;
      if (!now.speech) this.speaker.stop();
    };
    for (const input of inputs) {
      input.checked = choices[input.name as keyof Choices];
      input.addEventListener("change", () => {
        const now = Object.fromEntries(inputs.map((one) => [one.name, one.checked])) as Choices;
        box.setItem(KEY, JSON.stringify(now));
        set(now);
      });
    }
    set(choices);
  }

  /** After a tap: browsers allow sound only then. */
  allow(): void {
    this.sounds.allow();
  }

  say({ words, kind, note }: Said): void {
    if (note !== null) this.sounds.play(note);
    if (words === "") return;
    const said: SayKind = kind;
    this.speaker.say(words, said);
    // A screen reader speaks for itself where no voice does; every count would be too much of it.
    if (kind === "info" && !(this.speaker.on && this.speaker.able)) this.spoken.textContent = words;
  }

  hush(): void {
    this.speaker.stop();
  }
}
