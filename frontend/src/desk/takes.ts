/** The take of a desk test: each side in turn before the camera, without hands, and the result against the norm. */
import { added, given, island } from "../shared/islands.ts";
import { Live, type Order, Stopped } from "./live.ts";
import { type Frame, frameOf, fragment, sent } from "./sending.ts";
import type { Flaw } from "./standing.ts";

type SideWords = {
  readonly id: "left" | "right" | "both";
  readonly name: string;
  readonly say: string;
  readonly turns_deg: readonly number[];
  readonly any: readonly (readonly number[])[];
  readonly words: Readonly<Record<Flaw, string>>;
};
type Judged = { readonly result: object | null; readonly problems: readonly { readonly said: string }[] };

/** A test has sixty pictures at most: they tell the best steady value, and fit into one request. */
const MOST = 60;
const LEAST = 8;
const TRIES = 3;

class Takes {
  private readonly root: HTMLElement;
  private readonly live: Live;
  private readonly sides: readonly SideWords[];
  private readonly takeS: number;
  private readonly takes = new Map<string, readonly Frame[]>();

  constructor(root: HTMLElement) {
    this.root = root;
    this.sides = JSON.parse(given(root, "sides")) as SideWords[];
    this.takeS = Number(given(root, "takeS"));
    this.live = new Live(root);
    root.addEventListener("click", (event) => {
      const what = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-do]")?.dataset["do"] : undefined;
      if (what === "begin") void this.begin();
      if (what === "leave") {
        this.live.close();
        this.live.show("ready");
      }
    });
    root.addEventListener("submit", (event) => {
      const form = event.target;
      const field = form instanceof HTMLFormElement ? form.querySelector<HTMLInputElement>("input[name=takes]") : null;
      if (field !== null) field.value = JSON.stringify({ takes: Object.fromEntries(this.takes) });
    });
    const trouble = Live.trouble();
    this.live.show("ready");
    if (trouble !== null) this.live.fail(trouble);
  }

  private orderOf(side: SideWords): Order {
    const apart_s = Math.max(0.08, this.takeS / MOST);
    return {
      wanted: { turns_deg: side.turns_deg, any: side.any },
      plan: { steady_ms: 1_200, count_ms: 3_000, take_ms: 1_000 * this.takeS, least: LEAST, most: MOST, apart_s, strict: false },
      title: side.name,
      say: `${side.name}. Get into place.`,
      ready: "Good. On go.",
      now: side.say,
      words: side.words,
      yaw_deg: null,
    };
  }

  private async begin(): Promise<void> {
    this.takes.clear();
    try {
      await this.live.open();
      for (const side of this.sides) await this.one(side);
    } catch (problem) {
      if (problem instanceof Stopped) return;
      throw problem;
    }
    this.live.say("That was all. Come and look.");
    this.live.close();
    this.live.show("after");
    await this.showResult();
  }

  private async one(side: SideWords): Promise<void> {
    for (let once = 1; once <= TRIES; once += 1) {
      const { frames, brightness } = await this.live.take(this.orderOf(side));
      const told = frames.map((one) => frameOf(one, brightness));
      this.takes.set(side.id, told);
      const answer = await sent<Judged>(given(this.root, "apiUrl"), { side: side.id, frames: told, keep: false });
      const problem = answer.ok ? (answer.value.result === null ? (answer.value.problems[0]?.said ?? "") : "") : answer.said;
      if (problem === "") return;
      this.live.say(problem);
      this.live.view.text("flaw", problem);
      await new Promise((resolve) => setTimeout(resolve, 3_000));
    }
  }

  private async showResult(): Promise<void> {
    const place = this.live.view.part("result");
    const answer = await fragment(given(this.root, "resultUrl"), { takes: Object.fromEntries(this.takes) });
    this.live.view.hide("result-said", answer.ok);
    if (answer.ok) {
      place.replaceChildren(answer.value);
      added(place.ownerDocument);
    } else this.live.view.text("result-said", answer.said);
    this.live.view.hide("keep", place.querySelector("[data-found]") === null);
  }
}

export function startTakes(page: Document): void {
  island(page, "desk-test", (root) => void new Takes(root));
}
