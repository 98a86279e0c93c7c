// A campaign: recorded nights in a row, stocks over time, what runs out, and what other decisions or dates change.
import { h } from "./vendor/view.js";
import { note, problems } from "./state.js";
import { asked, campaign, compare, compared, how, old, play, played, setHow, share, stop, USUAL } from "./nights.js";
import { ByMonth, Differences, OverTime } from "./bands.js";
import { Sources } from "./decisions.js";
import { Table } from "./table.js";
import { Provisional, Wrong } from "./notes.js";
import { Download } from "./download.js";
import { number, STATUS } from "./words.js";

const SHOWN = 6; // so many stocks before one asks for the others
const OFTEN = 0.01; // what runs out less often has no chart

/** Whether ranges are known: before the sets there are none to show. */
const ranged = () => played.value?.step === "sets";
const look = (name) => compared.value.indexOf(name);

function Decision({ decision }) {
  return h("details", null,
    h("summary", null, decision.title),
    h("p", { class: "about" }, `${decision.actor_name}, ${decision.date}`, h("span", { class: `mark ${decision.status}` }, STATUS[decision.status] ?? decision.status)),
    h("ul", null, decision.changes.map((said) => h("li", null, said))),
    decision.note && h("p", null, decision.note),
    h(Sources, { of: decision.sources }));
}

function Policies() {
  const { policies, decisions, baseline } = campaign.value;
  return h("section", { class: "decisions", "aria-labelledby": "policies-title" },
    h("h2", { id: "policies-title" }, "What is compared"),
    h("ul", { class: "switches" }, Object.entries(policies).map(([name, one]) => {
      const on = compared.value.includes(name);
      return h("li", { key: name, class: on ? "decision on" : "decision" },
        h("label", null,
          h("input", { type: "checkbox", role: "switch", checked: on, disabled: name === baseline, onChange: () => compare(name), "data-policy": name }),
          h("span", { class: "title" }, one.title)),
        h("p", { class: "about" }, one.summary, name === baseline && h("span", { class: "mark" }, "baseline")),
        one.decisions.map((decision) => h(Decision, { key: decision, decision: decisions[decision] })));
    })),
    h(Settings, null));
}

function Settings() {
  const field = (name, label, least, most) => h("label", { class: "field" }, label,
    h("input", { type: "number", min: least, max: most, value: how.value[name], onChange: (event) => {
      const value = Math.round(Number(event.target.value));
      if (value >= least && value <= most) setHow({ [name]: value });
      else event.target.value = how.value[name];
    } }));
  return h("details", { class: "settings" }, h("summary", null, "How it is played"),
    h("div", { class: "row" }, field("sets", "Sets of drawn numbers", 2, 64), field("replications", "Replications of each", 1, 500), field("seed", "Seed of the random numbers", 0, 2 ** 53 - 1)),
    h("p", { class: "note" }, `Usual are ${USUAL.sets} sets of ${USUAL.replications}. The nights are those of the record; there is no setting for the attack.`));
}

function Progress() {
  const next = share.value;
  if (!next) {
    if (!played.value) return null;
    const { sets, replications, seed } = played.value.campaign;
    return h("div", { class: "played" },
      h("p", null, sets ? `${number(sets)} sets of numbers drawn from their ranges, each played ${number(replications)} times; the random numbers start from seed ${seed}.` : `${number(replications)} replications with central values alone; the random numbers start from seed ${seed}. Ranges come with the sets.`),
      sets && sets < USUAL.sets && h("p", { class: "caution" }, `So few sets say little about how sure that is; ${USUAL.sets} are usual.`),
      !sets && h("button", { type: "button", onClick: play }, "Draw the sets"));
  }
  const said = next.step === "central"
    ? "Playing the nights with central values; the first answer comes in some seconds to half a minute."
    : `Central values, still drawing: ${how.value.sets} sets of the unknown numbers are played. ${number(100 * next.share)} % done.`;
  return h("div", { class: "played busy" },
    h("progress", { max: 1, value: next.share || undefined, "aria-label": "Played" }), h("span", null, said),
    h("button", { type: "button", onClick: stop }, "Stop"));
}

