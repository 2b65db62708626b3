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

if (bench) {
  bench.addEventListener("htmx:afterSettle", () => {
    if (bench.querySelector("#codes [role=alert]")) return;
    for (const chosen of bench.querySelectorAll("input[name=sentence]:checked")) chosen.checked = false;
  });
  drag();
}
