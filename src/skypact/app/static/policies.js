// All policies of the scenario side by side, with the same luck; asked for, as it takes longer than one.
import { batch, computed, h, signal } from "./vendor/view.js";
import { lines, Problems } from "./api.js";
import { Differences } from "./bands.js";
import { about, ofScenario, settings, tab } from "./state.js";
import { Caveats, Provisional, Wrong } from "./notes.js";
import { Table } from "./table.js";
import { number } from "./words.js";

const FEWEST = 3;
const TABLES = ["summary", "differences", "arrivals", "who-may"];

const found = signal(/** @type {{mark: string, answer: any, wrong: any[]} | null} */ (null));
const waiting = signal(""); // for the answer to which question
let question = new AbortController();

/** What the question is, so that the answer to another one is not taken for its answer. */
const mark = computed(() => about.value && JSON.stringify([ofScenario(), settings.value, about.value.fingerprints]));

/** Whether there is something to compare. */
export const several = () => about.value.kind === "raid" && Object.keys(about.value.policies).length >= FEWEST;

/** Open the tab, and ask if that was not done yet. */
export function compareAll() {
  tab.value = "all";
  requestAnimationFrame(() => document.getElementById("tab-all")?.scrollIntoView({ block: "start" }));
  if (found.value?.mark !== mark.value && waiting.value !== mark.value) ask();
}

async function ask() {
  question.abort();
  question = new AbortController();
  const { signal: mine } = question;
  const asked = mark.value;
  waiting.value = asked;
  const tell = (answer, wrong) => { found.value = { mark: asked, answer, wrong }; };
  try {
    for await (const line of lines("/api/compare", { ...ofScenario(), ...settings.value }, mine)) {
      if (line.kind === "problems") throw new Problems(line.problems);
      if (line.kind === "fault") throw new Problems([{ text: line.text }]);
      batch(() => tell(line, []));
    }
  } catch (wrong) {
    if (mine.aborted) return;
    tell(null, wrong instanceof Problems ? wrong.problems : [{ text: String(wrong) }]);
  }
  if (waiting.value === asked) waiting.value = "";
}

function stop() {
  question.abort();
  waiting.value = "";
}

export const CompareAll = () => several() && h("button", { type: "button", class: "plain small-button", onClick: compareAll }, `Compare all ${Object.keys(about.value.policies).length} policies`);

function Changes({ of }) {
  const { differences, baseline } = of.comparison;
  const rows = differences.map(({ policy, leakers }) => ({ look: 1, title: policy, said: of.by_policy[policy], mean: leakers.mean, low: leakers.p05, high: leakers.p95 }));
  return h(Differences, { title: `Arrivals against “${of.titles[baseline]}”, with the same luck: left of the line fewer arrive. Bars: nine draws of ten of the unknown numbers.`, rows });
}

/** The tab. */
export function Policies() {
  const mine = found.value?.mark === mark.value ? found.value : null, busy = waiting.value === mark.value;
  const many = Object.keys(about.value.policies).length;
  const answer = mine?.answer, drawn = answer?.step === "sets";
  const byId = Object.fromEntries((answer?.tables ?? []).map((one) => [one.id, one]));
  return [
    h(Wrong, { of: mine?.wrong ?? [] }),
    !answer && !busy && h("p", null, `All ${many} policies of this scenario side by side, each with the same luck: a minute or two. `, h("button", { type: "button", onClick: compareAll }, "Compare them")),
    busy && h("div", { class: "played busy" }, h("progress", { "aria-label": "Playing" }),
      h("span", null, answer ? `Central values after ${number(answer.comparison.replications)} replications, still drawing: ${settings.value.sets} sets are played under all ${many} policies, a minute or two.` : `Playing all ${many} policies with central values.`),
      h("button", { type: "button", onClick: stop }, "Stop")),
    answer && !drawn && settings.value.sets > 0 && h(Provisional, null),
    drawn && h("p", null, answer.by_policy[answer.comparison.baseline]),
    drawn && h(Changes, { of: answer }),
    drawn && h(Caveats, { of: answer.caveats }),
    TABLES.map((id) => byId[id] && h(Table, { key: id, of: byId[id], quiet: !drawn })),
  ];
}
