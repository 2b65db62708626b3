// A drug order says how its directions are read and how long the quantity lasts while both are typed.
import { path } from "./lib.js";

const form = document.querySelector("form[data-reading]");
if (form) {
  let timer = 0;
  let asked = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => read(++asked), 200);
  });
  const read = async (number) => {
    const body = new URLSearchParams();
    // Only what directions and supply are made of goes out, and what guards the post; never who it is for.
    for (const [name, value] of new FormData(form)) {
      if (name.startsWith("values[") || name === "_csrf") body.append(name, value);
    }
    try {
      const answer = await fetch(path(form.dataset.reading), { method: "POST", body, credentials: "same-origin", headers: { Accept: "application/json" } });
      if (!answer.ok || number !== asked) return;
      const said = await answer.json();
      form.querySelector("[data-reads]").textContent = said.reads;
      form.querySelector("[data-lasts]").textContent = said.days;
    } catch {
      // The page says it when it is saved.
    }
  };
}
