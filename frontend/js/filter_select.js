// <select data-filter-select>: a long list is found by typing. Without scripts it stays a select.
import TomSelect from "tom-select/base";
import removeButton from "tom-select/dist/esm/plugins/remove_button/plugin.js";

import { broughtBack, each, say } from "./page.js";

TomSelect.define("remove_button", removeButton);

function options(select) {
  return {
    maxOptions: 500,
    refreshThrottle: 0,
    hidePlaceholder: true,
    hideSelected: false,
    openOnFocus: true,
    closeAfterSelect: true, // the list would lie over the button below; typing opens it again
    placeholder: say("type_to_find"),
    plugins: select.multiple ? { remove_button: { title: say("remove") } } : [],
    render: {
      no_results: (data, quoted) =>
        `<div class="no-results">${quoted(say("nothing_found", { text: data.input }))}</div>`,
    },
    onItemAdd() {
      this.setTextboxValue("");
      this.refreshOptions(false);
    },
  };
}

export function filterSelect(root) {
  each(root, "select[data-filter-select]", (select) => {
    if (select.closest("template")) return;
    const field = new TomSelect(select, options(select));
    for (const name of ["aria-describedby", "aria-invalid"]) {
      const value = select.getAttribute(name);
      if (value) field.control_input.setAttribute(name, value);
    }
    select.setAttribute("aria-hidden", "true");
    field.dropdown_content.setAttribute("aria-label", select.labels?.[0]?.textContent.trim() || "");
    select.addEventListener("draft:restored", () => field.sync());
    broughtBack(() => field.sync());
  });
}
