// Beneath each figure block of the editing desk: what it will say. Only the choices that its form needs are shown.
const address = document.querySelector("script[src*='figure-blocks'][data-address]").dataset.address;
const CHOICES = ["form", "release", "place", "indicator", "table", "chart", "currency", "language"];
const OF_ONE_FORM = ["indicator", "table", "chart"];
const asked = new WeakMap();

function field(block, name) {
  return block.querySelector(`[data-contentpath="${name}"] select, select[name$="-${name}"]`);
}

function panel(block) {
  let found = block.querySelector(":scope > .figure-told");
  if (!found) {
    found = document.createElement("div");
    found.className = "figure-told";
    found.setAttribute("role", "status");
    block.append(found);
  }
  return found;
}

function hideWhatIsNotAsked(block) {
  const form = field(block, "form").value;
  for (const name of OF_ONE_FORM) {
    const select = field(block, name);
    const around = select && (select.closest("[data-contentpath]") || select.closest(".w-field"));
    if (around) around.hidden = name !== form;
  }
}

async function tell(block) {
  hideWhatIsNotAsked(block);
  const values = new URLSearchParams();
  for (const name of CHOICES) values.set(name, field(block, name)?.value || "");
  const language = document.querySelector("#id_language")?.value;
  if (!values.get("language") && language) values.set("language", language);
  const question = `${address}?${values}`;
  if (asked.get(block) === question) return;
  asked.set(block, question);
  const answer = await fetch(question, { credentials: "same-origin" });
  // A later choice may have been answered meanwhile.
  if (answer.ok && asked.get(block) === question) panel(block).innerHTML = await answer.text();
}

function tellAll() {
  for (const block of document.querySelectorAll(".figure-block")) if (field(block, "form")) tell(block);
}

document.addEventListener("change", (event) => {
  const block = event.target.closest?.(".figure-block");
  if (block) tell(block);
});
let waiting = 0;
new MutationObserver(() => {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(tellAll);
}).observe(document.body, { childList: true, subtree: true });
tellAll();
