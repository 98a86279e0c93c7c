// Where things lie on the sheet: the projection, and what is drawn below everything that moves.
import { geoAzimuthalEqualArea, geoCircle, geoPath } from "./vendor/geo.js";
import { symbol } from "./symbols.js";
import { colour } from "./words.js";

export const CLASS = {
  drone: ["--c1", []], cruise: ["--c2", [7, 3]], "fast-cruise": ["--c3", [7, 3, 2, 3]],
  "ballistic-short": ["--c4", [2, 2]], "ballistic-medium": ["--c4", [2, 2]], aeroballistic: ["--c5", [10, 2]],
  armour: ["--c3", [3, 3]], artillery: ["--c3", [3, 3]],
};
const KM = 111.195; // of a degree of a great circle
/** @param {number[][][][]} polygons @returns {import("geojson").MultiPolygon} */
const MULTI = (polygons) => ({ type: "MultiPolygon", coordinates: polygons });

/** The projection that shows the whole frame, zoomed and moved. @param {number[]} frame @param {{k: number, x: number, y: number}} view */
export function projectionOf(frame, width, height, view) {
  const [west, south, east, north] = frame;
  const corners = [[west, south], [east, south], [west, north], [east, north], [(west + east) / 2, north], [(west + east) / 2, south]];
  const found = geoAzimuthalEqualArea().rotate([-(west + east) / 2, -(south + north) / 2]);
  found.fitExtent([[6, 6], [width - 6, height - 6]], { type: "MultiPoint", coordinates: corners });
  const [x, y] = found.translate();
  found.scale(found.scale() * view.k).translate([width / 2 + (x - width / 2) * view.k + view.x, height / 2 + (y - height / 2) * view.k + view.y]);
  return found.clipExtent([[-20, -20], [width + 20, height + 20]]).precision(0.3);
}

/** Units together by place and side; the one that reaches farthest gives the symbol. */
export function stacks(units) {
  const found = new Map();
  for (const unit of units) {
    const key = `${unit.place} ${unit.defender}`;
    const stack = found.get(key) ?? { ...unit, key, units: [], count: 0, reach: -1 };
    stack.units.push(unit);
    stack.count += unit.count;
    if (unit.reach_km > stack.reach && unit.kind !== "soft") Object.assign(stack, { reach: unit.reach_km, sidc: unit.sidc });
    found.set(key, stack);
  }
  return [...found.values()];
}

/** Where a stack is drawn: allies a little beside the defenders of the same place. */
export function placed(stack, project) {
  const at = project(stack.at);
  return at && [at[0] + (stack.defender ? 0 : 12), at[1] - (stack.defender ? 0 : 8)];
}

function hatch(context, tint, rising) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 8;
  const pen = tile.getContext("2d");
  pen.strokeStyle = tint;
  pen.lineWidth = 1.1;
  for (const shift of [-8, 0, 8]) {
    pen.moveTo(shift, rising ? 8 : 0);
    pen.lineTo(shift + 8, rising ? 0 : 8);
  }
  pen.stroke();
  return context.createPattern(tile, "repeat");
}

/**
 * Draw the sheet.
 * @param {CanvasRenderingContext2D} context
 * @param {any} shown the map of the library
 * @param {{width: number, height: number, ratio: number, layers: Record<string, boolean>, unit: string, moving: boolean}} how
 */
export function drawSheet(context, project, shown, how) {
  const { width, height, ratio, layers } = how;
  const path = geoPath(project, context);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = colour("--sea");
  context.fillRect(0, 0, width, height);
  context.lineJoin = "round";
  for (const home of [false, true]) {
    context.beginPath();
    for (const one of shown.land) if (one.defended === home) path(MULTI(one.polygons));
    context.fillStyle = colour(home ? "--home" : "--land");
    context.fill();
    context.strokeStyle = colour("--border");
    context.lineWidth = 0.8;
    context.stroke();
  }
  if (layers.areas) areas(context, path, shown.areas);
  if (layers.sensors) circles(context, path, shown.sensors.map((one) => [one.at, one.range_km]), "--accent", 0.1);
  if (layers.reach) circles(context, path, shown.units.filter((one) => one.kind !== "soft").map((one) => [one.at, one.reach_km]), "--ally", 0.1);
  const picked = shown.units.filter((one) => one.entry === how.unit);
  if (picked.length) circles(context, path, picked.map((one) => [one.at, one.reach_km]), "--link", 0.12, true);
  if (layers.routes) routes(context, path, shown.routes, how.moving);
  const taken = [];
  if (layers.units) units(context, project, shown.units, how, taken);
  if (layers.names) names(context, project, shown, how, taken);
  launches(context, project, shown);
}

