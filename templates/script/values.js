/* Values under the pointer, on a tap and by key. The pictures' own <title>s come at once instead of after a second. */
const tip = one("#tip");
all("svg title").forEach(t => { t.parentNode.dataset.tip = t.textContent; t.remove(); });
/* Points of a dense cloud have no words of their own: their numbers are the figure's. */
all(".cloud").forEach(cloud => {
  const d = dataOf(cloud.closest("figure"))[0];
  if (!d) return;
  const points = d.axes[d.axes.length - 2], from = Number(cloud.dataset.cloud), drawn = all("circle", cloud);
  for (let p = 0, n = 0; p < points.labels.length; p++) {
    const x = d.values[from + 2 * p], y = d.values[from + 2 * p + 1];
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    drawn[n].dataset.tip = named(points, p) + ": " + show(x) + ", " + show(y);
    drawn[n++].dataset.at = points.labels[p];
  }
});
const place = (x, y) => {
  tip.style.left = Math.max(4, Math.min(x + 12, innerWidth - tip.offsetWidth - 8)) + "px";
  tip.style.top = (y + 18 + tip.offsetHeight > innerHeight ? y - tip.offsetHeight - 10 : y + 16) + "px";
};
const tell = (text, x, y) => { tip.textContent = text; tip.hidden = false; place(x, y); };
const hush = () => { tip.hidden = true; all("rect.cursor").forEach(r => r.remove()); all(".cursor").forEach(e => e.classList.remove("cursor")); };
/* Words for what is under the pointer where no mark has its own. */
const beside = [];
const valueAt = e => {
  const map = e.target.closest && e.target.closest("svg[data-map]");
  if (map) {
    const cell = cellAt(map, e), d = dataOf(map.closest("figure"))[0];
    return cell >= 0 && d ? hint(d, flatAt(grid(map), cell)) : "";
  }
  const t = e.target.closest && e.target.closest("[data-tip]");
  return t ? t.dataset.tip : beside.map(f => f(e)).find(Boolean) || "";
};
const point = e => { const text = valueAt(e); if (text) tell(text, e.clientX, e.clientY); else hush(); };
document.addEventListener("pointermove", e => { if (e.pointerType !== "touch") point(e); });
document.addEventListener("click", e => { if (e.target.closest("svg")) point(e); else hush(); });
document.addEventListener("scroll", hush, { passive: true, capture: true });

/* In a picture that has the focus, arrows go from value to value and Enter selects. */
const middle = e => { const b = e.getBoundingClientRect(); return [b.left + b.width / 2, b.top + b.height / 2]; };
const steps = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
const places = new WeakMap();
const walkMap = (svg, step) => {
  const g = grid(svg), d = dataOf(svg.closest("figure"))[0], before = places.get(svg);
  if (!d) return;
  const clamp = (v, n) => Math.max(0, Math.min(n - 1, v));
  const cell = before === undefined ? 0 : clamp(Math.floor(before / g.columns) + step[1], g.rows) * g.columns + clamp(before % g.columns + step[0], g.columns);
  if (flatAt(g, cell) < 0) { if (step[1] < 0 && cell < g.columns) return; places.set(svg, cell); walkMap(svg, step[1] ? step : steps.ArrowDown); return; }
  places.set(svg, cell);
  hush();
  const mark = outline(svg, cell, "cursor");
  svg.append(mark);
  const [x, y] = middle(mark);
  tell(hint(d, flatAt(g, cell)), x, y);
};
const walkMarks = (svg, step) => {
  const marks = all("[data-tip]", svg), before = places.get(svg);
  if (!marks.length) return;
  const i = before === undefined ? 0 : Math.max(0, Math.min(marks.length - 1, before + step[0] + step[1]));
  places.set(svg, i);
  hush();
  marks[i].classList.add("cursor");
  const [x, y] = middle(marks[i]);
  tell(marks[i].dataset.tip, x, y);
};
document.addEventListener("keydown", e => {
  const box = e.target.closest && e.target.closest(".pic,.strip"), svg = box && one("svg", box);
  if (!svg || e.target !== box) return;
  const step = steps[e.key];
  if (step) { e.preventDefault(); (svg.dataset.map ? walkMap : walkMarks)(svg, step); }
  if (e.key === "Enter" && places.has(svg)) {
    if (svg.dataset.map) chooseCell(svg, places.get(svg));
    else { const mark = all("[data-tip]", svg)[places.get(svg)]; if (mark.dataset.at) choose(svg.closest("figure"), mark.dataset.at, "", soleModel(svg.closest("figure"))); }
  }
  if (e.key === "Escape") hush();
});
document.addEventListener("focusout", hush);
