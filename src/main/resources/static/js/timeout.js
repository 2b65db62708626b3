// Warns two minutes before the session ends, in every tab at once, and goes to the sign-in page when it has ended, so that
// no chart stays on the screen of an empty chair. Asking how long is left does not lengthen the session.
import { open, path, post, say } from "./lib.js";

const dialog = document.getElementById("shell-timeout");
const WARN = Number(dialog?.dataset.warn ?? 120);
const left = dialog?.querySelector("[data-left]");
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("chartkeeper-session") : null;
let ends = 0;
let check = 0;
let tick = 0;
let lastUse = Date.now();

const seconds = () => Math.max(0, Math.round((ends - Date.now()) / 1000));

function words(count) {
  if (count > 90) return `${Math.round(count / 60)} minutes`;
  if (count > 45) return "1 minute";
  return `${count} seconds`;
}

function until(count) {
  ends = Date.now() + count * 1000;
  clearTimeout(check);
  if (count > WARN) {
    clearInterval(tick);
    if (dialog.open) dialog.close();
    check = setTimeout(ask, Math.min((count - WARN) * 1000 + 500, 2 ** 30));
  } else {
    warn();
  }
}

async function read(answer) {
  if (answer.redirected || answer.status === 401 || answer.status === 403) return 0;
  if (!answer.ok) throw new Error(String(answer.status));
  const said = (await answer.text()).trim();
  const number = said.startsWith("{") ? JSON.parse(said).seconds : Number(said);
  return Number.isFinite(number) ? number : 0;
}

async function ask() {
  try {
    const count = await read(await fetch(path("/session/remaining"), { credentials: "same-origin", headers: { Accept: "application/json" } }));
    // Who has worked in a form since the last answer is not idle, though the server saw nothing.
    if (count > 0 && count <= WARN && Date.now() - lastUse < 60_000 && document.visibilityState === "visible") await extend();
    else if (count > 0) until(count);
    else over();
  } catch {
    check = setTimeout(ask, 20_000);
  }
}

async function extend() {
  try {
    const count = await read(await post(path("/session/extend")));
    if (count <= 0) return over();
    tabs?.postMessage({ seconds: count });
    until(count);
    say("You stay signed in");
  } catch {
    left.textContent = `${words(seconds())} (the server did not answer, try again)`;
  }
}

function warn() {
  document.dispatchEvent(new CustomEvent("chartkeeper:flush"));
  open(dialog);
  clearInterval(tick);
  let told = 0;
  tick = setInterval(() => {
    const count = seconds();
    left.textContent = words(count);
    const mark = [120, 60, 30].findIndex((at) => count <= at && count > at - 2);
    if (mark >= 0 && told !== mark + 1) {
      told = mark + 1;
      say(`You will be signed out in ${words(count)}`);
    }
    if (count <= 0) {
      clearInterval(tick);
      // Another tab may have lengthened it without this one hearing.
      ask();
    }
  }, 1000);
}

function over() {
  tabs?.postMessage({ seconds: 0 });
  // Loading the page again leads through sign-in back to it.
  location.reload();
}

if (dialog) {
  dialog.querySelector("[data-extend]").addEventListener("click", extend);
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); extend(); });
  tabs?.addEventListener("message", (event) => {
    const count = Number(event.data?.seconds);
    if (count > 0) until(count);
    else location.reload();
  });
  for (const name of ["keydown", "pointerdown"]) {
    addEventListener(name, () => { lastUse = Date.now(); }, { passive: true, capture: true });
  }
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && ends > 0 && ask());
  ask().then(() => ends > 0 && tabs?.postMessage({ seconds: seconds() }));
}
