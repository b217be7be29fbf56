/** A clock that goes on while its page is hidden: browsers slow the page's own timers down, and not a worker's. */
const here = globalThis as unknown as { onmessage: ((event: MessageEvent<number>) => void) | null; postMessage(message: null): void };

here.onmessage = ({ data }) => {
  setInterval(() => here.postMessage(null), data);
};
