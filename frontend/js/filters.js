// A filter bar asks the page it stands on, and leaves what is not filled in out of the address.
export function filters() {
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    if (!detail.elt.matches("form[data-filter]")) return;
    detail.path = window.location.pathname;
    for (const [name, value] of [...detail.formData])
      if (value === "") detail.formData.delete(name);
  });
}