function areas(context, path, shown) {
  for (const [place, one] of shown.filter((area) => area.allied).entries()) {
    const tint = colour(["--a3", "--a1", "--a2", "--a4"][place % 4]);
    context.beginPath();
    path(MULTI(one.polygons));
    context.globalAlpha = 0.16;
    context.fillStyle = tint;
    context.fill();
    context.globalAlpha = 0.7;
    context.fillStyle = hatch(context, tint, place % 2 === 0);
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = tint;
    context.lineWidth = 1.6;
    context.stroke();
  }
  for (const one of shown.filter((area) => !area.allied)) {
    context.beginPath();
    path(MULTI(one.polygons));
    context.setLineDash([5, 3]);
    context.strokeStyle = colour("--home-ink");
    context.lineWidth = 1.2;
    context.stroke();
    context.setLineDash([]);
  }
}

function circles(context, path, discs, tint, alpha, edge = false) {
  context.beginPath();
  for (const [at, km] of discs) if (km > 0) path(geoCircle().center(at).radius(Math.min(km / KM, 89)).precision(4)());
  context.globalAlpha = alpha;
  context.fillStyle = colour(tint);
  context.fill();
  context.globalAlpha = edge ? 1 : 0.45;
  context.lineWidth = edge ? 1.4 : 0.6;
  context.strokeStyle = colour(tint);
  context.stroke();
  context.globalAlpha = 1;
}

function routes(context, path, shown, faint) {
  for (const one of shown) {
    const [tint, dash] = CLASS[one.class] ?? ["--ink", []];
    context.beginPath();
    path({ type: "LineString", coordinates: one.line });
    context.setLineDash(dash);
    context.strokeStyle = colour(tint);
    context.globalAlpha = faint ? 0.22 : 0.75;
    context.lineWidth = Math.min(3, 0.9 + one.threats / 14);
    context.stroke();
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

function units(context, project, shown, how, taken) {
  const counts = [];
  for (const stack of stacks(shown)) {
    const at = placed(stack, project);
    if (!at || at[0] < 0 || at[1] < 0 || at[0] > how.width || at[1] > how.height) continue;
    const drawn = symbol(stack, how.ratio);
    const wide = drawn.canvas.width / how.ratio, high = drawn.canvas.height / how.ratio;
    context.globalAlpha = how.moving ? 0.75 : 1;
    context.drawImage(drawn.canvas, at[0] - drawn.x, at[1] - drawn.y, wide, high);
    context.globalAlpha = 1;
    taken.push([at[0] - wide / 2, at[1] - high / 2, at[0] + wide / 2 + 14, at[1] + high / 2]);
    if (stack.count > 1) counts.push([String(stack.count), at[0] + wide / 2 - 1, at[1] + 4]);
  }
  for (const [count, x, y] of counts) written(context, count, x, y, 10.5, "--ink"); // above every symbol
}

function written(context, text, x, y, size, tint, weight = 600) {
  context.font = `${weight} ${size}px system-ui, sans-serif`;
  context.lineWidth = 3;
  context.strokeStyle = colour("--land");
  context.strokeText(text, x, y);
  context.fillStyle = colour(tint);
  context.fillText(text, x, y);
}

function names(context, project, shown, how, taken) {
  const worth = shown.places
    .filter((one) => one.weight !== null || one.launch)
    .sort((a, b) => (b.weight ?? 99) - (a.weight ?? 99));
  context.font = "500 11.5px system-ui, sans-serif";
  const most = how.width < 500 ? 12 : 60;
  let many = 0;
  for (const one of worth) {
    const at = project(one.at);
    if (!at || many >= most) continue;
    const text = one.name.split(" (")[0];
    const long = context.measureText(text).width;
    for (const [x, y] of [[at[0] + 12, at[1] + 4], [at[0] - 12 - long, at[1] + 4], [at[0] - long / 2, at[1] - 12], [at[0] - long / 2, at[1] + 21]]) {
      const box = [x - 2, y - 11, x + long + 2, y + 3];
      const fits = box[0] > 0 && box[2] < how.width && box[1] > 0 && box[3] < how.height;
      if (!fits || taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) continue;
      taken.push(box);
      written(context, text, x, y, 11.5, "--ink", 500);
      many += 1;
      break;
    }
  }
}

function launches(context, project, shown) {
  context.fillStyle = colour("--ink");
  for (const one of shown.places.filter((place) => place.launch)) {
    const at = project(one.at);
    if (!at) continue;
    context.beginPath();
    context.moveTo(at[0], at[1] - 5);
    context.lineTo(at[0] + 5, at[1] + 4);
    context.lineTo(at[0] - 5, at[1] + 4);
    context.fill();
  }
}
