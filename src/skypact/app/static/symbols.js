// Standard symbols (MIL-STD-2525D): what a stack of units is, by its farthest-reaching system.
import { ms } from "./vendor/symbols.js";
import { colour } from "./words.js";

const SIZE = 15;
const drawn = new Map();

/** The symbol of a stack, drawn once for each look. @param {{sidc: string, defender: boolean}} of @param {number} ratio */
export function symbol(of, ratio) {
  const fill = colour(of.defender ? "--home-mark" : "--ally-mark");
  const ink = colour("--symbol-ink");
  const key = [of.sidc, fill, ink, ratio].join();
  const known = drawn.get(key);
  if (known) return known;
  const made = new ms.Symbol(of.sidc, { size: SIZE, fillColor: fill, frameColor: ink, iconColor: ink, strokeWidth: 4, outlineWidth: 3, outlineColor: colour("--land") });
  if (!made.isValid()) throw new Error(`no such symbol: ${of.sidc}`); // it would be drawn as nonsense
  const anchor = made.getAnchor();
  const found = { canvas: made.asCanvas(ratio), x: anchor.x, y: anchor.y };
  drawn.set(key, found);
  return found;
}

/** Whether a code is one that can be drawn. @param {string} code */
export const valid = (code) => new ms.Symbol(code).isValid();
