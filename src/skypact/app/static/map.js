// The map: a sheet that is drawn when something changes, and above it what moves.
import { h, useEffect, useRef, useSignal } from "./vendor/view.js";
import { about, clock, explain, played, selected, theatre } from "./state.js";
import { CLASS, drawSheet, placed, projectionOf, stacks } from "./geography.js";
import { framed } from "./picture.js";
import { many, time } from "./words.js";
import { drawMoving, layOut, positions } from "./moving.js";

const LAYERS = { routes: "Routes", areas: "Allowed areas", units: "Fire units", sensors: "Sensors’ range", reach: "Units’ reach", names: "Names" };
const NEAR = 14;

/** A picture of the map for a file. */
let picture = () => null;
export const mapPicture = () => picture();

/** @param {{children: any}} props  what steers the map stands right below it */
export function Map({ children }) {
  const sheet = useRef(null), moving = useRef(null), box = useRef(null);
  const layers = useSignal({ routes: true, areas: true, units: true, sensors: false, reach: false, names: true });
  const view = useSignal({ k: 1, x: 0, y: 0 });
  const whole = useSignal(false);
  const state = useRef({ project: null, laid: null, width: 0, height: 0, ratio: 1 });

  const redraw = () => {
    const shown = theatre.value;
    if (!shown || !box.current) return;
    const width = box.current.clientWidth;
    const height = Math.round(Math.max(260, Math.min(width * 0.8, 640)));
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    for (const canvas of [sheet.current, moving.current]) {
      if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
        canvas.width = Math.round(width * ratio);
        canvas.height = Math.round(height * ratio);
        canvas.style.height = `${height}px`;
      }
    }
    const project = projectionOf(whole.value ? shown.whole : shown.frame, width, height, view.value);
    const how = { width, height, ratio, layers: layers.value, unit: selected.value.unit, moving: Boolean(played.value?.flights) };
    drawSheet(sheet.current.getContext("2d"), project, shown, how);
    Object.assign(state.current, { project, width, height, ratio, laid: played.value?.flights ? layOut(played.value, project) : null });
    tick();
  };
  const tick = () => {
    const { laid, width, height, ratio } = state.current;
    drawMoving(moving.current.getContext("2d"), laid, clock.value, { width, height, ratio, threat: selected.value.threat });
  };

  useEffect(redraw, [theatre.value, layers.value, view.value, whole.value, played.value, selected.value]);
  useEffect(() => clock.subscribe(() => moving.current && tick()), []);
  useEffect(() => {
    const watch = new ResizeObserver(redraw);
    watch.observe(box.current);
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    scheme.addEventListener("change", redraw);
    return () => {
      watch.disconnect();
      scheme.removeEventListener("change", redraw);
    };
  }, []);
  picture = () => {
    const shown = theatre.value, { width, height } = state.current;
    if (!shown || !width) return null;
    const ratio = Math.max(2, state.current.ratio); // so that it can be printed
    const [both, above] = [document.createElement("canvas"), document.createElement("canvas")];
    for (const one of [both, above]) Object.assign(one, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
    const { project, laid } = state.current;
    drawSheet(both.getContext("2d"), project, shown, { width, height, ratio, layers: layers.value, unit: selected.value.unit, moving: Boolean(laid) });
    drawMoving(above.getContext("2d"), laid, clock.value, { width, height, ratio, threat: selected.value.threat });
    both.getContext("2d").setTransform(1, 0, 0, 1, 0, 0);
    both.getContext("2d").drawImage(above, 0, 0);
    const when = laid ? [{ text: `One replication, ${time(clock.value)} from the raid’s zero time` }] : [];
    return framed(both, ratio, [{ text: about.value.title, strong: true }, { text: `Under “${shown.title}”` }, ...when], [...keys(shown), { text: `${shown.note} ${shown.credit}. Made with Skypact.` }]);
  };

  const zoom = (by, x = state.current.width / 2, y = state.current.height / 2) => {
    const { k, x: left, y: top } = view.value;
    const next = Math.max(1, Math.min(12, k * by));
    const turn = next / k, { width, height } = state.current;
    const moved = (where, middle, shift) => (where - middle) * (1 - turn) + shift * turn;
    view.value = next === 1 ? { k: 1, x: 0, y: 0 } : { k: next, x: moved(x, width / 2, left), y: moved(y, height / 2, top) };
  };
  const shift = (x, y) => {
    if (view.value.k > 1) view.value = { ...view.value, x: view.value.x + x, y: view.value.y + y };
  };
  const wheel = (event) => {
    if (!event.ctrlKey && !event.metaKey) return; // the page scrolls as usual
    event.preventDefault();
    const at = box.current.getBoundingClientRect();
    zoom(event.deltaY < 0 ? 1.25 : 0.8, event.clientX - at.left, event.clientY - at.top);
  };
  const drag = (event) => {
    const from = [event.clientX, event.clientY];
    let far = 0, last = from;
    const move = (to) => {
      far = Math.max(far, Math.hypot(to.clientX - from[0], to.clientY - from[1]));
      if (far > 4) shift(to.clientX - last[0], to.clientY - last[1]);
      last = [to.clientX, to.clientY];
    };
    const up = (to) => {
      removeEventListener("pointermove", move);
      if (far <= 4) click(to);
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", up, { once: true });
  };
  const click = (event) => {
    const at = box.current.getBoundingClientRect();
    const here = [event.clientX - at.left, event.clientY - at.top];
    const away = (there) => (there ? Math.hypot(there[0] - here[0], there[1] - here[1]) : Infinity);
    const { project, laid } = state.current;
    const threats = laid ? positions(laid, clock.value).map((one) => ({ threat: one.id, far: away([one.x, one.y]) })) : [];
    const found = [
      ...threats,
      ...stacks(theatre.value.units).map((one) => ({ unit: one.units[0].entry, stack: one, far: away(placed(one, project)) })),
    ].filter((one) => one.far < NEAR).sort((a, b) => a.far - b.far)[0];
    if (!found) return;
    selected.value = { ...selected.value, ...(found.threat ? { threat: found.threat } : { unit: found.unit }) };
    explain();
    requestAnimationFrame(() => document.getElementById("why")?.scrollIntoView({ block: "nearest" }));
  };
  const steer = (event) => {
    const by = { "+": () => zoom(1.4), "=": () => zoom(1.4), "-": () => zoom(1 / 1.4), 0: () => zoom(0), ArrowLeft: () => shift(60, 0), ArrowRight: () => shift(-60, 0), ArrowUp: () => shift(0, 60), ArrowDown: () => shift(0, -60) }[event.key];
    if (!by) return;
    event.preventDefault();
    by();
  };

  const shown = theatre.value;
  const title = shown?.title ?? "";
  return h("section", { class: played.value?.flights ? "map playing" : "map", "aria-labelledby": "map-title" },
    h("h2", { id: "map-title" }, "Map"),
    h("div", { class: "layers" }, Object.entries(LAYERS).map(([name, label]) =>
      h("label", { key: name }, h("input", { type: "checkbox", checked: layers.value[name], onChange: () => { layers.value = { ...layers.value, [name]: !layers.value[name] }; } }), label))),
    h("div", {
      class: "sheet", ref: box, tabIndex: 0, role: "img", onWheel: wheel, onPointerDown: drag, onKeyDown: steer,
      "aria-label": `Map under “${title}”. The list below says the same in words. Plus and minus zoom, arrows move.`,
    },
    h("canvas", { ref: sheet }), h("canvas", { ref: moving, class: "moving" }),
    !shown && h("p", { class: "wait" }, "Drawing the map …")),
    h("div", { class: "buttons zoom" },
      h("button", { type: "button", onClick: () => zoom(1.5), "aria-label": "Zoom in" }, "+"),
      h("button", { type: "button", onClick: () => zoom(1 / 1.5), "aria-label": "Zoom out" }, "−"),
      h("button", { type: "button", onClick: () => { zoom(0); whole.value = false; }, disabled: view.value.k === 1 && !whole.value }, "The defence"),
      h("button", { type: "button", onClick: () => { zoom(0); whole.value = true; }, disabled: view.value.k === 1 && whole.value }, "The whole raid")),
    children,
    shown && h(Legend, { shown }),
    shown && h("p", { class: "note" }, `${shown.note} ${shown.credit}.`),
    shown && h(InWords, { shown }));
}

/** What lines, boxes and hatches mean: for the page and for the picture. */
function keys(shown) {
  const owners = (home) => [...new Set(shown.units.filter((one) => one.defender === home).map((one) => one.owner_name))];
  return [
    ...Object.keys(CLASS).filter((name) => shown.routes.some((one) => one.class === name))
      .map((name) => ({ line: CLASS[name][0], dash: CLASS[name][1], text: about.value.classes[name] ?? name })),
    ...[["home", "--home-mark", true], ["ally", "--ally-mark", false]].filter(([, , home]) => owners(home).length)
      .map(([key, box, home]) => ({ key, box, text: `fire units: ${owners(home).join(", ")}` })),
    ...shown.areas.filter((one) => one.allied).map((one, place) => ({ key: `area a${place % 4}`, box: ["--a3", "--a1", "--a2", "--a4"][place % 4], hatch: true, text: `allies may intercept ${one.classes} here: outside their own country, within range` })),
    ...(shown.areas.some((one) => !one.allied) ? [{ key: "dashed", line: "--ink", dash: [3, 3], text: "the defender may intercept abroad" }] : []),
  ];
}

const Legend = ({ shown }) => h("ul", { class: "legend" }, keys(shown).map((one) => h("li", { key: one.text },
  one.key
    ? h("i", { class: `key ${one.key}` })
    : h("svg", { width: 30, height: 8, "aria-hidden": "true" }, h("line", { x1: 0, x2: 30, y1: 4, y2: 4, stroke: `var(${one.line})`, "stroke-width": 2, "stroke-dasharray": one.dash.join(" ") })),
  one.text)));

/** What the map shows, as a list for the keyboard and for screen readers. */
function InWords({ shown }) {
  const places = {};
  for (const one of shown.units) (places[one.place_name] ??= []).push(one);
  const pick = (entry) => {
    selected.value = { ...selected.value, unit: entry };
    explain();
    requestAnimationFrame(() => document.getElementById("why")?.focus());
  };
  return h("details", { class: "in-words" },
    h("summary", null, `The map in words: ${many(shown.units.reduce((sum, one) => sum + one.count, 0), "fire unit")} at ${many(Object.keys(places).length, "place")}`),
    h("dl", null, Object.entries(places).sort(([a], [b]) => a.localeCompare(b)).map(([name, found]) => [
      h("dt", null, name),
      found.map((one) => h("dd", null,
        h("button", { type: "button", class: "plain", onClick: () => pick(one.entry) }, `${one.count} × ${one.system_name}`),
        ` of ${one.owner_name}${one.reach_km ? `, reaches ${Math.round(one.reach_km)} km` : ""}`)),
    ])));
}

