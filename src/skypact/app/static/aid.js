// Who may hand what to whom on a day that a slider moves.
import { h, signal, useEffect, useMemo, useSignal } from "./vendor/view.js";
import { about, chosen, day, decided, onDay, text } from "./state.js";
import { post, Problems } from "./api.js";
import { Table } from "./table.js";
import { Wrong } from "./notes.js";
import { isDay, listed } from "./words.js";

const STATUS = 2; // the column
const found = signal(null);
let asked = new AbortController();

async function ask() {
  asked.abort();
  asked = new AbortController();
  const { signal: mine } = asked;
  try {
    const answer = await post("/api/aid", { ...decided(), ...(day.value ? { day: day.value } : {}) }, mine);
    if (!mine.aborted) found.value = answer;
  } catch (wrong) {
    if (!mine.aborted) found.value = { problems: wrong instanceof Problems ? wrong.problems : [{ text: String(wrong) }] };
  }
}

/** As rows are told apart: where the accounts differ, that they do. */
const statusOf = (row) => (row.versions ? "contested" : row.status);
const donorOf = (row) => about.value.actors[row.donor]?.name ?? row.donor;
const saidIn = (cells) => cells.flatMap((cell) => [cell.text, cell.note, ...(cell.items ?? []), ...(cell.sources ?? []).flatMap((one) => [one.publisher, one.title])]).join(" ").toLowerCase();

/** @param {{label: string, of: any, all: string[]}} props */
const Choice = ({ label, of, all }) => h("label", { class: "field" }, label,
  h("select", { value: of.value, onChange: (event) => { of.value = event.target.value; } },
    h("option", { value: "" }, "all"), all.map((one) => h("option", { key: one, value: one }, one))));

/** How many rows have which status, most first. @param {any[]} rows */
function counted(rows) {
  const many = {};
  for (const row of rows) many[statusOf(row)] = (many[statusOf(row)] ?? 0) + 1;
  return listed(Object.entries(many).sort(([, a], [, b]) => b - a).map(([status, count]) => `${count} ${status}`));
}

/** The rows of the table, and the few that are looked for. @param {{table: any, rows: any[]}} props */
function Rows({ table, rows }) {
  const donor = useSignal(""), status = useSignal(""), words = useSignal(""), differ = useSignal(false);
  const all = (of) => [...new Set(rows.map(of))].sort((a, b) => a.localeCompare(b));
  const shown = useMemo(() => {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const kept = table.rows.filter((cells, place) => {
      const row = rows[place], said = wanted.length ? saidIn(cells) : "";
      return (!donor.value || donorOf(row) === donor.value) && (!status.value || statusOf(row) === status.value) && (!differ.value || cells[STATUS].note) && wanted.every((one) => said.includes(one));
    });
    return kept.length === rows.length ? table : { ...table, rows: kept };
  }, [table, donor.value, status.value, words.value, differ.value]);
  const many = shown.rows.length;
  return [
    h("div", { class: "row filter" },
      h(Choice, { label: "From", of: donor, all: all(donorOf) }),
      h(Choice, { label: "Status", of: status, all: all(statusOf) }),
      h("label", { class: "field grow" }, "Words in the row", h("input", { type: "text", value: words.value, onInput: (event) => { words.value = event.target.value; } })),
      table.rows.some((cells) => cells[STATUS].note) && h("label", { class: "check" }, h("input", { type: "checkbox", checked: differ.value, onChange: (event) => { differ.value = event.target.checked; } }), " Only those that differ"),
      h("p", { class: "note", role: "status" }, many === rows.length ? `All ${many} rows are shown.` : `${many} of ${rows.length} rows are shown.`)),
    many > 0 && h(Table, { of: shown }),
  ];
}

/** @param {{shown: string}} props  the day that is shown */
function AnyDay({ shown }) {
  const wrong = useSignal(false);
  const change = (event) => {
    const given = event.target.value.trim();
    wrong.value = !isDay(given);
    if (!wrong.value) onDay(given);
  };
  return h("div", { class: "field" }, h("label", { for: "any-day" }, "or any day (YYYY-MM-DD)"),
    h("input", { type: "text", id: "any-day", class: "day", value: shown, placeholder: "YYYY-MM-DD", maxLength: 10, "aria-invalid": wrong.value, onChange: change }),
    wrong.value && h("span", { class: "field-wrong", role: "alert" }, "No such day: write year, month and day, such as 2021-10-26"));
}

export function Aid() {
  useEffect(() => { ask(); }, [chosen.value, about.value, text.value, day.value]);
  const { days, last, rows, table, problems } = found.value ?? {};
  const shown = day.value || found.value?.day || "";
  return h("section", { class: "aid", "aria-labelledby": "aid-title" },
    h("h2", { id: "aid-title" }, "Who may give what, on a day"),
    problems && h(Wrong, { of: problems }),
    days && h("div", { class: "row" },
      h("label", { class: "grow field" }, `Day: ${shown}`,
        h("input", {
          type: "range", min: 0, max: days.length - 1, step: 1, value: Math.max(0, days.findLastIndex((one) => one <= shown)), "aria-valuetext": shown,
          onInput: (event) => onDay(days[Number(event.target.value)]),
        })),
      h(AnyDay, { key: shown, shown }),
      h("p", { class: "note" }, `The slider stops at ${days.length} days on which something changes, ${days[0]} to ${last ?? days.at(-1)}`)),
    last && shown > last && h("p", { class: "caution", role: "status" }, `After what the record covers: ${shown} lies after ${last}, the last day on which anything is on record here. What was decided later is not in the table.`),
    rows && h("p", { class: "counts" }, `On ${shown}, of ${rows.length} rows that are asked about: ${counted(rows)}.`),
    table ? h(Rows, { table, rows }) : !problems && h("p", { class: "wait" }, "Looking it up …"));
}
