// A block of cells of one table: from the cell in focus to a corner.

import { cellsIn, form, rowOf, rowsOfTable, tableOf } from "./cells.js";
import { textOf } from "./clipboard.js";
import { save } from "./queue.js";

let from = null;
let corner = null;

export function only(input) {
  clear();
  from = corner = input;
}

function clear() {
  for (const cell of form.querySelectorAll(".cell.is-in")) cell.classList.remove("is-in");
}

export function hasBlock() {
  return from && corner && from !== corner ? { from, corner } : null;
}

export function extend(input) {
  if (!from || !input || tableOf(from) !== tableOf(input)) return;
  clear();
  corner = input;
  for (const row of block()) for (const cell of row) cell.parentElement.classList.add("is-in");
  input.scrollIntoView({ block: "nearest" });
}

// The cells of the block, row by row.
export function block() {
  const rows = rowsOfTable(tableOf(from));
  const [top, bottom] = inOrder(rows.indexOf(rowOf(from)), rows.indexOf(rowOf(corner)));
  const [first, last] = inOrder(columnOf(from), columnOf(corner));
  return rows.slice(top, bottom + 1).map((row) => cellsIn(row).slice(first, last + 1));
}

function inOrder(one, other) {
  return one < other ? [one, other] : [other, one];
}

function columnOf(input) {
  return cellsIn(rowOf(input)).indexOf(input);
}

export function blockText() {
  return textOf(block().map((row) => row.map((input) => input.value)));
}

// Empties the block, or the one cell; answers what it said before.
export function clearBlock(input) {
  const cells = hasBlock() ? block().flat() : [input];
  const before = cells.map((cell) => ({ input: cell, text: cell.value }));
  for (const cell of cells) cell.value = "";
  save(cells);
  return before;
}
