// What is said beside an answer: what is wrong, and that a number is not the answer yet.
import { h } from "./vendor/view.js";

/** What is wrong, a line each. @param {{of: any[]}} props */
export const Wrong = ({ of }) =>
  of.length ? h("div", { class: "wrong", role: "alert" }, of.map((one) => h("p", null, one.text))) : null;

/** What a reader of the answer has to know besides. @param {{of: string[]}} props */
export const Caveats = ({ of }) =>
  of.length ? h("ul", { class: "caveats", "aria-label": "What to know before quoting this" }, of.map((said) => h("li", null, said))) : null;

/** That the first numbers are not the answer, and what comes. */
export const Provisional = () => h("p", { class: "provisional" },
  h("span", { class: "mark" }, "Provisional"),
  " Every unknown number at its central value. The answer follows, with its range; its numbers may lie well away from these.");
