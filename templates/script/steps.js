/* One step of a training for the whole page: a line in every chart, the maps of that step, and the numbers there. */
const bar = one(".cursorbar"), slider = one("input", bar), chosenStep = one("output", bar);
const allSteps = bar.dataset.steps.split(" ");
/* The last of these steps that is not after the chosen one; -1 where all are. */
const reached = labels => labels.reduce((k, l, i) => Number(l) <= Number(step) ? i : k, -1);
const marksOf = svg => svg.dataset.steps.split(" ").map(m => { const i = m.indexOf(":"); return { label: m.slice(0, i), x: Number(m.slice(i + 1)) }; });
const nearest = (svg, e) => { const { x } = onPicture(svg, e); return marksOf(svg).reduce((a, b) => Math.abs(b.x - x) < Math.abs(a.x - x) ? b : a); };
const trained = ["checkpoint", "step"], repeated = ["seed", "copy"];

/* The numbers of a figure at one of its steps, by line, largest first: means over seeds, with the seeds where lines are few. */
const numbersAt = (d, label) => {
  const t = d.axes.findIndex(a => trained.includes(a.name) && a.labels.includes(label)), lines = new Map();
  if (t < 0) return [];
  const k = d.axes[t].labels.indexOf(label);
  d.values.forEach((v, flat) => {
    const at = coordinates(d, flat);
    if (at[t] !== k) return;
    const c = component(d, at);
    const name = [c].concat(d.axes.map((a, j) => j === t || repeated.includes(a.name) || c && naming.includes(a.name) ? "" : named(a, at[j]))).filter(s => s).join(", ");
    if (!lines.has(name)) lines.set(name, []);
    if (!Number.isNaN(v)) lines.get(name).push(v);
  });
  const mean = vs => vs.length ? vs.reduce((a, b) => a + b, 0) / vs.length : NaN;
  return Array.from(lines, ([name, vs]) => ({ name, mean: mean(vs), all: vs })).sort((a, b) => Math.abs(b.mean) - Math.abs(a.mean) || 0)
    .map(l => (l.name ? l.name + " " : "") + show(l.mean) + (l.all.length > 1 && lines.size <= 4 ? " (" + l.all.map(show).join(", ") + ")" : ""));
};
const most = 12;
const sentence = (fig, label) => {
  const d = dataOf(fig)[0], numbers = d ? numbersAt(d, label) : [];
  return "Step " + label + (numbers.length ? ": " + numbers.slice(0, most).join("; ") + (numbers.length > most ? "; and " + (numbers.length - most) + " more" : "") : "");
};

