// Follows a change of the theme made on the preferences page at once, before it is saved.
document.addEventListener("change", (event) => {
  const field = event.target;
  if (field instanceof HTMLInputElement && field.name === "theme" && field.form?.hasAttribute("data-preferences")) {
    document.documentElement.dataset.theme = field.value;
  }
  if (field instanceof HTMLInputElement && field.name === "density" && field.form?.hasAttribute("data-preferences")) {
    document.documentElement.dataset.density = field.value;
  }
});
