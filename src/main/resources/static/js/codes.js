// Codes are offered while words are typed, in every form that has a field for them.
import { nextField } from "./keys.js";
import { path, post } from "./lib.js";

for (const form of document.forms) {
  if (form.querySelector("[data-codes]")) offerCodes(form);
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function offerCodes(form) {
  let timer = 0;
  let asked = 0;
  form.addEventListener("input", (event) => {
    const input = event.target;
    if (!isCombo(input)) return;
    const code = input.form.elements.namedItem(input.dataset.codeField);
    if (code && code.value !== "") code.value = "";
    clearTimeout(timer);
    if (input.value.trim() === "") {
      asked++;
      close(input, listOf(input));
    } else timer = setTimeout(() => ask(input, ++asked), 160);
  });
  // Nothing typed asks for one's own: favorites, then what was picked last.
  const ask = async (input, number) => {
    const list = listOf(input);
    if (input.value.trim().length === 1) return close(input, list);
    const query = input.value;
    const url = `${path("/codes")}?system=${encodeURIComponent(input.dataset.codes)}&q=${encodeURIComponent(query)}`;
    try {
      const answer = await fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (!answer.ok || number !== asked || document.activeElement !== input) return;
      const found = (await answer.json()).results;
      list.dataset.query = query;
      show(input, list, found);
    } catch {
      close(input, list);
    }
  };
  form.addEventListener("keydown", (event) => {
    const input = event.target;
    if (!isCombo(input)) return;
    const list = listOf(input);
    const open = !list.hidden;
    if (open && (event.key === "ArrowDown" || event.key === "ArrowUp") && !event.altKey) {
      move(input, list, event.key === "ArrowDown" ? 1 : -1);
      event.preventDefault();
    } else if (!open && event.key === "ArrowDown") {
      ask(input, ++asked);
      event.preventDefault();
    } else if (open && event.key === "Escape") {
      close(input, list);
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      // What was typed on since the list was asked for is not what the list offers.
      const chosen = open && list.dataset.query === input.value ? list.querySelector("[aria-selected=true]") : null;
      event.preventDefault();
      const go = input.dataset.codesGo ? document.getElementById(input.dataset.codesGo) : null;
      if (chosen) pick(input, list, chosen);
      else close(input, list);
      if (go) { if (input.value.trim() !== "") go.click(); }
      else if (!chosen) nextField(input);
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
    if (isCombo(input)) close(input, listOf(input));
  });
}

const isCombo = (input) => input instanceof HTMLInputElement && input.dataset.codes !== undefined;
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
    if (!choice.billable) option.append(element("span", "tag", "too general, choose below"));
    else if (choice.own) option.append(element("span", "hint", choice.own === "favorite" ? "★ favorite" : "picked lately"));
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
  const code = input.form.elements.namedItem(input.dataset.codeField);
  input.value = option.dataset.display;
  if (code) code.value = option.dataset.code;
  close(input, list);
  input.dispatchEvent(new Event("change", { bubbles: true }));
  if (option.dataset.code) {
    const picked = [input.dataset.codes, option.dataset.code, "picked"].map(encodeURIComponent).join("/");
    // Only for the list of recent ones: where it fails, nothing is lost.
    post(path(`/codes/${picked}`), new URLSearchParams(), { keepalive: true }).catch(() => {});
  }
}

function close(input, list) {
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

