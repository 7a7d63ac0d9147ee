// A session that ended: sign in here, in the page's own dialog, and go on in the same cell.

import { enter, form } from "./cells.js";
import { goOn } from "./queue.js";
import { askState } from "./server.js";
import { say } from "./words.js";

const dialog = document.getElementById("sign-in");
const place = dialog.querySelector("[data-form]");
let back = null;

export function listen() {
  dialog.addEventListener("submit", sent);
  dialog.querySelector("[data-go-on]").addEventListener("click", resume);
  dialog.addEventListener("close", () => enter(back));
}

export async function ask() {
  if (dialog.open) return;
  back = document.activeElement;
  dialog.showModal();
  await load(`${form.dataset.signIn}?next=${encodeURIComponent(form.dataset.state)}`);
}

async function load(address, options = {}) {
  try {
    const response = await fetch(address, { credentials: "same-origin", ...options });
    await take(response);
  } catch {
    notice(say("offline", { count: "" }));
  }
}

// Whatever the sign-in answers: its own form again (with what was wrong, or a second step), or that it is done.
async function take(response) {
  if (response.headers.get("Content-Type")?.startsWith("application/json")) return resume();
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const asked = page.querySelector("main form:has([name=csrfmiddlewaretoken])");
  if (!asked) return notice(page.querySelector("main h1")?.textContent ?? String(response.status));
  asked.setAttribute("action", new URL(asked.getAttribute("action") || response.url, response.url).pathname);
  for (const link of asked.querySelectorAll("a")) link.target = "_blank";
  place.replaceChildren(document.adoptNode(asked));
  (place.querySelector("[aria-invalid=true]") ?? place.querySelector("input:not([type=hidden])"))?.focus();
  return null;
}

function notice(text) {
  const line = document.createElement("p");
  line.setAttribute("role", "alert");
  line.textContent = text;
  place.prepend(line);
}

async function sent(event) {
  event.preventDefault();
  const asked = event.target;
  const body = new URLSearchParams(new FormData(asked, event.submitter));
  if (!body.has("next")) body.set("next", form.dataset.state);
  await load(asked.getAttribute("action"), { method: "POST", body });
}

async function resume() {
  const state = await askState();
  if (state.kind !== "done") return notice(say(state.kind === "stranger" ? "other-person" : "ended", { count: "" }));
  place.replaceChildren();
  dialog.close();
  goOn();
  return null;
}
