// A table as the library gives it: every cell's text is settled there.
import { h, useLayoutEffect, useRef } from "./vendor/view.js";
import { csvOf, isLink, save } from "./words.js";

/** @param {{of: any}} props */
const Cited = ({ of }) => h("span", { class: "cite" }, of.map((one, place) => {
  const said = [one.publisher, one.date].filter(Boolean).join(", ") || one.title;
  return [place > 0 && "; ", isLink(one.url) ? h("a", { href: one.url, title: one.title, target: "_blank", rel: "noopener noreferrer" }, said) : said];
}));

/** @param {{cell: any, quiet?: boolean}} props */
function Cell({ cell, quiet = false }) {
  return [
    cell.text && h("span", { class: "text" }, cell.text),
    cell.items && h("ul", { class: "cell-items" }, cell.items.map((line) => h("li", null, line))),
    cell.mark && h("span", { class: `mark ${cell.mark}` }, cell.mark),
    cell.note && !quiet && h("span", { class: "note" }, cell.note),
    cell.sources && h(Cited, { of: cell.sources }),
    cell.bar !== undefined && h("meter", { min: 0, max: 1, value: cell.bar, "aria-hidden": "true" }),
  ];
}

/** A table that is wider than its place is shown as cards, a row each, so that nothing lies out of sight. @param {HTMLElement} box */
function fit(box) {
  const inner = box.firstElementChild;
  box.classList.remove("cards");
  box.classList.toggle("cards", inner.scrollWidth > inner.clientWidth);
}

/** @param {{of: any, quiet?: boolean}} props  quiet: without the second lines of numbers, where ranges are not known yet */
export function Table({ of, quiet = false }) {
  const title = `caption-${of.id}`;
  const box = useRef(null), wide = useRef(0);
  const wordy = of.rows.some((row) => row.some((cell) => cell.items));
  useLayoutEffect(() => { fit(box.current); }, [of, quiet]);
  useLayoutEffect(() => {
    const watch = new ResizeObserver(([found]) => {
      if (found.contentRect.width === wide.current) return; // it is only as high as it became
      wide.current = found.contentRect.width;
      fit(box.current);
    });
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  // Shown as blocks, a table would be none for screen readers, but for its roles.
  return h("div", { class: wordy ? "table wordy" : "table", ref: box },
    h("div", { class: "sized" },
      h("table", { role: "table", "aria-labelledby": title },
        h("caption", { id: title }, of.caption),
        h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, of.columns.map((one) =>
          h("th", { scope: "col", role: "columnheader", class: one.numeric ? "number" : undefined, title: one.meaning || undefined },
            one.head, one.unit && h("span", { class: "unit" }, one.unit))))),
        h("tbody", { role: "rowgroup" }, of.rows.map((row) =>
          h("tr", { role: "row" }, row.map((cell, place) => {
            const column = of.columns[place];
            return place === 0
              ? h("th", { scope: "row", role: "rowheader" }, h(Cell, { cell }))
              : h("td", {
                role: "cell",
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
