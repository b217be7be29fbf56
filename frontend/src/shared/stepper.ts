/** Steppers: buttons that make a number smaller or larger by a step, within its limits. */
import { island } from "./islands.ts";

/** Return `value + by` inside [min, max], without the dust of binary fractions; `by` from an empty field starts at min. */
export function stepped(value: number, by: number, min: number, max: number): number {
  const next = Number.isNaN(value) ? min : value + by;
  return Math.min(max, Math.max(min, Math.round(next * 1000) / 1000));
}

/** Return the number that an attribute holds, or `otherwise`. */
function limit(text: string, otherwise: number): number {
  return text === "" ? otherwise : Number(text);
}

/** Bring every stepper of the page to life. */
export function startSteppers(page: Document): void {
  island(page, "stepper", (root) => {
    const input = root.querySelector("input");
    if (input === null) return;
    for (const button of root.querySelectorAll<HTMLButtonElement>("button[data-by]")) {
      button.hidden = false;
      button.addEventListener("click", () => {
        const by = Number(button.dataset["by"]);
        input.value = String(stepped(input.valueAsNumber, by, limit(input.min, -Infinity), limit(input.max, Infinity)));
        input.dispatchEvent(new Event("input", { bubbles: true }));
        input.dispatchEvent(new Event("change", { bubbles: true }));
      });
    }
  });
}
