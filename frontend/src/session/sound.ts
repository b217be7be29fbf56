/** Two short notes of our own, and a buzz. */

let context: AudioContext | null = null;

/** Be ready to sound: browsers allow it only after a tap. */
export function allowSound(): void {
  try {
    context ??= new AudioContext();
    if (context.state === "suspended") void context.resume();
  } catch {
    context = null; // No sound here; the buzz and the numerals remain.
  }
}

/** Sound the end of a rest. */
export function chime(): void {
  if (context === null) return;
  const start = context.currentTime + 0.02;
  for (const [at, pitch] of [[0, 660], [0.16, 880]] as const) {
    const note = context.createOscillator();
    const volume = context.createGain();
    note.frequency.value = pitch;
    volume.gain.setValueAtTime(0, start + at);
    volume.gain.linearRampToValueAtTime(0.25, start + at + 0.01);
    volume.gain.exponentialRampToValueAtTime(0.001, start + at + 0.3);
    note.connect(volume).connect(context.destination);
    note.start(start + at);
    note.stop(start + at + 0.32);
  }
}

/** Buzz, where the device can. */
export function buzz(): void {
  if ("vibrate" in navigator) navigator.vibrate([180, 90, 180]);
}
