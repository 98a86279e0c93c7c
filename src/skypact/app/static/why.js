// Why did a unit act or not?  The rules, decisions and distances, as the library tells them.
import { h } from "./vendor/view.js";
import { about, explain, explanation, selected } from "./state.js";
import { inWords, threatTitle, unitTitle } from "./titles.js";
import { Wrong } from "./notes.js";

const Choice = ({ label, name, groups, title }) =>
  h("label", { class: "field" }, label,
    h("select", {
      value: selected.value[name],
      onChange: (event) => { selected.value = { ...selected.value, [name]: event.target.value }; },
    },
    !groups.some(([, all]) => all.some(([id]) => id === selected.value[name])) && h("option", { value: selected.value[name] }, title(selected.value[name])),
    groups.map(([title, all]) => h("optgroup", { label: title }, all.map(([id, said]) => h("option", { key: id, value: id }, said))))));

export function Why() {
  const { units, threats } = about.value.askable;
  if (about.value.kind === "incident" || (!units.entries.length || !threats.waves.length)) return null; // of an incident the ladder says it
  const names = (ids, say) => ids.map((id) => [id, say(id)]);
  const found = explanation.value;
  return h("section", { class: "why", id: "why", tabIndex: -1, "aria-labelledby": "why-title" },
    h("h2", { id: "why-title" }, "Why, or why not?"),
    h("p", { class: "note" }, "Click a unit or a threat on the map, or choose here."),
    h("div", { class: "row" },
      h(Choice, { label: "Who", name: "unit", title: unitTitle, groups: [
        ["Countries and alliances", names(units.owners, (id) => about.value.actors[id]?.name ?? id)],
        ["Systems", names(units.systems, (id) => about.value.systems[id] ?? id)],
        ["Units", names(units.entries, unitTitle)],
      ] }),
      h(Choice, { label: "Against what", name: "threat", title: threatTitle, groups: [
        ["Classes", names(threats.classes, (id) => about.value.classes[id] ?? id)],
        ["Waves", names(threats.waves, threatTitle)],
      ] }),
      h("button", { type: "button", onClick: explain }, "Explain")),
    h("div", { "aria-live": "polite" },
      found?.wait && h("p", { class: "wait" }, "Looking it up …"),
      found?.problems && h(Wrong, { of: found.problems }),
      found?.explanations?.map((one) => h("div", { class: "explanation" }, one.lines.filter((line) => line.text).map((line, place) =>
        h("p", { class: place ? `indent-${Math.min(line.indent, 2)}` : "verdict-line" }, inWords(line.text)))))));
}
