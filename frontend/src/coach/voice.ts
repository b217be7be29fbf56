/** "Stop" and "done" by voice: only where the browser hears on the device itself, because sound is sent nowhere. */
import { endsSet } from "./words.ts";

type Options = { readonly langs: readonly string[]; readonly processLocally: boolean };
type Heard = { readonly results: ArrayLike<ArrayLike<{ readonly transcript: string }>> };
type Recognition = EventTarget & { lang: string; continuous: boolean; interimResults: boolean; processLocally: boolean; start(): void; abort(): void };
type Recogniser = { new (): Recognition; available?(options: Options): Promise<string> };

const LANGUAGE = "en-US";

function recogniser(): Recogniser | null {
  const found = (globalThis as { SpeechRecognition?: Recogniser }).SpeechRecognition;
  return found === undefined || found.available === undefined ? null : found;
}

/** Return whether this browser hears words without sending the sound anywhere. */
export async function canListen(): Promise<boolean> {
  const known = recogniser();
  if (known?.available === undefined) return false;
  return (await known.available({ langs: [LANGUAGE], processLocally: true }).catch(() => "")) === "available";
}

/** Listen until stopped; call back when a word ends the set. */
export function listen(over: () => void): () => void {
  const Known = recogniser();
  if (Known === null) return () => undefined;
  const ear = new Known();
  let on = true;
  ear.lang = LANGUAGE;
  ear.continuous = true;
  ear.interimResults = true;
  ear.processLocally = true;
  ear.addEventListener("result", (event) => {
    const { results } = event as unknown as Heard;
    const last = results[results.length - 1]?.[0]?.transcript ?? "";
    if (on && endsSet(last)) over();
  });
  ear.addEventListener("end", () => {
    // Browsers end it after some silence; a set goes on.
    if (on) setTimeout(() => on && ear.start(), 300);
  });
  ear.addEventListener("error", (event) => {
    if ((event as unknown as { error?: string }).error === "not-allowed") on = false;
  });
  try {
    ear.start();
  } catch {
    on = false;
  }
  return () => {
    on = false;
    ear.abort();
  };
}
