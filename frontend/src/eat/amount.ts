/** How much of a food: the number follows its unit, and what it holds is said at once. */
import { island } from "../shared/islands.ts";

/** What 100 g (or a serving) hold; NaN where nobody said. */
export type Holds = { readonly energy_kcal: number; readonly protein_g: number; readonly fruit_vegetable_g: number };

/** Return a number as a person writes it: no dust, no digits that nobody can weigh. */
export function plain(value: number): string {
  const digits = value >= 10 ? 0 : value >= 1 ? 1 : 2;
  return String(Number(value.toFixed(digits)));
}

/** Return the number in another unit: from so many of `from_g` to so many of `to_g`, on steps that a person uses. */
export function converted(amount: number, from_g: number, to_g: number): number {
  if (Number.isNaN(amount)) return to_g === 1 ? from_g : 1;
  const exact = (amount * from_g) / to_g;
  const step = to_g === 1 ? 1 : 0.25;
  return Math.max(step, Math.round(exact / step) * step);
}

/** Return what an amount holds, in words; what nobody reported is not said. `share` is of 100 g, or servings. */
export function held(mass_g: number | null, holds: Holds, share: number): string {
  const parts: string[] = [];
  if (mass_g !== null) parts.push(`${plain(mass_g)} g`);
  if (!Number.isNaN(holds.energy_kcal)) parts.push(`${Math.round(holds.energy_kcal * share)} kcal`);
  if (!Number.isNaN(holds.protein_g)) parts.push(`${plain(holds.protein_g * share)} g protein`);
  const plants = holds.fruit_vegetable_g * share;
  if (plants >= 1) parts.push(`${Math.round(plants)} g fruit and vegetables`);
  return parts.join(" · ");
}

function number(text: string | undefined): number {
  return text === undefined || text === "" ? Number.NaN : Number(text);
}

/** Bring every amount form of the page to life. */
export function startAmounts(page: Document): void {
  island(page, "amount", (root) => void new Amount(root));
}

class Amount {
  private readonly root: HTMLElement;
  private readonly input: HTMLInputElement;
  private unit_g: number;

  constructor(root: HTMLElement) {
    const input = root.querySelector<HTMLInputElement>("input[name=amount]");
    if (input === null) throw new Error("The template wrote no amount.");
    this.root = root;
    this.input = input;
    this.unit_g = this.chosen();
    root.addEventListener("change", (event) => {
      if (event.target instanceof HTMLInputElement && event.target.name === "unit") this.turn();
      this.say();
    });
    root.addEventListener("input", () => this.say());
    this.steps();
    this.say();
  }

  /** Grams of one of the chosen unit; NaN for servings of a recipe. */
  private chosen(): number {
    return number(this.root.querySelector<HTMLInputElement>("input[name=unit]:checked")?.dataset["massG"]);
  }

  private turn(): void {
    const to_g = this.chosen();
    this.input.value = String(converted(this.input.valueAsNumber, this.unit_g, to_g));
    this.unit_g = to_g;
    this.steps();
  }

  private steps(): void {
    const by = this.unit_g === 1 ? 10 : 0.5;
    for (const button of this.root.querySelectorAll<HTMLButtonElement>("button[data-by]")) {
      button.dataset["by"] = String(Number(button.dataset["by"]) < 0 ? -by : by);
    }
  }

  private say(): void {
    const said = this.root.querySelector("[data-holds]");
    const amount = this.input.valueAsNumber;
    if (said === null) return;
    const { energyKcal, proteinG, fruitVegetableG } = this.root.dataset;
    const holds = { energy_kcal: number(energyKcal), protein_g: number(proteinG), fruit_vegetable_g: number(fruitVegetableG) };
    const mass_g = Number.isNaN(this.unit_g) ? null : amount * this.unit_g;
    const words = Number.isNaN(amount) ? "" : held(mass_g, holds, mass_g === null ? amount : mass_g / 100);
    said.textContent = words;
  }
}
