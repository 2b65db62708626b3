// Keys of forms and pages: Ctrl-Enter posts, Alt-Down goes to the next item, Enter to the next field where a form says so.
import { bare, open, shortcuts, typing } from "./lib.js";

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
function moveItem(step) {
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
  const next = sections[Math.min(Math.max(at + step, 0), sections.length - 1)];
  const field = [...next.querySelectorAll(FIELDS)].find(visible) ?? next;
  if (field === next && next.tabIndex < 0) next.tabIndex = -1;
  field.focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function nextField(field) {
  const form = field.form;
  const all = [...form.elements].filter((element) => element.matches(`${FIELDS}, button[type=submit], button:not([type])`) && visible(element));
  const next = all[all.indexOf(field) + 1];
  next?.focus();
  if (next instanceof HTMLInputElement && next.type === "text") next.select();
  return Boolean(next);
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  const target = event.target;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    if (postForm(target)) event.preventDefault();
    return;
  }
  if (event.altKey && !event.ctrlKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    // In a select, Alt-Down opens the choices.
    if (!(target instanceof HTMLSelectElement) && moveItem(event.key === "ArrowDown" ? 1 : -1)) event.preventDefault();
    return;
  }
  if (event.key === "Enter" && bare(event) && !event.shiftKey && target instanceof HTMLInputElement
      && target.form?.hasAttribute("data-enter-moves") && !target.matches("[type=submit], [type=button], [role=combobox]")) {
    if (nextField(target)) event.preventDefault();
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
