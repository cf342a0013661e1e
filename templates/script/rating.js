const form = one("form.rating"), said = one("output", form), button = one("button", form);
const chosen = () => Object.fromEntries(all("input[type=radio]:checked", form).map(i => [i.name.slice("card-".length), i.value]));
let unsaved = false;
const count = () => {
  const n = Object.keys(chosen()).length, of = all("fieldset", form).length;
  said.textContent = n + " of " + of + " cards judged";
};
form.addEventListener("change", e => { if (e.target.type === "radio") { unsaved = true; count(); } });
form.addEventListener("submit", e => {
  e.preventDefault();
  const rater = form.elements.rater.value.trim();
  save("ratings" + (rater ? "-" + rater.replace(/[^\w.-]+/g, "_") : "") + ".json", "application/json", JSON.stringify({ form: form.dataset.form, rater, ratings: chosen() }, null, 1) + "\n");
  unsaved = false;
});
addEventListener("beforeunload", e => { if (unsaved) e.preventDefault(); });
button.hidden = false;
count();
document.documentElement.dataset.ready = "true";
