/** What the person wants to hear and see; kept on this device. */
import type { Box } from "../shared/queue.ts";

export type Settings = { readonly speech: boolean; readonly sounds: boolean; readonly captions: boolean; readonly ghost: boolean; readonly voice: boolean };

export const DEFAULTS: Settings = { speech: true, sounds: true, captions: true, ghost: false, voice: false };
const KEY = "openback.coach";

/** Return what was chosen; what is not there or makes no sense is as at first. */
export function readSettings(box: Box): Settings {
  try {
    const found: unknown = JSON.parse(box.getItem(KEY) ?? "null");
    if (found === null || typeof found !== "object") return DEFAULTS;
    const known = found as Record<string, unknown>;
    const names = Object.keys(DEFAULTS) as (keyof Settings)[];
    return Object.fromEntries(names.map((name) => [name, typeof known[name] === "boolean" ? known[name] : DEFAULTS[name]])) as unknown as Settings;
  } catch {
    return DEFAULTS;
  }
}

/** Keep a choice. */
export function keepSettings(box: Box, settings: Settings): void {
  box.setItem(KEY, JSON.stringify(settings));
}
