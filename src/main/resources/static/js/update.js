// The page of an update: what the server says to the draft is shown beside the fields; codes are offered while words are
// typed; Alt-u repairs a value; rows are added; the list of items follows the focus. Without script the buttons do it all.
import { enterItem, moveItem, nextField } from "./keys.js";
import { path, say } from "./lib.js";

const form = document.querySelector("form#update");
if (form) {
  document.documentElement.classList.add("scripted");
  draftAnswers(form);
  combos(form);
  repairs(form);
  rows(form);
  follow(form);
  standing(form);
  begin();
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function named(name) {
  return form.elements.namedItem(name);
}

// What the checks say ---------------------------------------------------------------------------------------------------

function draftAnswers() {
  form.addEventListener("chartkeeper:draft", (event) => {
    const said = event.detail;
    if (!said || !said.findings) return;
    for (const place of form.querySelectorAll("[data-check]")) {
      const found = said.findings.find((each) => each.field === place.dataset.check);
      if (!place.contains(document.activeElement)) paint(place, found);
    }
    for (const place of form.querySelectorAll("[data-hint]")) {
      // A doubt tells the value already.
      const doubt = said.findings.some((each) => each.field === place.dataset.hint && each.warning && !each.accepted);
      const echo = doubt ? "" : said.echoes[place.dataset.hint];
      if (echo !== undefined) {
        place.dataset.usual ??= place.textContent;
        place.textContent = echo;
      } else if (place.dataset.usual !== undefined) {
        place.textContent = place.dataset.usual;
      }
    }
    text("[data-preview]", said.preview);
    text("[data-said]", said.said);
    items(said.items);
  });
}

function text(selector, value) {
  const place = document.querySelector(selector);
  if (place && value !== undefined) place.textContent = value;
}

function items(list) {
  let settled = 0;
  for (const item of list) {
    if (item.words !== "open") settled++;
    const line = document.querySelector(`[data-line="${CSS.escape(item.key)}"]`);
    const sign = line?.querySelector("[data-sign]");
    if (!sign) continue;
    const open = named(`state.${item.key}`)?.options?.[0];
    if (open) open.textContent = item.sign.startsWith("✓ ") ? "Updated: entered below" : open.dataset.usual;
    sign.textContent = item.sign;
    sign.className = item.sign === "○" ? "" : `tag ${item.tone}`;
    line.querySelector("[data-words]").textContent = item.words;
  }
  text("[data-settled]", `${settled} of ${list.length}`);
}

function paint(place, found) {
  const field = named(place.dataset.check);
  const shown = place.dataset.shown ?? "";
  const now = found ? `${found.message}|${found.accepted}` : "";
  field?.classList?.toggle("warned", Boolean(found?.warning && !found.accepted));
  if (field instanceof HTMLElement) {
    if (found && !found.warning) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
  if (found && shown === now && place.childElementCount > 0) return;
  place.dataset.shown = now;
  place.textContent = "";
  if (!found) return;
  place.append(element("span", found.warning ? "doubt" : "wrong", (found.warning ? "▲ " : "") + found.message));
  if (found.repair) {
    const button = element("button", "btn small", `${found.repair} `);
    button.type = "button";
    button.dataset.repair = found.repair;
    button.dataset.for = found.field;
    button.append(element("kbd", "", "Alt"), " ", element("kbd", "", "u"));
    place.append(button);
  }
  if (found.warning) place.append(...reason(found));
}

const REASONS = ["as documented in the source", "measured twice", "confirmed with the clinician", "known for this patient"];

function reason(found) {
  const select = element("select", "why");
  select.name = `why.${found.field}`;
  select.id = `why.${found.field}`;
  select.setAttribute("aria-label", `Why ${found.message} is right`);
  select.append(new Option("Right, because…", ""));
  for (const each of REASONS) select.append(new Option(each, each));
  const accepted = element("input");
  accepted.type = "hidden";
  accepted.name = `ok.${found.field}`;
  accepted.value = named(found.field)?.value ?? "";
  return [select, accepted];
}

// A reason holds for the text that stands there when it is chosen.
form?.addEventListener("change", (event) => {
  const select = event.target;
  if (!(select instanceof HTMLSelectElement) || !select.classList.contains("why")) return;
  const field = select.name.slice("why.".length);
  const accepted = named(`ok.${field}`);
  if (accepted) accepted.value = named(field)?.value ?? "";
}, true);

// Repairs -----------------------------------------------------------------------------------------------------------------

function repairs() {
  const repair = (button) => {
    const field = named(button.dataset.for);
    if (!field) return;
    const place = button.closest("[data-check]");
    // Who has typed on elsewhere stays there; who stood at the doubt goes back to its field.
    if (place?.contains(document.activeElement) || !form.contains(document.activeElement)) field.focus();
    field.value = button.dataset.repair;
    if (place) paint(place, undefined);
    say(`${form.querySelector(`label[for="${CSS.escape(field.id)}"]`)?.textContent.trim() ?? ""} ${field.value}`);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  form.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-repair]") : null;
    if (!button) return;
    event.preventDefault();
    repair(button);
  });
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.key.toLowerCase() !== "u") return;
    const near = document.activeElement?.closest(".field")?.querySelector("[data-repair]");
    const button = near ?? form.querySelector("[data-repair]");
    if (!button) return;
    event.preventDefault();
    repair(button);
  });
}

