// Standard symbols (MIL-STD-2525D): what a stack of units is, by its farthest-reaching system.
import { ms } from "./vendor/symbols.js";
import { colour } from "./words.js";

// Context reality, friend; symbol set and entity.
const CODES = {
  ground: "10031000001301000000", // air defence
  soft: "10031000001505000000", // electronic warfare
  air: "10030100001101040000", // fighter
  ship: "10033000001202030000", // destroyer
};
const SIZE = 15;
const drawn = new Map();

/** The symbol of a stack, drawn once for each look. @param {{basing: string, kind: string, defender: boolean}} of */
export function symbol(of, ratio) {
  const code = CODES[of.kind === "soft" ? "soft" : of.basing] ?? CODES.ground;
  const fill = colour(of.defender ? "--home-mark" : "--ally-mark");
  const ink = colour("--symbol-ink");
  const key = [code, fill, ink, ratio].join();
  const known = drawn.get(key);
  if (known) return known;
  const made = new ms.Symbol(code, { size: SIZE, fillColor: fill, frameColor: ink, iconColor: ink, strokeWidth: 4, outlineWidth: 3, outlineColor: colour("--land") });
  if (!made.isValid()) throw new Error(`no such symbol: ${code}`); // it would be drawn as nonsense
  const anchor = made.getAnchor();
  const found = { canvas: made.asCanvas(ratio), x: anchor.x, y: anchor.y };
  drawn.set(key, found);
  return found;
}
