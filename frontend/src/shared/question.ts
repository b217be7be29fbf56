/** Questions: the button says "none of these" while nothing is ticked. */
import { island } from "./islands.ts";

/** Return what the button says for a number of ticks. */
export function said(ticks: number, none: string, some: string): string {
  return ticks === 0 ? none : some;
}

/** Keep the words of the main button in step with the ticks of its form. */
export function startQuestions(page: Document): void {
  island(page, "question", (form) => {
    const button = form.querySelector<HTMLButtonElement>("button[data-none]");
    if (button === null) return;
    const { none = "", some = "" } = button.dataset;
    const look = () => {
      button.textContent = said(form.querySelectorAll("input[type=checkbox]:checked").length, none, some);
    };
    look();
    form.addEventListener("change", look);
  });
}
