// One replication, played back: pick it, move through time, read what happens.
import { h, useEffect, useMemo, useSignal } from "./vendor/view.js";
import { about, clock, explain, playBack, played, playing, selected } from "./state.js";
import { oneUnit, placeName, threatTitle } from "./titles.js";
import { counts, layOut } from "./moving.js";
import { Wrong } from "./notes.js";
import { time } from "./words.js";

const SPEEDS = { 60: "a minute a second", 240: "4 minutes a second", 600: "10 minutes a second", 1800: "30 minutes a second" };
const TOLD = 10;
const REASONS = {
  no_window: "no unit could reach it", unavailable: "those who could reach it took no part", unseen: "nobody saw it",
  unacquired: "no unit acquired it", blocked: "no round or channel was free", missed: "all shots missed",
};

export function said(event) {
  const units = played.value.flights.units;
  const name = (unit) => units[unit] ? `${about.value.systems[units[unit].system] ?? units[unit].system} at ${placeName(units[unit].place)}` : unit;
  const threat = threatTitle(event.threat);
  const rounds = units[event.unit]?.kind === "soft" ? "" : ` (${event.rounds} ${event.rounds === 1 ? "round" : "rounds"})`;
  switch (event.kind) {
    case "found": return `${threat} is found by ${oneUnit(event.look.split("/")[0])}`;
    case "launch": return `${threat} is engaged by ${name(event.unit)}${rounds}`;
    case "kill": return `${threat} is killed by ${name(event.unit)}`;
    case "miss": return `${threat} is missed by ${name(event.unit)}`;
    case "failure": return `${threat} fails on its own`;
    case "impact": return `${threat} arrives: ${REASONS[event.reason] ?? event.reason}`;
    default: return `${threat}: ${event.kind}`;
  }
}

export function Playback() {
  const speed = useSignal(600);
  const found = played.value;
  const ready = Boolean(found?.flights);
  const laid = useMemo(() => (ready ? layOut(found, () => [0, 0]) : null), [found]);
  const first = ready ? Math.floor(Math.min(...laid.threats.map((one) => one.launch))) : 0;
  const last = ready ? Math.ceil(laid.ends) + 60 : 1;
  useEffect(() => {
    if (!playing.value) return undefined;
    let before = performance.now(), frame = 0;
    const step = (now) => {
      clock.value = Math.min(last, clock.value + ((now - before) / 1000) * speed.value);
      before = now;
      if (clock.value >= last) playing.value = false;
      else frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [playing.value, speed.value, last]);
  if (!about.value.askable.threats.waves.length) return null;
  const leaking = ready ? found.events.filter((one) => one.kind === "impact").map((one) => one.threat) : [];
  return h("section", { class: "playback", "aria-labelledby": "playback-title" },
    h("h2", { id: "playback-title" }, "Play back one replication"),
    h("p", { class: "note" }, "One way in which chance may have it, picked among replications with central values. What is not known about the numbers can make more difference than this: even the bad one may lie far from the range above."),
    h("div", { class: "buttons" },
      h("button", { type: "button", onClick: () => playBack({ wanted: "typical" }) }, "A typical one"),
      h("button", { type: "button", onClick: () => playBack({ wanted: "bad" }) }, "A bad one (one in twenty of these is worse)"),
      h("button", { type: "button", disabled: !selected.value.threat.match(/-\d+$/), onClick: () => playBack({ wanted: "leaks", threat: selected.value.threat }) }, "The first in which the selected threat arrives")),
    found?.wait && h("p", { class: "wait" }, "Playing …"),
    found?.problems && h(Wrong, { of: found.problems }),
    ready && h("div", { class: "player" },
      h("p", { class: "note" }, `Play starts it. The clock counts hours, minutes and seconds from the raid’s zero time, ${about.value.zero}, and begins with the first launch.`),
      h("div", { class: "row" },
        h("button", { type: "button", class: "play", onClick: () => { if (clock.value >= last) clock.value = first; playing.value = !playing.value; } }, playing.value ? "Pause" : "Play"),
        h("label", { class: "grow" }, h("span", { class: "hidden" }, "Time"),
          h("input", { type: "range", min: first, max: last, step: 30, value: Math.round(clock.value), "aria-valuetext": time(clock.value), onInput: (event) => { clock.value = Number(event.target.value); } })),
        h("output", { class: "clock" }, time(clock.value)),
        h("label", null, h("span", { class: "hidden" }, "Speed"),
          h("select", { value: speed.value, onChange: (event) => { speed.value = Number(event.target.value); } }, Object.entries(SPEEDS).map(([value, label]) => h("option", { key: value, value }, label))))),
      h(Counts, { laid }),
      h(Events, { events: found.events }),
      h("p", { class: "note" }, `Replication ${found.replication} of the random numbers from seed ${found.seed}: ${found.leakers} of ${Object.keys(found.fates).length} threats arrive. A hollow dot is not found yet, a cross is a kill, a diamond an arrival.`),
      h("details", null, h("summary", null, `Those that arrive: ${leaking.length}`),
        h("ul", { class: "threats" }, leaking.map((name) => h("li", { key: name }, h("button", { type: "button", class: "plain", onClick: () => { selected.value = { ...selected.value, threat: name }; explain(); } }, threatTitle(name))))))));
}

function Counts({ laid }) {
  const at = counts(laid, clock.value);
  return h("p", { class: "counts" }, `${at.flying} in the air · ${at.kill} killed · ${at.failure} failed · ${at.impact} arrived`);
}

function Events({ events }) {
  const telling = useMemo(() => events.filter((one) => one.kind !== "track"), [events]);
  let low = 0, high = telling.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (telling[middle].at_s <= clock.value) low = middle + 1;
    else high = middle;
  }
  const shown = telling.slice(Math.max(0, low - TOLD), low).reverse();
  return h("ol", { class: "events", "aria-label": "What has just happened" }, shown.map((one, place) =>
    h("li", { key: low - place, class: one.kind }, h("span", { class: "when" }, time(one.at_s)), ` ${said(one)}`)));
}
