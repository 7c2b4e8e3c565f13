// The messages region: what the server or a script has to tell, read out by screen readers.
import { say, sentence } from "./page.js";

export function tell(text, tone = "info") {
  const region = document.getElementById("messages");
  const template = document.getElementById("message-template");
  if (!region || !template || !text) return;
  const notice = template.content.firstElementChild.cloneNode(true);
  notice.classList.add(`notice-${tone}`);
  notice.querySelector("p").textContent = text;
  for (const old of region.querySelectorAll("[data-told]")) old.remove();
  notice.dataset.told = "";
  region.append(notice);
  notice.scrollIntoView({ block: "nearest" });
}

const byStatus = (status) => {
  if (status === 403) return say("forbidden");
  if (status === 404) return say("gone");
  if (status === 413) return say("too_large");
  return status >= 500 ? say("broken") : say("refused");
};

export function messages() {
  document.addEventListener("click", (event) =>
    event.target.closest("[data-dismiss]")?.closest(".notice")?.remove(),
  );
  document.addEventListener("notice", (event) => tell(event.detail.text, event.detail.tone));
  document.addEventListener("htmx:sendError", () => tell(say("offline"), "warning"));
  document.addEventListener("htmx:timeout", () => tell(say("offline"), "warning"));
  document.addEventListener("htmx:responseError", (event) => {
    const { xhr } = event.detail;
    tell(
      sentence(xhr.responseText, xhr.getResponseHeader("Content-Type")) || byStatus(xhr.status),
      "error",
    );
  });
  const busy = (on) => (event) => event.detail.target?.setAttribute?.("aria-busy", on);
  document.addEventListener("htmx:beforeRequest", busy("true"));
  document.addEventListener("htmx:afterRequest", busy("false"));
}
