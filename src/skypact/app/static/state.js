// What the page knows: one signal for each thing, and the few ways to change them.
import { batch, computed, signal } from "./vendor/view.js";
import { get, lines, post, Problems } from "./api.js";
import { readFragment, writeFragment } from "./share.js";

export const DEFAULTS = { seed: 1, sets: 64, replications: 200, central: 10000 };

export const scenarios = signal([]);
export const version = signal("");
export const about = signal(null); // the scenario that is open
export const base = signal(""); // the id of the scenario that was opened last, whose text is edited
export const text = signal(null); // its text, where it is not saved yet
export const chosen = signal(/** @type {string[]} */ ([])); // decisions in force
export const settings = signal({ ...DEFAULTS });
export const answer = signal(null); // the newest answer
export const asking = signal(false); // whether a better one is on its way
export const stale = signal(false); // whether what is shown answers an older question
export const problems = signal([]); // what is wrong with what was asked
export const note = signal(""); // something to tell once
export const theatre = signal(null); // what the map shows
export const played = signal(null); // the replication that is played back
export const clock = signal(0); // seconds from the raid's zero time
export const playing = signal(false);
export const selected = signal({ unit: "", threat: "" });
export const explanation = signal(null);
export const tab = signal("answer");
export const day = signal(""); // of aid the day that is looked at; "" for the scenario's

const past = signal([]);
const future = signal([]);
export const canUndo = computed(() => past.value.length > 0);
export const canRedo = computed(() => future.value.length > 0);

/** The policy of the scenario with the chosen decisions; "" for none. */
export const preset = computed(() => {
  if (!about.value) return "";
  const wanted = [...chosen.value].sort().join();
  const found = Object.entries(about.value.policies).find(([, one]) => [...one.decisions].sort().join() === wanted);
  return found ? found[0] : "";
});
export const isBaseline = computed(() => about.value !== null && preset.value === about.value.baseline);
export const drawing = computed(() => asking.value && answer.value?.step === "central" && settings.value.sets > 0);

/** What every request says of the scenario. */
export const ofScenario = () => (text.value === null ? { scenario: about.value.scenario } : { text: text.value });
/** What every request says of the policy. */
export const decided = () => ({ ...ofScenario(), decisions: chosen.value });

let question = new AbortController();
let picture = new AbortController();

/** Ask what the chosen decisions change; an older question is given up. */
export async function ask() {
  question.abort();
  question = new AbortController();
  const { signal: mine } = question;
  const how = { ...ofScenario(), ...settings.value, rests: true };
  const path = isBaseline.value ? "/api/compare" : "/api/whatif";
  const what = isBaseline.value ? { policies: [about.value.baseline] } : { decisions: chosen.value };
  batch(() => {
    asking.value = true;
    stale.value = true;
    problems.value = [];
  });
  try {
    for await (const line of lines(path, { ...how, ...what }, mine)) {
      if (mine.aborted) return;
      if (line.kind === "problems") throw new Problems(line.problems);
      if (line.kind === "fault") throw new Problems([{ text: line.text }]);
      batch(() => {
        answer.value = line;
        stale.value = false;
      });
    }
  } catch (wrong) {
    if (mine.aborted) return;
    batch(() => {
      problems.value = wrong instanceof Problems ? wrong.problems : [{ text: String(wrong) }];
      answer.value = null;
    });
  }
  if (!mine.aborted) asking.value = false;
}

/** Draw the map anew for the chosen decisions. */
export async function look() {
  picture.abort();
  picture = new AbortController();
  const { signal: mine } = picture;
  try {
    const found = await post("/api/map", decided(), mine);
    if (!mine.aborted) theatre.value = found;
  } catch (wrong) {
    if (!mine.aborted && wrong instanceof Problems) problems.value = wrong.problems;
  }
}

function changed() {
  batch(() => {
    played.value = null;
    playing.value = false;
    explanation.value = null;
  });
  writeFragment();
  return Promise.all([ask(), look()]);
}

/** @param {string[]} decisions */
export function choose(decisions) {
  const order = Object.keys(about.value.decisions);
  const sorted = order.filter((name) => decisions.includes(name));
  if (sorted.join() === chosen.value.join()) return Promise.resolve();
  batch(() => {
    past.value = [...past.value, chosen.value].slice(-100);
    future.value = [];
    chosen.value = sorted;
  });
  return changed();
}

/** @param {string} name */
export const toggle = (name) =>
  choose(chosen.value.includes(name) ? chosen.value.filter((one) => one !== name) : [...chosen.value, name]);

