/** The posture check: four sides by camera without hands, or photos; C7 marked by a finger; the result, and keeping it. */
import type { Landmarks } from "../coach/frames.ts";
import { added, given, island } from "../shared/islands.ts";
import { MarkPicker } from "./mark.ts";
import { Live, Stopped } from "./live.ts";
import { type Frame, frameOf, fragment, sent } from "./sending.ts";
import { type Flaw, type Shot, TURNS_DEG, pointsOf } from "./standing.ts";
import { StillPose, brightnessOfPhoto, photoOf } from "./still.ts";
import type { TakePlan } from "./take.ts";

type ShotWords = { readonly id: Shot; readonly title: string; readonly say: string; readonly done: string; readonly words: Readonly<Record<Flaw, string>> };
type Checked = { readonly check: { readonly problems: readonly { readonly shot: string; readonly said: string }[] } };

/** A take that the server could not use is done again so often; then the next side comes. */
const TRIES = 3;
const OVER = "That was all. Come and look.";

class Posture {
  private readonly root: HTMLElement;
  private readonly live: Live;
  private readonly shots: readonly ShotWords[];
  private readonly plan: TakePlan;
  private readonly frames = new Map<Shot, readonly Frame[]>();
  private readonly pictures = new Map<Shot, CanvasImageSource & { readonly width: number; readonly height: number }>();
  private readonly mark: MarkPicker;
  private by: "camera" | "photo" = "camera";
  private still: StillPose | null = null;

