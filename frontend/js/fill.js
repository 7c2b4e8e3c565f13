// <div data-fill hidden> with <button data-fill-with='{"field":"answer"}'>: one tap answers several questions of the form, in
// sight and changeable; says which are left, and leads to the first of them.
import { each, say } from "./page.js";

const chosen = (form, name) => form.querySelector(`[name="${name}"]:checked`);

function fill(form, given, said) {
  for (const [name, value] of Object.entries(given)) form.elements[name].value = value;
  form.dispatchEvent(new Event("change", { bubbles: true }));
  form.dispatchEvent(new Event("input", { bubbles: true }));
  const names = [
    ...new Set(
      [...form.querySelectorAll("input[type=radio][required]")].map((radio) => radio.name),
    ),
  ];
  const left = names
    .filter((name) => !chosen(form, name))
    .map((name) => form.elements[name][0].closest("fieldset"));
  const words = left.map((box) => box.querySelector("legend").firstChild.textContent.trim());
  said.textContent = left.length
    ? said.dataset.some.replace("{names}", words.join(say("comma")))
    : said.dataset.all;
  (left[0] || form.querySelector("input[type=radio]").closest("fieldset")).scrollIntoView({
    block: "center",
    behavior: "smooth",
  });
}

export function fills(root) {
  each(root, "[data-fill]", (box) => {
    box.hidden = false;
    for (const button of box.querySelectorAll("[data-fill-with]")) {
      button.addEventListener("click", () =>
        fill(
          box.closest("form"),
          JSON.parse(button.dataset.fillWith),
          box.querySelector("[data-fill-said]"),
        ),
      );
    }
  });
}
