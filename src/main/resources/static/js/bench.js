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

/** What is typed while a change is under way stands there after it: the field is empty from the moment that it is sent. */
function typeAhead() {
  let kept = null;
  let sent = null;
  bench.addEventListener("htmx:beforeRequest", (event) => {
    const asked = event.detail.requestConfig?.parameters?.get?.("do");
    if (asked !== "add" && asked !== "add-procedure") return;
    const field = document.getElementById(asked);
    if (!field) return;
    sent = { field, value: field.value };
    field.value = "";
  });
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    bench.addEventListener(name, () => {
      if (sent?.field.isConnected && sent.field.value === "") sent.field.value = sent.value;
      sent = null;
    });
  }
  bench.addEventListener("htmx:beforeSwap", () => {
    const field = document.activeElement;
    kept = field instanceof HTMLInputElement && ["add", "add-procedure"].includes(field.id) && field.value !== ""
      ? { id: field.id, value: field.value }
      : null;
  });
  bench.addEventListener("htmx:afterSettle", () => {
    const field = kept && document.getElementById(kept.id);
    if (!field) return;
    field.value = kept.value;
    field.focus();
    field.setSelectionRange(kept.value.length, kept.value.length);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    kept = null;
  });
}

if (bench) {
  bench.addEventListener("htmx:afterSettle", () => {
    if (bench.querySelector("#codes [role=alert]")) return;
    for (const chosen of bench.querySelectorAll("input[name=sentence]:checked")) chosen.checked = false;
  });
  drag();
  typeAhead();
}
