// The page that indexes a document: boxes beside the pages write the list of pages, pages turn without a new page, the
// fields of a consent open with its type, Alt-Down and Alt-Up go from page to page. Without script the fields do it all.
const form = document.querySelector("form.indexing");
const field = () => form.elements.namedItem("pages");

if (form && field()) {
  boxes();
  turning();
}
pages();
directives();

// "1-3, 5" as numbers, in their order.
function numbers(typed) {
  const found = [];
  for (const part of typed.replace(/\s*[-–]\s*/g, "-").split(/[,;\s]+/)) {
    const range = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(part);
    if (!range) continue;
    const from = Number(range[1]);
    const until = Number(range[2] ?? range[1]);
    for (let at = from; from <= until ? at <= until : at >= until; at += from <= until ? 1 : -1) found.push(at);
  }
  return found;
}

function boxes() {
  const all = [...form.querySelectorAll("input[data-page]")];
  if (all.length < 2) return;
  const read = () => {
    const chosen = new Set(numbers(field()?.value ?? ""));
    for (const box of all) box.checked = chosen.has(Number(box.dataset.page));
  };
  for (const box of all) {
    box.closest(".pick").hidden = false;
    box.addEventListener("change", () => {
      const page = Number(box.dataset.page);
      const chosen = numbers(field().value).filter((each) => each !== page);
      if (box.checked) chosen.push(page);
      field().value = chosen.join(", ");
    });
  }
  form.addEventListener("input", (event) => { if (event.target === field()) read(); });
  read();
}

// Turning saves at once; the picture is drawn again and what is typed stays.
function turning() {
  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (!(button instanceof HTMLButtonElement) || button.name !== "turn") return;
    event.preventDefault();
    const picture = button.closest("figure").querySelector("img");
    const body = new FormData(form);
    body.set("turn", button.value);
    const answer = await fetch(button.formAction, { method: "POST", body: new URLSearchParams(body), credentials: "same-origin" });
    if (!answer.ok) return form.requestSubmit();
    const next = new URL(picture.src);
    next.searchParams.set("turned", String(Date.now()));
    picture.src = next.href;
  });
}

function pages() {
  const stack = document.querySelector(".paper-stack");
  if (!stack) return;
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
    if (event.target instanceof HTMLSelectElement) return;
    const all = [...stack.querySelectorAll("figure")];
    if (all.length === 0) return;
    const top = stack.getBoundingClientRect().top;
    const at = all.findLastIndex((each) => each.getBoundingClientRect().top <= top + 4);
    const wanted = all[Math.min(Math.max(at + (event.key === "ArrowDown" ? 1 : -1), 0), all.length - 1)];
    stack.scrollTop += wanted.getBoundingClientRect().top - top;
    event.preventDefault();
  }, true);
}

function directives() {
  document.addEventListener("change", (event) => {
    const select = event.target;
    if (!(select instanceof HTMLSelectElement) || select.dataset.directives === undefined) return;
    const details = document.getElementById("directive");
    if (details) details.open = select.dataset.directives.split(" ").includes(select.value);
  });
}
