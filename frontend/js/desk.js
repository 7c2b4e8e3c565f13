// The sign-in desk, a member's own code, the speaker's clock. The desk keeps what it signs on the device until the server
// has it; each receipt has its own number, so that sending twice does no harm.
import { renderSVG } from "uqr";

import { Camera } from "./camera.js";
import { available, ownCode, screenCode, whose, windowAt } from "./codes.js";
import { keepDeskPage, list, onDevice, queue } from "./desk_kept.js";

const PATIENCE = 20000; // a network that says nothing for so long is none

const drawCode = (box, content) => {
  box.innerHTML = renderSVG(content, { ecc: "M", border: 2 });
};

const uuid = () =>
  crypto.randomUUID?.() ||
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
    (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16),
  );

// The desk ----------------------------------------------------------------------------------------------------------

class Desk {
  constructor(box) {
    this.box = box;
    this.words = JSON.parse(box.dataset.words);
    const place = box.dataset.pack;
    this.store = list(place);
    this.queue = queue(place);
    this.name = onDevice("desk-name", null);
    if (!this.name.get()) this.name.set(`${Math.floor(Math.random() * 900) + 100}`);
    this.pack = this.store.get();
    this.window = -1;
  }

  part(name) {
    return this.box.querySelector(`[data-desk-${name}]`);
  }

  say(key, values = {}) {
    return Object.entries(values).reduce(
      (text, [name, value]) => text.replaceAll(`{${name}}`, value),
      this.words[key],
    );
  }

  // The server's time, as far as this device knows it.
  now() {
    return Date.now() + (this.pack?.offset || 0);
  }

  async start() {
    this.part("find").addEventListener("submit", (event) => {
      event.preventDefault();
      this.find(this.part("input").value);
    });
    this.part("input").addEventListener("input", () => this.people());
    this.camera();
    if (this.pack) this.show();
    await this.sync(true);
    setInterval(() => this.code(), 500);
    setInterval(() => this.sync(), 5000);
    window.addEventListener("online", () => this.sync());
    if (!available()) this.said("insecure");
    if (this.pack) keepDeskPage(this.box.dataset.reader).catch(() => {}); // then it stays open, but is not opened again
  }

  show() {
    this.code();
    this.quorum();
    this.people();
  }

  async code() {
    if (!this.pack || !available()) return;
    const now = windowAt(this.now(), this.pack.seconds);
    if (now === this.window) return;
    this.window = now;
    drawCode(this.part("code"), `${this.pack.scan}${now}/${await screenCode(this.pack.key, now)}/`);
  }

  waiting() {
    return new Set(this.queue.get().map((receipt) => receipt.participant));
  }

  quorum() {
    const { quorum, people } = this.pack;
    const here = this.waiting();
    const added = people.filter(
      (person) => here.has(person.id) && !person.signed && person.counts,
    ).length;
    const present = quorum.present + added;
    const missing = Math.max(0, quorum.needed - present);
    const key = quorum.share === "none" ? "present" : missing ? "quorum" : "reached";
    this.part("quorum").textContent = this.say(key, {
      time: this.time(),
      due: quorum.due,
      present,
      needed: quorum.needed,
      missing,
    });
  }

  people() {
    const wanted = this.part("input").value.trim();
    const here = this.waiting();
    const list = this.part("people");
    const found = this.pack.people.filter(
      (person) => !wanted || /^\d+$/.test(wanted) || person.name.includes(wanted),
    );
    list.replaceChildren(...found.map((person) => this.line(person, here.has(person.id))));
  }

  line(person, isHere) {
    const line = document.createElement("li");
    const name = document.createElement("span");
    name.textContent = person.name;
    const place = document.createElement("small");
    place.textContent = [person.place, person.leave ? this.words.leave : ""]
      .filter(Boolean)
      .join(" · ");
    line.append(name, place);
    if (person.signed || isHere) {
      const mark = document.createElement("b");
      mark.textContent = person.signed || "…";
      line.append(mark);
      return line;
    }
    const button = document.createElement("button");
    button.className = "btn btn-small";
    button.type = "button";
    button.textContent = this.words.sign;
    button.setAttribute("aria-label", `${this.words.sign} ${person.name}`);
    button.addEventListener("click", () => this.sign(person, "desk"));
    line.append(button);
    return line;
  }

  said(key, values = {}) {
    this.part("said").textContent = this.say(key, values);
    this.part("said").dataset.tone = key;
  }

  async find(typed) {
    const shown = typed.trim();
    if (!shown || !this.pack) return;
    const isCode = shown.startsWith("YZ1.") || /^[\d\s]+$/.test(shown);
    if (isCode && !available()) return this.said("insecure");
    const found = isCode
      ? await whose(shown, this.pack.people, this.now(), this.pack.seconds)
      : this.pack.people.filter((person) => person.name === shown);
    if (found.length === 1) return this.sign(found[0], isCode ? "own_code" : "desk");
    return this.said(found.length ? "two" : "nobody");
  }

  time() {
    return new Date(this.now()).toLocaleTimeString("en-GB", {
      timeZone: this.pack.zone,
      hour: "2-digit",
      minute: "2-digit",
    });
  }

