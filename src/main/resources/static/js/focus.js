// Where the focus goes: to the error summary after a refused form, and nowhere lost after a part of the page is swapped.
import { say, toast } from "./lib.js";

let lost = null;

function settle(root) {
  const wanted = root.querySelector("[data-focus]");
  if (wanted) {
    wanted.focus();
    return true;
  }
  return false;
}

document.body.addEventListener("htmx:beforeRequest", (event) => {
  event.detail.target?.setAttribute("aria-busy", "true");
});

document.body.addEventListener("htmx:beforeSwap", (event) => {
  const active = document.activeElement;
  lost = active && event.detail.target?.contains(active) ? { id: active.id, name: active.getAttribute("name") } : null;
});

document.body.addEventListener("htmx:afterSettle", (event) => {
  const root = event.detail.elt;
  root.removeAttribute("aria-busy");
  const news = root.querySelector("[data-announce]") ?? (root.matches("[data-announce]") ? root : null);
  if (news) say(news.dataset.announce || news.textContent.trim());
  if (settle(root) || !lost || document.activeElement !== document.body) return;
  const same = (lost.id && document.getElementById(lost.id))
    || (lost.name && root.querySelector(`[name="${CSS.escape(lost.name)}"]`))
    || root.querySelector("h1, h2, h3")
    || root;
  if (same.tabIndex < 0) same.tabIndex = -1;
  same.focus();
});

for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.body.addEventListener(name, (event) => {
    event.detail.target?.removeAttribute("aria-busy");
    const reference = event.detail.xhr?.getResponseHeader?.("X-Reference");
    toast(reference ? `That did not work (reference ${reference}). Try again.` : "The server could not be reached. Try again.");
  });
}

settle(document);
