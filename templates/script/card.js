/* The card of what is selected: all that this page says of it in its model, its attention, and its paths. */
const card = one("#card");
const rowsAbout = () => {
  const rows = [];
  all("figure:not([data-of])").forEach(fig => dataOf(fig).forEach(d => {
    for (let flat = 0; flat < d.values.length; flat++) {
      const at = coordinates(d, flat);
      if (Number.isNaN(d.values[flat]) || component(d, at) !== chosen.at || chosen.model !== null && modelOf(d, at) !== chosen.model) continue;
      const more = d.axes.map((a, k) => naming.includes(a.name) || (chosen.model !== null && k < d.modelAxes) ? "" : named(a, at[k])).filter(s => s).join(", ");
      rows.push({ id: home(fig), title: d.title + (more ? ", " + more : ""), text: numberText(d, flat), unit: d.unit, size: Math.abs(d.values[flat]), of: d.name });
    }
  }));
  /* Of a figure with many numbers of one head, the largest. */
  const kept = {};
  rows.sort((a, b) => b.size - a.size).forEach(r => { (kept[r.of] = kept[r.of] || []).push(r); });
  return Object.values(kept).flatMap(list => list.slice(0, 3));
};
const pathsAbout = () => all("figure.paths").filter(fig => sameModel(fig, home(fig))).flatMap(fig => all("tbody tr", fig).map(r => Array.from(r.cells).map(c => c.textContent.trim())).filter(c => c[0] === chosen.at || c[1].split(" ").includes(chosen.at)).map(c => ({ id: home(fig), title: c[0] + " to " + c[1] + (c[2] ? " (" + c[2] + ")" : ""), text: c[3] })));
const entry = r => { const li = make("li"), a = make("a", "", r.title); a.href = "#" + r.id; li.append(a, " ", make("b", "", r.text)); if (r.unit) li.append(make("span", "unit", " " + r.unit)); return li; };
const list = (title, rows) => { if (!rows.length) return []; const ul = make("ul"); rows.forEach(r => ul.append(entry(r))); return [make("h3", "", title), ul]; };
listeners.push(() => {
  card.hidden = !chosen.at;
  card.textContent = "";
  if (!chosen.at) return;
  const close = make("button", "", "Close"); close.type = "button"; close.onclick = () => select(nothing);
  const head = make("p", "cardhead"); head.append(make("b", "", chosen.at), " ", make("span", "unit", chosen.model || ""), close);
  card.append(head, ...list("Numbers", rowsAbout()), ...list("Paths", pathsAbout()));
  all("figure.attention").filter(fig => fig.viewer && sameModel(fig, home(fig))).forEach(fig => {
    const map = fig.viewer.thumb(chosen.at);
    if (!map) return;
    const a = make("a", "cardmap"); a.href = "#" + home(fig); a.setAttribute("aria-label", "Attention of " + chosen.at); map.setAttribute("aria-hidden", "true"); a.append(map);
    card.append(make("h3", "", "Attention, first example"), a);
  });
  if (card.childElementCount === 1) card.append(make("p", "small", "This page has no other number of it."));
});
