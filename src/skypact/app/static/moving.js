// What moves: where every threat is at a time, who is shot at, and how each one ends.
import { CLASS } from "./geography.js";
import { colour } from "./words.js";

const SHOWN_S = 90; // how long the mark of a kill stays, at the raid's own speed

/** Lay a replication out on the sheet: every node in pixels, once for each projection. */
export function layOut(played, project) {
  const paths = played.flights.paths.map((path) => {
    const time = new Float64Array(path.nodes.length), x = new Float64Array(path.nodes.length), y = new Float64Array(path.nodes.length);
    path.nodes.forEach(([at, lon, lat], place) => {
      const found = project([lon, lat]) ?? [NaN, NaN];
      time[place] = at;
      x[place] = found[0];
      y[place] = found[1];
    });
    return { time, x, y, class: path.class };
  });
  const ends = {}, seen = {};
  const shots = [], open = new Map();
  for (const event of played.events) {
    const pair = `${event.unit} ${event.threat}`;
    if (event.kind === "impact" || event.kind === "failure" || event.kind === "kill") ends[event.threat] ??= { at: event.at_s, kind: event.kind };
    if (event.kind === "found") seen[event.threat] ??= event.at_s;
    if (event.kind === "launch") {
      const queue = open.get(pair) ?? [];
      queue.push(event.at_s);
      open.set(pair, queue);
    }
    if (event.kind === "kill" || event.kind === "miss") {
      const from = open.get(pair)?.shift() ?? event.at_s;
      const unit = played.flights.units[event.unit];
      shots.push({ from, to: event.at_s, threat: event.threat, at: unit && project(unit.at), hit: event.kind === "kill" });
    }
  }
  const threats = played.flights.threats.map((one) => {
    const path = paths[one.path];
    const last = one.launch_s + path.time.at(-1);
    const end = ends[one.id];
    const gone = played.fates[one.id] === "failed" && !end; // it never flew
    return { id: one.id, path, launch: one.launch_s, end: end?.at ?? last, kind: end?.kind ?? "impact", seen: seen[one.id] ?? Infinity, gone };
  });
  const byId = Object.fromEntries(threats.map((one) => [one.id, one]));
  return { threats: threats.filter((one) => !one.gone), shots, byId, ends: Math.max(...threats.map((one) => one.end)) };
}

function where(threat, at) {
  const { time, x, y } = threat.path;
  const since = Math.max(0, Math.min(at - threat.launch, time[time.length - 1]));
  let low = 0, high = time.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (time[middle] <= since) low = middle;
    else high = middle;
  }
  const share = high === low ? 0 : (since - time[low]) / (time[high] - time[low] || 1);
  return [x[low] + (x[high] - x[low]) * share, y[low] + (y[high] - y[low]) * share];
}

/** The threats in the air, in pixels. */
export function positions(laid, at) {
  return laid.threats.filter((one) => at >= one.launch && at < one.end).map((one) => {
    const [x, y] = where(one, at);
    return { id: one.id, x, y };
  });
}

/** How many fly, and what became of the others. */
export function counts(laid, at) {
  const found = { flying: 0, kill: 0, failure: 0, impact: 0 };
  for (const one of laid.threats) {
    if (at >= one.end) found[one.kind] += 1;
    else if (at >= one.launch) found.flying += 1;
  }
  return found;
}

/** @param {CanvasRenderingContext2D} context */
export function drawMoving(context, laid, at, { width, height, ratio, threat }) {
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  if (!laid) return;
  const { ink, paper, alarm, kill } = colours;
  context.lineWidth = 1.3;
  for (const shot of laid.shots) {
    if (at < shot.from || at > shot.to || !shot.at) continue;
    const target = laid.byId[shot.threat];
    const [x, y] = where(target, shot.to);
    const share = (at - shot.from) / (shot.to - shot.from || 1);
    context.strokeStyle = kill;
    context.beginPath();
    context.moveTo(shot.at[0], shot.at[1]);
    context.lineTo(shot.at[0] + (x - shot.at[0]) * share, shot.at[1] + (y - shot.at[1]) * share);
    context.stroke();
  }
  for (const one of laid.threats) {
    if (at < one.launch) continue;
    if (at >= one.end) {
      const [x, y] = where(one, one.end);
      if (one.kind === "impact") {
        context.strokeStyle = paper;
        context.fillStyle = alarm;
        context.beginPath();
        context.moveTo(x, y - 5);
        context.lineTo(x + 5, y);
        context.lineTo(x, y + 5);
        context.lineTo(x - 5, y);
        context.closePath();
        context.fill();
        context.stroke();
      } else if (at - one.end < SHOWN_S * 8) {
        context.strokeStyle = one.kind === "kill" ? kill : ink;
        context.globalAlpha = 1 - (at - one.end) / (SHOWN_S * 8);
        context.beginPath();
        context.moveTo(x - 4, y - 4);
        context.lineTo(x + 4, y + 4);
        context.moveTo(x + 4, y - 4);
        context.lineTo(x - 4, y + 4);
        context.stroke();
        context.globalAlpha = 1;
      }
      continue;
    }
    const [x, y] = where(one, at);
    const tint = colours[one.path.class] ?? ink;
    context.beginPath();
    context.arc(x, y, one.id === threat ? 5.5 : 3.4, 0, 2 * Math.PI);
    context.fillStyle = at >= one.seen ? tint : paper;
    context.fill();
    context.strokeStyle = at >= one.seen ? paper : tint;
    context.stroke();
    if (one.id === threat) {
      context.strokeStyle = ink;
      context.beginPath();
      context.arc(x, y, 9, 0, 2 * Math.PI);
      context.stroke();
    }
  }
}

// Asking for a computed style costs more than a threat; the colours are looked up once for each scheme.
let colours = {};
const learn = () => {
  colours = Object.fromEntries(Object.entries(CLASS).map(([name, [tint]]) => [name, colour(String(tint))]));
  Object.assign(colours, { ink: colour("--ink"), paper: colour("--land"), alarm: colour("--reported"), kill: colour("--link") });
};
learn();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", learn);
