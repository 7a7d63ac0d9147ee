// A form that takes a while says so as soon as it is sent, and cannot be sent twice. Without this script it does the
// same work in silence.
const size = (bytes) => bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1)} MB`;

function sending(form) {
  const status = form.querySelector("[role=status]");
  const file = form.querySelector("input[type=file]")?.files[0];
  const said = form.dataset.sending;
  // A full-width colon brings its own space.
  const gap = said.endsWith("：") ? "" : " ";
  status.textContent = file ? `${said}${gap}${file.name} (${size(file.size)})` : said;
  form.setAttribute("aria-busy", "true");
  for (const button of form.querySelectorAll("[type=submit]")) button.disabled = true;
}

function waiting(form) {
  form.querySelector("[role=status]").textContent = "";
  form.removeAttribute("aria-busy");
  for (const button of form.querySelectorAll("[type=submit]")) button.disabled = false;
}

for (const form of document.querySelectorAll("form[data-sending]")) {
  // The press itself is let through first: a disabled button would not be sent along.
  form.addEventListener("submit", () => setTimeout(sending, 0, form));
  // Whoever comes back by the browser's own button finds the form as it was.
  window.addEventListener("pageshow", (event) => event.persisted && waiting(form));
}
