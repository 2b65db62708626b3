// Lists by keyboard: tables marked data-list-keys. j, k and arrows move, Enter opens, x selects, and a letter in data-key
// of a row's form or link does what that says. They act only while the list has the focus.
import { bare, shortcuts, typing } from "./lib.js";

const rowsOf = (table) => [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => mainOf(row));
const mainOf = (row) => row.querySelector("a[data-main], th a, td a, button");

function move(table, step, edge) {
  const rows = rowsOf(table);
  if (rows.length === 0) return;
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const wanted = edge !== undefined ? edge : at < 0 ? 0 : at + step;
  const row = rows[Math.min(Math.max(wanted, 0), rows.length - 1)];
  mainOf(row).focus();
  row.scrollIntoView({ block: "nearest" });
}

function letter(row, key) {
  const wanted = row.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!wanted) return false;
  if (wanted instanceof HTMLFormElement) wanted.requestSubmit();
  else wanted.click();
  return true;
}

function select(row) {
  const box = row.querySelector("input[type=checkbox]");
  if (!box || box.disabled) return false;
  box.checked = !box.checked;
  box.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

document.addEventListener("keydown", (event) => {
  const table = event.target instanceof Element ? event.target.closest("table[data-list-keys]") : null;
  if (!table || event.defaultPrevented || !bare(event) || typing(event.target)) return;
  const row = event.target.closest("tbody tr");
  const last = () => rowsOf(table).length - 1;
  let done = true;
  if (event.key === "ArrowDown") move(table, 1);
  else if (event.key === "ArrowUp") move(table, -1);
  else if (event.key === "Home") move(table, 0, 0);
  else if (event.key === "End") move(table, 0, last());
  else if (!shortcuts()) done = false;
  else if (event.key === "j") move(table, 1);
  else if (event.key === "k") move(table, -1);
  else if (row && event.key === "x") done = select(row);
  else if (row && event.key.length === 1 && event.key !== "?" && event.key !== "/" && event.key !== " ") done = letter(row, event.key);
  else done = false;
  if (done) event.preventDefault();
});

// A selected row is told as selected, and a bar of actions shows how many there are.
function selection(root) {
  for (const box of root.querySelectorAll("table[data-list-keys] tbody input[type=checkbox]")) {
    const row = box.closest("tr");
    if (box.checked) row.setAttribute("aria-selected", "true");
    else row.removeAttribute("aria-selected");
  }
  const count = document.querySelectorAll("table[data-list-keys] tbody input[type=checkbox]:checked").length;
  for (const place of document.querySelectorAll("[data-selected-count]")) place.textContent = String(count);
  for (const bar of document.querySelectorAll("[data-selected-bar]")) bar.hidden = count === 0;
}

document.addEventListener("change", (event) => {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || box.type !== "checkbox") return;
  const table = box.closest("table[data-list-keys]");
  if (!table) return;
  if (box.closest("thead")) {
    for (const other of table.querySelectorAll("tbody input[type=checkbox]:not(:disabled)")) other.checked = box.checked;
  }
  selection(document);
});

// A worklist takes the focus when its page opens, so that the first key already works.
const first = document.querySelector("table[data-list-keys][data-list-focus]");
if (first && document.activeElement === document.body && !location.hash) move(first, 0, 0);
