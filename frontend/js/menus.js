// Menus are <details class="menu">: one open at a time, Escape and a click elsewhere close it. `/` goes to the search.
export function menus() {
  const open = () => document.querySelectorAll("details.menu[open]");
  document.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}

const typing = (element) =>
  element.closest("input, textarea, select, [contenteditable=true], dialog");

export function searchShortcut() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing)
      return;
    const field = document.querySelector("[data-search-shortcut]");
    if (!field || typing(event.target)) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}
