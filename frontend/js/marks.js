// A marked number in a checked text and the finding about it are links to each other; the other one is lit.
export function marks() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.mark[href^='#'], a[data-mark]");
    if (!link) return;
    const target = document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    for (const lit of document.querySelectorAll(".finding-current, .mark-current")) {
      lit.classList.remove("finding-current", "mark-current");
    }
    target.classList.add(target.matches(".mark") ? "mark-current" : "finding-current");
    if (!target.matches("a, button")) target.tabIndex = -1;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "center", behavior: "smooth" });
    history.replaceState(history.state, "", link.hash);
  });
}
