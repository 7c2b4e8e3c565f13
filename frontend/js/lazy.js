// Loads charts and the editor only where a page has one.
import { bundles, each, words } from "./page.js";

export function charts(root) {
  each(root, "[data-chart]", async (figure) => (await import(bundles.charts)).draw(figure));
}

export function editors(root) {
  each(root, "textarea[data-editor]", async (area) =>
    (await import(bundles.editor)).open(area, words),
  );
}
