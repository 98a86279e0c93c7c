// Forms made from the schema of scenario files. A change in a form is a change in the text, so that undoing, drafts and checks are those of the text.
import { h, signal, useSignal } from "./vendor/view.js";

const PARTS = { laydown: "Fire units", sensors: "Sensors", decisions: "Decisions", policies: "Policies", places: "Places", numbers: "Numbers of the catalogue" };
const LONG = 60;
const DEEP = 2; // below so many levels descriptions are for screen readers alone
const LAST = ["kind", "note", "sources", "said"]; // where a number is from stands behind what it is
const HERE = "Set by hand, to see what it changes.";
const NUMBERS = ["value", "low", "high"];

const part = signal("laydown"), entry = signal("");

/** As problems name a path. @param {(string|number)[]} path */
export const dotted = (path) => path.reduce((said, step) => (typeof step === "number" ? `${said}[${step}]` : said ? `${said}.${step}` : step), "");
const words = (name) => name.replaceAll("_", " ").replace(/ km$/, " (km)").replace(/ min$/, " (min)").replace(/ s$/, " (s)").replace(/ m$/, " (m)").replace(/^./, (first) => first.toUpperCase());

/** What may stand there: references followed, "or nothing" left out, of several the one that the value is. */
function resolved(schema, value, root) {
  let found = schema;
  for (;;) {
    if (found.$ref) found = { ...root.$defs[found.$ref.split("/").at(-1)], ...about(found) };
    else if (found.anyOf) {
      const options = found.anyOf.filter((one) => one.type !== "null").map((one) => resolved(one, value, root));
      found = { ...(options.find((one) => suits(one, value)) ?? options[0]), ...about(found) };
    } else return found;
  }
}
/** What stands in each entry of a mapping, where its keys are free. */
const inEach = (schema) => schema.additionalProperties || Object.values(schema.patternProperties ?? {})[0];
/** Words between backticks are those of the file. @param {string} text */
const told = (text) => text.split("`").map((one, place) => (place % 2 ? h("code", null, one) : one));
const about = ({ description, "x-names": names }) => ({ ...(description && { description }), ...(names && { "x-names": names }) });

function suits(schema, value) {
  if (Array.isArray(value)) return schema.type === "array";
  if (value !== null && typeof value === "object") return schema.type === "object";
  return schema.type === typeof value || (typeof value === "number" && schema.type === "integer" && Number.isInteger(value));
}

function Wrong({ path, of }) {
  const mine = of.problems.filter((one) => one.field === dotted(path));
  return mine.map((one) => h("p", { class: `field-wrong ${one.level}` }, `${one.what}${one.right ? ` (${one.right})` : ""}`));
}

/** One value. @param {any} props */
function Value({ schema, path, value: before, label, of, depth }) {
  const value = of.pending[dotted(path)] ?? before; // what was typed stands while it is being checked
  const id = `form-${dotted(path)}`;
  const put = (given) => of.change([path, given]);
  const names = of.names[schema["x-names"]];
  const common = { id, "aria-describedby": schema.description ? `${id}-about` : undefined };
  let input;
  if (schema.enum ?? (schema.type === "string" && names)) {
    const all = schema.enum ?? names;
    input = h("select", { ...common, value: value ?? "", onChange: (event) => put(event.target.value) },
      !all.includes(value) && h("option", { value: value ?? "" }, value ?? ""), all.map((one) => h("option", { key: one, value: one }, one)));
  } else if (schema.const !== undefined) {
    input = h("output", common, String(schema.const));
  } else if (schema.type === "boolean") {
    input = h("input", { ...common, type: "checkbox", checked: Boolean(value), onChange: (event) => put(event.target.checked) });
  } else if (schema.type === "number" || schema.type === "integer") {
    input = h("input", {
      ...common, type: "number", step: schema.type === "integer" ? 1 : "any", min: schema.minimum, max: schema.maximum, value: value ?? "",
      onChange: (event) => { if (event.target.value !== "" && Number.isFinite(event.target.valueAsNumber)) put(event.target.valueAsNumber); },
    });
  } else if (schema.type === "string") {
    const shared = { ...common, value: value ?? "", onChange: (event) => put(event.target.value.replace(/\s*\n\s*/g, " ")) };
    input = String(value ?? "").length > LONG ? h("textarea", { ...shared, rows: 3 }) : h("input", { ...shared, type: "text" });
  } else {
    input = h("output", common, "only in the text");
  }
  return h("div", { class: "field" }, h("label", { for: id }, label), input, h(Note, { id, schema, depth }), h(Wrong, { path, of }));
}

const Note = ({ id, schema, depth }) => schema.description && h("span", { id: `${id}-about`, class: depth < DEEP ? "note" : "hidden" }, told(schema.description));

