/** The pain diary: a tap on the body chooses its place, and the slider says its number. Without script both still work. */
import { island } from "./shared/islands.ts";

island(document, "pain", (form) => {
  const select = form.querySelector<HTMLSelectElement>("select[name=place]");
  const level = form.querySelector<HTMLInputElement>("input[name=level]");
  const said = form.querySelector<HTMLOutputElement>("[data-level-said]");
  const place = form.querySelector<HTMLElement>("[data-place-said]");
  if (select === null || level === null || said === null || place === null) return;
  const asks = "Tap where it hurts";

  const showLevel = () => {
    said.hidden = false;
    said.value = level.value;
    level.setAttribute("aria-valuetext", `${level.value} of 10`);
  };
  const showPlace = () => {
    place.textContent = select.value === "" ? asks : (select.selectedOptions[0]?.textContent ?? asks);
    for (const link of form.querySelectorAll<SVGAElement>("a[data-place]")) {
      if (link.dataset["place"] === select.value && select.value !== "") link.dataset["chosen"] = "";
      else delete link.dataset["chosen"];
    }
  };
  form.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<SVGAElement>("a[data-place]") : null;
    if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    select.value = link.dataset["place"] ?? "";
    showPlace();
  });
  select.addEventListener("change", showPlace);
  level.addEventListener("input", showLevel);
  showLevel();
  showPlace();
});
