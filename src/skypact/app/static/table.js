// A table as the library gives it: every cell's text is settled there.
import { h } from "./vendor/view.js";
import { csvOf, save } from "./words.js";

/** @param {{cell: any, quiet?: boolean}} props */
function Cell({ cell, quiet = false }) {
  return [
    cell.text && h("span", { class: "text" }, cell.text),
    cell.items && h("ul", { class: "cell-items" }, cell.items.map((line) => h("li", null, line))),
    cell.mark && h("span", { class: `mark ${cell.mark}` }, cell.mark),
    cell.note && !quiet && h("span", { class: "note" }, cell.note),
    cell.sources && h("span", { class: "cite" }, cell.sources.map((one) => `${one.publisher}, ${one.date}`).join("; ")),
    cell.bar !== undefined && h("meter", { min: 0, max: 1, value: cell.bar, "aria-hidden": "true" }),
  ];
}

/** @param {{of: any, quiet?: boolean}} props  quiet: without the second lines of numbers, where ranges are not known yet */
export function Table({ of, quiet = false }) {
  const title = `caption-${of.id}`;
  const wordy = of.rows.some((row) => row.some((cell) => cell.items));
  return h("div", { class: wordy ? "table wordy" : "table" },
    h("div", { class: "scroll", role: "region", tabIndex: 0, "aria-labelledby": title },
      h("table", null,
        h("caption", { id: title }, of.caption),
        h("thead", null, h("tr", null, of.columns.map((one) =>
          h("th", { scope: "col", class: one.numeric ? "number" : undefined, title: one.meaning || undefined },
            one.head, one.unit && h("span", { class: "unit" }, one.unit))))),
        h("tbody", null, of.rows.map((row) =>
          h("tr", null, row.map((cell, place) => {
            const column = of.columns[place];
            return place === 0
              ? h("th", { scope: "row" }, h(Cell, { cell }))
              : h("td", {
                class: column.numeric ? "number" : undefined,
                "data-head": column.unit && column.numeric ? `${column.head} (${column.unit})` : column.head,
              }, h("div", null, h(Cell, { cell, quiet: quiet && column.numeric })));
          })))))),
    of.note && !quiet && h("p", { class: "table-note" }, of.note),
    !quiet && h("button", {
      type: "button", class: "plain small-button", "aria-label": `Save the table “${of.caption}” as CSV`,
      onClick: () => save(new Blob([csvOf(of)], { type: "text/csv" }), `${of.id}.csv`),
    }, "Save as CSV"));
}
