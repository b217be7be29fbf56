/** What stands in the way of the camera, each in one clear sentence with a way on. */

export type Trouble = "refused" | "none" | "busy" | "insecure" | "unplugged" | "pose" | "server";

export type Words = { readonly title: string; readonly said: string; readonly again: string };

export const TROUBLES: Readonly<Record<Trouble, Words>> = {
  refused: { title: "The camera is not allowed", said: "Allow the camera for this page in the browser’s address bar or settings, then try again.", again: "Try again" },
  none: { title: "There is no camera", said: "Plug one in, or open this session on your phone, then try again.", again: "Try again" },
  busy: { title: "The camera is in use", said: "Another program has the camera. Close it there, then try again.", again: "Try again" },
  insecure: { title: "This page may not use the camera", said: "Browsers give the camera only to pages that come by https, or from this machine itself.", again: "" },
  unplugged: { title: "The camera went away", said: "It was unplugged, or another program took it. Plug it in, then try again.", again: "Try again" },
  pose: { title: "This browser cannot follow your body", said: "The part that finds your body in the picture did not start here. A newer browser may do better; a clip is read on the machine that Openback runs on.", again: "Try again" },
  server: { title: "Openback did not take the set", said: "", again: "Try again" },
};

/** Return the trouble that an error of the camera is; what it is not known for is that it was in use. */
export function troubleOf(reason: unknown): Trouble {
  return typeof reason === "string" && reason in TROUBLES ? (reason as Trouble) : "busy";
}
