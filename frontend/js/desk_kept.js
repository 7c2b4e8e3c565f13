// What a desk keeps on the device. Its list (names and keys) and its page: while the account that opened it is signed in, two
// days at the most. Its receipts, which name nobody: until the server has them, whoever is signed in then.
import { account, say, worker } from "./page.js";

const LIST = "desk:";
const QUEUE = "desk-queue:";
const PAGES = "yizheng-desk"; // the service worker answers from here when there is no network
const KEEP_DAYS = 2;

function read(name, empty) {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? empty;
  } catch {
    return empty;
  }
}

export function onDevice(name, empty) {
  let here; // where the browser keeps nothing: as long as the page is open
  return {
    get: () => (here === undefined ? read(name, empty) : here),
    set(value) {
      try {
        localStorage.setItem(name, JSON.stringify(value));
        here = undefined;
      } catch {
        here = value;
      }
    },
  };
}

export const list = (place) => onDevice(`${LIST}${account}:${place}`, null);
export const queue = (place) => onDevice(`${QUEUE}${place}`, []);

// A page that was on its way while the worker came up is not taken over by itself.
async function guarded() {
  const { active } = await navigator.serviceWorker.ready;
  if (navigator.serviceWorker.controller) return;
  const taken = new Promise((done) =>
    navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }),
  );
  active.postMessage("claim");
  await taken;
}

// The page itself and what it is drawn with, so that it can be opened again without network.
export async function keepDeskPage(...assets) {
  if (!worker || !("caches" in globalThis) || !navigator.serviceWorker) return;
  await guarded();
  const parts = [...document.querySelectorAll("script[src], link[rel=stylesheet]")].map(
    (part) => part.src || part.href,
  );
  await Promise.all([...parts, ...assets].map((address) => fetch(address))); // through the worker, which keeps them
  const page = await fetch(location.pathname, { credentials: "same-origin", cache: "no-store" });
  if (page.ok && !page.redirected) await (await caches.open(PAGES)).put(location.pathname, page);
}

const keys = (start) => {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(start));
  } catch {
    return [];
  }
};

function forget(lists) {
  lists.forEach((key) => localStorage.removeItem(key));
  globalThis.caches?.delete(PAGES);
}

// Receipts that an earlier desk on this device could not hand in.
function remind() {
  for (const key of keys(QUEUE)) {
    const [count, place] = [read(key, []).length, key.slice(QUEUE.length)];
    const here = document.querySelector("#messages");
    if (!count || !here) continue;
    const link = document.createElement("a");
    link.href = place.replace(/pack\/$/, "desk/");
    link.textContent = say("desk_kept", { count });
    const notice = document.createElement("div");
    notice.className = "notice notice-warning";
    notice.append(link);
    here.append(notice);
  }
}

export function deskKept() {
  const oldest = Date.now() - KEEP_DAYS * 86400000;
  const others = keys(LIST).filter(
    (key) => account && (!key.startsWith(`${LIST}${account}:`) || !((read(key)?.at ?? 0) > oldest)),
  );
  if (others.length) forget(others);
  if (account) remind();
  const out = (form) => form.addEventListener("submit", () => forget(keys(LIST)));
  document.querySelectorAll("form[data-sign-out]").forEach(out);
}
