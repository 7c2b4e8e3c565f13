// data-confirm="sentence" on a form's button, a form or a link: asks in a native dialog before it goes on.
import { say } from "./page.js";

function ask(text, { title = "", label = "" } = {}) {
  const dialog = document.getElementById("confirm");
  if (!dialog) return Promise.resolve(window.confirm(text));
  dialog.querySelector("[data-confirm-title]").textContent = title || say("confirm_title");
  dialog.querySelector("[data-confirm-text]").textContent = text;
  dialog.querySelector("[value=yes]").textContent = label || say("confirm_yes");
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((done) =>
    dialog.addEventListener("close", () => done(dialog.returnValue === "yes"), { once: true }),
  );
}

const asked = (element, source = element) =>
  ask(element.dataset.confirm, {
    title: element.dataset.confirmTitle,
    label: element.dataset.confirmLabel || source.textContent.trim(),
  });

// Kept beside the forms: a form may have a field of any name.
const agreed = new WeakSet();

export function confirmations() {
  document.addEventListener(
    "submit",
    async (event) => {
      const form = event.target;
      const source = event.submitter?.dataset.confirm
        ? event.submitter
        : form.dataset.confirm
          ? form
          : null;
      if (!source || agreed.delete(form)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!(await asked(source, event.submitter || source))) return;
      agreed.add(form);
      form.requestSubmit(event.submitter);
    },
    true,
  );
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-confirm]");
    if (!link) return;
    event.preventDefault();
    if (await asked(link)) window.location.assign(link.href);
  });
  document.addEventListener("htmx:confirm", async (event) => {
    const { elt } = event.detail;
    if (!elt.dataset.confirm || elt.matches("form")) return;
    event.preventDefault();
    if (await asked(elt)) event.detail.issueRequest(true);
  });
}