// Rows --------------------------------------------------------------------------------------------------------------------

function rows() {
  form.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-add]") : null;
    if (!button) return;
    const kind = button.dataset.add;
    const blocks = form.querySelectorAll(`[data-row="${CSS.escape(kind)}"]`);
    const last = blocks[blocks.length - 1];
    if (!last) return;
    event.preventDefault();
    const next = Number(button.dataset.next);
    button.dataset.next = String(next + 1);
    const copy = last.cloneNode(true);
    renumber(copy, kind, next);
    last.after(copy);
    copy.querySelector("input:not([type=hidden]), select")?.focus();
  });
}

function renumber(block, kind, number) {
  const pattern = new RegExp(`\\b${kind}\\d+(?=[.-]|$)`, "g");
  for (const each of block.querySelectorAll("*")) {
    for (const attribute of [...each.attributes]) {
      if (["id", "name", "for", "value", "data-check", "data-hint", "data-code-field", "aria-controls", "aria-describedby"].includes(attribute.name)) {
        each.setAttribute(attribute.name, attribute.value.replace(pattern, `${kind}${number}`));
      }
    }
    if (each.matches("input:not([type=checkbox])")) each.setAttribute("value", "");
    if (each.matches("input")) { each.value = each.type === "checkbox" ? "yes" : ""; each.checked = false; each.classList.remove("warned"); each.removeAttribute("aria-invalid"); }
    if (each.matches("select")) { each.selectedIndex = 0; for (const option of each.options) option.removeAttribute("selected"); each.selectedIndex = 0; }
    if (each.matches("[data-check], table.matches tbody")) each.textContent = "";
    if (each.matches("[data-hint]") && each.dataset.usual !== undefined) each.textContent = each.dataset.usual;
    if (each.matches(".wrong")) each.textContent = "";
    if (each.matches("[role=combobox]")) each.setAttribute("aria-expanded", "false");
    if (each.matches("[role=listbox]")) { each.textContent = ""; each.hidden = true; }
  }
}

// Codes ---------------------------------------------------------------------------------------------------------------------

function combos() {
  let timer = 0;
  let asked = 0;
  form.addEventListener("input", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || input.role !== "combobox" && input.getAttribute("role") !== "combobox") return;
    const code = named(input.dataset.codeField);
    if (code && code.value !== "") code.value = "";
    clearTimeout(timer);
    timer = setTimeout(() => ask(input, ++asked), 160);
  });
  const ask = async (input, number) => {
    const list = listOf(input);
    if (input.value.trim().length < 2) return close(input, list);
    const url = `${path("/codes")}?system=${encodeURIComponent(input.dataset.codes)}&q=${encodeURIComponent(input.value)}`;
    try {
      const answer = await fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (!answer.ok || number !== asked || document.activeElement !== input) return;
      show(input, list, await answer.json());
    } catch {
      close(input, list);
    }
  };
  form.addEventListener("keydown", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || input.getAttribute("role") !== "combobox") return;
    const list = listOf(input);
    const open = !list.hidden;
    if (open && (event.key === "ArrowDown" || event.key === "ArrowUp") && !event.altKey) {
      move(input, list, event.key === "ArrowDown" ? 1 : -1);
      event.preventDefault();
    } else if (open && event.key === "Escape") {
      close(input, list);
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      const chosen = open ? list.querySelector("[aria-selected=true]") : null;
      event.preventDefault();
      if (chosen) pick(input, list, chosen);
      else { close(input, list); nextField(input); }
    }
  });
  form.addEventListener("mousedown", (event) => {
    const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
    if (!option) return;
    event.preventDefault();
    const list = option.parentElement;
    pick(form.querySelector(`[aria-controls="${CSS.escape(list.id)}"]`), list, option);
  });
  form.addEventListener("focusout", (event) => {
    const input = event.target;
    if (input instanceof HTMLInputElement && input.getAttribute("role") === "combobox") close(input, listOf(input));
  });
}

