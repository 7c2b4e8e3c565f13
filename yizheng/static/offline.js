// The page without connection: what was handed in did not arrive, so its copy stays; and it goes on when the net is back.
try {
  sessionStorage.removeItem("handed-in");
  const kept = Object.keys(localStorage).filter((key) => key.startsWith("draft:")).length;
  document.querySelectorAll("[data-kept]").forEach((line) => (line.hidden = kept === 0));
} catch {
  // a browser that keeps nothing has nothing to tell
}
const again = () => location.assign(location.href);
document
  .querySelectorAll("[data-again]")
  .forEach((button) => button.addEventListener("click", again));
// A browser may call itself online before anything answers, and stay so while the server is away: so the server is asked.
const { health } = document.querySelector("[data-offline]").dataset;
const look = () =>
  fetch(health, { cache: "no-store" }).then(
    (answer) => answer.ok && again(),
    () => {},
  );
window.addEventListener("online", look);
setInterval(look, 5000);
