// A page that did not take a form hands back what was typed into it (components/typed.html). What each field is called only the
// page of the form knew: it is kept when the form is sent. So is which were chosen and not typed: these are chosen again.
import { isChoice, labelOf } from "./labels.js";
import { each } from "./page.js";

const KEPT = "labels of what was sent";

const isSent = (one) =>
  one.name && !one.disabled && one.type !== "hidden" && (!isChoice(one) || one.checked);
// A list of several is sent once for each that is chosen.
const timesSent = (one) => (one.multiple && one.options ? one.selectedOptions.length : 1);

const isChosen = (one) => isChoice(one) || Boolean(one.options);

function keep({ target }) {
  if (target.method !== "post") return;
  const sent = [...target.elements].filter(isSent);
  const labels = sent.flatMap((one) =>
    Array(timesSent(one)).fill([one.name, labelOf(one), isChosen(one)]),
  );
  try {
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

export function nameTypedTexts(root) {
  const labels = kept();
  each(root, "[data-typed-name]", (area) => {
    const { typedName, typedPlace } = area.dataset;
    const [, label, chosen] =
      labels.filter(([name]) => name === typedName)[Number(typedPlace)] || [];
    const heading = area.labels[0];
    if (chosen) return takeAway(area, heading);
    if (!label) return undefined;
    heading.textContent = label;
    heading.hidden = false;
    area.removeAttribute("aria-label");
    return undefined;
  });
}

function takeAway(area, heading) {
  const card = area.closest("[data-typed]");
  heading?.remove();
  area.remove();
  if (card && !card.querySelector("[data-typed-name]")) card.remove();
}

export function keepLabels() {
  document.addEventListener("submit", (event) => event.defaultPrevented || keep(event));
}
