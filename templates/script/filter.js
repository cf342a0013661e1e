/* Rows that contain every word, of one chapter and one verdict. */
const form = one("form.filter"), rows = all("table.gallery tbody tr"), count = one(".filter output");
const apply = () => {
  const words = form.words.value.toLowerCase().split(/\s+/).filter(Boolean);
  rows.forEach(r => {
    const text = r.textContent.toLowerCase();
    r.hidden = !(words.every(w => text.includes(w)) && (!form.chapter.value || r.dataset.chapter === form.chapter.value) && (!form.verdict.value || r.dataset.verdict === form.verdict.value));
  });
  const shown = rows.filter(r => !r.hidden).length;
  count.textContent = shown === rows.length ? "" : shown + " of " + rows.length;
};
if (form) {
  form.hidden = false;
  form.oninput = apply;
  form.onsubmit = e => e.preventDefault();
  apply();
}
document.documentElement.dataset.ready = "true";