const Out = ({ path, of, what }) => h("button", { type: "button", class: "plain small-button", onClick: () => of.change([path, null]) }, `Remove ${what}`);

/** Words in a list, or numbers by word. @param {any} props */
function Words({ schema, path, value, label, of, depth }) {
  const listed = schema.type === "array";
  const held = listed ? value : Object.keys(value);
  const names = of.names[schema["x-names"] ?? schema.items?.["x-names"]]?.filter((one) => !held.includes(one));
  const fresh = useSignal("");
  const id = `form-${dotted(path)}-new`;
  const add = () => {
    const one = fresh.value.trim();
    if (one && !held.includes(one)) of.change([[...path, listed ? held.length : one], listed ? one : 1]);
    fresh.value = "";
  };
  return h("fieldset", null, h("legend", null, label), h(Note, { id: `form-${dotted(path)}`, schema, depth }), h(Wrong, { path, of }),
    h("ul", { class: "held" }, held.map((one, place) => {
      const here = [...path, listed ? place : one];
      return h("li", { key: one }, listed
        ? h("span", null, String(one))
        : h(Value, { schema: resolved(inEach(schema), value[one], of.root), path: here, value: value[one], label: one, of, depth: depth + 1 }),
      h(Out, { path: here, of, what: `“${one}”` }), listed && h(Wrong, { path: here, of }));
    })),
    h("div", { class: "row" },
      h("label", { for: id, class: "hidden" }, `Add to ${label}`),
      names
        ? h("select", { id, value: fresh.value, onChange: (event) => { fresh.value = event.target.value; } }, h("option", { value: "" }, "…"), names.map((one) => h("option", { key: one, value: one }, one)))
        : h("input", { id, type: "text", value: fresh.value, onInput: (event) => { fresh.value = event.target.value; } }),
      h("button", { type: "button", onClick: add, "aria-label": `Add to ${label}` }, "Add")));
}

/** Parts that have parts. @param {any} props */
function List({ schema, path, value, label, of, depth }) {
  return h("fieldset", null, h("legend", null, label), h(Note, { id: `form-${dotted(path)}`, schema, depth }), h(Wrong, { path, of }), value.map((one, place) => {
    const here = [...path, place];
    const inner = resolved(schema.items, one, of.root);
    return h("details", { key: place, open: value.length === 1 }, h("summary", null, one?.id ?? one?.title ?? `${label} ${place + 1}`),
      h(Any, { schema: inner, path: here, value: one, label: "", of, depth: depth + 1 }), h(Out, { path: here, of, what: `“${one?.id ?? one?.title ?? `${label} ${place + 1}`}”` }));
  }), h("button", { type: "button", "aria-label": `Add to ${label}`, onClick: () => of.change([[...path, value.length], empty(resolved(schema.items, undefined, of.root), of.root)]) }, "Add"));
}

/** A number that is set by hand is no longer what a source says: it becomes notional, and its note keeps what it was. */
function disowned(all, path, value) {
  const number = (given) => given.length === path.length + 1 && NUMBERS.includes(given.at(-1));
  if (!value.kind || value.kind === "notional" || !all.some(([given]) => number(given))) return [];
  const range = "low" in value ? ` (${value.low} to ${value.high})` : "";
  const note = `${HERE} Before: ${value.value}${range}, ${value.kind} by ${value.sources?.join(", ") ?? "nobody"}.${value.note ? ` ${value.note}` : ""}`;
  return [[[...path, "kind"], "notional"], [[...path, "note"], note], ...["sources", "said"].filter((name) => name in value).map((name) => [[...path, name], null])];
}

function Parts({ schema, path, value, label, of: above, depth }) {
  const of = { ...above, change: (...all) => above.change(...all, ...disowned(all, path, value)) };
  const late = (field) => LAST.indexOf(field[0]) + 1;
  const fields = Object.entries(schema.properties ?? {}).sort((one, other) => late(one) - late(other));
  const ranged = "low" in (schema.properties ?? {}) && typeof value.value === "number" && !("low" in value) && !("high" in value);
  const needed = new Set(schema.required ?? []);
  const shown = fields.filter(([name]) => name in value || needed.has(name));
  const more = fields.filter(([name]) => !shown.some(([other]) => other === name));
  const id = `form-${dotted(path)}-more`;
  const content = [
    h(Wrong, { path, of }),
    h("div", { class: "fields" }, shown.map(([name, one]) => h("div", { key: name, class: "one" },
      h(Any, { schema: resolved(one, value[name], of.root), path: [...path, name], value: value[name], label: words(name), of, depth: depth + 1 }),
      name in value && !needed.has(name) && h(Out, { path: [...path, name], of, what: `“${words(name)}”` })))),
    ranged && h("button", { type: "button", onClick: () => of.change([[...path, "low"], value.value], [[...path, "high"], value.value]) }, "Give a range"),
    more.length > 0 && h("div", { class: "row" }, h("label", { class: "field", for: id }, "Say more",
      h("select", { id, value: "", onChange: (event) => { const name = event.target.value; if (name) of.change([[...path, name], empty(resolved(schema.properties[name], undefined, of.root), of.root)]); } },
        h("option", { value: "" }, "…"), more.map(([name, one]) => h("option", { key: name, value: name, title: one.description }, words(name)))))),
  ];
  return label ? h("fieldset", null, h("legend", null, label), depth < DEEP && h(Note, { id: `form-${dotted(path)}`, schema, depth }), content) : h("div", null, content);
}

