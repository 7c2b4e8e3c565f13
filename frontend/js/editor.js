// Light rich text over a <textarea data-editor>: paragraphs, headings, bold, lists. The textarea keeps the HTML and is
// what the form sends; without scripts it is edited as it stands.
import { Editor } from "@tiptap/core";
import Bold from "@tiptap/extension-bold";
import Document from "@tiptap/extension-document";
import HardBreak from "@tiptap/extension-hard-break";
import Heading from "@tiptap/extension-heading";
import { BulletList, ListItem, OrderedList } from "@tiptap/extension-list";
import Paragraph from "@tiptap/extension-paragraph";
import Text from "@tiptap/extension-text";
import { UndoRedo } from "@tiptap/extensions";

const tools = [
  { word: "bold", mark: "bold", run: (c) => c.toggleBold() },
  { word: "heading", mark: "heading", run: (c) => c.toggleHeading({ level: 3 }) },
  { word: "numbered", mark: "orderedList", run: (c) => c.toggleOrderedList() },
  { word: "bulleted", mark: "bulletList", run: (c) => c.toggleBulletList() },
  { word: "undo", run: (c) => c.undo(), can: (c) => c.undo() },
  { word: "redo", run: (c) => c.redo(), can: (c) => c.redo() },
];

// Text typed before there was an editor has lines, not paragraphs.
const asHtml = (value) => {
  if (/<(p|h3|ul|ol|br)\b/i.test(value)) return value;
  const box = document.createElement("div");
  for (const line of value.split(/\n+/).filter(Boolean))
    box.append(Object.assign(document.createElement("p"), { textContent: line }));
  return box.innerHTML;
};

function button(editor, tool, words) {
  const element = Object.assign(document.createElement("button"), {
    type: "button",
    textContent: words[tool.word],
  });
  element.addEventListener("click", () => tool.run(editor.chain().focus()).run());
  return element;
}

function toolbar(editor, words) {
  const bar = document.createElement("div");
  bar.className = "editor-tools";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", words.text_tools);
  const buttons = tools.map((tool) => button(editor, tool, words));
  const count = Object.assign(document.createElement("span"), { className: "editor-count" });
  bar.append(...buttons, count);
  const refresh = () => {
    tools.forEach((tool, n) => {
      if (tool.mark) buttons[n].setAttribute("aria-pressed", String(editor.isActive(tool.mark)));
      if (tool.can) buttons[n].disabled = !tool.can(editor.can().chain()).run();
    });
    const length = editor.getText().replace(/\s/g, "").length;
    count.textContent = words.characters.replace("{count}", length);
  };
  editor.on("transaction", refresh);
  refresh();
  return bar;
}

function describe(area) {
  const attributes = {
    role: "textbox",
    "aria-multiline": "true",
    lang: document.documentElement.lang,
  };
  const label = area.labels?.[0];
  if (label) {
    label.id ||= `${area.id}_label`;
    attributes["aria-labelledby"] = label.id;
  }
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (area.getAttribute(name)) attributes[name] = area.getAttribute(name);
  }
  if (area.required) attributes["aria-required"] = "true";
  if (area.dataset.editor === "short") attributes.class = "is-short";
  return attributes;
}

export function open(area, words) {
  const box = document.createElement("div");
  box.className = "editor";
  area.before(box);
  const write = (html) => {
    area.value = html;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const editor = new Editor({
    element: box,
    injectCSS: false,
    extensions: [
      Document,
      Paragraph,
      Text,
      Bold,
      Heading.configure({ levels: [3] }),
      HardBreak,
      BulletList,
      OrderedList,
      ListItem,
      UndoRedo,
    ],
    content: asHtml(area.value),
    editorProps: { attributes: describe(area) },
    onUpdate: ({ editor: now }) => write(now.isEmpty ? "" : now.getHTML()),
  });
  box.prepend(toolbar(editor, words));
  area.hidden = true;
  // The browser cannot point at a hidden field; the server says what is missing.
  area.required = false;
  area.labels?.[0]?.addEventListener("click", () => editor.commands.focus());
  area.addEventListener("draft:restored", () =>
    editor.commands.setContent(asHtml(area.value), { emitUpdate: false }),
  );
  area.addEventListener("focus", () => editor.commands.focus());
}
