// While members are being chosen: how many cells that makes, a search in long lists, and all or none at a press.
// Without this script the same form counts when its button is pressed.
const form = document.querySelector("[data-asking]");
const output = form.querySelector("[data-size]");
const tooLarge = form.querySelector("[data-too-large]");
const limit = Number(form.dataset.limit);
const numbers = new Intl.NumberFormat(document.documentElement.lang);

const boxesOf = (part) => [...part.querySelectorAll("input[data-codes]")];

// A list and its members ticked one by one count once.
function members(part) {
  const codes = boxesOf(part).filter((box) => box.checked).flatMap((box) => box.dataset.codes.split(" "));
  return new Set(codes.filter(Boolean)).size;
}

function count() {
  let cells = 1;
  for (const part of form.querySelectorAll("[data-dimension]")) {
    const chosen = members(part);
    const said = part.querySelector("[data-chosen]");
    if (said) said.textContent = chosen ? numbers.format(chosen) : "";
    // What is left empty is answered by what is usual.
    cells *= chosen || Number(part.dataset.otherwise);
  }
  output.textContent = numbers.format(cells);
  tooLarge.hidden = cells <= limit;
}

function search(part, text) {
  const wanted = text.trim().toLocaleLowerCase();
  for (const row of part.querySelectorAll(".boxes__all > li")) {
    const label = row.textContent.toLocaleLowerCase();
    row.hidden = !label.includes(wanted);
  }
}

function tick(part, state) {
  for (const row of part.querySelectorAll(".boxes__all > li:not([hidden])")) row.querySelector("input").checked = state;
  count();
}

// Many codes of one name are sent as one, parted by commas: an address stays as short as it can be.
function gathered(event) {
  const data = new FormData(form);
  const query = new URLSearchParams();
  for (const name of new Set(data.keys())) query.set(name, data.getAll(name).join(","));
  event.preventDefault();
  const target = event.submitter?.getAttribute("formaction") ?? form.getAttribute("action");
  window.location.assign(`${target}?${query.toString().replaceAll("%2C", ",").replaceAll("%40", "@")}`);
}

for (const part of form.querySelectorAll(".boxes--long")) {
  const tools = part.querySelector("[data-tools]");
  tools.hidden = false;
  const find = tools.querySelector("[data-find]");
  find.addEventListener("input", () => search(part, find.value));
  // Enter in a search is no wish to see the table.
  find.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  tools.querySelector("[data-all]").addEventListener("click", () => tick(part, true));
  tools.querySelector("[data-none]").addEventListener("click", () => tick(part, false));
}
form.querySelector("[data-recount]").hidden = true;
form.addEventListener("change", count);
form.addEventListener("submit", gathered);
window.addEventListener("pageshow", count);
count();
