// What units and threats are called, in place of their ids.
import { about, theatre } from "./state.js";

/** What a unit is called; its id where nothing is known of it. @param {string} id */
export const unitTitle = (id) => about.value.titles.units[id] ?? id;

/** What a wave is called, or one threat of it. @param {string} id */
export function threatTitle(id) {
  const { waves } = about.value.titles, [, wave, place] = /^(.*)-(\d+)$/.exec(id) ?? [];
  return waves[id] ?? (waves[wave] ? `${waves[wave]}, no. ${Number(place)}` : id);
}

export const placeName = (id) => (theatre.value?.places ?? []).find((one) => one.id === id)?.name ?? id;

/** One fire unit or sensor: its id is that of its entry, a place and a number, and "own" for a sensor of a fire unit. @param {string} id */
export function oneUnit(id) {
  const entry = Object.keys(about.value.titles.units).filter((one) => id.startsWith(`${one}-`)).sort((a, b) => b.length - a.length)[0];
  if (!entry) return id;
  const [, place = "", own] = /^(.*?)-?\d+(-own)?$/.exec(id.slice(entry.length + 1)) ?? [];
  const said = `${unitTitle(entry).split(",")[0]}${place ? ` at ${placeName(place)}` : ""}`;
  return own ? `the own sensor of ${said}` : said;
}

/** A sentence with titles for the ids of single units and threats in it. @param {string} text */
export const inWords = (text) => text
  .replace(/[a-z0-9]+(?:-[a-z0-9]+)+/g, (id) => { const threat = threatTitle(id); return threat === id || !/-\d+$/.test(id) ? oneUnit(id) : threat; })
  .replace(/^decision \S+ \(/, "decision (")
  .replace(" under what-if:", " under these decisions:");
