// A result to be taken away: the report, and all numbers.
import { h, useEffect, useRef, useSignal } from "./vendor/view.js";
import { file, Problems } from "./api.js";
import { problems } from "./state.js";
import { save } from "./words.js";

const FORMS = [["report", "The report (HTML)"], ["csv", "All numbers (CSV)"], ["parquet", "All numbers (Parquet)"], ["json", "All numbers (JSON)"]];

async function download(from, what) {
  try {
    const found = await file(from, what);
    save(found.blob, found.name);
    return found.name;
  } catch (wrong) {
    problems.value = wrong instanceof Problems ? wrong.problems : [{ text: String(wrong) }];
    return "";
  }
}

/** @param {{from: string, what: () => object, slow?: string}} props  what: the question, without its form */
export function Download({ from, what, slow }) {
  const box = useRef(null), making = useSignal(""), made = useSignal("");
  const close = () => { box.current.open = false; };
  useEffect(() => {
    const away = (event) => { if (!box.current.contains(event.target)) close(); };
    document.addEventListener("pointerdown", away);
    return () => document.removeEventListener("pointerdown", away);
  }, []);
  const make = async (form, label) => {
    making.value = label;
    made.value = "";
    made.value = await download(from, { ...what(), form });
    making.value = "";
  };
  const keys = (event) => {
    if (event.key !== "Escape") return;
    close();
    box.current.firstElementChild.focus();
  };
  return h("details", { class: "menu", ref: box, onKeyDown: keys },
    h("summary", null, "Download"),
    h("div", null, h("ul", null, FORMS.map(([form, label]) => h("li", { key: form },
      h("button", { type: "button", disabled: making.value !== "", onClick: () => make(form, label) }, label)))),
    h("div", { "aria-live": "polite" }, making.value
      ? h("p", { class: "played busy" }, h("progress", { "aria-label": "Making the file" }), `${making.value} is being made; the browser saves it.`)
      : made.value ? h("p", { class: "note" }, `Saved: ${made.value}`) : slow && h("p", { class: "note" }, slow))));
}
