/** Everything the person hears and reads: one way to say a thing, by voice, by note and in writing. */
import type { Box } from "../shared/queue.ts";
import { type Settings, keepSettings, readSettings } from "./settings.ts";
import { type Note, Sounds } from "./sounds.ts";
import { type SayKind, Speaker } from "./speech.ts";
import type { View } from "./view.ts";
import { canListen } from "./voice.ts";

const NOTE_OF: Partial<Record<SayKind, Note>> = { danger: "danger", cue: "cue", praise: "praise", count: "rep" };

export class Talk {
  settings: Settings;
  readonly sounds = new Sounds();
  private readonly speaker: Speaker;
  private readonly view: View;
  private readonly box: Box;

  constructor(view: View, box: Box, changed: () => void) {
    this.view = view;
    this.box = box;
    this.settings = readSettings(box);
    this.speaker = new Speaker(() => view.hide("no-voice", this.speaker?.able ?? false));
    view.hide("no-voice", this.speaker.able);
    void canListen().then((can) => view.hide("voice", !can));
    for (const input of view.root.querySelectorAll<HTMLInputElement>("[data-setting]")) {
      input.addEventListener("change", () => {
        this.set({ ...this.settings, [input.name]: input.checked });
        changed();
      });
    }
    this.set(this.settings);
  }

  set(settings: Settings): void {
    this.settings = settings;
    keepSettings(this.box, settings);
    this.speaker.on = settings.speech;
    this.sounds.on = settings.sounds;
    if (!settings.speech) this.speaker.stop();
    if (!settings.captions) this.view.noCaption();
    for (const input of this.view.root.querySelectorAll<HTMLInputElement>("[data-setting]")) input.checked = settings[input.name as keyof Settings] ?? false;
  }

  /** Whether words are heard; else notes stand in for them. */
  get speaks(): boolean {
    return this.settings.speech && this.speaker.able;
  }

  /** Say a thing. A danger is written over the picture whatever was chosen. */
  say(words: string, kind: SayKind, caption = words): void {
    if (words === "") return;
    this.speaker.say(words, kind);
    const note = NOTE_OF[kind];
    if (note !== undefined && (!this.speaks || kind === "danger")) this.sounds.play(note);
    if (caption !== "" && (this.settings.captions || kind === "danger")) this.view.caption(caption, kind);
    // A screen reader speaks for itself; two voices at once help nobody.
    if (!this.speaks) this.view.announce(words, kind);
  }

  hush(): void {
    this.speaker.stop();
    this.view.noCaption();
  }
}
