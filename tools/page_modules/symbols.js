// Standard symbols of land units, land equipment, aircraft and ships; what Skypact never shows is left out.
import { ms, numberair, numberlandequipment, numberlandunit, numbersea } from "./node_modules/milsymbol/index.mjs";

for (const part of [numberair, numberlandunit, numberlandequipment, numbersea]) ms.addIcons(part);
export { ms };
