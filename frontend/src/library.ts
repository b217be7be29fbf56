/** The libraries of exercises and recipes: the address follows the filters, so that going back finds them again; filters are open where there is room. */
import { island } from "./shared/islands.ts";

const WIDE = "(min-width: 960px)";

/** Return the address of a search form's answers, without the empty ones. */
export function addressOf(action: string, answers: Iterable<readonly [string, FormDataEntryValue]>): string {
  const query = new URLSearchParams();
  for (const [name, value] of answers) if (typeof value === "string" && value.trim() !== "") query.append(name, value.trim());
  const text = query.toString();
  return text === "" ? action : `${action}?${text}`;
}

island(document, "library", (root) => {
  if (!(root instanceof HTMLFormElement)) return;
  const filters = root.querySelector<HTMLDetailsElement>("[data-open-wide]");
  if (filters !== null && matchMedia(WIDE).matches) filters.open = true;
  document.addEventListener("htmx:after:swap", () => {
    history.replaceState(null, "", addressOf(new URL(root.action).pathname, new FormData(root)));
    const chosen = new FormData(root).get("muscle");
    for (const muscle of root.querySelectorAll<SVGElement>("[data-muscle]")) {
      muscle.dataset["level"] = muscle.dataset["muscle"] === chosen ? "4" : "1";
    }
  });
  // A muscle on the map is a link; here it chooses in place.
  root.addEventListener("click", (event) => {
    const muscle = event.target instanceof Element ? event.target.closest<SVGElement>("a [data-muscle]") : null;
    if (muscle === null || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const radios = [...root.querySelectorAll<HTMLInputElement>('[name="muscle"]')];
    const wanted = radios.find((radio) => radio.value === muscle.dataset["muscle"]);
    const radio = wanted?.checked === true ? radios.find((one) => one.value === "") : wanted;
    if (radio === undefined) return;
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  });
});
