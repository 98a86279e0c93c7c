// The answer: one sentence with its honest range, the distributions, and the tables behind it.
import { h } from "./vendor/view.js";
import { about, answer, asking, chosen, drawing, isBaseline, note, ofScenario, problems, set, settings, stale, tab } from "./state.js";
import { Download } from "./download.js";
import { Distribution } from "./chart.js";
import { Caveats, Provisional, Wrong } from "./notes.js";
import { Policies, several } from "./policies.js";
import { Table } from "./table.js";
import { number } from "./words.js";

function Progress() {
  const found = answer.value;
  if (!asking.value) {
    if (!found) return null;
    const { sets, replications, seed } = found.comparison;
    const how = sets ? `${number(sets)} sets of numbers drawn from their ranges, each played ${number(replications)} times` : `${number(replications)} replications with central values alone`;
    return h("p", { class: "played" }, `${how}; the random numbers start from seed ${seed}.`);
  }
  const said = !found || stale.value
    ? `Computing for these decisions; ${found ? "what is shown is of the earlier ones " : ""}…`
    : found.step === "sets"
      ? "The range stands; what it rests on, and who is idle and why, is being asked."
      : `Central values after ${number(found.comparison.replications)} replications, still drawing: ${settings.value.sets} sets of the unknown numbers are played next, half a minute or so.`;
  return h("p", { class: "played busy" }, h("progress", { "aria-label": "Computing" }), said);
}

export function Headline() {
  const found = answer.value;
  const quiet = drawing.value;
  return h("section", { class: "headline", "aria-labelledby": "question" },
    h("p", { id: "question", class: "question" }, isBaseline.value
      ? "What happens in this scenario as it was?"
      : `What would change, compared with “${about.value.policies[about.value.baseline].title}”?`),
    note.value && h("p", { class: "caution", role: "status" }, note.value),
    h(Wrong, { of: problems.value }),
    h("div", { "aria-live": "polite", "aria-busy": asking.value },
      found && quiet && !stale.value && h(Provisional, null),
      found && h("p", { class: stale.value ? "verdict stale" : "verdict", "data-step": stale.value ? "stale" : found.step === "rests" ? "sets" : found.step }, quiet ? found.so_far || "No single number answers this scenario; see below." : found.headline?.sentence ?? "No single number answers this scenario; see the tables."),
      !stale.value && found && h("div", { class: "beside" },
        !quiet && found.by_class && h("p", { class: "by-class" }, found.by_class),
        found.who_may.map((said) => h("p", { class: "who-may" }, said)),
        !quiet && found.recorded.length === 1 && h("p", { class: "recorded-line" }, `${found.recorded[0].text}. ${found.recorded[0].beside}`),
        !quiet && h(Caveats, { of: found.caveats })),
      !quiet && found?.headline?.weakened.map((said) => h("p", { class: "caution" }, said))),
    h(Progress, null));
}

const tabsOf = () => [
  ["answer", about.value.kind === "incident" ? "The fire" : "Arrivals", ["arrivals", "incident"]],
  ["change", "Changes", ["differences", "incident-differences", "by-decision"]],
  ["why", "Why they leak", ["because"]],
  ["idle", "Who is idle", ["idle"]],
  ["spent", "Spent", ["systems", "owners"]],
  ["price", "Allies", ["exposure", "who-may"]],
  ["sure", "How sure", []],
  ["record", "The record", ["reported"]],
  ["all", "All policies", []],
];
const placedIn = () => new Set(tabsOf().flatMap(([, , ids]) => ids));

/** What was reported of one class, as marks of the chart: those not shot down, so at most so many arrived. */
function reported(name, launched) {
  return answer.value.comparison.reported
    .filter((one) => one.classes?.length === 1 && one.classes[0] === name && !one.owner && ["killed", "leaked"].includes(one.what))
    .map((one) => {
      const turned = (value) => (one.what === "killed" ? launched - value : value);
      const ends = [turned(one.low ?? one.value), turned(one.high ?? one.value)].sort((a, b) => a - b);
      return { value: turned(one.value), low: ends[0], high: ends[1], text: `${one.what === "killed" ? "At most" : ""} ${turned(one.value)} by the report (${one.by})` };
    });
}

