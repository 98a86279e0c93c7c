// What the page knows of the campaign that is open, and the few ways to change it.
import { batch, signal } from "./vendor/view.js";
import { get, lines, Problems } from "./api.js";
import { about, note, problems } from "./state.js";

export const USUAL = { seed: 1, sets: 16, replications: 200 };
const SHORT = { seed: "seed", sets: "sets", replications: "n" };

export const campaigns = signal([]);
export const campaign = signal(null); // what the open one is about; null: a scenario is open
export const compared = signal(/** @type {string[]} */ ([])); // policies that are played, the baseline first
export const how = signal({ ...USUAL });
export const played = signal(null); // the newest answer
export const share = signal(/** @type {{step: string, share: number} | null} */ (null)); // how far the next one is
export const old = signal(false); // whether what is shown answers an older question

let question = new AbortController();

/** Give up what is being played. */
export function stop() {
  question.abort();
  share.value = null;
}

/** The question, as the API takes it. */
export const asked = () => ({ campaign: campaign.value.campaign, policies: compared.value, baseline: campaign.value.baseline, ...how.value });

/** Play it; an older question is given up. */
export async function play() {
  question.abort();
  question = new AbortController();
  const { signal: mine } = question;
  batch(() => {
    share.value = { step: "central", share: 0 };
    old.value = played.value !== null;
    problems.value = [];
  });
  try {
    for await (const line of lines("/api/campaign", asked(), mine)) {
      if (mine.aborted) return;
      if (line.kind === "problems") throw new Problems(line.problems);
      if (line.kind === "fault") throw new Problems([{ text: line.text }]);
      batch(() => {
        if (line.kind === "progress") share.value = line;
        else {
          played.value = line;
          old.value = false;
          share.value = line.last ? null : { step: "sets", share: 0 };
        }
      });
    }
  } catch (wrong) {
    if (mine.aborted) return;
    problems.value = wrong instanceof Problems ? wrong.problems : [{ text: String(wrong) }];
  }
  if (!mine.aborted) share.value = null;
}

/** Open a campaign. @param {string} id @param {{policies?: string[], how?: object, fingerprint?: string}} [shared] */
export async function openCampaign(id, shared) {
  stop();
  problems.value = [];
  try {
    const found = await get(`/api/campaigns/${id}`);
    const others = Object.keys(found.policies).filter((name) => name !== found.baseline);
    const wanted = shared?.policies?.filter((name) => others.includes(name)) ?? others.slice(0, 1);
    batch(() => {
      campaign.value = found;
      about.value = null;
      played.value = null;
      compared.value = [found.baseline, ...others.filter((name) => wanted.includes(name))];
      how.value = { ...USUAL, ...shared?.how };
      note.value = shared?.fingerprint && shared.fingerprint !== mark(found) ? "This link was made from something else: the campaign or the catalogue was changed since. Numbers may differ." : "";
    });
    document.title = `${found.title} – Skypact`;
    written();
    await play();
  } catch (wrong) {
    problems.value = wrong instanceof Problems ? wrong.problems : [{ text: String(wrong) }];
  }
}

/** @param {string} name */
export function compare(name) {
  const wanted = compared.value.includes(name) ? compared.value.filter((one) => one !== name) : [...compared.value, name];
  compared.value = Object.keys(campaign.value.policies).filter((one) => wanted.includes(one) && one !== campaign.value.baseline);
  compared.value = [campaign.value.baseline, ...compared.value];
  written();
  return play();
}

/** @param {Partial<typeof USUAL>} more */
export function setHow(more) {
  how.value = { ...how.value, ...more };
  written();
  return play();
}

const mark = (found) => `${found.fingerprints.scenario}.${found.fingerprints.catalogue}`;

/** What the address says of a campaign; null if nothing. */
export function readCampaign() {
  const said = new URLSearchParams(location.hash.slice(1));
  const id = said.get("k");
  if (!id) return null;
  const found = {};
  for (const [name, short] of Object.entries(SHORT)) {
    if (/^\d{1,15}$/.test(said.get(short) ?? "")) found[name] = Number(said.get(short));
  }
  return { id, policies: said.has("p") ? said.get("p").split(",").filter(Boolean) : undefined, how: found, fingerprint: said.get("f") ?? undefined };
}

/** The address that shows this. */
export function campaignLink() {
  const others = compared.value.filter((name) => name !== campaign.value.baseline);
  const parts = [`k=${encodeURIComponent(campaign.value.campaign)}`, `p=${others.map(encodeURIComponent).join(",")}`];
  for (const [name, short] of Object.entries(SHORT)) if (how.value[name] !== USUAL[name]) parts.push(`${short}=${how.value[name]}`);
  return `${location.origin}${location.pathname}#${[...parts, `f=${mark(campaign.value)}`].join("&")}`;
}

const written = () => history.replaceState(null, "", campaignLink());
