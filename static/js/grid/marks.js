// What stands beside the cells: their states, what the rules say, what blocks, and how far the quarter has come.

import { cellAt, cellsIn, fieldOf, form, isInTable, moveRow, placeOf, rowOf } from "./cells.js";
import { say, seal } from "./words.js";

const SHOWN = 9;
const POINT_SEALS = { bad: "bad", why: "why" };

export function mark(input, state) {
  if (!isInTable(input)) {
    input.dataset.state = state;
    return;
  }
  const cell = input.parentElement;
  if (state === "ok" && "ask" in input.dataset) state = "ask";
  const classes = [...cell.classList].filter((name) => !name.startsWith("cell--"));
  cell.className = [...classes, `cell--${state}`].join(" ");
  for (const old of cell.querySelectorAll(".seal")) old.remove();
  const fresh = seal(state);
  if (fresh) cell.append(fresh);
  const tells = ["bad", "why", "ask"].includes(state);
  input.toggleAttribute("aria-invalid", state === "bad");
  if (state === "bad") input.setAttribute("aria-invalid", "true");
  if (tells) input.setAttribute("aria-describedby", `m-${placeOf(input)}`);
  else input.removeAttribute("aria-describedby");
}

export function stateOf(input) {
  return [...input.parentElement.classList].find((name) => name.startsWith("cell--"))?.slice(6) ?? "nil";
}

// Put an answered row on the page. Cells that were typed into meanwhile keep what the person typed.
export function show(row, answer, waits) {
  if (answer.place !== row.dataset.place) moveRow(row, answer.place);
  const lost = answer.state === "overtaken" || answer.state === "gone";
  row.dataset.seen = answer.seen;
  row.dataset.missing = answer.missing;
  row.toggleAttribute("data-begun", answer.state === "saved" || answer.state === "typed");
  if (!lost) row.dataset.number = answer.texts.number ?? "";
  if (answer.remarks !== undefined) remark(row, answer.remarks);
  for (const input of ownCells(row)) {
    const field = fieldOf(input);
    if (waits(input)) continue;
    const state = answer.cells[field];
    if (lost) {
      if (!(field in answer.texts)) continue;
      input.defaultValue = answer.texts[field];
    } else if (document.activeElement !== input || input.value === input.defaultValue) {
      put(input, answer.texts[field] ?? "");
    }
    mark(input, state ?? (input.value ? "ok" : "nil"));
  }
  if (answer.contract) aboutContract(row, answer.contract);
}

function ownCells(row) {
  const under = underOf(row);
  return [row, under].filter(Boolean).flatMap((part) => [...part.querySelectorAll("input[name*='.'], textarea")]);
}

export function underOf(row) {
  const next = row.nextElementSibling;
  return next?.dataset.under === row.dataset.place ? next : null;
}

// What the server has is the default of each input: whatever differs from it is still to be saved.
export function put(input, text) {
  input.value = text;
  input.defaultValue = text;
}

export function remark(row, markup) {
  const box = document.getElementById(`m-${row.dataset.place}`)?.querySelector("[data-remarks]");
  if (!box || box.contains(document.activeElement)) return;
  const typed = [...box.querySelectorAll("input, textarea")].some((input) => input.value !== input.defaultValue);
  if (!typed) box.innerHTML = markup;
}

function aboutContract(row, contract) {
  const texts = { name: contract.name, client: contract.client, where: contract.place, currency: contract.currency };
  if (contract.left) texts.left = contract.left;
  for (const [name, text] of Object.entries(texts)) {
    const place = row.querySelector(`[data-${name}]`);
    if (place) place.textContent = text;
  }
  if (!contract.left) return;
  for (const other of form.querySelectorAll(`tr[data-number="${CSS.escape(contract.number)}"] [data-left]`)) {
    other.textContent = contract.left;
  }
}

// ── Above the table ─────────────────────────────────────────────────────────────────────────────

