// What is kept on this machine of forms being written: by account, until the server has it or the account signs out.
import { account, each } from "./page.js";

const PREFIX = "draft:";
const KEEP_DAYS = 30;
const HANDED_IN = "handed-in";
const mine = () => `${PREFIX}${account}:`;

// By account: on a shared machine nobody is offered somebody else's words.
export const keyOf = (form) => mine() + (form.dataset.autosaveKey || form.dataset.autosave);

const keys = () => {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
};

// With the token of the page it was typed on: the server may have taken it though its answer was lost (docs/adr/0009).
export function keepDraft(key, values, attempt) {
  try {
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), values, attempt }));
    return true;
  } catch {
    return false;
  }
}

export function draftOf(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

export function dropDraft(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // nothing was kept
  }
}

export function handIn(form) {
  try {
    sessionStorage.setItem(HANDED_IN, JSON.stringify({ key: keyOf(form), from: location.href }));
  } catch {
    // the copy simply stays
  }
}

function handedIn() {
  try {
    const told = JSON.parse(sessionStorage.getItem(HANDED_IN));
    sessionStorage.removeItem(HANDED_IN);
    return told;
  } catch {
    return null;
  }
}

// The page that answers a form names the form's page as where one came from. Any other page says nothing of whether the
// server has the text. Neither does the form again, a refusal, or the sign-in page.
function clearHandedIn() {
  const told = account && handedIn();
  if (
    !told ||
    document.referrer !== told.from.split("#")[0] ||
    document.querySelector("[data-refusal]")
  )
    return;
  const back = [...document.querySelectorAll("form[data-autosave]")].some(
    (form) => keyOf(form) === told.key,
  );
  if (!back) dropDraft(told.key);
}

function clearOld() {
  const oldest = Date.now() - KEEP_DAYS * 86400000;
  for (const key of keys()) if (!((draftOf(key)?.at ?? 0) > oldest)) dropDraft(key);
}

export function drafts() {
  clearHandedIn();
  clearOld();
  each(document, "form[data-sign-out]", (form) => {
    form.addEventListener("submit", () =>
      keys()
        .filter((key) => key.startsWith(mine()))
        .forEach(dropDraft),
    );
  });
}
