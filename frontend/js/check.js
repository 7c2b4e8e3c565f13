// Before a form is sent, everything that is to be put right is said at once and in the house's words: at the head of the form,
// each line leading to its field, and at the field. The browser alone would say one thing after the other, in its own words.
// What a server only knows it says in the same places (components/field.html), together with this (isHeldBack).
import { isChoice, labelOf } from "./labels.js";
import { judgeAll } from "./limits.js";
import { each, posted, say } from "./page.js";

const HAND_IN = ["submit", "send"];

function wordsOf(control) {
  const { validity } = control;
  if (validity.valueMissing) return say("check_required");
  const counts = ["number", "range"].includes(control.type);
  if (validity.rangeUnderflow)
    return say(counts ? "check_low" : "check_early", { least: control.min });
  if (validity.rangeOverflow)
    return say(counts ? "check_high" : "check_late", { most: control.max });
  if (validity.customError) return control.validationMessage;
  if (validity.badInput && control.type === "number") return say("check_number");
  return say("check_form");
}

// What is hidden because another choice was made is not asked for; what is only folded together is.
function isAsked(control) {
  const fold = control.closest("details:not([open])");
  return Boolean(
    control.offsetParent || fold?.offsetParent || control.classList.contains("tomselected"),
  );
}

// data-needed: before it can be handed in; data-needed="any": of all rows of this name one at least. Of choices one at least is
// to be made (the inputs lie unseen under their labels).
function isNeeded(control) {
  if (control.dataset.needed === undefined || !isAsked(control)) return false;
  const isAny = control.dataset.needed === "any" || isChoice(control);
  const rows = isAny
    ? [...control.form.elements].filter((row) => row.name === control.name)
    : [control];
  return rows.every((row) => (isChoice(row) ? !row.checked : !row.value.trim()));
}

function missingWords(control) {
  if (isChoice(control) || control.type?.startsWith("select")) return say("check_choose");
  const buttons = [...control.form.elements].filter((one) => HAND_IN.includes(one.name));
  return say("check_needed", { button: buttons[0]?.textContent.trim() });
}

function wrongOf(form, isHandedIn) {
  judgeAll(form);
  const found = new Map();
  for (const control of form.elements) {
    const missing = isHandedIn && isNeeded(control);
    if (!missing && (!control.willValidate || control.validity.valid || !isAsked(control)))
      continue;
    const name = control.name || control.id;
    if (!found.has(name))
      found.set(name, { control, text: missing ? missingWords(control) : wordsOf(control) });
  }
  return [...found.values()];
}

function mark({ control, text }) {
  control.id ||= `wrong-${control.name}`;
  const id = `${control.id}_said`;
  const error = document.createElement("div");
  error.className = "field-error";
  error.id = id;
  error.dataset.checked = "";
  error.textContent = text;
  const box = control.closest(".field");
  box?.classList.add("field-wrong");
  if (box) for (const old of box.querySelectorAll(":scope > .field-error")) old.remove();
  const help = box?.querySelector(":scope > .field-help");
  if (help) help.before(error);
  else if (box) box.append(error);
  else control.after(error);
  control.classList.add("is-invalid");
  control.setAttribute("aria-invalid", "true");
  const described = (control.getAttribute("aria-describedby") || "")
    .split(" ")
    .filter((one) => one && one !== id);
  control.setAttribute("aria-describedby", [id, ...described].join(" "));
}

const parts = (box) => [...box.querySelectorAll("input, select, textarea")];
const boxOf = (control) => control.closest(".field, fieldset.group[id], .drop");

function undescribe(element, gone) {
  const left = (element.getAttribute("aria-describedby") || "")
    .split(" ")
    .filter((one) => one && !gone.includes(one));
  if (left.length) element.setAttribute("aria-describedby", left.join(" "));
  else element.removeAttribute("aria-describedby");
}

// The words at a field and whatever marks it and its controls.
function unmark(control) {
  const box = boxOf(control);
  const marked = [control, ...(box ? [box, ...parts(box)] : [])];
  const said = marked.flatMap((one) => (one.getAttribute("aria-describedby") || "").split(" "));
  const errors = [
    ...said.map((id) => id && document.getElementById(id)),
    ...(box?.querySelectorAll(":scope > .field-error") || []),
  ].filter((one) => one?.classList?.contains("field-error"));
  const gone = errors.map((error) => error.id);
  for (const error of errors) error.remove();
  for (const one of marked) {
    undescribe(one, gone);
    one.classList.remove("is-invalid", "field-wrong");
    one.removeAttribute("aria-invalid");
  }
  for (const one of marked) if (one.id) tickOff(one.id);
}

// The line of the summary that leads there; the last one takes the summary with it.
function tickOff(id) {
  for (const link of document.querySelectorAll(
    `[data-refusal-summary] a[href="#${CSS.escape(id)}"]`,
  )) {
    const box = link.closest("[data-refusal-summary]");
    box.removeAttribute("role"); // said once; what is left is not said again with every key
    link.closest("li")?.remove();
    const left = box.querySelectorAll("li a[href^='#']").length;
    const heading = box.querySelector("h2");
    if (!box.querySelector("li")) box.remove();
    else if (left && heading)
      heading.textContent = left === 1 ? say("check_one") : say("check_many", { count: left });
  }
}

