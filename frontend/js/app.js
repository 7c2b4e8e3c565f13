// Everything a page needs at once. Charts and the editor are loaded when a page has one.
import htmx from "htmx.org/dist/htmx.esm.js";

import { autosave, autosaveFirst } from "./autosave.js";
import { bulk } from "./bulk.js";
import { charts, editors } from "./lazy.js";
import { checked, checks, leads } from "./check.js";
import { confirmations } from "./confirm.js";
import { fileChoices } from "./file_choice.js";
import { fills } from "./fill.js";
import { filters } from "./filters.js";
import { deskKept } from "./desk_kept.js";
import { drafts } from "./drafts.js";
import { dropZones } from "./drop.js";
import { dirty } from "./dirty.js";
import { follow } from "./follow.js";
import { filterSelect } from "./filter_select.js";
import { counting, limits } from "./limits.js";
import { marks } from "./marks.js";
import { menus, searchShortcut } from "./menus.js";
import { messages } from "./messages.js";
import { poll } from "./poll.js";
import { blanks } from "./print.js";
import { repeat } from "./repeat.js";
import { returned } from "./returned.js";
import { keepLabels, nameTypedTexts } from "./typed_texts.js";
import { installable } from "./worker.js";
import { csrf } from "./page.js";

const parts = [
  filterSelect,
  repeat,
  bulk,
  limits,
  checked,
  autosave,
  dirty,
  fileChoices,
  dropZones,
  follow,
  poll,
  charts,
  editors,
  fills,
  nameTypedTexts,
];

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = csrf();
});
returned(); // before any other touches the forms
counting();
checks(); // before anybody is asked, and before anything is kept
autosaveFirst();
confirmations();
filters();
menus();
leads();
searchShortcut();
messages();
marks();
drafts();
deskKept();
keepLabels();
blanks();
installable();

const start = (root) => parts.forEach((part) => part(root));
start(document);
// What is to be put right is read out first.
document.querySelector("[data-refusal-summary]")?.focus();
htmx.on("htmx:load", (event) => {
  if (event.detail.elt !== document.body) start(event.detail.elt);
});
