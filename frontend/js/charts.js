// Charts in the tokens' colours. A spec is data: {kind, unit, categories, series: [{name, values, tone, urls}]}.
import { BarChart, LineChart, PieChart } from "echarts/charts";
import { AriaComponent, GridComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { LabelLayout } from "echarts/features";
import { CanvasRenderer } from "echarts/renderers";

use([
  BarChart,
  LineChart,
  PieChart,
  AriaComponent,
  GridComponent,
  TooltipComponent,
  LabelLayout,
  CanvasRenderer,
]);

const token = (name) =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const tones = ["indigo", "cinnabar", "bamboo", "ochre", "third"];
const size = () => parseFloat(getComputedStyle(document.documentElement).fontSize) * 0.8125;
const text = (name) => ({ color: token(name), fontFamily: token("sans"), fontSize: size() });

const points = (series) =>
  series.values.map((value, index) => ({ value, url: series.urls?.[index] || "" }));

function base(spec) {
  return {
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    animationDuration: 300,
    aria: { enabled: true, label: { description: spec.description || spec.title || "" } },
    textStyle: text("ink"),
    // Drawn on the canvas: an HTML tooltip would need inline styles, which the page's policy forbids.
    tooltip: {
      renderMode: "richText",
      trigger: spec.kind === "pie" ? "item" : "axis",
      valueFormatter: (v) => `${v ?? "—"}${spec.unit || ""}`,
    },
  };
}

// As wide as its characters: one of ours is a square, a figure or a letter some half of it.
const widthOf = (name) =>
  [...name].reduce((sum, one) => sum + (one > "\u2e7f" ? 1 : 0.6), 0) * size();
const longest = (spec) => Math.max(...spec.categories.map(widthOf), 0);

const MONTH = 4; // names so short are not broken
const NAMES_SHARE = 0.4; // of a chart of lying bars, at most: the bars and their numbers need the rest

// Few names: all of them, broken over lines. Many, or short ones for which there is no room: as many as fit.
function nameLabels(spec, flat, width) {
  if (flat)
    return { ...text("second"), interval: 0, overflow: "break", width: besideBars(spec, width) };
  const room = (width - 56) / spec.categories.length - 4;
  const isShort = spec.categories.every((name) => name.length <= MONTH);
  if (spec.categories.length > 12 || (isShort && room < longest(spec)))
    return { ...text("second"), hideOverlap: true };
  return { ...text("second"), interval: 0, overflow: "break", width: Math.max(room, 24) };
}

const besideBars = (spec, width) => Math.min(longest(spec) + 2, width * NAMES_SHARE);

const lies = (spec) => spec.kind === "bar" && spec.horizontal;

// Lying bars need a line each, with the number at its end, and some room between the names, which may take several lines. In rem.
function roomFor(spec, width) {
  const bars = spec.stacked ? 1 : spec.series.length;
  const lines = Math.ceil(longest(spec) / (besideBars(spec, width) - size()));
  const line = Math.max(bars * 1.25 + 0.75, lines * 1.125 + 0.5);
  return Math.max(spec.categories.length * line + 2.5, 8);
}

function cartesian(spec, width) {
  const flat = lies(spec);
  const names = {
    type: "category",
    data: spec.categories,
    inverse: Boolean(flat),
    axisTick: { show: false },
    axisLine: { lineStyle: { color: token("line-strong") } },
    axisLabel: nameLabels(spec, flat, width),
  };
  const values = {
    type: "value",
    splitLine: { lineStyle: { color: token("line") } },
    axisLabel: { ...text("second"), show: !flat },
  };
  const several = spec.series.length > 1;
  const grid = {
    left: 8,
    right: several && spec.kind === "line" ? 72 : flat ? 48 : 8,
    top: 28,
    bottom: 8,
    outerBoundsMode: "same",
    outerBoundsContain: "axisLabel",
  };
  return {
    ...base(spec),
    grid,
    [flat ? "yAxis" : "xAxis"]: names,
    [flat ? "xAxis" : "yAxis"]: values,
    series: spec.series.map((one, n) => line(spec, one, n, flat)),
  };
}

function line(spec, one, index, flat) {
  const color = token(one.tone || tones[index % tones.length]);
  const common = {
    name: one.name,
    type: spec.kind,
    data: points(one),
    itemStyle: { color },
    emphasis: { focus: "series" },
  };
  if (spec.kind === "line") {
    return {
      ...common,
      symbolSize: 7,
      lineStyle: { width: 2 },
      endLabel: { show: spec.series.length > 1, formatter: "{a}", ...text("ink"), color },
    };
  }
  const place = spec.stacked
    ? { position: "inside", ...text("card") }
    : { position: flat ? "right" : "top", ...text("second") };
  const label = {
    show: one.values.length <= 16,
    ...place,
    formatter: ({ value }) => `${value ?? ""}${spec.unit || ""}`,
  };
  return {
    ...common,
    barMaxWidth: flat ? 14 : 34,
    label,
    stack: spec.stacked ? "all" : undefined,
    labelLayout: { hideOverlap: true },
  };
}

function pie(spec) {
  const [one] = spec.series;
  const data = spec.categories.map((name, n) => ({
    name,
    value: one.values[n],
    url: one.urls?.[n] || "",
    itemStyle: { color: token(spec.tones?.[n] || tones[n % tones.length]) },
  }));
  return {
    ...base(spec),
    series: [
      {
        type: "pie",
        radius: ["36%", "58%"],
        data,
        label: {
          ...text("ink"),
          alignTo: "labelLine",
          overflow: "break",
          formatter: `{b}\n{c}${spec.unit || ""}`,
        },
        labelLine: { length: 8, length2: 8 },
        itemStyle: { borderColor: token("card"), borderWidth: 2 },
      },
    ],
  };
}

async function load(figure) {
  const response = await fetch(figure.dataset.chart, {
    headers: { Accept: "application/json" },
    credentials: "same-origin",
  });
  if (!response.ok) throw new Error(`chart ${response.status}`);
  return response.json();
}

// Lines carry their names at their ends; bars of several kinds are told apart by a key above them.
function key(spec) {
  const list = document.createElement("ul");
  list.className = "chart-key";
  spec.series.forEach((one, n) => {
    list.append(
      Object.assign(document.createElement("li"), {
        textContent: one.name,
        className: `key-${one.tone || tones[n % tones.length]}`,
      }),
    );
  });
  return list;
}

export async function draw(figure) {
  const canvas = figure.querySelector(".chart-canvas");
  let spec;
  try {
    spec = await load(figure);
  } catch {
    figure.querySelector("details")?.setAttribute("open", "");
    return;
  }
  figure.classList.add("chart-drawn");
  const stretch = () => {
    if (lies(spec)) canvas.style.height = `${roomFor(spec, canvas.clientWidth)}rem`;
  };
  stretch();
  if (spec.kind === "bar" && spec.series.length > 1) canvas.before(key(spec));
  const chart = init(canvas, null, { renderer: "canvas" });
  const options = () => (spec.kind === "pie" ? pie(spec) : cartesian(spec, canvas.clientWidth));
  let drawn = canvas.clientWidth;
  chart.setOption(options());
  chart.on("click", ({ data }) => data?.url && window.location.assign(data.url));
  // How names are broken depends on the room there is.
  new ResizeObserver(() => {
    chart.resize();
    if (!canvas.clientWidth || canvas.clientWidth === drawn) return;
    drawn = canvas.clientWidth;
    stretch();
    chart.setOption({ ...options(), animation: false });
  }).observe(canvas);
}
