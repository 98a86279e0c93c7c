// Who may hand what to whom on a day that a slider moves.
import { h, signal, useEffect } from "./vendor/view.js";
import { about, chosen, decided, text } from "./state.js";
import { post, Problems } from "./api.js";
import { Table } from "./table.js";
import { Wrong } from "./answer.js";

const found = signal(null);
const day = signal("");
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

export function Aid() {
  useEffect(() => { day.value = ""; }, [about.value.scenario]);
  useEffect(() => { ask(); }, [chosen.value, about.value, text.value, day.value]);
  const { days, table, problems } = found.value ?? {};
  const shown = day.value || found.value?.day || "";
  return h("section", { class: "aid", "aria-labelledby": "aid-title" },
    h("h2", { id: "aid-title" }, "Who may give what, on a day"),
    problems && h(Wrong, { of: problems }),
    days && h("div", { class: "row" },
      h("label", { class: "grow field" }, `Day: ${shown}`,
        h("input", {
          type: "range", min: 0, max: days.length - 1, step: 1, value: Math.max(0, days.findLastIndex((one) => one <= shown)), "aria-valuetext": shown,
          onInput: (event) => { day.value = days[Number(event.target.value)]; },
        })),
      h("label", { class: "field" }, "or any day", h("input", { type: "date", value: shown, min: days[0], max: days.at(-1), onChange: (event) => { if (event.target.value) day.value = event.target.value; } })),
      h("p", { class: "note" }, `${days.length} days on which something changes, ${days[0]} to ${days.at(-1)}`)),
    table ? h(Table, { of: table }) : !problems && h("p", { class: "wait" }, "Looking it up …"));
}
