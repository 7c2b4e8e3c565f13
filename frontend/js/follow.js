// <form data-follows="form">: what belongs to a choice shows with it. data-follow names one value, data-follow-kind the
// groups (optgroup labels are words, so the kinds of values stand in data-kinds). Without script everything shows.
import { broughtBack, each } from "./page.js";

export function follow(root) {
  each(root, "form[data-follows]", (form) => {
    const choice = form.elements[form.dataset.follows];
    if (!choice) return;
    const kinds = JSON.parse(form.dataset.kinds || "{}");
    const show = () => {
      for (const part of form.querySelectorAll("[data-follow]"))
        part.hidden = part.dataset.follow !== choice.value;
      for (const part of form.querySelectorAll("[data-follow-kind]")) {
        const filled = [...part.querySelectorAll("input, select, textarea")].some(
          (control) => control.value,
        );
        part.hidden = !filled && !part.dataset.followKind.split(" ").includes(kinds[choice.value]);
      }
    };
    choice.addEventListener("change", show);
    show();
    broughtBack(show);
  });
}
