/** The page of a clip, and the page that asks for one. */
import { startPlayer } from "./clip/player.ts";
import { startSending } from "./clip/send.ts";
import { island } from "./shared/islands.ts";

island(document, "clip", startPlayer);
island(document, "clip-form", startSending);

// Once a clip is read, the whole page has more to show than the part that asked again.
document.addEventListener("htmx:after:swap", () => {
  const progress = document.querySelector("#progress");
  if (progress !== null && !progress.hasAttribute("data-hx-get")) location.reload();
});
