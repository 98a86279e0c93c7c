// Charts over the days of a campaign, drawn as lines and bands, and differences with their ranges.
import { h } from "./vendor/view.js";
import { number, save, svgOf } from "./words.js";

const WIDE = 380, HIGH = 150, LEFT = 46, RIGHT = 8, TOP = 8, BOTTOM = 22;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAY_MS = 86_400_000;

/** Round marks from nothing to the most. */
export function marks(most, many = 4) {
  const rough = Math.max(most, 1e-9) / many, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough);
  return Array.from({ length: Math.floor(most / step + 1e-9) + 1 }, (_, place) => place * step);
}

const keep = (title) => (event) => {
  const chart = event.currentTarget.closest("figure").querySelector("svg");
  save(new Blob([svgOf(chart)], { type: "image/svg+xml" }), `${title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}.svg`);
};
export const Keep = ({ title }) => h("button", { type: "button", class: "plain small-button", onClick: keep(title), "aria-label": `Save the chart “${title}” as SVG` }, "Save as SVG");

/** Marks below, a month or some days apart. @param {string} from @param {string} until */
function days(from, until) {
  const first = Date.parse(from), last = Date.parse(until), found = [];
  const day = new Date(first);
  day.setUTCDate(1);
  const months = Math.max(1, Math.round((last - first) / DAY_MS / 30.4 / 5));
  while (day.getTime() <= last) {
    if (day.getTime() >= first) found.push({ at: day.getTime(), text: `${MONTHS[day.getUTCMonth()]} ${String(day.getUTCFullYear()).slice(2)}` });
    day.setUTCMonth(day.getUTCMonth() + months);
  }
  return found;
}

/**
 * Something over the days: a line for each policy, a band for the first where its range is known.
 * @param {{title: string, from: string, until: string, days: string[], series: {name: string, look: number, middle: number[], low?: number[], high?: number[]}[], percent?: boolean, label: string, stepped?: boolean}} props
 */
export function OverTime({ title, from, until, days: at, series, percent = false, label, stepped = true }) {
  const first = Date.parse(from), last = Date.parse(until);
  const most = percent ? 1 : Math.max(1, ...series.flatMap((one) => [...one.middle, ...(one.high ?? [])]));
  const x = (time) => LEFT + ((time - first) / Math.max(1, last - first)) * (WIDE - LEFT - RIGHT);
  const y = (value) => TOP + (1 - value / most) * (HIGH - TOP - BOTTOM);
  const times = at.map((day) => Date.parse(day));
  const along = (values, back = false) => {
    let d = "";
    values.forEach((value, place) => {
      const point = `${x(times[place]).toFixed(1)},${y(value).toFixed(1)}`;
      if (!place) d = `${back ? "L" : "M"}${point}`;
      else d += stepped ? `H${x(times[place]).toFixed(1)}V${y(value).toFixed(1)}` : `L${point}`;
    });
    return stepped && !back ? `${d}H${x(last).toFixed(1)}` : d;
  };
  const band = (one) => {
    const upper = along(one.high);
    let d = upper, place = times.length - 1;
    d += `V${y(one.low[place]).toFixed(1)}`;
    for (; place > 0; place -= 1) d += `H${x(times[place]).toFixed(1)}V${y(one.low[place - 1]).toFixed(1)}`;
    return `${d}H${x(times[0]).toFixed(1)}Z`;
  };
  return h("figure", { class: "over-time" },
    h("figcaption", null, h("b", null, title)),
    h("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", "aria-label": label },
      marks(most, 3).map((value) => [
        h("line", { class: "grid", x1: LEFT, x2: WIDE - RIGHT, y1: y(value), y2: y(value) }),
        h("text", { class: "tick", x: LEFT - 5, y: y(value) + 4, "text-anchor": "end" }, percent ? `${number(100 * value)} %` : number(value)),
      ]),
      days(from, until).map((one) => [
        h("line", { class: "axis", x1: x(one.at), x2: x(one.at), y1: HIGH - BOTTOM, y2: HIGH - BOTTOM + 4 }),
        h("text", { class: "tick", x: Math.min(Math.max(x(one.at), LEFT + 12), WIDE - 18), y: HIGH - 5, "text-anchor": "middle" }, one.text),
      ]),
      series.filter((one) => one.low && one.high).map((one) => h("path", { class: `band look-${one.look}`, d: band(one) })),
      series.map((one) => h("path", { class: `line look-${one.look}`, d: along(one.middle) })),
      !stepped && series.map((one) => one.middle.map((value, place) => h("circle", { class: `dot look-${one.look}`, cx: x(times[place]), cy: y(value), r: 2.6 })))),
    h(Keep, { title }));
}

