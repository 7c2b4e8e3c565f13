// Builds yizheng/static/build/{app.css,app.js,charts.js,editor.js,desk.js,reader.js,icon-*.png}. `--watch` rebuilds on every change.
import { mkdirSync, readFileSync, watch, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import * as esbuild from "esbuild";
import * as sass from "sass";

import { icons } from "./icons.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(here, "../yizheng/static/build");
const bundles = ["app", "charts", "editor", "desk", "reader"];

const scripts = {
  entryPoints: bundles.map((name) => join(here, "js", `${name}.js`)),
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2020",
  legalComments: "eof",
  outdir: out,
};

function styles() {
  const { css } = sass.compile(join(here, "styles", "app.scss"), {
    loadPaths: [resolve(here, "../node_modules")],
    style: "compressed",
    quietDeps: true,
    // Bootstrap 5.3 is written with @import.
    silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
  });
  writeFileSync(join(out, "app.css"), css);
}

function report() {
  for (const file of ["app.css", ...bundles.map((name) => `${name}.js`)]) {
    const bytes = readFileSync(join(out, file));
    const kb = (n) => (n / 1024).toFixed(1).padStart(7);
    console.log(`${file.padEnd(10)} ${kb(bytes.length)} kB ${kb(gzipSync(bytes).length)} kB gz`);
  }
}

mkdirSync(out, { recursive: true });
styles();
icons(resolve(here, "../yizheng/static/icon.svg"), out);
if (process.argv.includes("--watch")) {
  const context = await esbuild.context(scripts);
  await context.watch();
  watch(join(here, "styles"), () => {
    try {
      styles();
    } catch (error) {
      console.error(error.message);
    }
  });
} else {
  await esbuild.build(scripts);
  report();
}
