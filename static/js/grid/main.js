// The quarter as a table to type in. Without this script its form saves the whole table at once.

import { addRow, cellAt, cellsIn, enter, form, isCell, moveRow, rowOf } from "./cells.js";
import * as keys from "./keys.js";
import { underOf } from "./marks.js";
import * as paste from "./paste.js";
import * as queue from "./queue.js";
import * as signIn from "./signin.js";

const TAB = `grid-tab:${location.pathname}`;

function pressed(event) {
  const button = event.target.closest("button, a[data-more], #blocking a");
  if (!button) return;
  const act = ["add", "mend", "keep", "more", "save"].find((name) => button.name === name || name in button.dataset);
  if (act && ACTS[act](button) !== false) event.preventDefault();
}

const ACTS = {
  add(button) {
    const row = addRow(button.value);
    enter(cellsIn(row)[0]);
  },
  mend(button) {
    const note = button.closest("[data-field]");
    const input = cellAt(rowOf(button).dataset.place, note.dataset.field);
    input.value = button.dataset.mend;
    queue.save([input]);
    enter(input);
  },
  keep(button) {
    const row = rowOf(button);
    const note = button.closest("[data-field]");
    note.remove();
    if (row.dataset.place.startsWith("new-") || row.dataset.seen) queue.save([cellAt(row.dataset.place, note.dataset.field)]);
    else anew(row);
  },
  more(link) {
    const row = rowOf(link);
    const box = document.getElementById(`m-${row.dataset.place}`);
    const kind = row.dataset.kind === "standing" ? "signed" : row.dataset.kind;
    const fields = document.getElementById("more-fields").content.querySelector(`[data-of="${kind}"]`);
    for (const part of fields.cloneNode(true).children) addField(part.cloneNode(true), row, box);
    underOf(row)?.classList.add("is-open");
    link.closest(".row-acts").hidden = true;
    box.querySelector(".extra input, .extra textarea")?.focus();
  },
  save() {
    queue.save([...form.querySelectorAll("input[name*='.'], textarea[name*='.']")]);
  },
};

function addField(part, row, box) {
  const input = part.querySelector("input, textarea");
  const id = `c-${row.dataset.place}-${input.dataset.field}`;
  if (document.getElementById(id)) return;
  input.id = id;
  input.name = `${row.dataset.place}.${input.dataset.field}`;
  part.querySelector("label").htmlFor = id;
  box.querySelector("[data-remarks]").append(part);
}

// A row that was removed elsewhere is saved as a fresh one.
function anew(row) {
  moveRow(row, `new-r${crypto.getRandomValues(new Uint32Array(2)).join("")}`);
  for (const input of cellsIn(row)) input.defaultValue = "";
  queue.save(cellsIn(row));
}

function moved(data) {
  const dialog = document.getElementById("moved");
  dialog.querySelector("[data-who]").textContent = [data.at, data.who].filter(Boolean).join("　");
  dialog.querySelector("[data-take]").addEventListener("click", () => {
    rememberPlace();
    queue.reload();
  });
  if (!dialog.open) dialog.showModal();
}

function rememberPlace() {
  const input = document.activeElement;
  if (isCell(input)) sessionStorage.setItem(`${TAB}:at`, input.id);
}

function backInPlace() {
  const id = sessionStorage.getItem(`${TAB}:at`);
  sessionStorage.removeItem(`${TAB}:at`);
  if (id) enter(document.getElementById(id));
}

// Reloading this very tab is no second window.
function knowOneself() {
  const former = document.getElementById("former");
  if (former && former.dataset.token === sessionStorage.getItem(TAB)) former.remove();
  sessionStorage.setItem(TAB, form.dataset.token);
}

function start() {
  form.setAttribute("data-live", "");
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("click", pressed);
  form.addEventListener("change", (event) => isCell(event.target) && queue.save([event.target]));
  keys.listen();
  paste.listen();
  signIn.listen();
  queue.guard();
  queue.whenHeld("ended", signIn.ask);
  queue.whenHeld("moved", moved);
  addEventListener("pagehide", rememberPlace);
  knowOneself();
  for (const input of form.querySelectorAll(".cell--wait > input")) input.defaultValue = "";
  queue.save([...form.querySelectorAll(".cell--wait > input")]);
  queue.takeUp(addRow, moveRow);
  backInPlace();
}

start();