export function tellBlocking() {
  const block = document.getElementById("blocking");
  const asked = [...block.querySelectorAll("li")].filter((item) => item.querySelector(".seal--ask"));
  const points = [...form.querySelectorAll(".pi-n[data-brief]")].filter((note) => !note.classList.contains("pi-n--ok"));
  const rows = [...form.querySelectorAll("tr[data-missing]")].filter((row) => Number(row.dataset.missing));
  const empty = rows.reduce((sum, row) => sum + Number(row.dataset.missing), 0);
  const count = asked.length + points.length + (empty ? 1 : 0);
  const items = [...asked, ...points.slice(0, SHOWN - asked.length).map(pointOf)];
  if (empty && items.length < SHOWN) items.push(emptyPoint(rows, empty));
  block.hidden = !count;
  block.querySelector("h2").textContent = count === 1 ? say("title-one") : say("title-many", { count });
  block.querySelector("ol").replaceChildren(...items);
  const more = block.querySelector(".more");
  more.hidden = count <= SHOWN;
  more.textContent = say("more", { count: count - SHOWN });
}

function pointOf(note) {
  const row = rowOf(note);
  const kind = note.classList.contains("pi-n--why") ? "why" : "bad";
  const cell = cellAt(row.dataset.place, note.dataset.field);
  return point(cell ? cell.id : row.id, POINT_SEALS[kind], `${titleOf(row)}　${note.dataset.brief}`);
}

function emptyPoint(rows, count) {
  const title = rows.length > 1 ? say("others", { title: titleOf(rows[0]) }) : titleOf(rows[0]);
  const cell = cellsIn(rows[0]).find((input) => !input.value) ?? rows[0];
  return point(cell.id, "empty", `${title}　${say("empty", { count })}`);
}

function titleOf(row) {
  const ordinal = row.firstElementChild.firstChild.textContent.trim();
  return `${say("row", { number: ordinal })}　${row.dataset.number}`;
}

function point(id, kind, text) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = `#${id}`;
  const mark = seal(kind);
  mark.removeAttribute("title");
  mark.querySelector(".vh")?.remove();
  link.append(mark, text);
  item.append(link);
  return item;
}

export function tellMeter() {
  const meter = document.querySelector("#meter .meter");
  if (!meter) return;
  const counts = { ok: 0, wait: 0, lock: 0, bad: 0, why: 0, ask: 0, nil: 0 };
  for (const cell of document.querySelectorAll("table[data-section='executions'] .cell")) {
    const state = /cell--(\w+)/.exec(cell.className)?.[1] ?? "nil";
    counts[state in counts ? state : "ok"] += 1;
  }
  const due = counts.bad + counts.why + counts.ask;
  const done = counts.ok + counts.lock + counts.wait;
  const all = done + due + counts.nil;
  const figure = meter.querySelector(".m");
  figure.firstChild.textContent = String(done + due);
  const small = figure.querySelector("small");
  small.textContent = small.textContent.replace(/\d+/, String(all));
  const [, red, lake] = withDue(meter.querySelector("svg"));
  red.setAttribute("width", `${(100 * (done + due)) / all}%`);
  lake.setAttribute("width", `${(100 * done) / all}%`);
  meter.querySelector("svg + p").textContent = say("meter", {
    saved: counts.ok, saving: counts.wait, locked: counts.lock, due, empty: counts.nil,
  });
}

function withDue(drawing) {
  if (drawing.children.length === 2) {
    const red = drawing.firstElementChild.cloneNode();
    red.setAttribute("class", "c-cin");
    drawing.lastElementChild.before(red);
  }
  return drawing.children;
}

export function tellTotals(totals) {
  for (const name of ["executed", "signed"]) {
    const place = document.getElementById(`sum-${name}`);
    if (place) place.textContent = totals[name];
  }
}

export function tellSaved(text, isLate = false) {
  const place = document.getElementById("saved");
  const strong = document.createElement("b");
  strong.textContent = text;
  strong.classList.toggle("is-late", isLate);
  place.replaceChildren(strong, isLate ? "" : ` ${say("safe")}`);
}
