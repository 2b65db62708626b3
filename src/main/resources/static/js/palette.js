// The search palette: Ctrl-K or /. What is typed goes by POST, never into an address; the hits come as a part of a page.
import { bare, open, path, post, say, shortcuts, typing } from "./lib.js";

const palette = document.getElementById("shell-palette");
const field = palette?.querySelector("input[name=q]");
const form = palette?.querySelector("form");
const results = document.getElementById("shell-palette-results");
const WAIT = 160;
let timer = 0;
let running = null;
let shown = "";

const hits = () => [...results.querySelectorAll("a")];
const current = () => results.querySelector("a.here");

function mark(link) {
  current()?.setAttribute("aria-selected", "false");
  current()?.classList.remove("here");
  if (!link) {
    field.removeAttribute("aria-activedescendant");
    return;
  }
  link.classList.add("here");
  link.setAttribute("aria-selected", "true");
  field.setAttribute("aria-activedescendant", link.id);
  link.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = hits();
  if (all.length === 0) return;
  mark(all[(all.indexOf(current()) + by + all.length) % all.length]);
}

async function look() {
  const words = field.value.trim();
  running?.abort();
  running = new AbortController();
  results.setAttribute("aria-busy", "true");
  try {
    const answer = await post(path("/search"), new URLSearchParams(new FormData(form)), {
      headers: { "X-Palette": "1" }, signal: running.signal,
    });
    if (answer.redirected || answer.status === 401 || answer.status === 403) {
      location.reload();
      return;
    }
    const html = await answer.text();
    if (!answer.ok) throw new Error(String(answer.status));
    const part = new DOMParser().parseFromString(html, "text/html");
    results.replaceChildren(...part.body.children);
    shown = words;
    const all = hits();
    all.forEach((link, at) => {
      link.id = `hit-${at}`;
      link.tabIndex = -1;
      link.setAttribute("role", "option");
      link.closest("li").setAttribute("role", "none");
      link.closest("ul").setAttribute("role", "none");
    });
    results.querySelectorAll("section").forEach((group) => group.setAttribute("role", "group"));
    results.querySelectorAll("h3").forEach((heading) => heading.setAttribute("role", "presentation"));
    if (all.length > 0) results.setAttribute("role", "listbox");
    else results.removeAttribute("role");
    field.setAttribute("aria-expanded", String(all.length > 0));
    mark(all[0]);
    say(all.length === 1 ? "1 hit" : `${all.length} hits`);
  } catch (fault) {
    if (fault.name === "AbortError") return;
    const note = document.createElement("p");
    note.className = "empty";
    note.textContent = "The search did not answer. Try again.";
    results.replaceChildren(note);
  } finally {
    results.removeAttribute("aria-busy");
  }
}

function show() {
  open(palette);
  field.focus();
  field.select();
  look();
}

if (palette && field) {
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-palette-open]") && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      show();
    }
  });
  document.addEventListener("keydown", (event) => {
    const ctrlK = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k";
    const slash = event.key === "/" && bare(event) && shortcuts() && !typing(event.target);
    if ((ctrlK || slash) && !document.querySelector("dialog[open]")) {
      event.preventDefault();
      show();
    }
  });
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") step(1);
    else if (event.key === "ArrowUp") step(-1);
    else return;
    event.preventDefault();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    if (shown !== field.value.trim()) await look();
    current()?.click();
  });
  // What was searched for does not stay on the screen of a shared desk.
  palette.addEventListener("close", () => {
    running?.abort();
    field.value = "";
    shown = "";
    results.replaceChildren();
    field.setAttribute("aria-expanded", "false");
  });
}
