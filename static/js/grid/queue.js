// Cells on their way to the server: in memory, and in this tab's own storage until they have arrived.

import { cellAt, fieldOf, form, isCell, placeOf, rowOf } from "./cells.js";
import { mark, show, tellBlocking, tellMeter, tellSaved, tellTotals } from "./marks.js";
import { askState, pause, saveRows } from "./server.js";
import { say } from "./words.js";

// A few keystrokes may still come with the first one; a whole paste comes at once.
const GATHER = 40;
// When nothing has been typed for a while, every rule looks at the whole sheet.
const THEN_CHECK = 1_500;
const STORED = `grid:${form.dataset.firm}:${location.pathname}:`;

const waiting = new Map();
let sending = null;
let timer = 0;
let checkTimer = 0;
let attempt = 0;
let held = "";
const onEnded = { ended: null, moved: null };

export function whenHeld(kind, act) {
  onEnded[kind] = act;
}

function key(input) {
  return input.name;
}

export function waits(input) {
  return waiting.has(key(input)) || Boolean(sending?.has(key(input)) && input.value !== sending.get(key(input)).value);
}

export function count() {
  return waiting.size + (sending?.size ?? 0);
}

// Cells whose text differs from what the server has are sent; the others are taken off the list again.
export function save(inputs) {
  for (const input of inputs) {
    if (!isCell(input)) continue;
    if (input.value === input.defaultValue && !waiting.has(key(input))) continue;
    const row = rowOf(input);
    waiting.set(key(input), {
      place: placeOf(input), field: fieldOf(input), value: input.value, before: input.defaultValue,
      kind: row.dataset.kind, number: row.dataset.number, seen: row.dataset.seen,
    });
    mark(input, "wait");
  }
  if (!waiting.size) return;
  keep();
  if (held) tellHeld();
  else soon(GATHER);
}

function soon(milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(flush, milliseconds);
}

export function goOn() {
  held = "";
  attempt = 0;
  soon(0);
}

async function flush() {
  if (sending || !waiting.size || held) return;
  sending = new Map(waiting);
  waiting.clear();
  tellSaved(say("saving", { count: sending.size }), true);
  const answer = await saveRows(rowsOf(sending.values()));
  if (answer.kind === "done") arrived(answer.data);
  else failed(answer);
}

function rowsOf(cells) {
  const rows = new Map();
  for (const cell of cells) {
    if (!rows.has(cell.place)) {
      const { place, kind, number, seen } = cell;
      rows.set(cell.place, { place, kind, number: number ?? "", seen: seen ?? "", values: {}, before: {} });
    }
    rows.get(cell.place).values[cell.field] = cell.value;
    rows.get(cell.place).before[cell.field] = cell.before;
  }
  return [...rows.values()];
}

function arrived(data) {
  const sent = sending;
  sending = null;
  attempt = 0;
  for (const answer of data.rows) settle(answer, sent);
  tellTotals(data.totals);
  tellSaved(say("saved", { time: data.saved_at }));
  document.getElementById("check").hidden = false;
  tellBlocking();
  tellMeter();
  keep();
  if (waiting.size) soon(0);
  clearTimeout(checkTimer);
  checkTimer = setTimeout(checkAll, THEN_CHECK);
}

function settle(answer, sent) {
  const row = document.getElementById(`r-${answer.was}`);
  if (!row) return;
  const lost = answer.state === "overtaken" || answer.state === "gone";
  for (const cell of lost ? [] : sent.values()) {
    if (cell.place !== answer.was) continue;
    const input = cellAt(cell.place, cell.field);
    if (input) input.defaultValue = cell.value;
  }
  // What was typed while this was under way belongs to the row's new place.
  for (const [name, cell] of [...waiting]) {
    if (cell.place !== answer.was || answer.was === answer.place) continue;
    waiting.delete(name);
    waiting.set(`${answer.place}.${cell.field}`, { ...cell, place: answer.place });
  }
  show(row, answer, (input) => waiting.has(key(input)));
  for (const cell of waiting.values()) {
    if (cell.place === answer.place) Object.assign(cell, { seen: answer.seen, before: answer.texts[cell.field] ?? cell.before });
  }
}

// ── When it does not arrive ─────────────────────────────────────────────────────────────────────

function failed(answer) {
  for (const [name, cell] of sending) if (!waiting.has(name)) waiting.set(name, cell);
  sending = null;
  keep();
  if (answer.kind === "offline") {
    tellSaved(say("offline", { count: count() }), true);
    soon(pause(attempt));
    attempt += 1;
    return;
  }
  held = answer.kind;
  tellHeld(answer);
  if (answer.kind === "ended" || answer.kind === "moved") onEnded[answer.kind]?.(answer.data);
}

function tellHeld(answer) {
  if (held === "ended") tellSaved(say("ended", { count: count() }), true);
  else if (held === "stranger") tellSaved(say("other-person"), true);
  else if (answer?.data?.refused) tellSaved(say("failed", { reason: answer.data.refused }), true);
}

// Only while something waits may leaving the page lose it.
export function guard() {
  addEventListener("online", () => {
    attempt = 0;
    if (waiting.size && !held) soon(0);
  });
  addEventListener("beforeunload", (event) => {
    if (count() && !leaving) event.preventDefault();
  });
}

let leaving = false;

export function reload() {
  leaving = true;
  keep();
  location.reload();
}

function keep() {
  const cells = [...(sending?.values() ?? []), ...waiting.values()];
  try {
    const { version, token } = form.dataset;
    if (cells.length) sessionStorage.setItem(STORED + token, JSON.stringify({ version, cells }));
    else sessionStorage.removeItem(STORED + token);
  } catch {
    // A full or forbidden storage: the memory of this page still has them.
  }
}

// What an earlier life of this tab could not send any more: put it back into its cells.
export function takeUp(addRow, moveRow) {
  for (const name of Object.keys(sessionStorage)) {
    if (!name.startsWith(STORED)) continue;
    const { version, cells } = JSON.parse(sessionStorage.getItem(name));
    sessionStorage.removeItem(name);
    // Another version has other rows: what was meant for this one's would land in the wrong place.
    if (version && version !== form.dataset.version) continue;
    const inputs = cells.map((cell) => takeBack(cell, addRow, moveRow)).filter(Boolean);
    save(inputs);
  }
}

function takeBack(cell, addRow, moveRow) {
  if (!document.getElementById(`r-${cell.place}`)) moveRow(addRow(cell.kind), cell.place);
  const input = cellAt(cell.place, cell.field);
  if (input) input.value = cell.value;
  return input;
}

export async function checkAll() {
  if (count() || held) return;
  const answer = await askState(true);
  if (answer.kind !== "done" || count() || !answer.data.rows) return;
  const found = new Map(answer.data.rows.map((row) => [row.place, row]));
  for (const row of form.querySelectorAll("tr[data-place]")) {
    const said = found.get(row.dataset.place);
    if (said) show(row, said, waits);
    else if (row.hasAttribute("data-begun")) quieten(row);
  }
  tellTotals(answer.data.totals);
  tellBlocking();
  tellMeter();
}

function quieten(row) {
  if (!row.querySelector(".cell--bad, .cell--why") && !document.getElementById(`m-${row.dataset.place}`)?.querySelector("[data-brief]")) return;
  for (const note of document.getElementById(`m-${row.dataset.place}`).querySelectorAll("[data-brief]")) note.remove();
  for (const input of row.querySelectorAll(".cell > input")) {
    if (!waits(input)) mark(input, input.value ? "ok" : "nil");
  }
}
