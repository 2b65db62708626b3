// Drafts on the server: forms marked data-draft-url are sent two seconds after a pause and when a field is left.
// It never says "saved" before the server did. Answers: JSON with "saved" (a text such as 2:03:22 pm) and, where the
// server counts them, "draftVersion"; 204 will do. 409 says that somebody else changed what the draft rests on.
import { post, say } from "./lib.js";

const PAUSE = 2_000;
const RETRY = [3_000, 6_000, 12_000, 30_000];

class Draft {
  constructor(form) {
    this.form = form;
    this.state = form.querySelector("[data-draft-state]") ?? document.querySelector("[data-draft-state]");
    this.dirty = false;
    this.failures = 0;
    this.timer = 0;
    this.running = null;
    this.leaving = false;
    form.addEventListener("input", () => this.changed(PAUSE));
    form.addEventListener("change", () => this.changed(0));
    form.addEventListener("focusout", () => this.dirty && this.plan(0));
    form.addEventListener("submit", () => { this.leaving = true; clearTimeout(this.timer); });
    addEventListener("beforeunload", (event) => {
      if (this.dirty && !this.leaving) event.preventDefault();
    });
    addEventListener("pageshow", () => { this.leaving = false; });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.dirty && !this.leaving) this.save(true);
    });
    document.addEventListener("chartkeeper:flush", () => this.dirty && this.save(true));
    addEventListener("online", () => this.dirty && this.plan(0));
  }

  changed(wait) {
    this.dirty = true;
    this.show("dirty", "Not saved yet");
    this.plan(wait);
  }

  plan(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(false), wait);
  }

  body() {
    const data = new FormData(this.form);
    for (const element of this.form.elements) {
      if (element.type === "password" || element.type === "file") data.delete(element.name);
    }
    return new URLSearchParams([...data].filter(([, value]) => typeof value === "string"));
  }

  async save(keepalive) {
    if (this.running) {
      this.plan(300);
      return;
    }
    clearTimeout(this.timer);
    const body = this.body();
    this.dirty = false;
    this.show("saving", "Saving…");
    this.running = post(this.form.dataset.draftUrl, body, { keepalive, headers: { Accept: "application/json" } });
    try {
      const answer = await this.running;
      this.running = null;
      if (answer.redirected || answer.status === 401 || answer.status === 403) {
        this.failed("Not saved: you are signed out. Sign in in another tab, then type on here");
        return;
      }
      if (answer.status === 409) {
        this.dirty = true;
        this.show("failed", "Not saved: somebody else changed this. Post to see both");
        say("Draft not saved: somebody else changed this");
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      const said = answer.headers.get("content-type")?.includes("json") ? await answer.json() : {};
      const version = this.form.elements.namedItem("draftVersion");
      if (version && said.draftVersion !== undefined) version.value = said.draftVersion;
      if (this.failures > 0) say("Draft saved again");
      this.failures = 0;
      this.form.dispatchEvent(new CustomEvent("chartkeeper:draft", { detail: said }));
      if (!this.dirty) this.show("saved", `✓ Draft saved ${said.saved ?? now()}`);
    } catch {
      this.running = null;
      this.failed("Not saved, retrying");
    }
  }

  failed(text) {
    this.dirty = true;
    if (this.failures === 0) say(text);
    this.show("failed", `▲ ${text}`);
    this.plan(RETRY[Math.min(this.failures++, RETRY.length - 1)]);
  }

  show(state, text) {
    if (!this.state) return;
    this.state.dataset.state = state;
    this.state.textContent = text;
  }
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
