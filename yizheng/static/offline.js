// The page without connection: what was handed in did not arrive, so its copy stays; and it goes on when the net is back.
try {
  sessionStorage.removeItem("handed-in");
  const kept = Object.keys(localStorage).filter((key) => key.startsWith("draft:")).length;
  document.querySelectorAll("[data-kept]").forEach((line) => (line.hidden = kept === 0));
} catch {
  // a browser that keeps nothing has nothing to tell
}
const again = () => location.assign(location.href);
document.querySelectorAll("[data-again]").forEach((button) => button.addEventListener("click", again));
window.addEventListener("online", again);