// What the browser knows is asked again with every change; what only the server knows, it says when it is sent again.
function isRight(control) {
  const box = boxOf(control);
  return (box ? parts(box) : [control]).every(
    (one) =>
      (!one.willValidate || one.validity.valid || !isAsked(one)) &&
      !(document.getElementById(`${one.id}_said`) && isNeeded(one)),
  );
}

function changed({ target }) {
  if (!target.form?.dataset.checks) return;
  const box = boxOf(target);
  const marks = "[aria-invalid], .is-invalid, .field-error";
  const isMarked =
    target.matches(marks) || box?.matches(".field-wrong") || box?.querySelector(marks);
  if (isMarked && isRight(target)) return unmark(target);
  // What is too long is said while one writes; and where another thing is wrong now than was said, that is said.
  if (target.validity?.customError || (isMarked && isSaidOtherwise(target))) markAnew(target);
  return undefined;
}

const wordsAt = (control) => document.getElementById(`${control.id}_said`)?.textContent;

// Only what was found here is known to be about this control; what the server said may be about the whole.
function isSaidOtherwise(control) {
  const said = wordsAt(control);
  return said !== undefined && !control.validity.valid && said !== wordsOf(control);
}

function markAnew(control) {
  const text = wordsOf(control);
  if (wordsAt(control) === text) return;
  document.getElementById(`${control.id}_said`)?.remove();
  mark({ control, text });
  for (const link of document.querySelectorAll(
    `[data-refusal-summary] a[href="#${CSS.escape(control.id)}"]`,
  ))
    link.textContent = lineOf(control, text);
}

// Before it is judged anew: what was found here last time.
function clear(form) {
  for (const old of form.querySelectorAll(".field-error[data-checked]")) {
    const control = document.getElementById(old.id.replace(/_said$/, ""));
    if (control) unmark(control);
    old.remove();
  }
  for (const summary of document.querySelectorAll("[data-refusal-summary]")) summary.remove();
}

function reveal(control) {
  for (
    let fold = control.closest("details:not([open])");
    fold;
    fold = fold.parentElement?.closest("details:not([open])")
  )
    fold.open = true;
}

const lineOf = (control, text) => say("check_line", { label: labelOf(control), text });

function summary(wrong) {
  const box = document.createElement("div");
  const heading = document.createElement("h2");
  const list = document.createElement("ul");
  box.className = "error-summary";
  box.tabIndex = -1;
  box.setAttribute("role", "alert");
  box.dataset.refusalSummary = "";
  heading.textContent =
    wrong.length === 1 ? say("check_one") : say("check_many", { count: wrong.length });
  for (const { control, text } of wrong) {
    const link = document.createElement("a");
    const row = document.createElement("li");
    link.href = `#${control.id}`;
    link.textContent = lineOf(control, text);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      reveal(control);
      (control.tomselect || control).focus();
    });
    row.append(link);
    list.append(row);
  }
  box.append(heading, list);
  return box;
}

// Only typed, a form that is wrong is sent all the same: the server says what is wrong here and what it alone knows, at once. It
// is held back where sending it would cost something or tell nothing: files would have to be chosen again and passwords typed
// again, a half-typed day would arrive as none, a draft would be saved, or nothing was typed yet.
function isHeldBack(form, wrong, isHandedIn) {
  const all = [...form.elements];
  return (
    isHandedIn ||
    wrong.some(({ control }) => control.validity.badInput) ||
    all.some((one) => ["file", "password"].includes(one.type) && one.value) ||
    !(posted || all.some(isTyped))
  );
}

function isTyped(control) {
  if (control.type === "hidden") return false;
  if (isChoice(control)) return control.checked !== control.defaultChecked;
  if (control.options) {
    const options = [...control.options];
    const stood = options.filter((option) => option.defaultSelected);
    if (!stood.length && !control.multiple) return control.selectedIndex > 0;
    return options.some((option) => option.selected !== option.defaultSelected);
  }
  return "defaultValue" in control && control.value !== control.defaultValue;
}

export function checks() {
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (!form.dataset.checks || event.submitter?.formNoValidate) return;
      const isHandedIn = HAND_IN.includes(event.submitter?.name);
      const wrong = wrongOf(form, isHandedIn);
      clear(form);
      if (!wrong.length || !isHeldBack(form, wrong, isHandedIn)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      for (const each of wrong) {
        mark(each);
        reveal(each.control);
      }
      const box = summary(wrong);
      form.prepend(box);
      box.focus();
    },
    true,
  );
  for (const kind of ["input", "change"]) document.addEventListener(kind, changed);
}

// The browser's own bubbles are switched off only where these words take their place.
export function checked(root) {
  each(root, "form[method=post]:not([novalidate])", (form) => {
    form.noValidate = true;
    form.dataset.checks = "1";
  });
}

// A line of the summary the server drew leads into a folded part, too.
export function leads() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-refusal-summary] a[href^='#']");
    const control = link && document.getElementById(link.hash.slice(1));
    if (control) {
      reveal(control);
      if (control.tomselect) setTimeout(() => control.tomselect.focus());
    }
  });
}
