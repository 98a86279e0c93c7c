// The scenario's decisions as switches, and its policies as presets.
import { h, useSignal } from "./vendor/view.js";
import { about, canRedo, canUndo, choose, chosen, preset, redo, toggle, undo } from "./state.js";
import { CompareAll } from "./policies.js";
import { isLink, STATUS } from "./words.js";

/** @param {{of: any[]}} props */
export const Sources = ({ of }) =>
  h("ul", { class: "sources" }, of.map((one) =>
    h("li", null,
      isLink(one.url) ? h("a", { href: one.url, target: "_blank", rel: "noopener noreferrer" }, one.title) : one.title,
      ` ${[one.publisher, one.date].filter(Boolean).join(", ")}`,
      one.note && h("span", { class: "note" }, one.note))));

function Switch({ name, decision }) {
  const on = chosen.value.includes(name);
  const usual = about.value.policies[about.value.baseline].decisions.includes(name);
  return h("li", { class: on ? "decision on" : "decision" },
    h("label", null,
      h("input", { type: "checkbox", role: "switch", checked: on, onChange: () => toggle(name), "data-decision": name }),
      h("span", { class: "title" }, decision.title)),
    h("p", { class: "about" },
      // Who proposes or asks is another than who would decide; the sources name both.
      decision.status === "taken" ? `${decision.actor_name}, ${decision.date}` : `${decision.actor_name} would decide, ${decision.date}`,
      h("span", { class: `mark ${decision.status}` }, STATUS[decision.status] ?? decision.status),
      usual && h("span", { class: "mark" }, "as it was")),
    h("details", null,
      h("summary", null, "What it changes, and who says so"),
      h("ul", null, decision.changes.map((said) => h("li", null, said))),
      decision.note && h("p", null, decision.note),
      h(Sources, { of: decision.sources })));
}

export function Decisions() {
  const { policies, decisions, baseline } = about.value;
  const first = useSignal(chosen.value); // those of the policy picked last stand first; nothing moves under the hand that switches
  const pick = (name) => {
    first.value = policies[name].decisions;
    for (const box of document.querySelectorAll(".left, .switches")) box.scrollTop = 0;
    choose(policies[name].decisions);
  };
  const names = Object.keys(decisions), on = names.filter((name) => chosen.value.includes(name)).length;
  const ordered = [...names.filter((name) => first.value.includes(name)), ...names.filter((name) => !first.value.includes(name))];
  return h("section", { class: "decisions", "aria-labelledby": "decisions-title" },
    h("h2", { id: "decisions-title" }, "Decisions"),
    h("label", { class: "field" }, "Start from a policy",
      h("select", {
        value: preset.value,
        onChange: (event) => event.target.value && pick(event.target.value),
      },
      !preset.value && h("option", { value: "" }, "Your own choice"),
      Object.entries(policies).map(([name, one]) =>
        h("option", { key: name, value: name }, name === baseline ? `${one.title} (baseline)` : one.title)))),
    h(CompareAll, null),
    preset.value && h("p", { class: "summary" }, policies[preset.value].summary),
    h("div", { class: "buttons" },
      h("button", { type: "button", onClick: undo, disabled: !canUndo.value }, "Undo"),
      h("button", { type: "button", onClick: redo, disabled: !canRedo.value }, "Redo"),
      h("button", { type: "button", onClick: () => pick(baseline), disabled: preset.value === baseline }, "As it was")),
    names.length
      ? [
        h("p", { class: "summary" }, `${on} of ${names.length} decisions ${on === 1 ? "is" : "are"} switched on${first.value.length && first.value.length < names.length ? "; those of the policy picked last stand first" : ""}.`),
        // Made anew in another order: Chromium 150 and later shows a <details> that was moved as empty.
        h("ul", { class: "switches", key: first.value.join() }, ordered.map((name) => h(Switch, { key: name, name, decision: decisions[name] }))),
      ]
      : h("p", null, "This scenario has no decisions to switch."));
}
