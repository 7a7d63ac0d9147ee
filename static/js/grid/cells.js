// The table as rows and columns of inputs. Everything is asked of the page itself: there is no second copy to keep.

export const form = document.getElementById("grid");

export function isCell(element) {
  return element instanceof HTMLElement && element.matches("#grid input[name*='.'], #grid textarea[name*='.']");
}

export function isInTable(element) {
  return isCell(element) && element.parentElement.classList.contains("cell");
}

export function rowOf(element) {
  const row = element.closest("tr");
  return row.dataset.under ? row.previousElementSibling : row;
}

export function placeOf(input) {
  return input.name.slice(0, input.name.indexOf("."));
}

export function fieldOf(input) {
  return input.name.slice(input.name.indexOf(".") + 1);
}

export function cellAt(place, field) {
  return document.getElementById(`c-${place}-${field}`);
}

export function cellsIn(row) {
  return [...row.querySelectorAll(".cell > input")];
}

export function rowsOfTable(table) {
  return [...table.querySelectorAll("tr[data-place]")];
}

export function tableOf(element) {
  return element.closest("table.sheet");
}

// The cell so many rows and columns away in the same table; the nearest one at its edge.
export function neighbour(input, down, right) {
  const row = rowOf(input);
  if (!down) {
    const cells = cellsIn(row);
    return cells[Math.min(Math.max(cells.indexOf(input) + right, 0), cells.length - 1)];
  }
  let next = row;
  for (let left = Math.abs(down); left > 0; ) {
    const candidate = beside(next, down > 0);
    if (!candidate) break;
    next = candidate;
    left -= 1;
  }
  return sameColumn(next, input) ?? input;
}

function beside(row, below) {
  let next = below ? row.nextElementSibling : row.previousElementSibling;
  while (next && !next.dataset.place) next = below ? next.nextElementSibling : next.previousElementSibling;
  if (next) return next;
  let body = below ? row.parentElement.nextElementSibling : row.parentElement.previousElementSibling;
  while (body?.tagName === "TBODY") {
    const rows = body.querySelectorAll("tr[data-place]");
    if (rows.length) return rows[below ? 0 : rows.length - 1];
    body = below ? body.nextElementSibling : body.previousElementSibling;
  }
  return null;
}

export function sameColumn(row, input) {
  const field = fieldOf(input);
  const cells = cellsIn(row);
  return cells.find((cell) => fieldOf(cell) === field) ?? cells[0];
}

export function enter(input) {
  if (!input) return;
  input.focus();
  if (input instanceof HTMLInputElement) input.select();
}

// ── Fresh rows ──────────────────────────────────────────────────────────────────────────────────

const BODY_OF = { executed: "added-executed", signed: "added-signed", standing: "added-signed", changed: "added-changed" };

export function addRow(kind) {
  const body = document.getElementById(BODY_OF[kind]);
  const place = `new-r${crypto.getRandomValues(new Uint32Array(2)).join("")}`;
  const copy = document.getElementById(`pattern-${kind === "standing" ? "signed" : kind}`).content.cloneNode(true);
  for (const element of copy.querySelectorAll("*")) rename(element, "new-pattern", place);
  const row = copy.querySelector("tr[data-place]");
  const section = body.closest("section");
  row.firstElementChild.firstChild.textContent = String(section.querySelectorAll("tr[data-place]").length + 1);
  body.append(copy);
  for (const hidden of section.querySelectorAll(".tbl-wrap[hidden], table[hidden], #added-executed > .grp[hidden]")) {
    hidden.hidden = false;
  }
  for (const none of section.querySelectorAll(".none")) none.hidden = true;
  return row;
}

export function moveRow(row, place) {
  const old = row.dataset.place;
  if (old === place) return;
  const under = row.nextElementSibling?.dataset.under === old ? [row.nextElementSibling] : [];
  for (const part of [row, ...under]) {
    for (const element of [part, ...part.querySelectorAll("*")]) rename(element, old, place);
  }
}

function rename(element, old, place) {
  for (const name of ["id", "name", "for", "aria-describedby", "data-place", "data-under", "href"]) {
    const value = element.getAttribute(name);
    if (value?.includes(old)) element.setAttribute(name, value.replace(old, place));
  }
  if (element.type === "hidden") element.value = element.value.replace(old, place);
}
