// Numbers and times as people read them.

/** @param {number} value @param {number} [decimals] */
export const number = (value, decimals = 0) =>
  value.toLocaleString("en", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });

/** Hours and minutes from the raid's zero time. @param {number} seconds */
export function time(seconds) {
  const sign = seconds < 0 ? "−" : "";
  const whole = Math.abs(Math.round(seconds));
  const part = (value) => String(value).padStart(2, "0");
  return `${sign}${Math.floor(whole / 3600)}:${part(Math.floor((whole % 3600) / 60))}:${part(whole % 60)}`;
}

/** What really became of a decision, beside a switch that says what is supposed here. */
export const STATUS = {
  taken: "was taken", requested: "was requested", proposed: "was proposed", hypothetical: "our hypothesis",
};

/** A colour of the style sheet, for a canvas. @param {string} name */
export const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** @param {string[]} names */
export const listed = (names) =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

/** Offer something as a file. @param {Blob} blob @param {string} name */
export function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** @param {number} count @param {string} what */
export const many = (count, what) => `${number(count)} ${what}${count === 1 ? "" : "s"}`;

/** A table as its cells read, for a spreadsheet. @param {any} table */
export function csvOf(table) {
  const quoted = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const text = (cell) => [cell.text, ...(cell.items ?? []), cell.mark, cell.note].filter(Boolean).join("; ");
  const head = table.columns.map((one) => (one.unit ? `${one.head} (${one.unit})` : one.head));
  return [head, ...table.rows.map((row) => row.map(text))].map((row) => row.map(quoted).join(",")).join("\n");
}

const DRAWN = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "font-size", "font-family"];

/** A chart as a file of its own: what the style sheet says of it is written into it. @param {SVGElement} chart */
export function svgOf(chart) {
  const copy = /** @type {SVGElement} */ (chart.cloneNode(true));
  const from = [chart, ...chart.querySelectorAll("*")], to = [copy, ...copy.querySelectorAll("*")];
  from.forEach((one, place) => {
    const style = getComputedStyle(one);
    for (const name of DRAWN) to[place].setAttribute(name, style.getPropertyValue(name));
    to[place].removeAttribute("class");
  });
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return new XMLSerializer().serializeToString(copy);
}

/** Whether a text is a day of the calendar. @param {string} said */
export const isDay = (said) => /^\d{4}-\d{2}-\d{2}$/.test(said) && !Number.isNaN(Date.parse(said)) && new Date(said).toISOString().startsWith(said);

/** Only plain web addresses become links. @param {string} url */
export const isLink = (url) => /^https?:\/\/[^\s]+$/.test(url);
