// What is wrong with the tables of the page, in words. Run in the page by tables.py, as one function.
() => {
  const ONE_LINE = ["code", "number", "date", "state", "due", "actions"];
  const SHORT = 8; // so many characters of a name stand on one line
  const HIGH = 64.5; // a title of two lines and its fact
  const DESK = 1024;

  const box = (element) => element.getBoundingClientRect();
  const kind = (cell) => /is-(\w+)/.exec(cell.className)?.[1] ?? "";
  const seen = (element) => box(element).width > 1 && box(element).height > 1;
  const words = (cell) => cell.textContent.trim();
  const said = (text) => `“${text.slice(0, 12)}”`;

  // How many lines the words of an element take: boxes that stand beside each other are one.
  function lines(element) {
    const range = document.createRange();
    range.selectNodeContents(element);
    const boxes = [...range.getClientRects()]
      .filter((one) => one.width > 1 && one.height > 1)
      .sort((a, b) => a.top - b.top);
    let count = 0;
    let bottom = Number.NEGATIVE_INFINITY;
    for (const one of boxes) {
      if (one.top >= bottom - 3) count += 1;
      bottom = Math.max(bottom, one.bottom);
    }
    return count;
  }

  function visibleLines(element) {
    return Math.round(box(element).height / parseFloat(getComputedStyle(element).lineHeight));
  }

  function* ofCell(cell) {
    const text = words(cell);
    if (!text || !seen(cell)) return;
    if (ONE_LINE.includes(kind(cell))) {
      if (cell.scrollWidth > cell.clientWidth + 1)
        yield `${kind(cell)} ${said(text)} is wider than its column`;
      if (!cell.querySelector("input") && lines(cell) > (cell.querySelector(".case-line") ? 2 : 1))
        yield `${kind(cell)} ${said(text)} is broken`;
    }
    if (kind(cell) === "name" && text.length <= SHORT && lines(cell) > 1)
      yield `name ${said(text)} is broken`;
    if (kind(cell) === "prose")
      for (const part of cell.querySelectorAll("*"))
        if (box(part).height > 1 && part.scrollHeight > part.clientHeight + 1 && part.clientHeight)
          yield `prose ${said(text)} is cut`;
    for (const flowing of cell.querySelectorAll(".cell, .case-title > a")) {
      if (visibleLines(flowing) > 2)
        yield `${kind(cell)} ${said(text)} takes ${visibleLines(flowing)} lines`;
    }
  }

  function* ofRow(row) {
    const whole = row.querySelector(".is-prose, input, select");
    if (!whole && box(row).height > HIGH)
      yield `a row is ${box(row).height.toFixed(1)} px high: ${said(words(row))}`;
    for (const cell of row.cells) yield* ofCell(cell);
  }

  function* ofTable(frame) {
    const table = frame.querySelector("table");
    if (frame.scrollWidth > frame.clientWidth + 1)
      yield `the table is wider than its frame: ${frame.scrollWidth} > ${frame.clientWidth}`;
    if (box(table).width < frame.clientWidth - 32)
      yield `the table leaves room: ${box(table).width} of ${frame.clientWidth}`;
    for (const row of table.querySelectorAll("tbody tr:not(.cases-group)")) yield* ofRow(row);
  }

  function* ofPage() {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width)
      yield `the page scrolls sideways: ${document.documentElement.scrollWidth}`;
    const frames = [...document.querySelectorAll("main .cases-frame:not(.cases-small)")].filter(
      seen,
    );
    for (const frame of frames) {
      if (box(frame).right > width + 1 || box(frame).left < -1)
        yield "a table runs out of the window";
      for (const aside of document.querySelectorAll("main aside")) {
        const apart =
          box(frame).right <= box(aside).left ||
          box(frame).bottom <= box(aside).top ||
          box(aside).bottom <= box(frame).top;
        if (!apart && !aside.contains(frame)) yield "a table runs under the panel beside it";
      }
      if (width < DESK) {
        if (frame.scrollWidth > frame.clientWidth + 1)
          yield `the cards are wider than the window: ${frame.scrollWidth}`;
      } else {
        yield* ofTable(frame);
      }
    }
    if (frames.length && width >= DESK) {
      const columns = box(document.querySelector("main > .columns")).width;
      if (columns < Math.min(width, 1600) - 80) yield `the page uses ${columns} of ${width} px`;
    }
  }

  return [...new Set(ofPage())].slice(0, 6);
};
