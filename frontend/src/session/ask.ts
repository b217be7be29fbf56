/** Asks once, right after a set, how many reps were left in one; it can be passed over. */
import * as rows from "./rows.ts";

/** Show the question below a row that was just done; `answered` is called when its field has the answer. */
export function askReserve(root: HTMLElement, row: HTMLElement, answered: () => void): void {
  for (const old of root.querySelectorAll(".set-ask")) old.remove();
  const field = row.querySelector(".set-reserve");
  if (field === null || rows.kindOf(row) === "warm_up" || rows.field(row, "rir") !== "") return;
  const copy = field.cloneNode(true) as HTMLElement;
  const part = row.ownerDocument.createElement("div");
  part.className = "set-ask";
  part.append(copy);
  for (const radio of copy.querySelectorAll("input")) {
    radio.name = `ask-${rows.idOf(row)}`;
    radio.checked = false;
    radio.addEventListener("change", () => {
      rows.setField(row, "rir", radio.value);
      part.remove();
      answered();
      row.querySelector<HTMLElement>(".tick")?.focus({ preventScroll: true });
    });
  }
  row.append(part);
}