function Distributions() {
  const { comparison, titles, recorded } = answer.value;
  const names = Object.keys(comparison.policies);
  const [first, second] = [comparison.baseline, names.find((name) => name !== comparison.baseline)];
  const base = comparison.policies[first], other = comparison.policies[second];
  if (!base.leakers || about.value.kind === "incident") return null; // of a fire the table says more
  const quiet = drawing.value;
  const shared = { names: [titles[first], titles[second]].filter(Boolean), quiet };
  return h("div", { class: "distributions" },
    h("ul", { class: "legend" },
      other && h("li", null, h("i", { class: "key baseline" }), `“${titles[first]}”`),
      h("li", null, h("i", { class: "key choice" }), `“${other ? titles[second] : titles[first]}”`),
      recorded.length > 0 && h("li", null, h("i", { class: "key recorded" }), "reported: not shot down, so at most that many arrived")),
    h(Distribution, { ...shared, title: "All threats that arrive", baseline: base.leakers, choice: other?.leakers, launched: base.launched, recorded }),
    h("div", { class: "small" }, Object.entries(base.by_class).map(([name, part]) =>
      h(Distribution, {
        ...shared, key: name, small: true, title: about.value.classes[name] ?? name, baseline: part.leakers,
        choice: other?.by_class[name]?.leakers, launched: part.launched, recorded: reported(name, part.launched),
      }))),
    (quiet || recorded.length > 1) && h("div", { class: "recorded-words" }, recorded.map((one) => h("p", null, `${one.text}. ${quiet ? "" : one.beside}`))));
}

function Settings() {
  const field = (name, label, least, most) =>
    h("label", { class: "field" }, label,
      h("input", {
        type: "number", min: least, max: most, value: settings.value[name],
        onChange: (event) => {
          const value = Math.round(Number(event.target.value));
          if (value >= least && value <= most) set({ [name]: value });
          else event.target.value = settings.value[name];
        },
      }));
  return h("details", { class: "settings" },
    h("summary", null, "How it is played"),
    h("div", { class: "row" },
      field("sets", "Sets of drawn numbers", 2, 256), field("replications", "Replications of each", 1, 2000),
      field("central", "Replications with central values", 100, 100000), field("seed", "Seed of the random numbers", 0, 2 ** 53 - 1)),
    h("p", null, "The same seed gives the same numbers on every machine. Ranges of nine in ten are over drawn sets of the numbers that are not known, and chance."));
}

export function Downloads() {
  const what = () => ({ ...ofScenario(), ...settings.value, decisions: chosen.value });
  return h(Download, { from: "/api/export", what, slow: "The first download plays all sets once more and asks what the answer rests on: a minute or two." });
}

export function Outcome() {
  const found = answer.value;
  if (!found) return null;
  const byId = Object.fromEntries(found.tables.map((table) => [table.id, table]));
  const rest = found.tables.filter((table) => !placedIn().has(table.id) && table.id !== "summary").map((table) => table.id);
  const tabs = tabsOf().map(([id, title, ids]) => [id, title, (id === "sure" ? rest : ids).filter((name) => byId[name])])
    .filter(([id, , ids]) => ids.length || (id === "all" && several()) || (id === "answer" && found.comparison.policies[found.comparison.baseline].leakers));
  const open = tabs.some(([id]) => id === tab.value) ? tab.value : tabs[0]?.[0];
  const move = (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    const ids = tabs.map(([id]) => id);
    tab.value = ids[(ids.indexOf(open) + by + ids.length) % ids.length];
    event.preventDefault();
    requestAnimationFrame(() => document.getElementById(`tab-${tab.value}`)?.focus());
  };
  return h("section", { class: "outcome", "aria-label": "The answer in detail" },
    h("div", { class: "tabs", role: "tablist", "aria-label": "Parts of the answer", onKeyDown: move }, tabs.map(([id, title]) =>
      h("button", {
        key: id, type: "button", role: "tab", id: `tab-${id}`, "aria-selected": id === open, "aria-controls": "panel",
        tabIndex: id === open ? 0 : -1, onClick: () => { tab.value = id; },
      }, title))),
    h("div", { id: "panel", role: "tabpanel", "aria-labelledby": `tab-${open}`, tabIndex: 0 },
      open === "all" && h(Policies, null),
      open !== "all" && stale.value && h("p", { class: "caution" }, "This is of the earlier decisions; the new answer is on its way."),
      open !== "all" && drawing.value && h("p", { class: "caution" }, "Central values, still drawing: ranges come with the sets."),
      open === "answer" && h(Distributions, null),
      (tabs.find(([id]) => id === open)?.[2] ?? []).map((name) => h(Table, { key: name, of: byId[name], quiet: drawing.value })),
      open === "sure" && h(Settings, null)),
    open !== "sure" && h(Settings, null));
}

