// The button of a page for paper opens the browser's print dialog; without script Ctrl P does.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
