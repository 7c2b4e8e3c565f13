// What a field is called on its page.
import { say } from "./page.js";

export const isChoice = (control) => ["radio", "checkbox"].includes(control.type);

// Of several alike the line says which: what their group is called, else the number of the row.
function aboutOf(control) {
  const group = control.closest("[data-about]")?.dataset.about;
  const row = !group && control.name && !control.dataset.repeatLabel && numbered(control);
  return group || row || "";
}

// A form of several lists says which of them, too.
function numbered(control) {
  const number = control.closest("[data-repeat-item]")?.querySelector("[data-repeat-number]");
  if (!number) return "";
  const row = say("check_row", { number: number.textContent.trim() });
  const lists = control.form?.querySelectorAll("[data-repeat]").length ?? 0;
  const legend = lists > 1 && control.closest("fieldset.group")?.querySelector(":scope > legend");
  return legend ? `${legend.textContent.trim()} · ${row}` : row;
}

export function labelOf(control) {
  const about = aboutOf(control);
  const label = ownLabelOf(control);
  return about && label && about !== label ? `${about} · ${label}` : about || label;
}

function ownLabelOf(control) {
  const set = isChoice(control) && control.closest("fieldset.field");
  const label = set
    ? set.querySelector("legend")
    : control.closest(".field")?.querySelector(".field-label") || control.labels?.[0];
  if (!label) return control.getAttribute("aria-label") || control.placeholder || "";
  const copy = label.cloneNode(true);
  for (const mark of copy.querySelectorAll(".field-required, input, .ts-wrapper")) mark.remove();
  return copy.textContent.trim().replace(/\s+/g, " ");
}
