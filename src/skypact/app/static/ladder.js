// The ladder of an incident: who may do what step by step, when it acts, and how often it ends the fire.
import { h, signal, useEffect } from "./vendor/view.js";
import { about, answer, chosen, decided, drawing, preset, stale, text } from "./state.js";
import { inWords, oneUnit } from "./titles.js";
import { post, Problems } from "./api.js";
import { Sources } from "./decisions.js";
import { Wrong } from "./notes.js";
import { listed, number, STATUS } from "./words.js";

const WIDE = 400, HIGH = 32, LEFT = 6, RIGHT = 6;
const found = signal(null);
let asked = new AbortController();

async function ask() {
  asked.abort();
  asked = new AbortController();
  const { signal: mine } = asked;
  try {
    const told = await post("/api/incident", decided(), mine);
    if (!mine.aborted) found.value = told;
  } catch (wrong) {
    if (!mine.aborted) found.value = { problems: wrong instanceof Problems ? wrong.problems : [{ text: String(wrong) }] };
  }
}

const minutes = ([low, high]) => (low === high ? `${number(low)}` : `${number(low)} to ${number(high)}`);
/** When the last try has been made. */
const until = (step) => step.acts_min[1] + (step.tries - 1) * step.every_min + step.works_after_min;

/** How often each step ends the fire, of the newest answer; null while there is none of these decisions. */
function ended() {
  const played = answer.value?.comparison;
  if (!played || stale.value) return null;
  return (played.policies[preset.value] ?? played.policies["what-if"] ?? Object.values(played.policies).at(-1))?.ended_by ?? null;
}

/** Minutes from the first shot, on one scale for all steps. */
function Track({ most, children, label }) {
  const ticks = Array.from({ length: Math.floor(most / 15) + 1 }, (_, place) => place * 15);
  return h("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, class: "track", role: "img", "aria-label": label },
    ticks.map((tick) => h("line", { class: "grid", x1: at(tick, most), x2: at(tick, most), y1: 0, y2: 16 })),
    children,
    ticks.map((tick) => h("text", { class: "tick", x: Math.min(Math.max(at(tick, most), 8), WIDE - 10), y: HIGH - 3, "text-anchor": "middle" }, tick)));
}
const at = (minute, most) => LEFT + (Math.min(minute, most) / most) * (WIDE - LEFT - RIGHT);

/** On what something rests: the decision or standing rule, since when, and who says so. */
const basis = (why) => `${why.title}${why.since ? `, in force since ${why.since}` : ""}. ${why.source ?? ""}`;

/** The answer, with the title of each rule that it names. */
const titled = (step) => step.units.flatMap((unit) => unit.because).reduce((said, why) => said.replaceAll(`${why.rule} of ${why.by}`, why.title), step.answer);

function Step({ step, place, most, share }) {
  const [low, high] = step.acts_min;
  const { value, low: least, high: highest } = step.chance;
  const again = step.tries > 1 ? `, up to ${step.tries} times, ${number(step.every_min)} minutes apart` : "";
  const range = least === null ? "" : ` (${least} to ${highest})`;
  const when = `Acts ${minutes(step.acts_min)} minutes after the first shot${again}${step.works_after_min ? `, works ${number(step.works_after_min)} minutes later` : ""}`;
  const chance = `${step.armed ? "if the gun is hit, it ends the fire" : "it ends the fire"} with chance ${value}${range}, ${step.kind}`;
  return h("li", { class: step.taken ? "step taken" : "step" },
    h("p", { class: "title" }, `${place + 1}. ${step.title}`, h("span", { class: "mark" }, step.taken ? "used" : "not used")),
    h("p", { class: "about" }, `${step.actor_name}. ${when}; ${chance}.`),
    h(Track, { most, label: `${step.title}: ${when}` },
      h("rect", { class: "acts", x: at(low, most), width: Math.max(3, at(high, most) - at(low, most)), y: 3, height: 10, rx: 2 }),
      until(step) > high && h("line", { class: "after", x1: at(high, most), x2: at(until(step), most), y1: 8, y2: 8 })),
    h("p", { class: "may" }, inWords(titled(step))),
    share !== undefined && step.taken && h("p", { class: "share" }, h("meter", { min: 0, max: 1, value: share, "aria-hidden": "true" }), ` Ends the fire in ${number(100 * share)} % of the replications${drawing.value ? ", with central values" : ""}.`),
    step.contested && h("p", { class: "caution" }, `That it ended the fire is the account of ${step.contested}; the answer says what if it did not.`),
    h("details", null, h("summary", null, "Rules, decisions and sources"),
      step.units.map((unit) => h("ul", null, unit.because.map((why) => h("li", null, `${oneUnit(unit.unit)}: ${basis(why)}`)))),
      step.because.length > 0 && h("ul", null, step.because.map((why) => h("li", null, basis(why)))),
      step.decisions.length > 0 && h("p", null, `${step.taken ? "Used by" : "Would be used by"} ${listed(step.decisions.map((one) => `“${one.title}” (${one.date}, ${STATUS[one.status] ?? one.status})`))}.`),
      [step.note, step.chance_note].filter(Boolean).map((said) => h("p", { class: "note" }, said)),
      h(Sources, { of: step.sources })));
}

export function Ladder() {
  useEffect(() => { ask(); }, [chosen.value, about.value, text.value]);
  const { problems, fire, steps, accounts } = found.value ?? {};
  if (problems) return h("section", { class: "ladder" }, h(Wrong, { of: problems }));
  if (!steps) return h("section", { class: "ladder" }, h("p", { class: "wait" }, "Looking it up …"));
  const most = 15 * Math.ceil(Math.max(fire.lasts_min[0], ...steps.map(until)) * 1.25 / 15);
  const shares = ended();
  const [low, high] = fire.lasts_min;
  return h("section", { class: "ladder", "aria-labelledby": "ladder-title" },
    h("h2", { id: "ladder-title" }, "The ladder: who may do what, step by step"),
    h("p", { class: "note" }, "Minutes from the first shot. The bar of a step spans the time in which it may act. What it may do follows from rules and decisions; their sources stand with each."),
    h("ol", { class: "steps" },
      h("li", { class: "step fire" },
        h("p", { class: "title" }, `${fire.name} of ${fire.by} fires at ${fire.at}`),
        h("p", { class: "about" }, `If nothing ended it, it would last ${minutes(fire.lasts_min)} minutes, with central values.`),
        h(Track, { most, label: `The fire, if nothing ends it: ${minutes(fire.lasts_min)} minutes` },
          h("rect", { class: "fires", x: at(0, most), width: at(low, most) - at(0, most), y: 3, height: 10 }),
          high > low && h("rect", { class: "fires perhaps", x: at(low, most), width: at(high, most) - at(low, most), y: 3, height: 10 }))),
      steps.map((step, place) => h(Step, { key: step.step, step, place, most, share: shares ? mean(shares[step.step]) : undefined }))),
    accounts.length > 0 && h("details", null, h("summary", null, "What each side says happened"),
      accounts.map((one) => h("div", null, h("p", null, h("b", null, `${one.by}: `), one.text), h(Sources, { of: one.sources })))));
}

const mean = (share) => (share === undefined ? 0 : share.mean ?? share);