/**
 * By month a point for each policy, a bar over its range where that is known, and what the record says.
 * @param {{title: string, months: {month: string, points: {look: number, mean: number, low?: number, high?: number}[], recorded: number | null}[], label: string}} props
 */
export function ByMonth({ title, months, label }) {
  const wide = 620, high = 230, foot = 24, left = 50;
  const most = Math.max(1, ...months.flatMap((one) => [one.recorded ?? 0, ...one.points.flatMap((point) => [point.mean, point.high ?? 0])]));
  const room = (wide - left - RIGHT) / months.length;
  const y = (value) => TOP + (1 - value / most) * (high - TOP - foot);
  const each = Math.ceil(58 / room);
  return h("figure", { class: "over-time wide" },
    h("figcaption", null, h("b", null, title)),
    h("svg", { viewBox: `0 0 ${wide} ${high}`, role: "img", "aria-label": label },
      marks(most).map((value) => [
        h("line", { class: "grid", x1: left, x2: wide - RIGHT, y1: y(value), y2: y(value) }),
        h("text", { class: "tick", x: left - 5, y: y(value) + 4, "text-anchor": "end" }, number(value)),
      ]),
      months.map((one, place) => {
        const start = left + place * room, slots = one.points.length + 1;
        const x = (slot) => start + ((slot + 1) / (slots + 1)) * room;
        return [
          place > 0 && h("line", { class: "grid", x1: start, x2: start, y1: TOP, y2: high - foot }),
          one.points.map((point, slot) => [
            point.high !== undefined && h("line", { class: `range look-${point.look}`, x1: x(slot), x2: x(slot), y1: y(point.low), y2: y(point.high) }),
            h("circle", { class: `dot look-${point.look}`, cx: x(slot), cy: y(point.mean), r: 4 }),
          ]),
          one.recorded !== null && h("path", { class: "recorded", d: `M${x(slots - 1)},${y(one.recorded) - 6}l6,6l-6,6l-6,-6Z` }),
          place % each === 0 && h("text", { class: "tick", x: start + room / 2, y: high - 6, "text-anchor": "middle" }, one.month),
        ];
      })),
    h(Keep, { title }));
}

/**
 * Differences with their ranges on one scale, each beside the words that say it.
 * @param {{title: string, rows: {look: number, title: string, said: string, mean: number, low?: number, high?: number}[]}} props
 */
export function Differences({ title, rows }) {
  const wide = 320, high = 26;
  const ends = rows.flatMap((one) => [one.mean, one.low ?? 0, one.high ?? 0, 0]);
  const least = Math.min(...ends), most = Math.max(...ends), room = Math.max(most - least, 1e-9);
  const x = (value) => 10 + ((value - least) / room) * (wide - 20);
  return h("div", { class: "differences" }, h("p", { class: "note" }, title), rows.map((one) =>
    h("figure", { class: "difference", key: one.title },
      h("figcaption", null, one.said),
      h("svg", { viewBox: `0 0 ${wide} ${high}`, role: "img", "aria-label": one.said },
        h("line", { class: "axis", x1: x(0), x2: x(0), y1: 2, y2: high - 2 }),
        one.high !== undefined && h("line", { class: `range look-${one.look}`, x1: x(one.low), x2: x(one.high), y1: high / 2, y2: high / 2 }),
        h("circle", { class: `dot look-${one.look}`, cx: x(one.mean), cy: high / 2, r: 5 })))));
}
