// A block from another program goes into the table from the cell in focus on; what is too much is told, never lost.

import { addRow, cellsIn, fieldOf, form, isInTable, rowOf, rowsOfTable, tableOf } from "./cells.js";
import { rowsOf } from "./clipboard.js";
import { isEdited, remember, settled } from "./keys.js";
import { save } from "./queue.js";
import { blockText, clearBlock, hasBlock } from "./selection.js";
import { say } from "./words.js";

const TOLD = 5;

export function listen() {
  form.addEventListener("copy", copied);
  form.addEventListener("cut", copied);
  form.addEventListener("paste", pasted);
}

function copied(event) {
  const input = event.target;
  if (!isInTable(input) || isEdited(input)) return;
  event.clipboardData.setData("text/plain", hasBlock() ? blockText() : input.value);
  event.preventDefault();
  if (event.type === "cut") remember(clearBlock(input));
}

function pasted(event) {
  const input = event.target;
  if (!isInTable(input)) return;
  const text = event.clipboardData.getData("text/plain");
  if (isEdited(input) && !/[\t\n]/.test(text.trim())) return;
  event.preventDefault();
  pasteAt(input, rowsOf(text));
}

function pasteAt(input, rows) {
  const table = tableOf(input);
  const heads = headsOf(table);
  const columns = rows.length > 1 ? columnsOf(rows[0], heads) : null;
  const lines = (columns ? rows.slice(1) : rows).filter((row) => row.some((text) => text.trim()));
  const told = { beyond: [], changes: [], cells: [] };
  if (columns) byHead(table, input, columns, lines, told);
  else byPlace(table, input, lines, told);
  remember(told.changes);
  settled(input);
  save(told.cells);
  tell(told, Boolean(columns));
}

// ── Straight from the cell in focus ─────────────────────────────────────────────────────────────

function byPlace(table, input, lines, told) {
  const first = cellsIn(rowOf(input)).indexOf(input);
  const fields = cellsIn(rowOf(input)).slice(first).map(fieldOf);
  let rows = rowsOfTable(table);
  const top = rows.indexOf(rowOf(input));
  for (const [index, texts] of lines.entries()) {
    const row = rows[top + index] ?? addRow(rowOf(input).dataset.kind);
    texts.forEach((text, column) => put(row, fields[column], text, told));
    if (rows.length <= top + index) rows = rowsOfTable(table);
  }
}

function put(row, field, text, told) {
  const cell = field && cellsIn(row).find((input) => fieldOf(input) === field);
  if (!cell) {
    if (text.trim()) told.beyond.push(text.trim());
    return;
  }
  const value = text.replace(/\s*[\r\n]+\s*/g, " ").trim();
  told.changes.push({ input: cell, text: cell.value });
  cell.value = value;
  told.cells.push(cell);
}

// ── With a row of headings, in any order ────────────────────────────────────────────────────────

function headsOf(table) {
  const heads = new Map();
  for (const [field, names] of Object.entries(JSON.parse(table.dataset.heads))) {
    for (const name of names) heads.set(plain(name), field);
  }
  return heads;
}

function plain(text) {
  return text.normalize("NFKC").replace(/[*＊\s]/g, "").toLowerCase();
}

// The field of each column when the first row names at least two of them; null when it is a row like the others.
function columnsOf(row, heads) {
  const fields = row.map((text) => heads.get(plain(text)) ?? "");
  return fields.filter(Boolean).length > 1 ? fields : null;
}

function byHead(table, input, columns, lines, told) {
  const number = columns.indexOf("number");
  const rows = rowsOfTable(table);
  const taken = new Set();
  let next = rows.indexOf(rowOf(input));
  for (const texts of lines) {
    const row = number < 0 ? rows[next++] ?? addRow(rowOf(input).dataset.kind) : rowFor(rows, taken, texts[number], input);
    taken.add(row);
    const isNamed = !cellsIn(row).some((cell) => fieldOf(cell) === "number");
    texts.forEach((text, column) => {
      if (!columns[column] || (columns[column] === "number" && isNamed)) return;
      put(row, columns[column], text, told);
    });
  }
}

// The first row of that contract in which nothing stands yet, or else a fresh one.
function rowFor(rows, taken, number, input) {
  const wanted = plain(number ?? "");
  const free = rows.find(
    (row) => !taken.has(row) && plain(row.dataset.number) === wanted && !row.hasAttribute("data-begun"),
  );
  return free ?? addRow(rowOf(input).dataset.kind);
}

function tell(told, hadHeads) {
  const words = [say("pasted", { count: told.cells.length })];
  if (hadHeads) words.push(say("head-skipped"));
  if (told.beyond.length) {
    const values = told.beyond.slice(0, TOLD).join("、") + (told.beyond.length > TOLD ? "…" : "");
    words.push(say("beyond", { count: told.beyond.length, values }));
  }
  const place = document.getElementById("told");
  place.textContent = words.join(" ");
  place.hidden = false;
}
