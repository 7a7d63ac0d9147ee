// Large text: remembered in a cookie, applied before the page is painted. Public pages are cached for
// everybody, so the server cannot apply it there. Without script the switch leads to a page about zoom.
(function () {
  "use strict";
  const root = document.documentElement;
  const remembered = /(?:^|;\s*)text=large(?:;|$)/.test(document.cookie);

  function apply(large) {
    if (large) root.dataset.text = "large";
    else delete root.dataset.text;
    for (const link of document.querySelectorAll("[data-text-switch]")) {
      link.setAttribute("aria-pressed", String(large));
    }
  }

  function toggle(event) {
    event.preventDefault();
    const large = root.dataset.text !== "large";
    document.cookie = "text=" + (large ? "large" : "normal") + "; path=/; max-age=31536000; samesite=lax";
    apply(large);
  }

  if (remembered) root.dataset.text = "large";
  document.addEventListener("DOMContentLoaded", function () {
    for (const link of document.querySelectorAll("[data-text-switch]")) {
      link.setAttribute("role", "button");
      link.addEventListener("click", toggle);
      link.addEventListener("keydown", function (event) {
        if (event.key === " ") toggle(event);
      });
    }
    apply(remembered);
  });
})();
