// What the modules share: talking to the server, to the reader, and knowing where keys go.

const meta = (name) => document.querySelector(`meta[name="${name}"]`);

/** A path of this application, wherever it is mounted. */
export function path(suffix) {
  const base = meta("base")?.content ?? "/";
  return base.replace(/;.*$/, "").replace(/\/$/, "") + suffix;
}

/** Sends a form's data with the token against forged requests; throws on network failure only. */
export function post(url, body, options = {}) {
  const csrf = meta("csrf");
  const headers = { ...(options.headers ?? {}) };
  if (csrf) headers[csrf.dataset.header] = csrf.content;
  return fetch(url, { method: "POST", body, credentials: "same-origin", ...options, headers });
}

/** Says something through the page's one status region. */
export function say(text) {
  const region = document.getElementById("shell-status");
  if (!region) return;
  region.textContent = "";
  // A region that gets the same text twice is not read twice.
  requestAnimationFrame(() => { region.textContent = text; });
}

/** Shows a short message at the foot of the page. Never the only place for what matters. */
export function toast(text) {
  const region = document.getElementById("shell-toasts");
  if (!region) return;
  const box = document.createElement("div");
  box.className = "toast";
  box.textContent = text;
  region.append(box);
  fade(box);
}

/** Takes a toast away after ten seconds, unless it is being read or used. */
export function fade(box) {
  setTimeout(() => {
    if (box.matches(":hover") || box.contains(document.activeElement)) fade(box);
    else box.remove();
  }, 10_000);
}

/** Whether a key goes into a field. */
export function typing(target) {
  return target instanceof HTMLElement
    && (target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])"));
}

/** Whether single letters act (the reader can switch them off). */
export const shortcuts = () => document.documentElement.dataset.shortcuts !== "off";

/** A key without Ctrl, Alt or Meta. */
export const bare = (event) => !event.ctrlKey && !event.altKey && !event.metaKey;

/** Opens a dialog and remembers where the focus was. */
export function open(dialog) {
  if (!(dialog instanceof HTMLDialogElement) || dialog.open) return;
  for (const menu of document.querySelectorAll("details.menu[open]")) menu.open = false;
  const before = document.activeElement;
  dialog.addEventListener("close", () => before instanceof HTMLElement && before.isConnected && before.focus(), { once: true });
  dialog.showModal();
}