function Answer() {
  const found = played.value;
  return h("section", { class: "headline", "aria-labelledby": "question" },
    h("p", { id: "question", class: "question" }, campaign.value.question),
    note.value && h("p", { class: "caution", role: "status" }, note.value),
    h(Wrong, { of: problems.value }),
    h("div", { "aria-live": "polite", "aria-busy": share.value !== null }, found && [
      !ranged() && share.value && !old.value && h(Provisional, null),
      h("p", { class: old.value ? "verdict stale" : "verdict", "data-step": old.value ? "stale" : found.step }, ranged() ? `${found.arriving}.` : found.so_far),
      ranged() && found.outside && h("p", { class: "caution" }, `${found.outside}.`),
      ranged() && h("ul", { class: "answer" },
        [...found.shortages, ...found.changes].map((said) => h("li", null, `${said}.`))),
      ranged() && h("p", { class: "caution" }, found.unsure),
      old.value && h("p", { class: "caution" }, "This is of the earlier choice; the new answer is on its way."),
    ]),
    h(Progress, null));
}

const Legend = ({ recorded = false }) => h("ul", { class: "legend" },
  played.value && Object.entries(played.value.campaign.titles).map(([name, title]) => h("li", { key: name },
    h("svg", { width: 26, height: 10, "aria-hidden": "true", class: "over-time-key" }, h("line", { class: `line look-${look(name)}`, x1: 0, x2: 26, y1: 5, y2: 5 })), `“${title}”`)),
  recorded && h("li", null, h("i", { class: "key recorded" }), "by the record: launched less destroyed and not reached, as claimed"));

const RESTS_ON = ["campaign-given", "campaign-deliveries", "campaign-decisions", "campaign-rationing"];

/** @param {number[]} values */
const end = (values) => values.at(-1) ?? 0;

function Stock({ of }) {
  const { campaign: document } = played.value;
  const pages = Object.entries(document.policies).map(([name, one]) => [name, one.stock[of.owner][of.munition].by_night]);
  const series = pages.map(([name, nights]) => ({
    name, look: look(name), middle: nights.p50, ...(ranged() && name === document.baseline ? { low: nights.p05, high: nights.p95 } : {}),
  }));
  const said = pages.map(([name, nights]) => `${document.titles[name]}: ${number(end(nights.p50))}${ranged() ? `, ${number(end(nights.p05))} to ${number(end(nights.p95))} in nine of ten` : ""}`);
  return h(OverTime, { title: of.called, from: document.from, until: document.until, days: document.played, series, label: `Rounds after the last night. ${said.join(". ")}.` });
}

function Chance({ of, part }) {
  const { campaign: document } = played.value;
  const all = Object.entries(document.policies).map(([name, one]) => [name, one.stock[of.owner][of.munition][part]]);
  if (Math.max(...all.map(([, days]) => days.at(-1).share)) < OFTEN) return null;
  const days = [document.from, ...all[0][1].map((one) => one.by)];
  return h(OverTime, {
    title: of.called, from: document.from, until: document.until, days, percent: true, stepped: false,
    series: all.map(([name, found]) => ({ name, look: look(name), middle: [0, ...found.map((one) => one.share)] })),
    label: `By the end: ${all.map(([name, found]) => `${document.titles[name]} ${number(100 * found.at(-1).share)} %`).join(", ")}.`,
  });
}

function Chances({ part, title }) {
  const shown = played.value.stocks.map((of) => h(Chance, { key: `${of.owner} ${of.munition}`, of, part }));
  const any = played.value.stocks.some((of) => Object.values(played.value.campaign.policies).some((one) => one.stock[of.owner][of.munition][part].at(-1).share >= OFTEN));
  return any ? h("div", null, h("h3", null, title), h("div", { class: "gallery" }, shown)) : null;
}

