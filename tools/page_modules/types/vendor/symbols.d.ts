// Standard symbols.
export { ms } from "milsymbol";
