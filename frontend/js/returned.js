// Back to a page with a form: the browser fetches the page anew and puts the old words into it. With them go the token they were
// sent with, or the same thing would be made twice (docs/adr/0009), and the version they were written upon, or they would
// overwrite unseen what somebody else has saved since. A form in which nothing stands but what the server says today keeps
// today's version, and so does every page that is visited anew.
import { posted } from "./page.js";

const KEPT = "pages";
const PAGES = 30;
const TOKEN = "attempt";
const HIDDEN = `input[type=hidden][name=${TOKEN}], input[type=hidden][name=seen], input[type=hidden][name^="seen-"]`;

const navigation = () => performance.getEntriesByType("navigation")[0]?.type;
const NOT_TYPED = ["hidden", "password", "submit", "button", "reset", "image"];
const controls = (form) =>
  [...form.elements].filter(
    (one) => one.name && one.matches("input, select, textarea") && !NOT_TYPED.includes(one.type),
  );

// What stands in a control, or stood there when the page came.
function standing(control, first) {
  if (["checkbox", "radio"].includes(control.type))
    return first ? control.defaultChecked : control.checked;
  if (!control.options) return first ? control.defaultValue : control.value;
  const chosen = [...control.options].map((option) =>
    first ? option.defaultSelected : option.selected,
  );
  // Where nothing is marked, a browser shows the first.
  if (first && !control.multiple && chosen.length && !chosen.includes(true)) chosen[0] = true;
  return chosen;
}

const all = (form, first = false) =>
  JSON.stringify(controls(form).map((control) => [control.name, standing(control, first)]));

// Versions by name; a name that stands there several times lists rows and is no version.
function versions(form) {
  const inputs = [...form.elements].filter((control) => control.matches(HIDDEN));
  return inputs.filter((input) => inputs.filter((other) => other.name === input.name).length === 1);
}

function pages() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT)) || [];
  } catch {
    return [];
  }
}

function keepPage(token, forms) {
  try {
    const others = pages().filter(([known]) => known !== token);
    sessionStorage.setItem(KEPT, JSON.stringify([...others, [token, forms]].slice(-PAGES)));
  } catch {
    // a browser that keeps nothing: Back brings the page of today
  }
}

// A form is known by where it leads, and by its place among those that lead there.
function named() {
  const counted = new Map();
  return [...document.forms]
    .filter((form) => form.elements.namedItem(TOKEN))
    .map((form) => {
      const way = form.getAttribute("action") || "";
      counted.set(way, (counted.get(way) || 0) + 1);
      return [`${way}#${counted.get(way)}`, form];
    });
}

function putBack(form, left, words) {
  for (const input of versions(form)) {
    const isToken = input.name === TOKEN;
    if ((isToken || words) && left.values[input.name] !== undefined)
      input.value = left.values[input.name];
  }
}

function comeBack(forms, token) {
  const found = new Map(pages()).get(token);
  const kind = navigation();
  if (!found || !["back_forward", "reload"].includes(kind)) return;
  for (const [name, form] of forms) {
    const left = found[name];
    const words = all(form) !== all(form, true);
    // A form that is empty although something was typed was not brought back: what is typed now is something new.
    if (left && (words || (kind === "back_forward" && !left.words))) putBack(form, left, words);
  }
}

const valuesOf = (form) =>
  Object.fromEntries(versions(form).map((input) => [input.name, input.value]));

export function returned() {
  const forms = named();
  if (!forms.length) return;
  // A browser that brings back what a script has written into these would bring back a version nobody sees.
  for (const input of document.querySelectorAll(HIDDEN)) input.autocomplete = "off";
  const first = new Map(forms.map(([name, form]) => [name, all(form, true)]));
  const token = document.querySelector(`input[name=${TOKEN}]`).value;
  const before = history.state?.[TOKEN];
  // Chromium puts the words back some time after the page is parsed, and at the latest before it is shown as loaded.
  const look = () => comeBack(forms, before);
  const last = () =>
    setTimeout(() => {
      look();
      document.removeEventListener("submit", look, true);
    });
  look();
  document.addEventListener("submit", look, true);
  window.addEventListener("pageshow", last, { once: true });
  // The answer to a sent form has the token it was sent with; to write into its entry would make the browser forget what was sent.
  if (!posted) history.replaceState({ ...history.state, [TOKEN]: token }, "");
  window.addEventListener("pagehide", () => {
    const left = forms.map(([name, form]) => [
      name,
      { words: all(form) !== first.get(name), values: valuesOf(form) },
    ]);
    keepPage(token, Object.fromEntries(left));
  });
}
