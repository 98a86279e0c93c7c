// The scenario's text and forms over it, with problems at their lines as one types; kept as a draft, saved as a new file.
import { h, signal, useEffect, useRef, useSignal } from "./vendor/view.js";
import { base, chosen, day, open, scenarios, settings, text } from "./state.js";
import { forgetDraft, get, getText, keepDraft, post, Problems } from "./api.js";
import { Wrong } from "./notes.js";
import { dotted, Form } from "./form.js";

export const editing = signal(false);

const WAIT_MS = 350;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/; // as the server has it
const NONCE = /** @type {HTMLMetaElement} */ (document.querySelector("meta[name=skypact-nonce]")).content;

/** The part in which two texts differ, so that a change stays small, and the place where one looks. */
export function difference(before, after) {
  let from = 0, tail = 0;
  const most = Math.min(before.length, after.length);
  while (from < most && before[from] === after[from]) from += 1;
  while (tail < most - from && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return { from, to: before.length - tail, insert: after.slice(from, after.length - tail) };
}

/** Problems as the editor marks them. */
function marks(found, doc) {
  return found.map((one) => {
    const line = doc.line(Math.max(1, Math.min(one.line || 1, doc.lines)));
    const from = Math.min(line.from + Math.max(0, (one.column || 1) - 1), line.to);
    const message = `${one.field ? `${one.field}: ` : ""}${one.what}${one.right ? ` (${one.right})` : ""}`;
    return { from, to: Math.max(from, line.to), severity: one.level === "warning" ? "warning" : "error", message };
  });
}

export function Editor() {
  const place = useRef(null), view = useRef(null);
  const wrong = useSignal([]), said = useSignal(""), name = useSignal(""), checking = useSignal(true), refused = useSignal([]);
  const outline = useSignal(null), schema = useSignal(null), depths = useSignal([0, 0]);
  const refusals = useSignal(0), pending = useSignal({}), commands = useRef(null), turn = useRef(Promise.resolve());
  const draft = useRef({ name: base.value, etag: null });

  useEffect(() => {
    let gone = false, timer = 0, newest = 0;
    (async () => {
      const { EditorView, basicSetup, EditorState, yaml, lintGutter, setDiagnostics, keymap, undo, redo, undoDepth, redoDepth, isolateHistory } = await import("./vendor/editor.js");
      const id = base.value;
      draft.current = { name: id, etag: null };
      const original = await getText(`/api/scenarios/${id}/text`).catch(() => ({ text: text.value ?? "" }));
      let start = text.value ?? original.text;
      const kept = await get("/api/drafts");
      if (kept.drafts.includes(id)) {
        const found = await getText(`/api/drafts/${id}`);
        draft.current.etag = found.etag;
        start = found.text;
        said.value = "Your draft was kept, and is here again.";
      }
      if (gone) return;
      const check = async (state) => {
        const mine = ++newest;
        checking.value = true;
        const typed = state.doc.toString();
        try {
          const [found, parts] = await Promise.all([post("/api/check", { text: typed }), post("/api/outline", { text: typed }).catch(() => null)]);
          if (gone || mine !== newest) return;
          outline.value = parts;
          pending.value = {};
          wrong.value = found.problems;
          view.current.dispatch(setDiagnostics(view.current.state, marks(found.problems, view.current.state.doc)));
          if (typed !== original.text) {
            draft.current.etag = await keepDraft(draft.current.name, typed, draft.current.etag);
            said.value = "Kept as a draft.";
          }
        } catch (error) {
          said.value = error instanceof Problems ? error.message : String(error);
        } finally {
          if (mine === newest) checking.value = false;
        }
      };
      const soon = (wait) => {
        clearTimeout(timer);
        timer = setTimeout(() => check(view.current.state), wait);
      };
      commands.current = { undo, redo, soon, apart: isolateHistory.of("full") };
      const watch = EditorView.updateListener.of((update) => {
        depths.value = [undoDepth(update.state), redoDepth(update.state)];
        if (!update.docChanged) return;
        soon(WAIT_MS);
      });
      const leave = keymap.of([{ key: "Escape", run: () => { document.getElementById("run-text")?.focus(); return true; } }]);
      view.current = new EditorView({
        parent: place.current,
        state: EditorState.create({
          doc: start,
          extensions: [basicSetup, leave, yaml(), lintGutter(), watch, EditorView.lineWrapping, EditorView.cspNonce.of(NONCE), EditorView.contentAttributes.of({ "aria-label": "The scenario as YAML. Escape leaves the text." })],
        }),
      });
      Object.assign(view.current.scrollDOM, { tabIndex: 0, role: "group", ariaLabel: "The text, to scroll" });
      window.skypactEditor = view.current; // for those who look at the page from outside
      schema.value = await get("/api/schema");
      check(view.current.state);
    })().catch((error) => { said.value = String(error); });
    return () => {
      gone = true;
      clearTimeout(timer);
      view.current?.destroy();
    };
  }, [base.value]);

  const errors = wrong.value.filter((one) => one.level === "error");
  const misnamed = name.value.trim() !== "" && !NAME.test(name.value.trim());
  const typed = () => view.current.state.doc.toString();
  const guarded = (act) => async () => {
    refused.value = [];
    try {
      await act();
    } catch (error) {
      refused.value = error instanceof Problems ? error.problems : [{ text: String(error) }];
    }
  };
  const run = guarded(() => open(null, { text: typed() }));
  const keep = guarded(async () => {
    const { id } = await post("/api/save", { name: name.value.trim(), text: typed() });
    if (draft.current.etag) await forgetDraft(draft.current.name, draft.current.etag);
    scenarios.value = (await get("/api/scenarios")).scenarios;
    await open(id, { share: { decisions: chosen.value, settings: settings.value, day: day.value } });
    said.value = `Saved as ${id}.yaml.`;
  });
  const discard = guarded(async () => {
    if (draft.current.etag) await forgetDraft(draft.current.name, draft.current.etag);
    editing.value = false;
    if (text.value !== null) await open(draft.current.name).catch(() => open(scenarios.value[0].id));
  });
  /** Have values changed in the text, one step to undo; one change after the other. @param {...[(string|number)[], any]} all */
  const change = (...all) => {
    pending.value = { ...pending.value, ...Object.fromEntries(all.map(([path, value]) => [dotted(path), value])) };
    turn.current = turn.current.then(guarded(async () => {
      try {
        const before = typed();
        const { text: after } = await post("/api/edit", { text: before, changes: all.map(([path, value]) => ({ path, value })) });
        if (typed() !== before) throw new Problems([{ text: "The text was changed meanwhile; try once more." }]);
        const changes = difference(before, after);
        view.current.dispatch({ changes, annotations: commands.current.apart });
        show(changes.from);
        commands.current.soon(0);
      } catch (error) {
        pending.value = {};
        refusals.value += 1; // the form shows again what stands in the text
        throw error;
      }
    }));
    return turn.current;
  };
  /** Move the text, and not the page, to where something changed. @param {number} at */
  const show = (at) => view.current.requestMeasure({
    read: (shown) => shown.lineBlockAt(at).top,
    write: (top, shown) => { shown.scrollDOM.scrollTop = top - shown.scrollDOM.clientHeight / 3; },
  });
  const step = (name) => {
    commands.current[name](view.current);
    commands.current.soon(0);
  };
  const go = (one) => {
    const line = view.current.state.doc.line(Math.max(1, Math.min(one.line || 1, view.current.state.doc.lines)));
    view.current.dispatch({ selection: { anchor: Math.min(line.from + Math.max(0, one.column - 1), line.to) }, scrollIntoView: true });
    view.current.focus();
  };
  return h("section", { class: "editor", "aria-labelledby": "editor-title" },
    h("h2", { id: "editor-title" }, "The scenario in forms and as text"),
    h("p", { class: "note" }, "Change counts, places, ranges and decisions, here or there: both are the same. Nothing that is there is overwritten: you save a new file."),
    h("div", { class: "buttons" },
      h("button", { type: "button", onClick: () => step("undo"), disabled: !depths.value[0] }, "Undo the change"),
      h("button", { type: "button", onClick: () => step("redo"), disabled: !depths.value[1] }, "Redo the change")),
    h("div", { class: "both" },
      schema.value && (outline.value ? h(Form, { key: refusals.value, root: schema.value, outline: outline.value, problems: wrong.value, pending: pending.value, change }) : h("p", { class: "wait" }, checking.value ? "Reading …" : "The text cannot be read; mend it first.")),
      h("div", { class: "code", ref: place })),
    h("div", { class: "checked", role: "status" }, checking.value ? "Checking …" : errors.length ? `${errors.length} ${errors.length === 1 ? "problem" : "problems"}` : wrong.value.length ? `No errors, ${wrong.value.length} warnings` : "No problems", said.value && ` · ${said.value}`),
    wrong.value.length > 0 && h("ul", { class: "found" }, wrong.value.slice(0, 30).map((one) =>
      h("li", { class: one.level }, h("button", { type: "button", class: "plain", onClick: () => go(one) }, one.line ? `Line ${one.line}` : "Text"), ` ${one.field ? `${one.field}: ` : ""}${one.what}${one.right ? ` (${one.right})` : ""}`))),
    h(Wrong, { of: refused.value }),
    h("div", { class: "row" },
      h("button", { type: "button", id: "run-text", onClick: run, disabled: errors.length > 0 || checking.value }, "See what changes"),
      h("label", { class: "field" }, "Save as",
        h("input", { type: "text", value: name.value, "aria-describedby": "name-rule", "aria-invalid": misnamed, placeholder: "my-scenario", onInput: (event) => { name.value = event.target.value; } })),
      h("button", { type: "button", onClick: keep, disabled: !name.value.trim() || misnamed }, "Save"),
      h("button", { type: "button", onClick: discard }, "Throw the draft away")),
    h("p", { id: "name-rule", class: misnamed ? "field-wrong" : "note" }, "A name for the file: letters without accents, digits, dots, hyphens and underscores, no spaces; at most 80, the first a letter or a digit."));
}
