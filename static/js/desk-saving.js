// Whoever is asked in the browser whether to save over a newer version, and says yes, is not asked again.
document.addEventListener(
  "w-dialog:confirmed",
  (event) => {
    const form = document.querySelector("form[data-edit-form]");
    if (event.target.id !== "w-save-confirmation-dialog" || !form) return;
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "overwrites", value: "1" }));
  },
  true,
);
