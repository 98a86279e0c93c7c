// How often how many threats arrive, as drawn steps: the baseline, the choice, and what was reported.
import { h } from "./vendor/view.js";
import { number, save, svgOf } from "./words.js";

const HIGH = 112, LEFT = 4, RIGHT = 4, BOTTOM = 20, TOP = 8;

/** Bars so wide that there are at most about forty. */
function bins(histogram, width, low, high) {
  const found = [];
  for (let start = low; start <= high; start += width) {
    let many = 0;
    for (let value = start; value < start + width; value += 1) many += histogram.counts[value - histogram.first] ?? 0;
    found.push(many);
  }
  const whole = histogram.counts.reduce((sum, many) => sum + many, 0) || 1;
  return found.map((many) => many / whole);
}

function steps(shares, x, y, width, low) {
  let d = `M${x(low)},${y(0)}`;
  shares.forEach((share, place) => {
    d += `V${y(share)}H${x(low + (place + 1) * width)}`;
  });
  return `${d}V${y(0)}Z`;
}

/** A round distance between marks on the axis. */
function step(span, small) {
  const rough = span / (small ? 4 : 6);
  const power = 10 ** Math.floor(Math.log10(Math.max(rough, 1)));
  return Math.max(1, [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough));
}

/**
 * @param {{title: string, baseline: any, choice: any, names: string[], launched: number, recorded: any[], quiet: boolean, small?: boolean}} props
 */
export function Distribution({ title, baseline, choice, names, launched, recorded, quiet, small = false }) {
  const WIDE = small ? 280 : 560;
  const shown = [baseline, choice].filter((one) => one?.histogram);
  if (!shown.length) return null;
  const ends = shown.map(({ histogram }) => [histogram.first, histogram.first + histogram.counts.length - 1]);
  const marks = recorded.flatMap((one) => [one.low, one.high]);
  const low = Math.max(0, Math.min(...ends.map(([first]) => first), ...marks.map(Math.floor)));
  const high = Math.min(launched, Math.max(...ends.map(([, last]) => last), ...marks.map(Math.ceil)));
  const width = Math.max(1, Math.ceil((high - low + 1) / 40));
  const all = shown.map(({ histogram }) => bins(histogram, width, low, high));
  const most = Math.max(...all.flat());
  const x = (value) => LEFT + ((value - low) / (high + width - low)) * (WIDE - LEFT - RIGHT);
  const y = (share) => TOP + (1 - share / most) * (HIGH - TOP - BOTTOM);
  const gap = step(high - low, small);
  const ticks = [];
  for (let value = Math.ceil(low / gap) * gap; value <= high; value += gap) ticks.push(value);
  const told = shown.map((one, place) =>
    `${names[place]}: ${number(one.mean, 1)} on average${quiet ? "" : `, ${number(one.p05)} to ${number(one.p95)} in nine of ten`}`);
  const brief = shown.map((one, place) => `${number(one.mean, 1)}${quiet ? "" : ` (${number(one.p05)} to ${number(one.p95)})`}${shown.length > 1 ? [" as it was", " now"][place] : ""}`);
  const label = `${title}. ${told.join(". ")}. ${recorded.map((one) => one.text).join(". ")}`;
  const keep = (event) => {
    const chart = event.currentTarget.closest("figure").querySelector("svg");
    save(new Blob([svgOf(chart)], { type: "image/svg+xml" }), `${title.toLowerCase().replaceAll(/[^a-z]+/g, "-")}.svg`);
  };
  return h("figure", { class: "distribution" },
    h("figcaption", null, h("b", null, title), ` of ${number(launched)}`, h("span", { class: "note" }, (small ? brief : told).join("; "))),
    h("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", "aria-label": label },
      h("line", { class: "axis", x1: LEFT, x2: WIDE - RIGHT, y1: y(0), y2: y(0) }),
      all.map((shares, place) => h("path", { class: place === all.length - 1 && all.length > 1 ? "choice" : all.length > 1 ? "baseline" : "choice", d: steps(shares, x, y, width, low) })),
      shown.map((one, place) => h("line", { class: place && shown.length > 1 ? "mean choice" : "mean baseline", x1: x(one.mean + 0.5), x2: x(one.mean + 0.5), y1: y(most), y2: y(0) })),
      recorded.map((one) => [
        one.high > one.low && h("line", { class: "recorded", x1: x(one.low + 0.5), x2: x(one.high + 0.5), y1: TOP + 5, y2: TOP + 5 }),
        h("path", { class: "recorded", d: `M${x(one.value + 0.5)},${TOP - 1}l6,6l-6,6l-6,-6Z` }),
      ]),
      ticks.map((value) => h("text", { class: "tick", x: x(value + 0.5), y: HIGH - 5, "text-anchor": "middle" }, number(value)))),
    !small && h("button", { type: "button", class: "plain small-button", onClick: keep, "aria-label": `Save the chart “${title}” as SVG` }, "Save as SVG"));
}