/** What a field begins with, to be filled in. */
function empty(schema, root) {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.default ?? (schema.enum.includes("notional") ? "notional" : schema.enum[0]);
  if (schema.type === "object") {
    const made = Object.fromEntries((schema.required ?? []).map((name) => [name, empty(resolved(schema.properties[name], undefined, root), root)]));
    return made.kind === "notional" ? { ...made, note: HERE } : made;
  }
  return { array: [], number: schema.minimum ?? 0, integer: schema.minimum ?? 0, boolean: true }[schema.type] ?? "";
}

function Any(props) {
  const { schema, value } = props;
  const plain = (one) => one !== null && typeof one !== "object";
  if (schema.type === "array" && (Array.isArray(value) || (value ?? null) === null)) {
    const parts = schema.items && resolved(schema.items, undefined, props.of.root).type === "object";
    return h(parts || value?.some((one) => !plain(one)) ? List : Words, { ...props, value: value ?? [] });
  }
  if (value === undefined || plain(value) || value === null) return h(Value, props);
  if (schema.properties) return h(Parts, props);
  if (inEach(schema) && Object.values(value).every(plain)) return h(Words, props);
  return h(Value, { ...props, schema: { description: schema.description } });
}

/** @param {{root: any, outline: any, problems: any[], pending: object, change: (...all: [(string|number)[], any][]) => Promise<void>}} props */
export function Form({ root, outline, problems, pending, change }) {
  const { data, names } = outline;
  const parts = Object.keys(PARTS).filter((name) => data[name] && typeof data[name] === "object" && Object.keys(data[name]).length);
  if (!parts.length) return null;
  const open = parts.includes(part.value) ? part.value : parts[0];
  const listed = Array.isArray(data[open]);
  const keys = listed ? data[open].map((one, place) => one?.id ?? String(place)) : Object.keys(data[open]);
  const chosen = keys.includes(entry.value) ? entry.value : keys[0];
  const place = listed ? keys.indexOf(chosen) : chosen;
  const path = [open, place], value = data[open][place];
  const whole = resolved(root.properties[open], data[open], root);
  const schema = resolved(listed ? whole.items : inEach(whole), value, root);
  const of = { root, names, problems, pending, change };
  const like = () => {
    let number = 2;
    while (keys.includes(`${chosen}-${number}`)) number += 1;
    const name = `${chosen}-${number}`;
    change(listed ? [[open, keys.length], { ...value, id: name }] : [[open, name], value]).then(() => { entry.value = name; });
  };
  const title = (name, number) => { const one = data[open][listed ? number : name]; return one?.title ?? one?.name; };
  const wrong = (name) => problems.filter((one) => one.level === "error" && one.field.startsWith(name)).length;
  return h("div", { class: "form" },
    h("div", { class: "row" },
      h("label", { class: "field" }, "What",
        h("select", { class: "part", value: open, onChange: (event) => { part.value = event.target.value; } }, parts.map((name) => h("option", { key: name, value: name }, `${PARTS[name]}${wrong(name) ? ` (${wrong(name)} wrong)` : ""}`)))),
      h("label", { class: "field grow" }, "Which",
        h("select", { class: "entry", value: chosen, onChange: (event) => { entry.value = event.target.value; } }, keys.map((name, number) => h("option", { key: name, value: name }, `${name}${title(name, number) ? ` – ${title(name, number)}` : ""}${wrong(dotted([open, listed ? number : name])) ? " (wrong)" : ""}`)))),
      h("button", { type: "button", onClick: like }, "Add one like this"),
      keys.length > 1 && h("button", { type: "button", onClick: () => change([path, null]) }, "Remove this entry")),
    schema.description && h("p", { class: "note" }, told(schema.description.split("\n")[0])),
    h(Any, { key: dotted(path), schema, path, value, label: "", of, depth: 0 }));
}
