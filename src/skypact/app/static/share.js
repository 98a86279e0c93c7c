// A link that says what the page shows: scenario, decisions, the day of aid, seed, sets, replications, and fingerprints of what it was made from.
import { about, chosen, day, settings, text, DEFAULTS } from "./state.js";
import { isDay } from "./words.js";

const NUMBERS = { seed: "seed", sets: "sets", replications: "n", central: "c" };

/** What the address says; null if it says nothing. */
export function readFragment() {
  const said = new URLSearchParams(location.hash.slice(1));
  const scenario = said.get("s");
  if (!scenario) return null;
  const settings = {};
  for (const [name, short] of Object.entries(NUMBERS)) {
    const value = said.get(short);
    if (value !== null && /^\d{1,19}$/.test(value) && Number.isSafeInteger(Number(value))) settings[name] = Number(value);
  }
  const decisions = said.has("d") ? said.get("d").split(",").filter(Boolean) : undefined;
  const looked = said.get("day") ?? "";
  return { scenario, decisions, settings, day: isDay(looked) ? looked : "", fingerprint: said.get("f") };
}

/** The address that shows this. */
export function link() {
  const { scenario, decisions } = { scenario: about.value.scenario, decisions: chosen.value };
  const parts = [`s=${encodeURIComponent(scenario)}`, `d=${decisions.map(encodeURIComponent).join(",")}`];
  for (const [name, short] of Object.entries(NUMBERS)) {
    if (settings.value[name] !== DEFAULTS[name]) parts.push(`${short}=${settings.value[name]}`);
  }
  if (day.value) parts.push(`day=${day.value}`);
  const marks = about.value.fingerprints;
  parts.push(`f=${marks.scenario}.${marks.catalogue}`);
  return `${location.origin}${location.pathname}#${parts.join("&")}`;
}

export function writeFragment() {
  if (about.value && text.value === null) history.replaceState(null, "", link());
}
