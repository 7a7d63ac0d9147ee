// Who works by keys alone: a calendar closes when its field is left, and a chooser gives the focus back when it closes.
const calendarOf = (field) => window.jQuery?.(field).data("xdsoft_datetimepicker") && window.jQuery(field);
// It opens some time after its field has the focus: also when that has gone on by then.
const OPENED = 300;

document.addEventListener("focusout", ({ target, relatedTarget }) => {
  if (!relatedTarget || relatedTarget.closest(".xdsoft_datetimepicker") || !calendarOf(target)) return;
  setTimeout(() => document.activeElement !== target && calendarOf(target)?.datetimepicker("hide"), OPENED);
});
document.addEventListener("keydown", ({ key, target }) => {
  if (key === "Escape") calendarOf(target)?.datetimepicker("hide");
});

let opener = null;
document.addEventListener("focusin", (event) => {
  if (!event.target.closest(".modal")) opener = event.target;
});

function returnFocus() {
  const isLost = !document.activeElement || document.activeElement === document.body;
  // What was pressed may have gone out of sight, for a choice has been made: then whatever stands in its place.
  const near = opener?.checkVisibility?.() ? opener : opener?.closest("[data-chooser], .chooser, .w-field");
  if (isLost && near) (near === opener ? near : near.querySelector("button:not([hidden])"))?.focus();
}

window.jQuery?.(document).on("hidden.bs.modal", () => setTimeout(returnFocus));

// The calendar's own buttons are for the mouse: its date can be typed.
new MutationObserver(() => {
  document.querySelectorAll(".xdsoft_datetimepicker button:not([tabindex])").forEach((one) => (one.tabIndex = -1));
}).observe(document.body, { childList: true });

// No style knows that the focus is in a frame.
function markFrame() {
  document.querySelectorAll("iframe").forEach((one) => one.toggleAttribute("data-focus", one === document.activeElement));
}
for (const what of ["blur", "focus"]) window.addEventListener(what, () => setTimeout(markFrame));
document.addEventListener("focusin", markFrame);
