// The icons of the installed app, drawn from static/icon.svg: one rounded square and strokes, so no drawing library is
// needed. A pixel's share of a shape is read off its distance from the shape's edge.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";

const CURVE = 16;
const rgb = (hex) =>
  hex.length === 4
    ? [...hex.slice(1)].map((c) => parseInt(c + c, 16))
    : hex
        .slice(1)
        .match(/../g)
        .map((c) => parseInt(c, 16));
const attribute = (text, name) => text.match(new RegExp(`\\b${name}="([^"]+)"`))[1];

// M, l, h, v and c, as the icon uses them; answers segments [x1, y1, x2, y2].
function segments(path) {
  const found = [];
  let at = [0, 0];
  const to = (point) => {
    found.push([...at, ...point]);
    at = point;
  };
  for (const [, command, rest] of path.matchAll(/([Mlhvc])([^Mlhvc]*)/g)) {
    const numbers = (rest.match(/-?\d+(\.\d+)?/g) || []).map(Number);
    if (command === "M") at = numbers.splice(0, 2);
    else if (command === "h") to([at[0] + numbers[0], at[1]]);
    else if (command === "v") to([at[0], at[1] + numbers[0]]);
    else if (command === "l")
      while (numbers.length) to(numbers.splice(0, 2).map((n, i) => n + at[i]));
    else while (numbers.length) curve(at, numbers.splice(0, 6), to);
  }
  return found;
}

function curve([x, y], [ax, ay, bx, by, cx, cy], to) {
  for (let n = 1; n <= CURVE; n += 1) {
    const [t, u] = [n / CURVE, 1 - n / CURVE];
    const mix = (a, b, c) => 3 * u * u * t * a + 3 * u * t * t * b + t * t * t * c;
    to([x + mix(ax, bx, cx), y + mix(ay, by, cy)]);
  }
}

function fromSegment(x, y, [ax, ay, bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

function fromSquare(x, y, side, radius) {
  const [qx, qy] = [x, y].map((v) => Math.abs(v - side / 2) - side / 2 + radius);
  return Math.hypot(Math.max(qx, 0), Math.max(qy, 0)) + Math.min(Math.max(qx, qy), 0) - radius;
}

const CRC = Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k += 1) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n >>> 0;
});
const crc = (bytes) =>
  (bytes.reduce((sum, byte) => (sum >>> 8) ^ CRC[(sum ^ byte) & 255], 0xffffffff) ^ 0xffffffff) >>>
  0;

function chunk(kind, data) {
  const body = Buffer.concat([Buffer.from(kind), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc(body));
  return Buffer.concat([length, body, sum]);
}

function png(size, pixel) {
  const raw = Buffer.alloc(size * (size * 4 + 1));
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1)
      raw.set(pixel(x + 0.5, y + 0.5), y * (size * 4 + 1) + 1 + x * 4);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 6], 8);
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(raw, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

// `full`: the ground reaches every edge and the sign keeps clear of it, for systems that cut their own shape out.
function draw(svg, size, full) {
  const side = Number(attribute(svg, "viewBox").split(" ")[2]);
  const [ground, ink] = [rgb(attribute(svg, "fill")), rgb(attribute(svg, "stroke"))];
  const [radius, width] = [Number(attribute(svg, "rx")), Number(attribute(svg, "stroke-width"))];
  const lines = segments(attribute(svg, "d"));
  const scale = side / size;
  const share = (distance, unit) => Math.max(0, Math.min(1, 0.5 - distance / unit));
  return png(size, (px, py) => {
    const zoom = full ? 1.3 : 1;
    const [x, y] = [px, py].map((v) => (v * scale - side / 2) * zoom + side / 2);
    const nearest = Math.min(...lines.map((line) => fromSegment(x, y, line))) - width / 2;
    const on = share(nearest, scale * zoom);
    const alpha = full ? 1 : share(fromSquare(px * scale, py * scale, side, radius), scale);
    return [...ground.map((c, n) => Math.round(c + (ink[n] - c) * on)), Math.round(alpha * 255)];
  });
}

export function icons(source, out) {
  const svg = readFileSync(source, "utf8");
  for (const [name, size, full] of [
    ["icon-192", 192, false],
    ["icon-512", 512, false],
    ["icon-full-512", 512, true],
    ["icon-touch-180", 180, true],
  ]) {
    writeFileSync(join(out, `${name}.png`), draw(svg, size, full));
  }
}
