// What the page tells the scripts: words in its language, the CSRF token, where the lazy bundles are.
const told = document.getElementById("page-data");

export const words = JSON.parse(told?.dataset.words || "{}");
export const bundles = { charts: told?.dataset.charts, editor: told?.dataset.editor };

// Whether the page answers a form that was sent.
export const posted = told?.dataset.posted !== undefined;

export const account = told?.dataset.account || "";
export const worker = told?.dataset.worker || "";

export const csrf = () =>
  told?.dataset.csrf || document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";

export const say = (key, values = {}) =>
  Object.entries(values).reduce(
    (text, [name, value]) => text.replaceAll(`{${name}}`, value),
    words[key] || key,
  );

// Each element once, also when htmx brings a piece of page again.
export function each(root, selector, act) {
  const found = [...root.querySelectorAll(selector)];
  if (root.matches?.(selector)) found.unshift(root);
  for (const element of found) {
    const mark = `on:${selector}`;
    if (element[mark]) continue;
    element[mark] = true;
    act(element);
  }
}

// A browser that goes back, or loads a page again, puts what stood in its fields there after the scripts have begun: what a
// script has read of them by then it reads once more.
export const broughtBack = (act) => window.addEventListener("pageshow", () => setTimeout(act));

// As the pages write it: 3 月 18 日.
export const day = (date) =>
  date
    .toLocaleDateString(document.documentElement.lang, { month: "long", day: "numeric" })
    .replace(/(\d+)([月日])/g, "$1 $2 ")
    .trim();
export const clock = (date = new Date()) => date.toTimeString().slice(0, 5);

export async function post(url, body, { keepalive = false } = {}) {
  const response = await fetch(url, {
    method: "POST",
    body,
    keepalive,
    headers: { "X-CSRFToken": csrf(), Accept: "application/json" },
    credentials: "same-origin",
  });
  if (!response.ok || response.redirected) throw await refusal(response);
  return (response.headers.get("Content-Type") || "").includes("json") ? response.json() : {};
}

async function refusal(response) {
  const error = new Error(sentence(await response.text(), response.headers.get("Content-Type")));
  error.status = response.status;
  error.signIn = signInOf(response);
  return error;
}

// A script that is sent on elsewhere is not signed in any more: the way there, and from there back to this page.
export function signInOf(response) {
  if (!response.redirected) return "";
  const way = new URL(response.url);
  way.searchParams.set("next", location.pathname + location.search);
  return way.pathname + way.search;
}

export async function fetchJson(url) {
  const response = await fetch(url, {
    headers: { Accept: "application/json" },
    credentials: "same-origin",
  });
  return response.ok && !response.redirected ? response.json() : {};
}

// The sentence in a refused answer: JSON {message}, an element marked data-refusal, or plain text.
export function sentence(text, type = "") {
  if (type?.includes("json")) {
    try {
      return JSON.parse(text).message || "";
    } catch {
      return "";
    }
  }
  if (type?.includes("html")) {
    const page = new DOMParser().parseFromString(text, "text/html");
    return page.querySelector("[data-refusal]")?.textContent.trim() || "";
  }
  return text.length < 300 ? text.trim() : "";
}
