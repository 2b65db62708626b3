// The workbench of a case: words that a code was linked to are no longer chosen, so that the next code does not silently
// rest on them; and codes are put in order by dragging their numbers, as < and > do by keyboard.
const bench = document.getElementById("bench");

/** Sends the workbench as if a button with this value had been pressed. */
function press(value) {
  const button = document.createElement("button");
  button.type = "submit";
  button.name = "do";
  button.value = value;
  button.hidden = true;
  bench.append(button);
  button.click();
  button.remove();
}

function drag() {
  let dragged = null;
  const rowOf = (event) => event.target instanceof Element ? event.target.closest("tr[data-line]") : null;
  const peers = (row) => row && dragged && row !== dragged && row.parentElement === dragged.parentElement;
  const lower = (event, row) => event.clientY > row.getBoundingClientRect().top + row.offsetHeight / 2;
  const unmark = () => bench.querySelectorAll("tr.over, tr.under").forEach((row) => row.classList.remove("over", "under"));

  bench.addEventListener("pointerdown", (event) => {
    const row = rowOf(event);
    if (row && event.target.closest(".no") && row.querySelector(".tools")) row.draggable = true;
  });
  bench.addEventListener("pointerup", () => bench.querySelectorAll("tr[draggable]").forEach((row) => row.removeAttribute("draggable")));
  bench.addEventListener("dragstart", (event) => {
    dragged = rowOf(event);
    if (dragged) event.dataTransfer.effectAllowed = "move";
  });
  bench.addEventListener("dragover", (event) => {
    const row = rowOf(event);
    if (!peers(row)) return;
    event.preventDefault();
    unmark();
    row.classList.add(lower(event, row) ? "under" : "over");
  });
  bench.addEventListener("drop", (event) => {
    const row = rowOf(event);
    if (!peers(row)) return;
    event.preventDefault();
    const before = lower(event, row) ? row.nextElementSibling : row;
    press(`place:${dragged.dataset.line}:${before?.dataset.line ?? ""}`);
  });
  bench.addEventListener("dragend", () => {
    unmark();
    dragged?.removeAttribute("draggable");
    dragged = null;
  });
}

const fields = ["add", "add-procedure"];
const isTypedAhead = (target) => target instanceof HTMLInputElement && fields.includes(target.id);

/**
 * What is typed while a change is under way is not lost: the field is empty from the moment that it is sent, what stands in
 * it after the change was typed meanwhile, and what Enter was pressed on meanwhile follows in its turn.
 */
function typeAhead() {
  const waiting = [];
  let kept = null;
  let sent = null;
  let busy = false;
  const put = (field, value) => {
    field.value = value;
    field.focus();
    field.setSelectionRange(value.length, value.length);
  };

  bench.addEventListener("keydown", (event) => {
    if (!busy || event.key !== "Enter" || !isTypedAhead(event.target) || event.target.value.trim() === "") return;
    const list = document.getElementById(event.target.getAttribute("aria-controls"));
    const chosen = !list.hidden && list.dataset.query === event.target.value ? list.querySelector("[aria-selected=true]") : null;
    waiting.push({ id: event.target.id, value: chosen?.dataset.code ?? event.target.value });
    event.target.value = "";
    event.preventDefault();
    event.stopImmediatePropagation();
  }, { capture: true });
  bench.addEventListener("htmx:beforeRequest", (event) => {
    busy = true;
    const asked = event.detail.requestConfig?.parameters?.get?.("do");
    const field = fields.includes(asked) ? document.getElementById(asked) : null;
    sent = field ? { field, value: field.value } : null;
    if (field) field.value = "";
  });
  bench.addEventListener("htmx:beforeSwap", () => {
    const field = document.activeElement;
    kept = isTypedAhead(field) ? { id: field.id, value: field.value } : null;
  });
  // At once, not when the page has settled: a key that is pressed in between would be lost.
  bench.addEventListener("htmx:afterSwap", () => {
    const field = kept && document.getElementById(kept.id);
    if (field) put(field, kept.value || field.value);
    kept = null;
  });
  bench.addEventListener("htmx:afterSettle", () => {
    busy = false;
    const refused = bench.querySelector("#codes [role=alert]") !== null;
    const next = refused ? null : waiting.shift();
    const field = next ? document.getElementById(next.id) : document.activeElement;
    if (!isTypedAhead(field)) return;
    const typed = field.value;
    if (next) {
      field.value = next.value;
      document.getElementById(`${next.id}-go`).click();
      put(field, typed);
    } else if (typed !== "" && !refused) field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    bench.addEventListener(name, () => {
      busy = false;
      if (sent?.field.isConnected && sent.field.value === "") sent.field.value = sent.value;
      sent = null;
    });
  }
}

/** Alt+s goes to what was documented, Alt+a to the field for a diagnosis: many codes lie between them. */
function jump() {
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const wanted = event.code === "KeyA"
      ? document.getElementById("add")
      : event.code === "KeyS" && (bench.querySelector("input[name=sentence]:checked") ?? bench.querySelector("input[name=sentence]"));
    if (!wanted) return;
    event.preventDefault();
    wanted.focus();
  });
}

/** Enter presses the button of the field that it is typed in; from a sentence it goes on to the code. */
function enter() {
  bench.addEventListener("keydown", (event) => {
    const input = event.target;
    if (event.key !== "Enter" || event.defaultPrevented || !(input instanceof HTMLInputElement) || isTypedAhead(input)) return;
    if (input.name === "sentence") {
      event.preventDefault();
      document.getElementById("add")?.focus();
      return;
    }
    const buttons = [...input.closest(".inline, .grid")?.querySelectorAll("button") ?? []];
    const own = input.dataset.enter
      ? document.getElementById(input.dataset.enter)
      : buttons.find((button) => input.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING);
    if (!own) return;
    event.preventDefault();
    own.click();
  });
}

if (bench) {
  bench.addEventListener("htmx:afterSettle", () => {
    if (bench.querySelector("#codes [role=alert]")) return;
    for (const chosen of bench.querySelectorAll("input[name=sentence]:checked")) chosen.checked = false;
  });
  drag();
  typeAhead();
  jump();
  enter();
}
