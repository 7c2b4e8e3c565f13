// A field that takes so many characters takes more for the moment and says how long it is: what is pasted is never
// cut without a word. Near its limit it counts; beyond it, check.js says so at the field. Without scripts the browser keeps the limit.
import { broughtBack, each, say } from "./page.js";

const NEAR = 0.8;

const lengthOf = (control) => [...control.value].length;

function judge(control) {
  const now = lengthOf(control);
  const most = Number(control.dataset.most);
  control.setCustomValidity(now > most ? say("check_over", { now, most }) : "");
}

function count(control) {
  const most = Number(control.dataset.most);
  const now = lengthOf(control);
  let counter = control.limitCounter;
  if (now < most * NEAR || (now > most && control.form?.dataset.checks)) return counter?.remove();
  if (!counter) {
    counter = document.createElement("div");
    counter.className = "field-count";
    control.limitCounter = counter;
  }
  counter.classList.toggle("is-over", now > most);
  counter.textContent = say("check_count", { now, most });
  if (!counter.isConnected) control.after(counter);
}

export function limits(root) {
  each(root, "input[maxlength], textarea[maxlength]", (control) => {
    if (control.maxLength < 0) return;
    control.dataset.most = control.maxLength;
    control.removeAttribute("maxlength");
    judge(control);
    broughtBack(
      () => control.value !== control.defaultValue && [judge, count].forEach((one) => one(control)),
    );
  });
}

// What scripts put into a field raises no event: judged once more before the form is checked.
export function judgeAll(form) {
  for (const control of form.elements) if (control.dataset.most) judge(control);
}

export function counting() {
  document.addEventListener(
    "input",
    ({ target }) => {
      if (!target.dataset?.most) return;
      judge(target);
      count(target);
    },
    true,
  );
}
