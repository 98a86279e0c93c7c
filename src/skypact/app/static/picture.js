// The map as a file of its own: with what it shows, a legend, and whose borders they are.
import { colour } from "./words.js";

const SIDE = 14, LINE = 19, FONT = "13px system-ui, sans-serif";

/** Words in lines that fit. @param {CanvasRenderingContext2D} pen @param {string} text @param {number} width */
function wrapped(pen, text, width) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
    if (pen.measureText(longer).width <= width || !lines.at(-1)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** A small area as the map has it. @param {CanvasRenderingContext2D} pen */
function hatched(pen, left, top, tint) {
  Object.assign(pen, { strokeStyle: tint, lineWidth: 1.2 });
  pen.setLineDash([]);
  pen.strokeRect(left, top, 16, 11);
  pen.beginPath();
  for (const shift of [0, 5]) {
    pen.moveTo(left + shift, top + 11);
    pen.lineTo(left + shift + 11, top);
  }
  pen.stroke();
}

/** @typedef {{text: string, strong?: boolean, line?: string, dash?: number[], box?: string, hatch?: boolean}} Entry  line, box: a colour of the style sheet */

/**
 * A drawing between a title and what is to be known about it.
 * @param {HTMLCanvasElement} drawing @param {number} ratio pixels to one of the style sheet
 * @param {Entry[]} above @param {Entry[]} below
 */
export function framed(drawing, ratio, above, below) {
  const sheet = document.createElement("canvas"), pen = sheet.getContext("2d");
  const width = drawing.width / ratio, height = drawing.height / ratio;
  pen.font = FONT;
  const laid = (entries) => entries.map((one) => {
    const left = one.line || one.box ? 40 : 0;
    pen.font = one.strong ? `bold ${FONT}` : FONT;
    return { ...one, left, lines: wrapped(pen, one.text, width - 2 * SIDE - left) };
  });
  const [head, foot] = [laid(above), laid(below)];
  const room = (entries) => entries.reduce((sum, one) => sum + one.lines.length * LINE, 0) + SIDE;
  sheet.width = drawing.width;
  sheet.height = Math.round((room(head) + height + room(foot)) * ratio);
  pen.fillStyle = colour("--paper");
  pen.fillRect(0, 0, sheet.width, sheet.height);
  pen.drawImage(drawing, 0, Math.round(room(head) * ratio));
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  const write = (entries, top) => {
    let y = top + SIDE;
    for (const one of entries) {
      if (one.line) {
        Object.assign(pen, { strokeStyle: colour(one.line), lineWidth: 2 });
        pen.setLineDash(one.dash ?? []);
        pen.beginPath();
        pen.moveTo(SIDE, y - 4);
        pen.lineTo(SIDE + 30, y - 4);
        pen.stroke();
      }
      if (one.box) {
        pen.fillStyle = colour(one.box);
        if (one.hatch) hatched(pen, SIDE + 8, y - 10, colour(one.box));
        else pen.fillRect(SIDE + 8, y - 10, 16, 11);
      }
      pen.fillStyle = colour("--ink");
      pen.font = one.strong ? `bold ${FONT}` : FONT;
      for (const line of one.lines) {
        pen.fillText(line, SIDE + one.left, y);
        y += LINE;
      }
    }
  };
  write(head, 4);
  write(foot, room(head) + height + 4);
  return sheet;
}
