// Wagtail's own controls that a screen reader would meet without a name, and a list that keys could not scroll.
const NAMELESS = [".public-DraftEditor-content", ".tagit-new input", "#fileupload"];
const OF_A_FIELD = ".w-field, .w-panel, [data-contentpath]";

function labelOf(control) {
  for (let around = control.closest(OF_A_FIELD); around; around = around.parentElement.closest(OF_A_FIELD)) {
    const label = around.querySelector("label, .w-panel__heading");
    const words = label?.textContent.replace("*", "").trim();
    if (words) return words;
  }
  return document.querySelector("h1")?.textContent.trim();
}

function name(control) {
  const words = labelOf(control);
  if (words) control.setAttribute("aria-label", words);
}

function nameAll() {
  document.querySelectorAll(NAMELESS.map((control) => `${control}:not([aria-label])`).join(", ")).forEach(name);
  // Where the table keeps what is copied: nothing to read.
  document.querySelector(".copyPaste:not([aria-hidden])")?.setAttribute("aria-hidden", "true");
  document.querySelectorAll(".w-minimap__list:not([tabindex])").forEach((list) => (list.tabIndex = 0));
}

let waiting = 0;
new MutationObserver(() => {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(nameAll);
}).observe(document.body, { childList: true, subtree: true });
nameAll();