const listOf = (input) => document.getElementById(input.getAttribute("aria-controls"));

function show(input, list, choices) {
  list.textContent = "";
  choices.forEach((choice, at) => {
    const option = element("li");
    option.id = `${list.id}-${at}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", at === 0 ? "true" : "false");
    option.dataset.code = choice.code;
    option.dataset.display = choice.display;
    if (choice.code) option.append(element("b", "", choice.code));
    option.append(element("span", "", choice.display));
    if (choice.general) option.append(element("span", "tag", "too general, choose below"));
    else if (choice.kind) option.append(element("span", "hint", choice.kind));
    list.append(option);
  });
  list.hidden = choices.length === 0;
  input.setAttribute("aria-expanded", String(!list.hidden));
  if (!list.hidden && list.getBoundingClientRect().bottom > innerHeight - 84) input.scrollIntoView({ block: "center" });
  if (list.hidden) input.removeAttribute("aria-activedescendant");
  else input.setAttribute("aria-activedescendant", `${list.id}-0`);
}

function move(input, list, step) {
  const options = [...list.children];
  const at = options.findIndex((each) => each.getAttribute("aria-selected") === "true");
  const wanted = options[(at + step + options.length) % options.length];
  options.forEach((each) => each.setAttribute("aria-selected", String(each === wanted)));
  input.setAttribute("aria-activedescendant", wanted.id);
  wanted.scrollIntoView({ block: "nearest" });
}

function pick(input, list, option) {
  const code = named(input.dataset.codeField);
  input.value = option.dataset.display;
  if (code) code.value = option.dataset.code;
  close(input, list);
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function close(input, list) {
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

// The list of items follows -------------------------------------------------------------------------------------------------

function follow() {
  form.addEventListener("focusin", (event) => {
    const section = event.target instanceof Element ? event.target.closest("[data-item]") : null;
    if (!section) return;
    for (const line of document.querySelectorAll("[data-line]")) {
      if (line.dataset.line === section.id) line.setAttribute("aria-current", "step");
      else line.removeAttribute("aria-current");
    }
  });
  document.getElementById("items")?.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href^='#']") : null;
    const section = link ? document.getElementById(link.getAttribute("href").slice(1)) : null;
    if (!section) return;
    event.preventDefault();
    section.scrollIntoView({ block: "start" });
    enterItem(section);
  });
}

// How an item stands, by a key from any of its fields ----------------------------------------------------------------------

function standing() {
  const states = { KeyN: "no change", KeyK: "not documented", KeyX: "does not apply" };
  document.addEventListener("keydown", (event) => {
    const wanted = event.altKey && !event.ctrlKey && !event.metaKey ? states[event.code] : undefined;
    const section = document.activeElement?.closest("[data-item]");
    const select = wanted && section ? named(`state.${section.id}`) : null;
    if (!select) return;
    event.preventDefault();
    const label = section.querySelector("h2").textContent;
    const option = [...select.options].find((each) => each.value === wanted);
    if (!option) {
      say(`${label}: “no change” is for the lists that a clinician reviews`);
      return;
    }
    select.value = wanted;
    select.dispatchEvent(new Event("change", { bubbles: true }));
    say(`${label}: ${option.textContent}`);
    if (wanted === "does not apply") named(`why.${section.id}`)?.focus();
    else moveItem(1);
  });
}

// Where typing begins: what came back, else the first item that is open. A refused form begins at its summary.
function begin() {
  if (location.hash || document.querySelector("[data-focus]") || document.activeElement !== document.body) return;
  const open = (section) => section.id === "returned"
    || document.querySelector(`[data-line="${CSS.escape(section.id)}"] [data-words]`)?.textContent === "open";
  const section = [...form.querySelectorAll("[data-item]")].find(open);
  if (section) enterItem(section);
}
