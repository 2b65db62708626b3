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

/** Where the focus is: the element, its row and its card. Buttons share a name; the first of that name is another one. */
function place(active) {
  const row = active.closest("tbody tr");
  return {
    id: active.id,
    name: active instanceof HTMLButtonElement ? null : active.getAttribute("name"),
    row: row?.id,
    at: row ? row.sectionRowIndex : -1,
    card: active.closest("section[aria-labelledby]")?.getAttribute("aria-labelledby"),
  };
}

/** The row that the focus was in, or the one that has come to its place; else the heading of its card. */
function near(root) {
  const card = lost.card && root.querySelector(`section[aria-labelledby="${CSS.escape(lost.card)}"]`);
  const rows = card ? [...card.querySelectorAll("tbody tr")] : [];
  const row = (lost.row && document.getElementById(lost.row)) || (lost.at >= 0 && rows[Math.min(lost.at, rows.length - 1)]);
  return (row && row.querySelector("a[data-main], th a, td a, button")) || (card && card.querySelector("h1, h2, h3"));
}

document.body.addEventListener("htmx:beforeSwap", (event) => {
  const active = document.activeElement;
  lost = active && event.detail.target?.contains(active) ? place(active) : null;
});

document.body.addEventListener("htmx:afterSettle", (event) => {
  const root = event.detail.elt;
  root.removeAttribute("aria-busy");
  const news = root.querySelector("[data-announce]") ?? (root.matches("[data-announce]") ? root : null);
  if (news) say(news.dataset.announce || news.textContent.trim());
  if (settle(root) || !lost || document.activeElement !== document.body) return;
  const wanted = [
    lost.id && document.getElementById(lost.id),
    lost.name && root.querySelector(`[name="${CSS.escape(lost.name)}"]`),
    near(root),
    root.querySelector("h1, h2, h3"),
    root,
  ];
  // What stands in a closed part of the page takes no focus.
  wanted.filter(Boolean).some((element) => {
    if (element.tabIndex < 0) element.tabIndex = -1;
    element.focus();
    return document.activeElement === element;
  });
});

for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.body.addEventListener(name, (event) => {
    event.detail.target?.removeAttribute("aria-busy");
    const reference = event.detail.xhr?.getResponseHeader?.("X-Reference");
    const status = event.detail.xhr?.status;
    if (status === 401 || status === 403) toast("That was refused: your sign-in has ended, or you may not do this. Load the page again.");
    else toast(reference ? `That did not work (reference ${reference}). Try again.` : "The server could not be reached. Try again.");
  });
}

settle(document);
