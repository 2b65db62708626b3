// Keys of forms and pages: Ctrl-Enter posts, Alt-Down goes to the next item, Enter to the next field where a form says so.
import { bare, open, say, shortcuts, typing } from "./lib.js";

const FIELDS = "input:not([type=hidden], [disabled]), select:not([disabled]), textarea:not([disabled])";

function visible(element) {
  return element.checkVisibility ? element.checkVisibility() : element.offsetParent !== null;
}

function postForm(from) {
  const form = from instanceof Element ? from.closest("form") : null;
  const target = form && form.method === "post" ? form : document.querySelector("main form[data-main]");
  if (!target) return false;
  const button = [...target.elements].find((element) => element.matches("button.go, button[data-primary]"));
  target.requestSubmit(button ?? undefined);
  return true;
}

// Items are links or buttons in a list marked data-items, the current one marked aria-current; or sections marked data-item.
export function moveItem(step) {
  const list = [...document.querySelectorAll("[data-items] a, [data-items] button")].filter(visible);
  if (list.length > 0) {
    const at = list.findIndex((link) => link.matches("[aria-current]") || link.closest("[aria-current]"));
    const next = list[at + step];
    if (next) next.click();
    return Boolean(next);
  }
  const sections = [...document.querySelectorAll("[data-item]")].filter(visible);
  if (sections.length === 0) return false;
  const at = sections.findIndex((section) => section.contains(document.activeElement));
  enterItem(sections[Math.min(Math.max(at + step, 0), sections.length - 1)]);
  return true;
}

/** Goes to the first field of an item; how the item stands is chosen behind it, or by a key. */
export function enterItem(section) {
  const fields = [...section.querySelectorAll(FIELDS)].filter(visible);
  const field = fields.find((each) => !each.closest(".standing")) ?? fields[0] ?? section;
  if (field === section && section.tabIndex < 0) section.tabIndex = -1;
  section.scrollIntoView({ block: "nearest" });
  field.focus();
}

// Only fields: Enter, pressed once too often, must neither post nor add a row.
export function nextField(field) {
  const all = [...field.form.elements].filter((element) => element.matches(FIELDS) && visible(element) && (element === field || !element.closest(".standing")));
  const next = all[all.indexOf(field) + 1];
  next?.focus();
  if (!next) say("Last field. Ctrl Enter posts");
  if (next instanceof HTMLInputElement && next.type === "text") next.select();
  return Boolean(next);
}

// In a select whose choices are open, Enter takes one; where a browser cannot tell, it does what the browser does.
function enterMoves(field) {
  if (!field.form?.hasAttribute("data-enter-moves")) return false;
  if (field instanceof HTMLSelectElement) return CSS.supports("selector(:open)") && !field.matches(":open");
  return field instanceof HTMLInputElement && !field.matches("[type=submit], [type=button], [role=combobox]");
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  const target = event.target;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    if (postForm(target)) event.preventDefault();
    return;
  }
  if (event.altKey && !event.ctrlKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    // In a select elsewhere, Alt-Down opens the choices; in an entry form Space does, and the key means the same in every field.
    if (!(target instanceof HTMLSelectElement && !target.form?.hasAttribute("data-enter-moves")) && moveItem(event.key === "ArrowDown" ? 1 : -1)) event.preventDefault();
    return;
  }
  if (event.key === "Enter" && bare(event) && !event.shiftKey && target instanceof HTMLElement && enterMoves(target)) {
    nextField(target);
    event.preventDefault();
    return;
  }
  if (event.key === "?" && bare(event) && shortcuts() && !typing(target) && !document.querySelector("dialog[open]")) {
    event.preventDefault();
    open(document.getElementById("shell-keys"));
  }
});

document.addEventListener("click", (event) => {
  const opener = event.target instanceof Element ? event.target.closest("[data-keys-open]") : null;
  const sheet = document.getElementById("shell-keys");
  if (opener && sheet) {
    event.preventDefault();
    open(sheet);
  }
});
