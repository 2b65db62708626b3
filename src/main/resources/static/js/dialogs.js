// Dialogs, menus and toasts: opened by data-dialog, closed by data-close, Escape or a click beside them.
import { fade, open } from "./lib.js";

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const opener = target?.closest("[data-dialog]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.dialog);
    if (dialog) {
      event.preventDefault();
      open(dialog);
    }
    return;
  }
  if (target?.closest("[data-close]")) {
    target.closest("dialog")?.close();
    return;
  }
  if (target instanceof HTMLDialogElement && target.id !== "shell-timeout") target.close();
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
});

document.addEventListener("focusout", (event) => {
  const menu = event.target instanceof Element ? event.target.closest("details.menu[open]") : null;
  if (menu && event.relatedTarget instanceof Node && !menu.contains(event.relatedTarget)) menu.open = false;
});

for (const box of document.querySelectorAll("#shell-toasts .toast")) fade(box);