function Months() {
  const { campaign: document, through } = played.value;
  const names = Object.keys(document.policies);
  const months = document.policies[document.baseline].by_month.map((one, place) => ({
    month: one.month, recorded: through[one.month] ?? null,
    points: names.map((name) => {
      const { mean, p05, p95 } = document.policies[name].by_month[place].leakers;
      return { look: look(name), mean, ...(ranged() ? { low: p05, high: p95 } : {}) };
    }),
  }));
  return h(ByMonth, { title: "Arrivals by month, beside the record", months, label: `Arrivals by month under each policy${ranged() ? ", with ranges of nine in ten," : ""} and by the record; the table below has the numbers.` });
}

function Changes() {
  const { campaign: document, changed } = played.value;
  const rows = document.differences.map((one) => {
    const { mean, p05, p95 } = one.leakers;
    return { look: look(one.policy), title: one.policy, mean, said: `${changed[one.policy]}.`, low: p05, high: p95 };
  });
  return h(Differences, { title: `Arrivals against “${document.titles[document.baseline]}”, night by night with the same luck: left of the line fewer arrive. Ranges are over the sets.`, rows });
}

/** What was played, to be taken away; with the sets, as nothing without a range should travel. */
export const NightsDownloads = () => ranged() && !share.value && !old.value && h(Download, { from: "/api/campaign/export", what: asked });

export function CampaignPage() {
  const found = played.value;
  const tables = found ? Object.fromEntries(found.tables.map((one) => [one.id, one])) : {};
  const given = (id) => tables[id]?.rows.length > 0 && h(Table, { key: id, of: tables[id] });
  const table = (id) => tables[id]?.rows.length > 0 && h(Table, { key: id, of: tables[id], quiet: !ranged() });
  const first = found?.stocks.slice(0, SHOWN), rest = found?.stocks.slice(SHOWN);
  const stock = (of) => h(Stock, { key: `${of.owner} ${of.munition}`, of });
  return h("div", { class: "columns campaign" },
    h("div", { class: "first" }, h(Answer, null)),
    h("aside", { class: "left" }, h(Policies, null)),
    found && h("div", { class: "middle wide" },
      !ranged() && h("p", { class: "caution" }, "Central values alone: no range is shown, as what is not known has not been drawn yet."),
      ranged() && found.campaign.differences.length > 0 && h("section", null, h("h2", null, "What each decision changes"), h(Changes, null)),
      h("section", null, h("h2", null, "Stocks over time"),
        h("p", { class: "note" }, `Rounds after each night: lines are medians${ranged() ? `, the band goes over nine of ten results of “${found.campaign.titles[found.campaign.baseline]}”` : ""}. A line that steps up is a delivery. Opening stocks are not public.`),
        h(Legend, null), h("div", { class: "gallery" }, first.map(stock)),
        rest.length > 0 && h("details", null, h("summary", null, `${rest.length} further stocks, of which more is left`), h("div", { class: "gallery" }, rest.map(stock)))),
      h("section", null, h("h2", null, "When it runs out"), ranged()
        ? [
          table("campaign-runs-out") || h("p", null, `${found.shortages[0]}.`),
          h(Chances, { key: "empty", part: "empty", title: "The chance that it has run out at some time by then" }),
          h(Chances, { key: "short", part: "short", title: "The chance that by then something in reach arrived with no round for it" }),
        ]
        : h("p", { class: "note" }, "What runs out, and when, rests on stocks that are not public; chances are shown once the sets are drawn.")),
      h("section", null, h("h2", null, "Arrivals"), h(Legend, { recorded: true }), h(Months, null), table("campaign-months"), given("campaign-versions"), table("campaign"), ranged() && table("campaign-differences")),
      h("section", null, h("h2", null, "Whose shelves, and the whole ledger"),
        h("details", null, h("summary", null, "As tables"), table("campaign-shelves"), table("campaign-stocks"))),
      h("section", null, h("h2", null, "What this leaves out"), h("ul", null, found.leaves_out.map((said) => h("li", null, said)))),
      h("section", { class: "rests-on" }, h("h2", null, "What this rests on"),
        h("details", null, h("summary", null, "Stocks, deliveries, decisions and rationing, with who says so"), RESTS_ON.map(given)))));
}
