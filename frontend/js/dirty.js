// <form data-dirty>, and every autosaved form: leaving with unsaved text asks first.
import { each } from "./page.js";

const state = (form) =>
  JSON.stringify([...new FormData(form)].filter(([, value]) => typeof value === "string"));

export function dirty(root) {
  each(root, "form[data-dirty], form[data-dirty-warning], form[data-autosave]", (form) => {
    let clean = state(form);
    let leaving = false;
    form.addEventListener("submit", () => (leaving = true));
    form.addEventListener("draft:saved", () => (clean = state(form)));
    window.addEventListener("pageshow", () => (leaving = false));
    window.addEventListener("beforeunload", (event) => {
      // A browser asks only where somebody has touched the page, and complains of being asked elsewhere.
      if (navigator.userActivation?.hasBeenActive === false) return;
      if (!leaving && form.isConnected && state(form) !== clean) event.preventDefault();
    });
  });
}