export function undo() {
  if (!past.value.length) return;
  batch(() => {
    future.value = [chosen.value, ...future.value];
    chosen.value = past.value.at(-1);
    past.value = past.value.slice(0, -1);
  });
  changed();
}

export function redo() {
  if (!future.value.length) return;
  batch(() => {
    past.value = [...past.value, chosen.value];
    chosen.value = future.value[0];
    future.value = future.value.slice(1);
  });
  changed();
}

/** Look at another day of aid. @param {string} which */
export function onDay(which) {
  day.value = which;
  writeFragment();
}

/** @param {Partial<typeof DEFAULTS>} more */
export function set(more) {
  settings.value = { ...settings.value, ...more };
  writeFragment();
  ask();
}

/** Open a scenario by its id, or a text. @param {string | null} id @param {{text?: string, share?: any}} [how] */
export async function open(id, { text: given, share } = {}) {
  question.abort();
  batch(() => {
    problems.value = [];
    note.value = "";
    asking.value = true;
  });
  try {
    const found = given === undefined ? await get(`/api/scenarios/${id}`) : await post("/api/about", { text: given });
    const same = given !== undefined && about.value !== null; // a text is tried as one looked at what it was made from
    const wanted = share?.decisions ?? (same ? chosen.value : firstPolicy(found).decisions);
    const known = wanted.filter((one) => one in found.decisions);
    batch(() => {
      about.value = found;
      text.value = given ?? null;
      if (given === undefined) base.value = id;
      answer.value = null;
      theatre.value = null;
      past.value = [];
      future.value = [];
      if (!same) settings.value = { ...DEFAULTS, ...share?.settings };
      chosen.value = Object.keys(found.decisions).filter((name) => known.includes(name));
      note.value = share ? differs(share, found, wanted.length - known.length) : "";
      if (!same) day.value = share?.day ?? "";
      selected.value = { ...found.ask_first };
    });
    document.title = `${found.title} – Skypact`;
    await changed();
  } catch (wrong) {
    batch(() => {
      asking.value = false;
      problems.value = wrong instanceof Problems ? wrong.problems : [{ text: String(wrong) }];
    });
    throw wrong;
  }
}

/** The policy that the page opens with: the first besides the baseline, so that there is an answer to see; of aid, what is on record. */
const firstPolicy = (found) => found.kind === "aid" ? found.policies[found.baseline] :
  Object.entries(found.policies).find(([name]) => name !== found.baseline)?.[1] ?? found.policies[found.baseline];

/** What a shared link was made from that is another now, in words. */
function differs(share, found, missing) {
  const [scenario, catalogue] = (share.fingerprint ?? "").split(".");
  const said = [];
  if (missing) said.push(`${missing} of its decisions are not in this scenario any more`);
  if (scenario && scenario !== found.fingerprints.scenario) said.push("the scenario was changed since");
  if (catalogue && catalogue !== found.fingerprints.catalogue) said.push("the catalogue of systems was changed since");
  return said.length ? `This link was made from something else: ${said.join("; ")}. Numbers may differ.` : "";
}

/** What is there, and open what the address or the command line says. @param {boolean} elsewhere whether it says something else to open */
export async function begin(elsewhere = false) {
  const found = await get("/api/scenarios");
  batch(() => {
    scenarios.value = found.scenarios;
    version.value = found.skypact;
  });
  if (elsewhere) return;
  const share = readFragment();
  const raids = found.scenarios.filter((one) => !one.file && one.id.startsWith("ukraine"));
  await open(share?.scenario ?? found.first ?? raids.at(-1)?.id ?? found.scenarios[0].id, { share });
}

/** Find out why for what is selected. */
export async function explain() {
  const { unit, threat } = selected.value;
  explanation.value = { wait: true };
  try {
    explanation.value = await post("/api/explain", { ...decided(), unit, threat });
  } catch (wrong) {
    explanation.value = { problems: wrong instanceof Problems ? wrong.problems : [{ text: String(wrong) }] };
  }
}

/** Get a replication to play back. @param {{wanted?: string, threat?: string, replication?: number}} which */
export async function playBack(which) {
  playing.value = false;
  played.value = { wait: true };
  try {
    const found = await post("/api/playback", { ...decided(), seed: settings.value.seed, ...which });
    const first = Math.min(...found.flights.threats.map((one) => one.launch_s));
    batch(() => {
      played.value = found;
      clock.value = Math.floor(first);
    });
  } catch (wrong) {
    played.value = { problems: wrong instanceof Problems ? wrong.problems : [{ text: String(wrong) }] };
  }
}
