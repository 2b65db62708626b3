// Chooses all rows of a card at once, where a page offers choices one by one. What a person saw is what is chosen: only
// the boxes of that card.
for (const desk of document.querySelectorAll("[data-choose-all]")) {
  for (const table of desk.querySelectorAll("table")) {
    const boxes = [...table.querySelectorAll("input[type=checkbox][name=pick]")];
    const head = table.closest(".card")?.querySelector("header");
    if (boxes.length < 2 || !head) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn small";
    const say = () => { button.textContent = boxes.every(box => box.checked) ? "Choose none" : `Choose all ${boxes.length}`; };
    button.addEventListener("click", () => {
      const chosen = !boxes.every(box => box.checked);
      for (const box of boxes) box.checked = chosen;
      say();
    });
    table.addEventListener("change", say);
    say();
    head.insertBefore(button, head.querySelector(".end"));
  }
}
