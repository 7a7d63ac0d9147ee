// Asking the server. Every answer is one of: done, offline, ended (signed out), moved (another tab), refused.

import { form } from "./cells.js";

const FIRST_PAUSE = 1_000;
const TIMEOUT = 20_000;

export function token() {
  return form.querySelector("[name=csrfmiddlewaretoken]").value;
}

function renew(csrf) {
  for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) {
    if (!input.closest("dialog")) input.value = csrf;
  }
}

export async function saveRows(rows) {
  const body = { version: form.dataset.version || null, token: form.dataset.token, rows };
  let answer = await post(body);
  // The page's token has worn out: somebody signed in again in another tab, or just here.
  if (answer.kind === "stale") {
    const state = await askState();
    answer = state.kind === "done" ? await post(body) : state;
  }
  if (answer.kind === "done") form.dataset.version = answer.data.version;
  return answer.kind === "stale" ? { kind: "refused", data: { refused: "403" } } : answer;
}

async function post(body) {
  const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token() };
  return answered(form.dataset.save, { method: "POST", headers, body: JSON.stringify(body) });
}

// Who is signed in now, and a fresh token; with `rows`, what the rules say of the whole sheet.
export async function askState(withRows = false) {
  const address = form.dataset.state + (withRows ? "?rows=1" : "");
  const answer = await answered(address, { headers: { Accept: "application/json" } });
  if (answer.kind !== "done") return answer;
  renew(answer.data.csrf);
  if (String(answer.data.firm) !== form.dataset.firm) return switchFirm(answer);
  return answer;
}

// A new session begins with the first of a person's firms: go back to the one that is being filled.
async function switchFirm() {
  const body = new URLSearchParams({ csrfmiddlewaretoken: token(), firm: form.dataset.firm });
  const response = await fetch(form.dataset.switch, { method: "POST", body, credentials: "same-origin" });
  if (!response.ok) return { kind: "stranger" };
  const answer = await answered(form.dataset.state, { headers: { Accept: "application/json" } });
  const isOurs = answer.kind === "done" && String(answer.data.firm) === form.dataset.firm;
  return answer.kind === "done" && !isOurs ? { kind: "stranger" } : answer;
}

async function answered(address, options) {
  let response;
  try {
    const signal = AbortSignal.timeout(TIMEOUT);
    response = await fetch(address, { ...options, credentials: "same-origin", signal });
  } catch {
    return { kind: "offline" };
  }
  const isOurs = response.headers.get("Content-Type")?.startsWith("application/json");
  const data = isOurs ? await response.json() : {};
  if (response.ok && isOurs) return { kind: "done", data };
  return { kind: kindOf(response.status, isOurs), data };
}

function kindOf(status, isOurs) {
  if (status === 401) return "ended";
  if (status === 409) return "moved";
  if (status === 403 && !isOurs) return "stale";
  if (status >= 500 || status === 429) return "offline";
  return status === 404 ? "stranger" : "refused";
}

// Once a second, then less and less often, up to half a minute.
export function pause(attempt) {
  return Math.min(FIRST_PAUSE * 2 ** attempt, 30_000);
}
