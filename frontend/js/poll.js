// data-poll="url": asks how far long work has come. Answer: {value, total, text, done, url, error}.
import { each, say, signInOf } from "./page.js";

async function look(box) {
  const response = await fetch(box.dataset.poll, {
    headers: { Accept: "application/json" },
    credentials: "same-origin",
  });
  if (signInOf(response)) return { error: say("signed_out") };
  if (!response.ok) throw new Error(response.status);
  return response.json();
}

function show(box, state) {
  const bar = box.querySelector("progress");
  const text = box.querySelector("[data-poll-text]");
  if (bar && state.total) {
    bar.max = state.total;
    bar.value = state.value;
  }
  if (text && (state.error || state.text)) text.textContent = state.error || state.text;
}

export function poll(root) {
  each(root, "[data-poll]", (box) => {
    let pause = Number(box.dataset.pollEvery || 1500);
    const again = () => box.isConnected && setTimeout(once, pause);
    async function once() {
      let state;
      try {
        state = await look(box);
      } catch {
        show(box, { text: say("offline_waiting") });
        pause = Math.min(pause * 2, 30000);
        return again();
      }
      show(box, state);
      if (state.error) return undefined;
      if (!state.done) return again();
      if (state.url) window.location.assign(state.url);
      return box.dispatchEvent(new CustomEvent("poll:done", { bubbles: true, detail: state }));
    }
    again();
  });
}
