// A page that did not take a form hands back what was typed into it (components/typed.html). What each field is called only the
// page of the form knew: it is kept when the form is sent.
import { labelOf } from "./labels.js";
import { each } from "./page.js";

const KEPT = "labels";

function keep({ target }) {
  if (target.method !== "post") return;
  const named = [...target.elements].filter((one) => one.name && one.type !== "hidden");
  try {
    const labels = named.map((one) => [one.name, labelOf(one)]);
    sessionStorage.setItem(KEPT, JSON.stringify(labels));
  } catch {
    // a browser that keeps nothing: the texts stand without their names
  }
}

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT)) || [];
  } catch {
    return [];
  }
}

export function typed(root) {
  const labels = kept();
  each(root, "[data-typed-name]", (area) => {
    const { typedName, typedNth } = area.dataset;
    const label = labels.filter(([name]) => name === typedName)[Number(typedNth)]?.[1];
    if (!label) return;
    const heading = area.labels[0];
    heading.textContent = label;
    heading.hidden = false;
    area.removeAttribute("aria-label");
  });
}

export function typing() {
  document.addEventListener("submit", (event) => event.defaultPrevented || keep(event));
}