  constructor(root: HTMLElement) {
    this.root = root;
    this.shots = JSON.parse(given(root, "shots")) as ShotWords[];
    this.plan = JSON.parse(given(root, "plan")) as TakePlan;
    this.live = new Live(root);
    this.mark = new MarkPicker(this.live.view.part("c7"), () => void this.showResult());
    root.addEventListener("click", (event) => {
      const what = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-do]")?.dataset["do"] : undefined;
      if (what !== undefined) this.act(what);
    });
    for (const input of root.querySelectorAll<HTMLInputElement>("input[type=file][data-shot]")) {
      input.addEventListener("change", () => void this.photo(input));
    }
    root.addEventListener("submit", (event) => {
      const form = event.target;
      const field = form instanceof HTMLFormElement ? form.querySelector<HTMLInputElement>("input[name=check]") : null;
      if (field !== null) field.value = JSON.stringify(this.body());
    });
    const trouble = Live.trouble();
    this.live.show("ready");
    if (location.hash === "#photos" || trouble === "none") this.live.show("photos");
    else if (trouble !== null) this.live.fail(trouble);
  }

  private act(what: string): void {
    if (what === "begin") void this.begin();
    if (what === "photos") this.toPhotos();
    if (what === "again") {
      if (this.by === "photo") this.toPhotos();
      else void this.begin();
    }
    if (what === "leave") {
      this.live.close();
      this.live.show("ready");
    }
    if (what === "enough" && this.frames.size > 0) {
      this.live.close();
      void this.finish();
    }
    if (what === "result") void this.finish();
  }

  private toPhotos(): void {
    this.live.close();
    this.forget("photo");
    for (const card of this.root.querySelectorAll<HTMLElement>("[data-photo]")) {
      card.dataset["is"] = "none";
      card.querySelector("canvas")?.setAttribute("hidden", "");
      const line = card.querySelector("[data-photo-said]");
      if (line !== null) line.textContent = "Choose a photo";
      const input = card.querySelector("input");
      if (input !== null) input.value = "";
    }
    this.live.view.part<HTMLButtonElement>('do="result"').disabled = true;
    this.live.show("photos");
  }

  private forget(by: "camera" | "photo"): void {
    this.by = by;
    this.frames.clear();
    this.pictures.clear();
    this.mark.forget();
  }

  private body(): object {
    return { by: this.by, shots: Object.fromEntries(this.frames), c7: this.mark.value, keep: false };
  }

  // --- By camera -----------------------------------------------------------------------------------

  private async begin(): Promise<void> {
    this.forget("camera");
    this.showShots(null);
    try {
      await this.live.open();
      for (const shot of this.shots) await this.shoot(shot);
    } catch (problem) {
      if (problem instanceof Stopped) return;
      throw problem;
    }
    this.live.say(OVER);
    this.live.close();
    await this.finish();
  }

  private async shoot(shot: ShotWords): Promise<void> {
    for (let once = 1; once <= TRIES; once += 1) {
      this.showShots(shot.id);
      const wanted = { turns_deg: [TURNS_DEG[shot.id]], any: [pointsOf(shot.id)] };
      const order = { wanted, plan: this.plan, title: shot.title, say: shot.say, ready: "Good. Stay like that.", now: "Hold still.", words: shot.words, yaw_deg: TURNS_DEG[shot.id] };
      const { frames, brightness } = await this.live.take(order);
      const picture = this.live.still();
      const good = frames.map((one) => frameOf(one, brightness));
      const problem = await this.problemOf(shot.id, good);
      if (problem === null) {
        this.frames.set(shot.id, good);
        if (picture !== null) this.keepPicture(shot.id, picture, frames.at(-1) ?? null);
        this.showShots(null);
        return;
      }
      this.live.say(problem);
      this.live.view.text("flaw", problem);
      await new Promise((resolve) => setTimeout(resolve, 2_500));
    }
  }

  private keepPicture(shot: Shot, picture: HTMLCanvasElement | ImageBitmap, of: Landmarks | null): void {
    this.pictures.set(shot, picture);
    if (of !== null && (shot === "left" || shot === "right")) this.mark.offer(shot, picture, of);
  }

  /** Return what the server says is wrong with a shot, or null. */
  private async problemOf(shot: Shot, frames: readonly Frame[]): Promise<string | null> {
    const answer = await sent<Checked>(given(this.root, "apiUrl"), { by: this.by, shots: { [shot]: frames }, c7: null, keep: false });
    return answer.ok ? (answer.value.check.problems[0]?.said ?? null) : answer.said;
  }

  private showShots(now: Shot | null): void {
    for (const { id } of this.shots) {
      const item = this.live.view.part(`shot-item="${id}"`);
      const is = this.frames.has(id) ? "done" : id === now ? "now" : "next";
      item.dataset["is"] = is;
      const word = item.querySelector("[data-shot-word]");
      if (word !== null) word.textContent = { done: ": taken", now: ": now", next: "" }[is];
    }
    this.live.view.part<HTMLButtonElement>('do="enough"').hidden = this.frames.size === 0;
  }

  // --- By photos -------------------------------------------------------------------------------------

  private async photo(input: HTMLInputElement): Promise<void> {
    const shot = input.dataset["shot"] as Shot;
    const file = input.files?.[0];
    if (file === undefined) return;
    const card = this.live.view.part(`photo="${shot}"`);
    const said = (words: string, is: string) => {
      card.dataset["is"] = is;
      const line = card.querySelector("[data-photo-said]");
      if (line !== null) line.textContent = words;
    };
    this.frames.delete(shot);
    said("Looking at it", "wait");
    const photo = await photoOf(file);
    if (photo === null) {
      said("This file is no photo that the browser can read. Choose a JPEG or PNG.", "no");
      return;
    }
    showIn(card.querySelector("canvas"), photo);
    try {
      const problem = await this.lookAt(shot, photo);
      said(problem ?? "Good", problem === null ? "yes" : "no");
    } catch {
      said("This browser cannot find a body in a photo. `openback posture` on the machine itself can.", "no");
    }
    this.live.view.part<HTMLButtonElement>('do="result"').disabled = this.frames.size === 0;
  }

  private async lookAt(shot: Shot, photo: ImageBitmap): Promise<string | null> {
    this.by = "photo";
    this.still ??= new StillPose({ workerUrl: given(this.root, "workerUrl"), visionUrl: given(this.root, "visionUrl"), modelsUrl: given(this.root, "modelsUrl") });
    const brightness = brightnessOfPhoto(photo);
    const found = await this.still.look(photo);
    const frames = found.map((one) => frameOf(one, brightness));
    const problem = await this.problemOf(shot, frames);
    if (problem !== null) return problem;
    this.frames.set(shot, frames);
    this.keepPicture(shot, photo, found[0] ?? null);
    return null;
  }

  // --- The result --------------------------------------------------------------------------------------

  private async finish(): Promise<void> {
    if (this.frames.size === 0) {
      this.live.show("ready");
      return;
    }
    this.live.show("after");
    await this.showResult();
  }

  private async showResult(): Promise<void> {
    const place = this.live.view.part("result");
    place.setAttribute("aria-busy", "true");
    const answer = await fragment(given(this.root, "resultUrl"), this.body());
    place.removeAttribute("aria-busy");
    this.live.view.hide("result-said", answer.ok);
    this.live.view.hide("keep", !answer.ok);
    if (answer.ok) {
      place.replaceChildren(answer.value);
      added(place.ownerDocument);
    } else this.live.view.text("result-said", answer.said);
  }
}

/** Show a photo in a small canvas, whole. */
function showIn(canvas: HTMLCanvasElement | null, photo: ImageBitmap): void {
  const pen = canvas?.getContext("2d");
  if (canvas === null || pen === null || pen === undefined) return;
  const scale = Math.min(480 / photo.width, 480 / photo.height);
  [canvas.width, canvas.height] = [Math.round(photo.width * scale), Math.round(photo.height * scale)];
  pen.drawImage(photo, 0, 0, canvas.width, canvas.height);
  canvas.hidden = false;
}

export function startPosture(page: Document): void {
  island(page, "desk-posture", (root) => void new Posture(root));
}
