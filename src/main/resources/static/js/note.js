// Writing a note: what the server measured of the kept draft stands beside it.
for (const form of document.querySelectorAll("form[data-note]")) {
  form.addEventListener("chartkeeper:draft", (event) => {
    const meter = event.detail?.meter;
    const place = form.querySelector("[data-note-meter]");
    if (!meter || !place || place.textContent === meter.text) return;
    place.textContent = meter.text;
    place.classList.toggle("much", meter.warning);
    const reason = form.querySelector("[data-note-reason]");
    if (reason) reason.hidden = !meter.warning && reason.querySelector("input").value === "";
  });
}
