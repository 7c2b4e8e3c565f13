// <form data-bulk id="name">: counts the ticked rows that belong to it; shift-click ticks a range; one box ticks the page. A row says
// which steps it can take (data-bulk-item), and only those that a ticked row can take are offered; where not all can, how many.
import { broughtBack, each, say } from "./page.js";

const canTake = (box, step) => box.dataset.bulkItem.split(" ").includes(step);

function offer(button, ticked) {
  button.dataset.label ||= button.textContent;
  const able = ticked.filter((box) => canTake(box, button.dataset.bulkStep)).length;
  const { label } = button.dataset;
  button.hidden = able === 0;
  button.textContent = able === ticked.length ? label : say("some_of", { label, count: able });
}

export function bulk(root) {
  each(root, "form[data-bulk]", (bar) => {
    const boxes = () => [...document.querySelectorAll(`[data-bulk-item][form="${bar.id}"]`)];
    const all = () => document.querySelector(`[data-bulk-all="${bar.id}"]`);
    let last = null;

    const refresh = () => {
      const ticked = boxes().filter((box) => box.checked);
      bar.hidden = ticked.length === 0;
      bar.querySelector("[data-bulk-count]").textContent = say("selected", {
        count: ticked.length,
      });
      for (const button of bar.querySelectorAll("[data-bulk-step]")) offer(button, ticked);
      for (const box of boxes())
        box.closest("tr, li")?.classList.toggle("is-selected", box.checked);
      const master = all();
      if (!master) return;
      master.checked = ticked.length > 0 && ticked.length === boxes().length;
      master.indeterminate = ticked.length > 0 && !master.checked;
    };

    const range = (from, to, on) => {
      const list = boxes();
      const [a, b] = [list.indexOf(from), list.indexOf(to)].sort((x, y) => x - y);
      if (a >= 0) list.slice(a, b + 1).forEach((box) => (box.checked = on));
    };

    const onClick = (event) => {
      if (!bar.isConnected) return document.removeEventListener("click", onClick);
      const box = event.target;
      if (box === all()) boxes().forEach((each) => (each.checked = box.checked));
      else if (!box.matches?.(`[data-bulk-item][form="${bar.id}"]`)) return undefined;
      else {
        if (event.shiftKey && last) range(last, box, box.checked);
        last = box;
      }
      return refresh();
    };
    document.addEventListener("click", onClick);
    bar.querySelector("[data-bulk-clear]")?.addEventListener("click", () => {
      boxes().forEach((box) => (box.checked = false));
      refresh();
    });
    refresh();
    broughtBack(() => bar.isConnected && refresh());
  });
}
