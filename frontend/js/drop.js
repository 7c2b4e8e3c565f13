// data-drop around a file field: a file can be dropped there; data-drop="submit" hands it in at once.
import { isTaken, notTaken } from "./file_choice.js";
import { each } from "./page.js";
import { tell } from "./messages.js";

export function dropZones(root) {
  each(root, "[data-drop]", (zone) => {
    const input = zone.querySelector("input[type=file]");
    const over = (on) => (event) => {
      event.preventDefault();
      zone.classList.toggle("drop-over", on);
    };
    zone.addEventListener("dragover", over(true));
    zone.addEventListener("dragleave", over(false));
    zone.addEventListener("drop", (event) => {
      over(false)(event);
      const files = [...event.dataTransfer.files];
      const wrong = files.find((file) => !isTaken(input, file));
      if (wrong) return tell(notTaken(input, wrong), "error");
      input.files = event.dataTransfer.files;
      return input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    input.addEventListener("change", () => {
      if (input.files.length && zone.dataset.drop === "submit") input.form.requestSubmit();
    });
  });
}
