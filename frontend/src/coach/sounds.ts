/** Short notes for those who turn speech off: one for a rep, two for a cue, three for danger. */

export type Note = "rep" | "cue" | "danger" | "praise" | "tick" | "go" | "end";

/** Each note: when it begins in seconds, and its pitch in Hz. */
export const NOTES: Record<Note, readonly (readonly [number, number])[]> = {
  rep: [[0, 880]],
  cue: [[0, 520], [0.14, 440]],
  danger: [[0, 330], [0.13, 330], [0.26, 330]],
  praise: [[0, 660], [0.12, 990]],
  tick: [[0, 600]],
  go: [[0, 990]],
  end: [[0, 660], [0.15, 880], [0.3, 1100]],
};

export class Sounds {
  on = true;
  private context: AudioContext | null = null;

  /** Be ready to sound: browsers allow it only after a tap. */
  allow(): void {
    try {
      this.context ??= new AudioContext();
      if (this.context.state === "suspended") void this.context.resume();
    } catch {
      this.context = null; // No sound here; captions and numerals remain.
    }
  }

  play(note: Note): void {
    if (note === "danger" && "vibrate" in navigator) navigator.vibrate([120, 60, 120]);
    const { context } = this;
    if (!this.on || context === null) return;
    for (const [at, pitch] of NOTES[note]) {
      const start = context.currentTime + 0.01 + at;
      const tone = context.createOscillator();
      const volume = context.createGain();
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0, start);
      volume.gain.linearRampToValueAtTime(0.2, start + 0.008);
      volume.gain.exponentialRampToValueAtTime(0.001, start + 0.16);
      tone.connect(volume).connect(context.destination);
      tone.start(start);
      tone.stop(start + 0.18);
    }
  }
}
