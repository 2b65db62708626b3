// The workbench of a case: words that a code was linked to are no longer chosen, so that the next code does not silently
// rest on them.
const bench = document.getElementById("bench");

if (bench) {
  bench.addEventListener("htmx:afterSettle", () => {
    if (bench.querySelector("#codes [role=alert]")) return;
    for (const chosen of bench.querySelectorAll("input[name=sentence]:checked")) chosen.checked = false;
  });
}
