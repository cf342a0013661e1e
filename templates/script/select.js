/* What is selected stands in the address: the figure, the cell, the model and the step. #m-scores-ind;at=L1H2;in=seed 1;step=400 */
const parts = () => {
  let h;
  try { h = decodeURIComponent(location.hash.slice(1)).split(";"); } catch (e) { h = [""]; }
  const p = { id: h[0] };
  h.slice(1).forEach(x => { const i = x.indexOf("="); if (i > 0) p[x.slice(0, i)] = x.slice(i + 1); });
  return p;
};
const listeners = [];
/* What changes pictures before they are marked. */
const movers = [];
const nothing = { id: "", at: "", unit: "", model: null };
let chosen = nothing, position = "", step = "", later = 0;
const writeNow = () => {
  const rest = [];
  if (chosen.at) rest.push("at=" + encodeURIComponent(chosen.at));
  if (chosen.unit) rest.push("in=" + encodeURIComponent(chosen.unit));
  if (position !== "") rest.push("pos=" + encodeURIComponent(position));
  if (step !== "") rest.push("step=" + encodeURIComponent(step));
  history.replaceState(null, "", "#" + (chosen.id || parts().id) + (rest.length ? ";" + rest.join(";") : ""));
};
/* Browsers refuse too many changes of the address in a row. */
const write = () => { clearTimeout(later); later = setTimeout(writeNow, 150); };
const home = e => { const s = e.closest(".member,main>section"); return s ? s.id : ""; };
/* Whether a figure shows the selected model; a figure of several models is asked cell by cell. */
const sameModel = (fig, id) => {
  if (chosen.model === null) return id === chosen.id;
  if (fig.dataset.model !== undefined) return fig.dataset.model === chosen.model;
  return dataOf(fig).some(d => d.models.length === 1 && d.models[0] === chosen.model);
};
/* A model's name without its step; a head over steps is selected in all steps of its training. */
const training = model => model.replace(/ step [0-9]+(?=$| )/, "");
const sameTraining = (d, flat, id) => { const at = coordinates(d, flat); return component(d, at) === chosen.at && (chosen.model === null ? id === chosen.id : training(modelOf(d, at)) === training(chosen.model)); };
const wholeRow = (g, r) => draw("rect", { class: "chosen sel", x: g.left, y: g.top + r * g.height, width: g.edges[g.columns] - g.left, height: g.height });
const paint = () => {
  movers.forEach(f => f());
  all(".sel").forEach(e => e.tagName === "rect" && e.classList.contains("chosen") ? e.remove() : e.classList.remove("sel"));
  all("button.thumb[aria-pressed],button.pick[aria-pressed]").forEach(b => b.setAttribute("aria-pressed", "false"));
  if (chosen.at) {
    all("figure").forEach(fig => {
      const id = home(fig), d = dataOf(fig)[0];
      all("svg[data-map]", fig).forEach(svg => {
        const g = grid(svg);
        if (g.starts) { if (d) g.starts.forEach((flat, r) => { if (flat >= 0 && sameTraining(d, flat, id)) svg.append(wholeRow(g, r)); }); return; }
        for (let cell = 0; d && cell < g.columns * g.rows; cell++) {
          const at = coordinates(d, flatAt(g, cell));
          if (cellOf(d, at) !== chosen.at) continue;
          if (chosen.model === null ? id === chosen.id : modelOf(d, at) === chosen.model && (component(d, at) || id === chosen.id)) svg.append(outline(svg, cell, "chosen sel"));
        }
      });
      if (!sameModel(fig, id)) return;
      all("[data-at]", fig).forEach(e => { if (e.dataset.at === chosen.at) { e.classList.add("sel"); if (e.tagName === "BUTTON") e.setAttribute("aria-pressed", "true"); } });
    });
  }
  listeners.forEach(f => f(chosen));
};
const select = next => { chosen = next.at ? next : nothing; write(); paint(); };
/* A cell of a figure, or nothing where it is selected already. */
const choose = (fig, at, unit, model) => {
  const id = home(fig);
  select(chosen.at === at && chosen.id === id && chosen.unit === unit ? nothing : { id, at, unit, model });
};
const chooseCell = (svg, cell) => {
  const fig = svg.closest("figure"), d = dataOf(fig)[0];
  if (!d) return;
  const at = coordinates(d, flatAt(grid(svg), cell));
  choose(fig, cellOf(d, at), unitOf(d, at), modelOf(d, at));
};
/* The one model of a figure, where it has one. */
const soleModel = fig => {
  if (fig.dataset.model !== undefined) return fig.dataset.model;
  const d = dataOf(fig)[0];
  return d && d.models.length === 1 ? d.models[0] : null;
};
const follow = () => {
  const p = parts(), target = p.id && document.getElementById(p.id);
  position = p.pos || "";
  step = p.step || "";
  let model = null;
  if (target && p.at) {
    const fig = one("figure", target), d = fig && dataOf(fig)[0];
    model = fig ? soleModel(fig) : null;
    if (d && d.models.length > 1 && p.in) {
      for (let flat = 0; flat < d.values.length && model === null; flat++) { const at = coordinates(d, flat); if (unitOf(d, at) === p.in) model = modelOf(d, at); }
    }
  }
  chosen = p.at ? { id: p.id, at: p.at, unit: p.in || "", model } : nothing;
  if (target) { const fold = target.closest("details"); if (fold) fold.open = true; if (target.tagName === "DETAILS") target.open = true; }
  paint();
  if (target) target.scrollIntoView({ behavior: "instant" });
};
document.addEventListener("click", e => {
  if (e.target.closest("a,summary,#card")) return;
  const map = e.target.closest("svg[data-map]");
  if (map) { const cell = cellAt(map, e); if (cell >= 0) chooseCell(map, cell); return; }
  const cell = e.target.closest("[data-at]");
  if (!cell || !cell.dataset.at || cell.matches("tr")) return;
  const fig = cell.closest("figure");
  if (fig) choose(fig, cell.dataset.at, "", soleModel(fig));
});
document.addEventListener("keydown", e => { if (e.key === "Escape" && chosen.at) select(nothing); });
