// The page: what stands where.
import { h, render } from "./vendor/view.js";
import { about, answer, begin, open, problems, scenarios, text, version } from "./state.js";
import { link } from "./share.js";
import { Decisions } from "./decisions.js";
import { Downloads, Headline, Outcome } from "./answer.js";
import { Wrong } from "./notes.js";
import { Map, mapPicture } from "./map.js";
import { Playback } from "./playback.js";
import { Why } from "./why.js";
import { Aid } from "./aid.js";
import { Ladder } from "./ladder.js";
import { Editor, editing } from "./editor.js";
import { CampaignPage, NightsDownloads } from "./campaign.js";
import { campaign, campaignLink, campaigns, openCampaign, readCampaign, stop } from "./nights.js";
import { get } from "./api.js";
import { save } from "./words.js";

const NIGHTS = "campaign:";

async function share(event) {
  const button = event.currentTarget;
  const address = campaign.value ? campaignLink() : link();
  try {
    await navigator.clipboard.writeText(address);
    button.textContent = "Link copied: for this server";
  } catch {
    window.prompt("The link to this view:", address);
  }
  setTimeout(() => { button.textContent = "Copy link"; }, 2500);
}

const savePicture = () => mapPicture()?.toBlob((blob) => blob && save(blob, `${about.value.scenario}-map.png`));

/** Open a scenario, or a campaign. @param {string} wanted */
function choose(wanted) {
  editing.value = false;
  if (wanted.startsWith(NIGHTS)) return openCampaign(wanted.slice(NIGHTS.length));
  stop();
  campaign.value = null;
  return open(wanted).catch(() => {});
}

function Head() {
  const nights = campaign.value !== null;
  return h("header", null,
    h("p", { class: "brand" }, h("b", null, "Skypact"), ` ${version.value} · what decisions about air defence and aid would change`),
    h("div", { class: "bar" },
      h("label", { class: "field scenario" }, "Scenario",
        h("select", { value: nights ? `${NIGHTS}${campaign.value.campaign}` : text.value === null ? about.value?.scenario : "", onChange: (event) => choose(event.target.value) },
          text.value !== null && h("option", { value: "" }, "the text below, not saved"),
          h("optgroup", { label: "One night, an incident, aid" }, scenarios.value.map((one) => h("option", { key: one.id, value: one.id }, one.problems ? `${one.id} (${one.problems} problems)` : one.file ? `${one.title} (${one.file})` : one.title))),
          h("optgroup", { label: "Campaigns: nights in a row" }, campaigns.value.map((one) => h("option", { key: one.campaign, value: `${NIGHTS}${one.campaign}` }, one.title))))),
      !nights && h("button", { type: "button", onClick: () => { editing.value = !editing.value; }, "aria-expanded": editing.value }, "Edit the scenario"),
      h("button", { type: "button", onClick: share, disabled: !nights && text.value !== null }, "Copy link"),
      !nights && [
        h("button", { key: "map", type: "button", onClick: savePicture }, "Save the map (PNG)"),
        h(Downloads, { key: "files" }),
      ],
      nights && h(NightsDownloads, null)));
}

function Foot({ of }) {
  return h("footer", null,
    h("details", null, h("summary", null, "What this scenario is about, and what in it is notional"),
      h("p", null, of.summary),
      h("ul", null, of.notional.map((said) => h("li", null, said)))),
    h("p", null, "A model for policy analysis and teaching, with public or notional numbers. Leakers are arrivals, not damage. Skypact does not estimate escalation, casualties of a policy, or legality, and calls no policy best; where an incident counts persons, a notional rule does. The raid is the same under every policy; an attacker would react."));
}

const Skip = () => h("a", { class: "skip", href: "#question", onClick: (event) => { event.preventDefault(); document.getElementById("answer").focus(); } }, "To the answer");

function Page() {
  if (campaign.value) {
    return [
      h(Skip, null), h(Head, null),
      h("main", { id: "answer", tabIndex: -1 }, h("h1", null, campaign.value.title), h(CampaignPage, { key: campaign.value.campaign })),
      h(Foot, { of: campaign.value }),
    ];
  }
  if (!about.value) {
    return h("main", null, h("h1", null, "Skypact"), problems.value.length ? h(Wrong, { of: problems.value }) : h("p", { class: "wait" }, "Loading …"), problems.value.length > 0 && h(Head, null));
  }
  const file = text.value === null && scenarios.value.find((one) => one.id === about.value.scenario)?.file;
  return [
    h(Skip, null),
    h(Head, null),
    h("main", { id: "answer", tabIndex: -1 },
      h("h1", null, about.value.title, file && h("span", { class: "file" }, ` ${file}`)),
      editing.value && h(Editor, null),
      h("div", { class: `columns ${about.value.kind}` },
        h("div", { class: "first" }, h(Headline, null)),
        h("aside", { class: "left", key: about.value.scenario }, h(Decisions, null)),
        h("div", { class: "middle" }, about.value.kind === "aid" && h(Aid, { key: about.value.scenario }), about.value.kind === "incident" && h(Ladder, null), answer.value && h(Outcome, null)),
        h("div", { class: "right" }, h(Map, { key: about.value.scenario }, h(Playback, null)), h(Why, null)))),
    h(Foot, { of: about.value }),
  ];
}

const place = document.getElementById("page");
place.textContent = "";
render(h(Page, null), place);
async function start() {
  campaigns.value = (await get("/api/campaigns")).campaigns;
  const shared = readCampaign();
  await begin(shared !== null);
  if (shared) await openCampaign(shared.id, shared);
}

start().catch((wrong) => {
  if (!problems.value.length) problems.value = wrong.problems ?? [{ text: String(wrong) }];
});
