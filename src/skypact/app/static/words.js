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

export const STATUS = {
  taken: "taken", requested: "requested", proposed: "proposed", hypothetical: "our hypothesis",
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
