// Copies the WeChat copy as formatted text. Without script it is selected in the preview by hand.
function written(html) {
  const type = (kind, text) => [kind, new Blob([text], { type: kind })];
  const words = new DOMParser().parseFromString(html, "text/html").body.textContent;
  return new ClipboardItem(Object.fromEntries([type("text/html", html), type("text/plain", words)]));
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  button.hidden = !navigator.clipboard?.write;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.write([written(source.value)]);
      button.textContent = button.dataset.done;
    } catch {
      source.closest("details").open = true;
      source.select();
    }
  });
}
