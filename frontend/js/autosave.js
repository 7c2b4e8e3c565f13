// <form data-autosave="url">: writes a draft a moment after each change; what could not be sent stays on this machine
// and is offered again after a reload. Text is never lost: the copy goes only after the server has taken it.
// <form data-autosave data-autosave-key="name">: has nowhere to be written to; the copy is kept until it is handed in.
// <form … data-begins="url">: begins something new. At the first pause the server makes its draft, and the page goes on as the
// draft's own; what cannot be a draft yet is kept there as it was typed (yizheng/core/unfinished.py) and found again.
import { draftOf, dropDraft, handIn, keepDraft, keyOf } from "./drafts.js";
import { clock, day, each, fetchJson, post, posted, say } from "./page.js";

const PAUSE = 1500;
const RETRY = 20000;
const PATIENCE = 5000;

// What was typed: neither files, nor what the server itself put into the form.
const NOT_TYPED = ["csrfmiddlewaretoken", "attempt", "seen", "next"];
const secret = (form, name) => form.elements[name]?.type === "password";

function values(form) {
  return [...new FormData(form)].filter(
    ([name, value]) =>
      !NOT_TYPED.includes(name) && typeof value === "string" && !secret(form, name),
  );
}

function body(form, typed) {
  const data = new FormData();
  for (const [name, value] of typed) data.append(name, value);
  if (form.elements.seen) data.append("seen", form.elements.seen.value);
  if (form.dataset.begins) {
    data.append("attempt", form.elements.attempt?.value || "");
    data.append("unfinished-page", pageOf(location));
    data.append("unfinished-heading", document.querySelector("h1")?.textContent.trim() || "");
  }
  return data;
}

// The page without the name of what is kept of it.
function pageOf({ pathname, search }) {
  const query = new URLSearchParams(search);
  query.delete("unfinished");
  return pathname + (query.size ? `?${query}` : "");
}

const keepCopy = (form) => keepDraft(keyOf(form), values(form), form.elements.attempt?.value);
const dropCopy = (form) => dropDraft(keyOf(form));
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

function restore(form, saved) {
  form.dispatchEvent(new CustomEvent("draft:before-restore", { detail: saved }));
  const byName = new Map();
  for (const [name, value] of saved) byName.set(name, [...(byName.get(name) || []), value]);
  for (const control of form.elements) {
    if (!control.name || control.type === "file" || NOT_TYPED.includes(control.name)) continue;
    const wanted = byName.get(control.name) || [];
    if (["checkbox", "radio"].includes(control.type))
      control.checked = wanted.includes(control.value);
    else if (control.multiple)
      for (const option of control.options) option.selected = wanted.includes(option.value);
    else if (wanted.length) control.value = wanted.shift();
    control.dispatchEvent(new CustomEvent("draft:restored"));
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function putBack(form, copy) {
  if (copy.attempt && form.elements.attempt) form.elements.attempt.value = copy.attempt;
  restore(form, copy.values);
}

// The copy on this machine may be on the server as well.
async function throwAway(form, copy) {
  const there =
    copy.discard || !form.dataset.begins ? copy : await lookFor(form, { page: pageOf(location) });
  if (there.discard && there.attempt === copy.attempt) await post(there.discard, new FormData());
}

const lookFor = (form, query) =>
  fetchJson(`${form.dataset.unfinished}?${new URLSearchParams(query)}`).catch(() => ({}));

function offer(form, copy) {
  const template = document.getElementById("restore-template");
  if (!template) return;
  const notice = template.content.firstElementChild.cloneNode(true);
  const at = new Date(copy.at);
  notice.querySelector("p").textContent = say(copy.discard ? "restore_begun" : "restore", {
    time: `${day(at)} ${clock(at)}`,
  });
  notice.querySelector("[data-restore]").addEventListener("click", () => {
    putBack(form, copy);
    notice.remove();
  });
  notice.querySelector("[data-discard]").addEventListener("click", () => {
    dropCopy(form);
    throwAway(form, copy).catch(() => {});
    notice.remove();
  });
  form.prepend(notice);
}

// The other forms of the page (throw the draft away, take a file off) have seen what was just written, too.
function goOn(from, to) {
  for (const input of document.querySelectorAll('input[name="seen"]'))
    if (input.value === from) input.value = to;
}

class Draft {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-autosave-status]");
    this.sent = values(form);
    this.timer = null;
    this.busy = false;
    this.saving = null;
    this.leaving = false;
  }

  show(text, failed = false, link = null) {
    if (!this.status) return;
    this.status.replaceChildren(text, ...(link ? [" ", link] : []));
    this.status.classList.toggle("autosave-failed", failed);
  }

  get changed() {
    return !same(this.sent, values(this.form));
  }

  soon(after = PAUSE) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), after);
  }

  edited() {
    if (!this.changed) return;
    keepCopy(this.form);
    this.soon();
  }

  async save() {
    if (this.busy) return this.soon();
    // Where there is nothing to write to, the copy on this machine is kept.
    if (!this.changed || !this.target) return undefined;
    this.busy = true;
    this.saving = this.send();
    return this.saving;
  }

  get target() {
    return this.form.dataset.autosave || this.form.dataset.begins;
  }

  async send() {
    const sending = values(this.form);
    this.show(say("saving"));
    try {
      const answer = await post(this.target, body(this.form, sending), {
        keepalive: document.hidden,
      });
      this.taken(sending, answer);
    } catch (error) {
      this.failed(error);
    } finally {
      this.busy = false;
    }
  }

  // The next save goes on from the version just written; otherwise it would be taken for a stale window.
  taken(sent, answer) {
    this.sent = sent;
    if (this.form.dataset.begins && !this.begun(answer)) return this.show("");
    if (answer?.version !== undefined && this.form.elements.seen)
      goOn(this.form.elements.seen.value, answer.version);
    this.show(say("saved", { time: clock() }));
    this.form.dispatchEvent(new CustomEvent("draft:saved"));
    if (this.changed) this.soon();
    else dropCopy(this.form);
    return undefined;
  }

  // What was begun has an address of its own now: a reload finds it, and so does whoever opens it elsewhere.
  begun({ address, autosave, discard, version }) {
    if (!address) return false;
    history.replaceState(history.state, "", address);
    if (!autosave) return true;
    dropCopy(this.form);
    const seen = Object.assign(document.createElement("input"), {
      type: "hidden",
      name: "seen",
      value: version,
    });
    this.form.prepend(seen);
    delete this.form.dataset.begins;
    delete this.form.dataset.autosaveKey; // a copy kept from now on is the draft's, and its page offers it
    this.form.dataset.autosave = autosave;
    const thrown = document.querySelector("form[data-throw-away]");
    if (thrown) {
      thrown.action = discard;
      thrown.append(seen.cloneNode());
      for (const button of document.querySelectorAll(`button[form="${thrown.id}"]`))
        button.hidden = false;
    }
    return true;
  }

  failed(error) {
    const kept = keepCopy(this.form);
    if (error.signIn) return this.signedOut(error.signIn, kept);
    const refused = error.status && error.status < 500 && error.message;
    this.show(refused ? error.message : say(kept ? "kept_here" : "not_saved"), true);
    if (!refused) this.soon(RETRY);
    return undefined;
  }

  // Whoever comes back to this page from the sign-in is offered the copy.
  signedOut(address, kept) {
    const link = Object.assign(document.createElement("a"), {
      href: address,
      textContent: say("sign_in_again"),
    });
    if (kept)
      link.addEventListener("click", () => this.form.dispatchEvent(new CustomEvent("draft:saved")));
    this.show(say(kept ? "signed_out_kept" : "signed_out"), true, kept ? link : null);
    return undefined;
  }
}