const drawLine = svg => {
  all(".stepline", svg).forEach(e => e.remove());
  const marks = marksOf(svg), k = step === "" ? -1 : reached(marks.map(m => m.label));
  if (k < 0) return "";
  const [top, bottom] = svg.dataset.reach.split(" ").map(Number), right = marks[k].x > svg.viewBox.baseVal.width / 2;
  const text = draw("text", { class: "stepline" + (right ? " end" : ""), x: marks[k].x + (right ? -4 : 4), y: top + 9 });
  text.textContent = marks[k].label;
  svg.append(draw("line", { class: "stepline", x1: marks[k].x, x2: marks[k].x, y1: top, y2: bottom }), text);
  return marks[k].label;
};
/* A map of another step: its place among the figure's numbers moves, and so do colours and numbers of its cells. */
const showFrame = svg => {
  const labels = svg.dataset.frames.split(" "), last = labels.length - 1, k = step === "" ? last : Math.max(0, reached(labels)), before = Number(svg.dataset.shown || last);
  const d = dataOf(svg.closest("figure"))[0], t = d ? d.axes.findIndex(a => a.labels.join(" ") === svg.dataset.frames) : -1;
  if (k === before || t < 0) return;
  const size = d.axes.slice(t + 1).reduce((n, a) => n * a.labels.length, 1), place = svg.dataset.map.split(" ");
  place[6] = Number(place[6]) + (k - before) * size;
  svg.dataset.map = place.join(" ");
  svg.dataset.shown = k;
  one(".stepname", svg.closest(".panel")).textContent = labels[k];
  const g = grid(svg), [diverging, centre, reach, decimals] = svg.dataset.colours.split(" ").map(Number), cells = draw("g", {});
  all(".cell,.pixels,.num", svg).forEach(e => e.remove());
  for (let cell = 0; cell < g.columns * g.rows; cell++) {
    const v = d.values[g.offset + cell], i = Math.max(-20, Math.min(20, Math.round((v - centre) / reach * 20)));
    const colour = Number.isNaN(v) ? "na" : !diverging ? "s" + Math.max(0, i) : i === 0 ? "z" : i < 0 ? "n" + -i : "p" + i;
    cells.append(outline(svg, cell, "cell " + colour));
    if (decimals < 0 && !(Number.isNaN(v) && g.width >= 12)) continue;
    const text = draw("text", { class: "num " + colour, x: g.left + (cell % g.columns + 0.5) * g.width, y: g.top + (Math.floor(cell / g.columns) + 0.5) * g.height + 4 });
    text.textContent = Number.isNaN(v) ? "\u00d7" : v.toFixed(decimals).replace(/^-(?=.*[1-9])/, "\u2212").replace(/^-/, "");
    svg.append(text);
  }
  svg.prepend(cells);
};
movers.push(() => {
  const k = step === "" ? -1 : reached(allSteps);
  step = k < 0 ? "" : allSteps[k];
  slider.value = k < 0 ? allSteps.length - 1 : k;
  slider.setAttribute("aria-valuetext", k < 0 ? "no step chosen" : "step " + step);
  chosenStep.textContent = k < 0 ? "none chosen" : step;
  all("svg[data-frames]").forEach(showFrame);
  all("figure").filter(fig => one("svg[data-steps]", fig)).forEach(fig => {
    const shown = all("svg[data-steps]", fig).map(drawLine)[0];
    if (fig.dataset.of) return;
    let words = one(".atstep", fig);
    if (!words) { words = make("p", "readout atstep"); one(".panels", fig).after(words); }
    words.hidden = !shown;
    words.textContent = shown ? sentence(fig, shown) : "";
  });
});
const goTo = label => { step = label; write(); paint(); };
bar.hidden = false;
slider.oninput = () => goTo(allSteps[Number(slider.value)]);
one("button", bar).onclick = () => goTo("");

beside.push(e => { const svg = e.target.closest && e.target.closest("svg[data-steps]"); return svg ? sentence(svg.closest("figure"), nearest(svg, e).label) : ""; });
document.addEventListener("click", e => { const svg = e.target.closest("svg[data-steps]"); if (svg) goTo(nearest(svg, e).label); });
/* In a chart along a training the arrows go from step to step. */
document.addEventListener("keydown", e => {
  const box = e.target.closest && e.target.closest(".pic"), svg = box && one("svg[data-steps]", box), way = { ArrowLeft: -1, ArrowRight: 1 }[e.key];
  if (!svg || svg.dataset.map || e.target !== box || !way && e.key !== "Home" && e.key !== "End") return;
  e.preventDefault(); e.stopImmediatePropagation();
  const labels = marksOf(svg).map(m => m.label), last = labels.length - 1, k = step === "" ? (way < 0 ? last + 1 : -1) : reached(labels);
  goTo(labels[e.key === "Home" ? 0 : e.key === "End" ? last : Math.max(0, Math.min(last, k + way))]);
  const [x, y] = middle(one("line.stepline", svg));
  tell(sentence(svg.closest("figure"), step), x, y);
}, true);
/* A step of the table chooses the first checkpoint that is not before it. */
all("td[data-step]").forEach(cell => {
  const b = make("button", "pick", cell.textContent); b.type = "button";
  b.setAttribute("aria-label", "Show step " + cell.textContent + " in every figure");
  b.onclick = () => goTo(allSteps.find(l => Number(l) >= Number(cell.dataset.step)) || allSteps[allSteps.length - 1]);
  cell.textContent = ""; cell.append(b);
});
