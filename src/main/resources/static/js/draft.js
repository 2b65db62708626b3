// Drafts on the server: forms marked data-draft-url are sent two seconds after a pause and when a field is left.
// It never says "saved" before the server did. Answers: JSON with "saved" (a text such as 2:03:22 pm) and, where the
// server counts them, "draftVersion"; 204 will do. 409 says that the draft cannot be kept, with a "message" why.
// What is posted is kept first: where the server cannot be reached, the page stays with all that was typed.
import { path, post, say } from "./lib.js";

const PAUSE = 2_000;
const PATIENCE = 15_000;
const RETRY = [3_000, 6_000, 12_000, 30_000];

class Draft {
  constructor(form) {
    this.form = form;
    this.state = form.querySelector("[data-draft-state]") ?? document.querySelector("[data-draft-state]");
    this.dirty = false;
    this.failures = 0;
    this.timer = 0;
    this.saving = null;
    this.leaving = false;
    this.posting = false;
    form.addEventListener("input", () => this.changed(PAUSE));
    form.addEventListener("change", () => this.changed(0));
    form.addEventListener("focusout", () => this.dirty && this.plan(0));
    form.addEventListener("submit", (event) => this.submit(event));
    addEventListener("beforeunload", (event) => {
      if (this.dirty && !this.leaving) event.preventDefault();
    });
    addEventListener("pageshow", () => { this.leaving = this.posting = false; });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.dirty && !this.leaving) this.save(true);
      else if (document.visibilityState === "visible" && this.dirty) this.plan(0);
    });
    document.addEventListener("chartkeeper:flush", () => this.dirty && this.save(true));
    addEventListener("online", () => this.dirty && this.plan(0));
  }

  changed(wait) {
    this.dirty = true;
    if (this.failures === 0) this.show("dirty", "Not saved yet");
    this.plan(wait);
  }

  plan(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(false), wait);
  }

  async submit(event) {
    if (this.leaving) return;
    event.preventDefault();
    if (this.posting) return;
    this.posting = true;
    const button = event.submitter;
    clearTimeout(this.timer);
    await this.saving;
    const kept = await this.save(false);
    this.posting = false;
    if (kept === "failed") return;
    this.leaving = true;
    this.form.requestSubmit(button ?? undefined);
  }

  body() {
    const data = new FormData(this.form);
    for (const element of this.form.elements) {
      if (element.type === "password" || element.type === "file") data.delete(element.name);
    }
    return new URLSearchParams([...data].filter(([, value]) => typeof value === "string"));
  }

  send(keepalive) {
    const options = { keepalive, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE) };
    return post(this.form.dataset.draftUrl, this.body(), options);
  }

  /** Answers with saved, refused (the server said why), or failed. */
  save(keepalive) {
    if (this.saving) {
      this.plan(300);
      return this.saving;
    }
    this.saving = this.attempt(keepalive).finally(() => { this.saving = null; });
    return this.saving;
  }

  async attempt(keepalive) {
    clearTimeout(this.timer);
    this.dirty = false;
    if (this.failures === 0) this.show("saving", "Saving…");
    try {
      let answer = await this.send(keepalive);
      if (signedOut(answer)) {
        const whose = await renewed(this.form);
        if (whose !== "mine") {
          this.failed(whose === "other"
            ? "Not saved: somebody else is signed in here now. What you typed is on this page only"
            : "Not saved: you are signed out. Sign in in another tab, then come back to this one");
          return "failed";
        }
        answer = await this.send(keepalive);
      }
      if (answer.status === 409) {
        const why = await said(answer);
        this.dirty = true;
        this.failures = 0;
        this.show("failed", `▲ Not saved: ${why.message ?? "somebody else changed this. Post to see both"}`);
        say(`Draft not saved: ${why.message ?? "somebody else changed this"}`);
        return "refused";
      }
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const told = await said(answer);
      const version = this.form.querySelector("[data-draft-number]");
      if (version && told.draftVersion !== undefined) version.value = told.draftVersion;
      if (this.failures > 0) say("Draft saved again");
      this.failures = 0;
      this.form.dispatchEvent(new CustomEvent("chartkeeper:draft", { detail: told }));
      if (!this.dirty) this.show("saved", `✓ Draft saved ${told.saved ?? now()}`);
      return "saved";
    } catch {
      this.failed(this.posting ? "Not posted, not saved: the server cannot be reached. Trying again" : "Not saved, trying again");
      return "failed";
    }
  }

  failed(text) {
    this.dirty = true;
    if (this.failures === 0 || this.posting) say(text);
    this.show("failed", `▲ ${text}`);
    this.plan(RETRY[Math.min(this.failures++, RETRY.length - 1)]);
  }

  show(state, text) {
    if (!this.state) return;
    this.state.dataset.state = state;
    this.state.textContent = text;
  }
}

const signedOut = (answer) => answer.redirected || answer.status === 401 || answer.status === 403;

async function said(answer) {
  return answer.headers.get("content-type")?.includes("json") ? answer.json() : {};
}

// Who signed in again in another tab has a new token against forged requests; this page takes it over, if it is still the
// same person's.
async function renewed(form) {
  const left = await fetch(path("/session/remaining"), { credentials: "same-origin", headers: { Accept: "application/json" } });
  if (!left.ok || left.redirected) return "nobody";
  const page = await fetch(path("/account/preferences"), { credentials: "same-origin", headers: { Accept: "text/html" } });
  if (!page.ok || page.redirected) return "nobody";
  const there = new DOMParser().parseFromString(await page.text(), "text/html");
  const meta = (from, name) => from.querySelector(`meta[name="${name}"]`);
  if (!meta(there, "who") || meta(there, "who").content !== meta(document, "who")?.content) return "other";
  const token = meta(there, "csrf")?.content;
  if (!token) return "nobody";
  meta(document, "csrf").content = token;
  const parameter = meta(document, "csrf").dataset.parameter;
  for (const field of document.querySelectorAll(`input[name="${CSS.escape(parameter)}"]`)) field.value = token;
  return "mine";
}

function now() {
  return new Date().toLocaleTimeString("en-US", { hour: "numeric", minute: "2-digit", second: "2-digit" }).toLowerCase();
}

const seen = new WeakSet();
function start(root) {
  for (const form of root.querySelectorAll("form[data-draft-url]")) {
    if (!seen.has(form)) {
      seen.add(form);
      new Draft(form);
    }
  }
}
start(document);
document.body.addEventListener("htmx:afterSettle", () => start(document));