// A form pressed while a draft is being saved waits for the answer: it would else be refused for a version of its own making.
// Listens before confirm.js, so that one is asked once.
const settled = new WeakSet();

export function autosaveFirst() {
  document.addEventListener(
    "submit",
    async (event) => {
      const saving = [...document.querySelectorAll("form[data-autosave]")]
        .map((form) => form.draft)
        .filter((draft) => draft?.busy);
      const waits = event.target.elements.namedItem("seen") || event.target.dataset.begins;
      if (!saving.length || !waits || settled.delete(event.target)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      await Promise.race([
        Promise.all(saving.map((draft) => draft.saving)),
        new Promise((done) => setTimeout(done, PATIENCE)),
      ]);
      settled.add(event.target);
      event.target.requestSubmit(event.submitter);
      settled.delete(event.target);
    },
    true,
  );
}

// What was begun on this page and is kept on the server: put back where the address names it, else offered.
async function goOnWith(form) {
  const named = new URLSearchParams(location.search).get("unfinished");
  const found = await lookFor(form, named ? { unfinished: named } : { page: pageOf(location) });
  if (!found.values || form.draft.changed) return;
  if (!named) return offer(form, found);
  putBack(form, found);
  form.draft.sent = values(form);
  form.draft.show(say("saved", { time: clock(new Date(found.at)) }));
  form.dispatchEvent(new CustomEvent("draft:saved"));
  dropCopy(form);
}

export function autosave(root) {
  each(root, "form[data-autosave]", (form) => {
    const draft = new Draft(form);
    form.draft = draft;
    const copy = draftOf(keyOf(form));
    const begins = form.dataset.begins && !posted;
    if (begins && new URLSearchParams(location.search).has("unfinished")) goOnWith(form);
    else if (copy && !same(copy.values, draft.sent)) offer(form, copy);
    else if (begins) goOnWith(form);
    form.addEventListener("input", () => draft.edited());
    form.addEventListener("change", () => draft.edited());
    form.addEventListener("submit", (event) => {
      clearTimeout(draft.timer);
      keepCopy(form);
      handIn(form);
      // What is on its way is not also sent as a pause; a question answered with no stays on the page.
      setTimeout(() => {
        draft.leaving = !event.defaultPrevented;
      });
    });
    window.addEventListener("pageshow", () => {
      draft.leaving = false;
    });
    window.addEventListener("online", () => draft.save());
    document.addEventListener("visibilitychange", () => {
      if (document.hidden && !draft.leaving) draft.save();
    });
  });
}
