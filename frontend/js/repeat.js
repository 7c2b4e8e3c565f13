// Numbered rows that can be added, removed and moved: plain names, or a Django formset (prefix in data-repeat).
import { each, say } from "./page.js";
import { filterSelect } from "./filter_select.js";
import { limits } from "./limits.js";

class Rows {
  constructor(box) {
    this.box = box;
    this.prefix = box.dataset.repeat;
    this.list = box.querySelector("[data-repeat-list]");
    this.template = box.querySelector("template[data-repeat-template]");
    this.total = this.prefix && box.querySelector(`[name="${this.prefix}-TOTAL_FORMS"]`);
    this.min = Number(box.dataset.repeatMin || 0);
    this.max = Number(box.dataset.repeatMax || 1000);
  }

  get rows() {
    return [...this.list.children].filter(
      (row) => row.matches("[data-repeat-item]") && !row.hidden,
    );
  }

  changed() {
    this.reindex();
    this.renumber();
    this.box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // A formset whose rows cannot be marked as deleted must be numbered without gaps, in the order shown.
  reindex() {
    if (!this.total || this.list.querySelector("[name$='-DELETE']")) return;
    const old = new RegExp(`\\b${this.prefix}-\\d+-`, "g");
    this.rows.forEach((row, index) => {
      for (const element of row.querySelectorAll("[name], [id], [for], [aria-describedby]")) {
        for (const name of ["name", "id", "for", "aria-describedby"]) {
          const value = element.getAttribute(name);
          if (value) element.setAttribute(name, value.replace(old, `${this.prefix}-${index}-`));
        }
      }
    });
    this.total.value = this.rows.length;
  }

  renumber() {
    this.rows.forEach((row, index, rows) => {
      for (const number of row.querySelectorAll("[data-repeat-number]"))
        number.textContent = index + 1;
      for (const named of row.querySelectorAll("[data-repeat-label]"))
        named.setAttribute("aria-label", named.dataset.repeatLabel.replace("{number}", index + 1));
      const order = row.querySelector("[name$='-ORDER']");
      if (order) order.value = index + 1;
      this.tools(row, index, rows.length);
    });
    const add = this.box.querySelector("[data-repeat-add]");
    if (add) add.disabled = this.rows.length >= this.max;
  }

  tools(row, index, count) {
    const set = (what, off, label) => {
      const button = row.querySelector(`[data-repeat-${what}]`);
      if (!button) return;
      button.disabled = off;
      button.setAttribute("aria-label", say(label, { number: index + 1 }));
    };
    set("up", index === 0, "row_up");
    set("down", index === count - 1, "row_down");
    set("remove", count <= this.min, "row_remove");
  }

  add() {
    if (this.rows.length >= this.max) return null;
    const row = this.template.content.firstElementChild.cloneNode(true);
    if (this.total) {
      const number = this.total.value;
      row.innerHTML = row.innerHTML.replaceAll("__prefix__", number);
      this.total.value = Number(number) + 1;
    }
    this.list.append(row);
    filterSelect(row);
    limits(row);
    this.changed();
    return row;
  }

  remove(row) {
    const next =
      row.nextElementSibling ||
      row.previousElementSibling ||
      this.box.querySelector("[data-repeat-add]");
    const gone = row.querySelector("[name$='-DELETE']");
    // A row of a formset keeps its place in the numbering: it is marked, not taken out.
    if (gone) {
      if (gone.type === "checkbox") gone.checked = true;
      else gone.value = "on";
      for (const control of row.querySelectorAll("[required]")) control.required = false;
      row.hidden = true;
    } else row.remove();
    this.changed();
    (next?.querySelector("input:not([type=hidden]), textarea, select") || next)?.focus?.();
  }

  move(row, by, button) {
    const rows = this.rows;
    const other = rows[rows.indexOf(row) + by];
    if (!other) return;
    by < 0 ? other.before(row) : other.after(row);
    this.changed();
    (button.disabled ? row.querySelector("textarea, input:not([type=hidden])") : button)?.focus();
  }

  // A kept draft may have more rows than the page was delivered with, or, without a formset's count, fewer.
  grow(names) {
    if (!this.template) return;
    const sample = this.template.content.querySelector("[name]")?.getAttribute("name");
    if (!sample) return;
    const wanted = this.total
      ? Number(names.find(([name]) => name === this.total.name)?.[1] || 0) -
        Number(this.total.value)
      : names.filter(([name]) => name === sample).length - this.rows.length;
    for (let n = 0; n < wanted; n += 1) this.add();
    if (!this.total) for (const row of wanted < 0 ? this.rows.slice(wanted) : []) row.remove();
  }
}

export function repeat(root) {
  each(root, "[data-repeat]", (box) => {
    const rows = new Rows(box);
    rows.renumber();
    box.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      const row = button?.closest("[data-repeat-item]");
      if (!button) return;
      if (button.matches("[data-repeat-add]")) {
        rows.add()?.querySelector("textarea, input:not([type=hidden]), select")?.focus();
      } else if (button.matches("[data-repeat-remove]")) rows.remove(row);
      else if (button.matches("[data-repeat-up]")) rows.move(row, -1, button);
      else if (button.matches("[data-repeat-down]")) rows.move(row, 1, button);
    });
    box
      .closest("form")
      ?.addEventListener("draft:before-restore", (event) => rows.grow(event.detail));
  });
}
