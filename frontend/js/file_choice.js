// [data-file-choice] around a file field: the names of what was chosen, each with a button that takes it off again. Several
// choices add up. What is too large or of a kind not taken is refused at once, before it is sent. Without scripts the browser shows its own.
import { broughtBack, each, say } from "./page.js";

const MB = 1024 * 1024;
const sizeOf = (file) =>
  file.size >= MB ? `${(file.size / MB).toFixed(1)} MB` : `${Math.ceil(file.size / 1024)} KB`;
const same = (one, other) =>
  one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;

export const isTaken = (input, file) =>
  !input.accept ||
  input.accept
    .split(",")
    .some((ending) => file.name.toLowerCase().endsWith(ending.trim().toLowerCase()));

export const notTaken = (input, file) =>
  say("wrong_file", {
    name: file.name,
    kinds: input.closest("[data-kinds]")?.dataset.kinds || input.accept,
  });

class Choice {
  constructor(box) {
    this.input = box.querySelector("input[type=file]");
    this.list = box.querySelector("[data-file-chosen]");
    this.most = Number(box.dataset.most || 0);
    this.files = [];
  }

  chosen() {
    const now = [...this.input.files];
    const added = this.input.multiple
      ? now.filter((file) => !this.files.some((known) => same(known, file)))
      : now;
    const strange = added.filter((file) => !isTaken(this.input, file));
    const large = added.filter((file) => this.most && file.size > this.most);
    const before = this.input.multiple ? this.files : [];
    this.put([...before, ...added.filter((file) => ![...large, ...strange].includes(file))]);
    this.show([
      ...strange.map((file) => notTaken(this.input, file)),
      ...large
        .filter((file) => !strange.includes(file))
        .map((file) =>
          say("file_too_large", { name: file.name, most: Math.floor(this.most / MB) }),
        ),
    ]);
  }

  put(files) {
    const holder = new DataTransfer();
    for (const file of files) holder.items.add(file);
    this.files = files;
    this.input.files = holder.files;
  }

  show(refused = []) {
    this.list.replaceChildren(
      ...this.files.map((file) => this.row(file)),
      ...refused.map((text) => this.refusal(text)),
    );
  }

  row(file) {
    const row = document.createElement("li");
    const name = document.createElement("span");
    const remove = document.createElement("button");
    name.textContent = `${file.name} (${sizeOf(file)})`;
    remove.type = "button";
    remove.className = "btn btn-small btn-quiet";
    remove.textContent = say("remove");
    remove.setAttribute("aria-label", say("file_remove", { name: file.name }));
    remove.addEventListener("click", () => {
      this.put(this.files.filter((other) => other !== file));
      this.show();
      this.input.focus();
      this.input.dispatchEvent(new Event("input", { bubbles: true }));
    });
    row.append(name, remove);
    return row;
  }

  refusal(text) {
    const row = document.createElement("li");
    row.className = "field-error";
    row.textContent = text;
    return row;
  }
}

export function fileChoices(root) {
  each(root, "[data-file-choice]", (box) => {
    const choice = new Choice(box);
    const look = () => choice.input.files.length && choice.chosen();
    look();
    broughtBack(look);
    choice.input.addEventListener("change", () => choice.chosen());
    choice.input.form?.addEventListener("reset", () =>
      setTimeout(() => {
        choice.put([]);
        choice.show();
      }),
    );
  });
}