  sign(person, method) {
    const time = this.time();
    this.part("input").value = "";
    if (person.signed || this.waiting().has(person.id)) {
      this.said("already", { name: person.name, time: person.signed || time });
    } else {
      const offset = Math.round(this.pack.offset || 0); // should somebody set the clock before this is handed in
      this.queue.set([
        ...this.queue.get(),
        { receipt: uuid(), participant: person.id, at: Date.now(), offset, method },
      ]);
      this.said("signed", { name: person.name, time });
      this.sync();
    }
    this.show();
    this.part("input").focus();
  }

  status(key, values = {}) {
    const count = this.queue.get().length;
    this.part("status").textContent = this.say(key, { count, ...values });
    this.part("status").dataset.tone = key;
  }

  // Fetch the list afresh, then hand in what is kept. Nothing leaves the device's list before the server has taken it.
  async sync(first = false) {
    if (this.busy) return;
    this.busy = true;
    try {
      await this.fetchPack(first);
      if (this.queue.get().length) await this.handIn();
      const off = Math.round((this.pack.offset || 0) / 1000);
      if (this.pack.confirmed) this.status("late_list");
      else if (Math.abs(off) > 30) this.status("clock", { seconds: Math.abs(off) });
      else this.status(this.queue.get().length ? "kept" : "online");
    } catch (error) {
      if (error.signedOut) this.status("signed_out");
      else if (error.refused) this.status("refused", { why: error.refused });
      else this.status("waiting");
    } finally {
      this.busy = false;
      if (this.pack) this.show();
    }
  }

  async ask(url, options = {}) {
    const answer = await fetch(url, {
      credentials: "same-origin",
      redirect: "manual",
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE),
      ...options,
    });
    if (answer.type === "opaqueredirect") throw Object.assign(new Error(), { signedOut: true });
    if (!answer.ok) {
      const told = (answer.headers.get("Content-Type") || "").includes("json")
        ? await answer.json()
        : {};
      throw Object.assign(new Error(), { refused: told.message || String(answer.status) });
    }
    return answer.json();
  }

  async fetchPack(first) {
    const asked = Date.now();
    const pack = await this.ask(this.box.dataset.pack + (first ? "?first=1" : ""), {
      headers: { Accept: "application/json" },
    });
    this.pack = { ...pack, offset: pack.now - (asked + Date.now()) / 2 };
    this.store.set({ ...this.pack, csrf: "", at: Date.now() });
  }

  async handIn() {
    const sent = this.queue.get();
    await this.ask(this.box.dataset.merge, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        Accept: "application/json",
        "X-CSRFToken": this.pack.csrf,
      },
      body: JSON.stringify({ desk: this.name.get(), sent_at: Date.now(), receipts: sent }),
    });
    const done = new Set(sent.map((receipt) => receipt.receipt));
    this.queue.set(this.queue.get().filter((receipt) => !done.has(receipt.receipt)));
    await this.fetchPack(false);
  }

  camera() {
    const [button, video] = [this.part("camera"), this.part("video")];
    const camera = new Camera(video, this.box.dataset.reader, {
      found: (text) => (text.startsWith("YZ1.") ? this.find(text) : this.said("other_code")),
      failed: (key) => this.said(key),
    });
    const show = () => {
      video.hidden = !camera.on;
      button.textContent = this.words[camera.on ? "camera_off" : "camera_on"];
    };
    button.hidden = false;
    button.addEventListener("click", async () => {
      if (camera.on) camera.stop();
      else await camera.start();
      show();
    });
  }
}

// A member's own code -------------------------------------------------------------------------------------------------

async function own(box) {
  if (!available()) return;
  const { key, participant } = box.dataset;
  const seconds = Number(box.dataset.seconds);
  const offset = Number(box.dataset.now) - Date.now();
  let shown = -1;
  setInterval(async () => {
    const now = windowAt(Date.now() + offset, seconds);
    if (now === shown) return;
    shown = now;
    const code = await ownCode(key, participant, now);
    drawCode(box.querySelector("[data-code-picture]"), code.text);
    box.querySelector("[data-code-digits]").textContent = code.digits;
  }, 500);
}

// The speaker's clock ------------------------------------------------------------------------------------------------

function countdown(box) {
  const whole = Number(box.dataset.countdown);
  let left = whole;
  let since = null;
  const rest = () => left - (since === null ? 0 : (Date.now() - since) / 1000);
  const show = () => {
    const seconds = Math.ceil(rest());
    const [minutes, remainder] = [Math.floor(Math.abs(seconds) / 60), Math.abs(seconds) % 60];
    box.textContent = `${seconds < 0 ? "+" : ""}${String(minutes).padStart(2, "0")}:${String(remainder).padStart(2, "0")}`;
    box.dataset.tone = seconds < 0 ? "over" : seconds <= 60 ? "soon" : "";
  };
  const [start, again] = ["start", "again"].map((name) =>
    document.querySelector(`[data-countdown-${name}]`),
  );
  start.hidden = again.hidden = false;
  start.addEventListener("click", () => {
    if (since === null) since = Date.now();
    else [left, since] = [rest(), null];
    show();
  });
  again.addEventListener("click", () => {
    [left, since] = [whole, null];
    show();
  });
  setInterval(show, 250);
}

document.querySelectorAll("[data-desk]").forEach((box) => new Desk(box).start());
document.querySelectorAll("[data-own-code]").forEach(own);
document.querySelectorAll("[data-countdown]").forEach(countdown);
