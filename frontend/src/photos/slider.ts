/** Two photos over each other, with an edge between them that is moved by finger, mouse or arrow keys. */
import { island } from "../shared/islands.ts";

export function startSliders(page: Document): void {
  island(page, "photo-slider", (root) => void new Slider(root));
}

class Slider {
  private readonly root: HTMLElement;
  private readonly range: HTMLInputElement;

  constructor(root: HTMLElement) {
    const range = root.querySelector<HTMLInputElement>("[data-range]");
    if (range === null) throw new Error("The template wrote no range for the slider.");
    this.root = root;
    this.range = range;
    for (const button of root.querySelectorAll<HTMLButtonElement>("[data-view-as]")) {
      button.addEventListener("click", () => this.show(button.dataset["viewAs"] === "slider"));
    }
    range.addEventListener("input", () => this.move());
    root.querySelector<HTMLElement>("[data-views]")?.removeAttribute("hidden");
    this.move();
  }

  private show(slider: boolean): void {
    this.root.dataset["view"] = slider ? "slider" : "side";
    for (const button of this.root.querySelectorAll<HTMLElement>("[data-view-as]")) button.setAttribute("aria-pressed", String((button.dataset["viewAs"] === "slider") === slider));
    this.range.hidden = !slider;
    const handle = this.root.querySelector<HTMLElement>("[data-handle]");
    if (handle !== null) handle.hidden = !slider;
    if (slider) this.range.focus({ preventScroll: true });
  }

  private move(): void {
    this.root.style.setProperty("--share", this.range.value);
    this.range.setAttribute("aria-valuetext", `${this.range.value} % of the earlier photo`);
  }
}
