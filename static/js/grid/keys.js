// Keys as in a spreadsheet. A cell is either chosen (arrows move, typing replaces) or edited (arrows move the caret).

import { cellsIn, enter, form, isCell, isInTable, neighbour, rowOf, rowsOfTable, tableOf } from "./cells.js";
import { clearBlock, extend, hasBlock, only } from "./selection.js";
import { save } from "./queue.js";

const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const undone = [];
let edited = null;
let restored = "";

export function isEdited(input) {
  return edited === input;
}

export function remember(changes) {
  undone.push(changes);
  if (undone.length > 100) undone.shift();
}

function begin(input) {
  edited = input;
  input.parentElement.classList.add("is-edited");
}

function end(input) {
  edited = null;
  input.parentElement.classList.remove("is-edited");
}

export function listen() {
  form.addEventListener("focusin", chosen);
  form.addEventListener("focusout", left);
  form.addEventListener("keydown", pressed);
  form.addEventListener("input", typed);
  form.addEventListener("dblclick", (event) => isInTable(event.target) && begin(event.target));
  form.addEventListener("mousedown", (event) => {
    if (!isInTable(event.target)) return;
    if (event.shiftKey) {
      event.preventDefault();
      extend(event.target);
    } else if (event.target === document.activeElement) begin(event.target);
  });
  form.addEventListener("mouseup", (event) => {
    // The first press chooses the whole cell, as in a spreadsheet; the second sets the caret.
    if (isInTable(event.target) && edited !== event.target) event.target.select();
  });
}

function chosen(event) {
  if (!isCell(event.target)) return;
  restored = event.target.value;
  if (!isInTable(event.target)) return;
  only(event.target);
  event.target.select();
}

function left(event) {
  if (!isCell(event.target)) return;
  if (isInTable(event.target)) end(event.target);
  commit(event.target);
}

// The text is as the person wants it: send it, and know how to take it back.
function commit(input) {
  if (input.value !== restored) remember([{ input, text: restored }]);
  restored = input.value;
  save([input]);
}

function typed(event) {
  if (isInTable(event.target) && edited !== event.target) begin(event.target);
}

function pressed(event) {
  const input = event.target;
  // While a Chinese word is being composed, every key belongs to it.
  if (!isInTable(input) || event.isComposing || event.keyCode === 229) return;
  const act = event.key in MOVES ? arrow : KEYS[event.key];
  if (act && act(input, event) !== false) event.preventDefault();
}

function arrow(input, event) {
  const [down, right] = MOVES[event.key];
  if (edited === input || event.altKey) return false;
  if (event.ctrlKey || event.metaKey) return go(atEdge(input, down, right), event.shiftKey);
  return go(neighbour(event.shiftKey ? hasBlock()?.corner ?? input : input, down, right), event.shiftKey);
}

function go(cell, isExtending) {
  if (isExtending) extend(cell);
  else enter(cell);
  return true;
}

function atEdge(input, down, right) {
  if (right) return cellsIn(rowOf(input)).at(right > 0 ? -1 : 0);
  const rows = rowsOfTable(tableOf(input));
  return neighbour(input, down * rows.length, 0);
}

const KEYS = {
  Enter(input, event) {
    if (event.altKey || event.ctrlKey) return false;
    const next = neighbour(input, event.shiftKey ? -1 : 1, 0);
    if (next === input) commit(input);
    end(input);
    enter(next);
    return true;
  },
  Escape(input) {
    input.value = restored;
    end(input);
    input.select();
    return true;
  },
  F2(input) {
    begin(input);
    input.setSelectionRange(input.value.length, input.value.length);
    return true;
  },
  Home(input, event) {
    if (edited === input) return false;
    const row = event.ctrlKey ? rowsOfTable(tableOf(input))[0] : rowOf(input);
    return go(cellsIn(row)[0], event.shiftKey);
  },
  End(input, event) {
    if (edited === input) return false;
    const row = event.ctrlKey ? rowsOfTable(tableOf(input)).at(-1) : rowOf(input);
    return go(cellsIn(row).at(-1), event.shiftKey);
  },
  Delete(input) {
    if (edited === input) return false;
    const cells = clearBlock(input);
    remember(cells);
    restored = input.value;
    return true;
  },
  z(input, event) {
    if (edited === input || !(event.ctrlKey || event.metaKey) || event.shiftKey) return false;
    return undo(input);
  },
};

function undo() {
  const changes = undone.pop();
  if (!changes) return false;
  for (const { input, text } of changes) input.value = text;
  const inputs = changes.map(({ input }) => input);
  save(inputs);
  enter(inputs[0]);
  restored = inputs[0]?.value ?? "";
  return true;
}

export function settled(input) {
  restored = input.value;
}
