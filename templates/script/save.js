/* Downloads of exactly what is drawn; pictures always in the colours of light paper. */
const savePng = (name, svg) => {
  const image = new Image();
  image.onload = () => {
    /* Twice as fine as on the screen, as far as browsers hold so large a picture. */
    const fine = Math.min(2, 16000 / Math.max(image.width, image.height)), c = make("canvas"); c.width = image.width * fine; c.height = image.height * fine;
    c.getContext("2d").drawImage(image, 0, 0, c.width, c.height);
    c.toBlob(blob => saveBlob(name, blob), "image/png");
  };
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svg);
};
/* A spreadsheet takes a text that begins like a formula for one: an apostrophe says that it is text. */
const formula = s => /^[=+\-@\t\r]/.test(s) && Number.isNaN(Number(s));
const quote = v => { let s = v === null || v === undefined || Number.isNaN(v) ? "" : String(v); if (formula(s)) s = "'" + s; return /[",\n\r]/.test(s) ? '"' + s.replace(/"/g, '""') + '"' : s; };
const csv = rows => rows.map(r => r.map(quote).join(",")).join("\r\n") + "\r\n";
/* Seven digits are what float32 holds. */
const digits = v => Number.isFinite(v) ? Number(v.toPrecision(7)) : v;
/* Interval ends keep five. */
const end = v => Number.isFinite(v) ? Number(v.toPrecision(5)) : v;
const figureRows = fig => {
  const all = dataOf(fig), axes = [...new Set(all.flatMap(d => d.axes.map(a => a.name)))];
  const own = ["value", "low", "high", "unit", "model", "dataset", "n"], rows = [["measurement"].concat(axes.map(a => own.includes(a) ? a + " (axis)" : a), own)];
  all.forEach(d => d.values.forEach((v, flat) => {
    const at = coordinates(d, flat), label = name => { const k = d.axes.findIndex(a => a.name === name); return k < 0 ? "" : d.axes[k].labels[at[k]]; };
    rows.push([d.name].concat(axes.map(label), [digits(v), d.low ? end(d.low[flat]) : "", d.low ? end(d.high[flat]) : "", d.unit, modelOf(d, at), d.dataset, d.n]));
  }));
  return rows;
};
const plain = e => e ? e.textContent.replace(/\s+/g, " ").trim() : "";
const tableRows = table => Array.from(table.rows).map(r => Array.from(r.cells).map(c => plain(c).replace(/−/g, "-")));
const inLight = work => { const root = document.documentElement; root.classList.add("light"); try { return work(); } finally { root.classList.remove("light"); } };
const styled = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linejoin", "font-size", "font-weight", "font-family", "text-anchor", "paint-order", "image-rendering"];
const freeze = svg => {
  const copy = svg.cloneNode(true), from = [svg].concat(all("*", svg)), to = [copy].concat(all("*", copy));
  from.forEach((e, i) => {
    if (e.classList.contains("cursor") || e.classList.contains("chosen")) { to[i].remove(); return; }
    const css = getComputedStyle(e);
    styled.forEach(p => { const v = css.getPropertyValue(p); if (v && v !== "normal") to[i].setAttribute(p, v.includes("url(") ? "#9994" : v); });
    if (e.tagName === "circle") to[i].setAttribute("r", css.getPropertyValue("r"));
    if (e.dataset && e.dataset.tip) { const t = draw("title", {}); t.textContent = e.dataset.tip; to[i].prepend(t); }
    ["class", "data-tip", "data-map", "data-name", "data-at", "data-cloud", "data-steps", "data-reach", "data-frames", "data-colours", "data-shown", "data-edges", "data-rows", "data-stride"].forEach(a => to[i].removeAttribute(a));
  });
  return copy;
};
const ink = () => getComputedStyle(document.body).color;
const words = (text, x, y, size, weight) => { const t = draw("text", { x, y, "font-size": size, "font-weight": weight, "font-family": "sans-serif", fill: ink() }); t.textContent = text; return t; };
/* Long text in lines of so many letters. */
const lines = (text, most) => text.split(/\s+/).filter(w => w).reduce((out, w) => { const last = out[out.length - 1]; if (last && last.length + w.length < most) out[out.length - 1] = last + " " + w; else out.push(w); return out; }, []);
const heading = fig => {
  const s = fig.closest(".member") || fig.closest("section"), h = fig.matches(".text") ? one("h2,h3", s) : one("h3", fig) || one("h2,h3", s), outer = fig.closest("section"), top = one("h2", outer);
  const text = e => e ? e.textContent.replace(/\s*#\s*$/, "").trim() : "";
  /* A member's heading may say again what stands above it. */
  const said = text(h).toLowerCase(), above = text(top).toLowerCase();
  return top && h && top !== h && !said.startsWith(above) && !above.includes(said) ? text(top) + ": " + text(h) : text(h);
};
/* What the numbers of a figure are of: models, rows, how many, unit. */
const source = fig => {
  const d = dataOf(fig).length ? dataOf(fig) : [{ models: [] }], told = (k, f) => { const s = [...new Set(d.flatMap(f))].filter(x => x); return s.length ? k + (s.length < 4 ? s.join(", ") : s.length + " of them") : ""; };
  const own = k => fig.dataset[k] ? [fig.dataset[k]] : 0;
  return [told("model: ", x => own("model") || x.models.map(training)), told("dataset: ", x => x.dataset), told("n = ", x => own("n") || x.n), told("unit: ", x => own("unit") || x.unit)].filter(s => s).join("; ");
};
/* Every table that is saved says what its numbers are: what its rows lack, the figure knows. */
const saveTable = (fig, name, rows) => {
  const lacks = fig.matches("[data-words]") ? [] : ["unit", "model", "n"].filter(k => !rows[0].some(h => h.toLowerCase() === k));
  save(name + ".csv", "text/csv", csv(rows.map((r, i) => r.concat(lacks.map(k => i ? fig.dataset[k] : k)))));
};
/* Coloured text as it stands on the page: a box and a text for each token. */
const passageSvg = box => {
  const frame = box.getBoundingClientRect(), svg = draw("svg", { width: Math.ceil(frame.width), height: Math.ceil(frame.height) });
  const within = r => ({ x: r.left - frame.left, y: r.top - frame.top, width: r.width, height: r.height });
  all(".tk", box).forEach(token => {
    const css = getComputedStyle(token), group = draw("g", {}), said = draw("title", {});
    said.textContent = token.dataset.said;
    group.append(said);
    Array.from(token.getClientRects()).forEach(r => group.append(draw("rect", Object.assign(within(r), { rx: 2, fill: token.classList.contains("na") ? "#9994" : css.backgroundColor }))));
    Array.from(token.children).forEach(run => {
      const r = within(run.getClientRects()[0]), font = getComputedStyle(run), size = parseFloat(font.fontSize);
      const text = draw("text", { x: r.x, y: r.y + r.height / 2 + size * 0.35, textLength: r.width, lengthAdjust: "spacingAndGlyphs", "font-size": size, "font-family": font.fontFamily, fill: font.color });
      text.textContent = run.textContent;
      group.append(text);
    });
    svg.append(group);
  });
  return svg;
};
/* Under a picture of attention: its colours, and what it is of. */
const attentionNote = (root, x, y, text) => {
  ramp.forEach((r, i) => root.append(draw("rect", { x: x + i * 5, y, width: 5, height: 10, fill: r[0] })));
  root.append(words("0 to 1 share of attention; grey: masked", x + 115, y + 9, 11.5, 400));
  lines(text, 66).forEach((line, i) => root.append(words(line, x, y + 28 + 15 * i, 11.5, 400)));
};
const ruler = make("canvas").getContext("2d");
const long = (text, size, weight) => { ruler.font = weight + " " + size + "px sans-serif"; return ruler.measureText(text).width; };
/* A table in words: columns as wide as what stands in them, a rule under each row. */
const tableSvg = table => {
  const svg = draw("svg", {}), rows = Array.from(table.rows).map(r => Array.from(r.cells).map(c => ({ lines: plain(c) ? lines(plain(c), 44) : [], weight: c.closest("thead") ? 600 : 400, css: getComputedStyle(c), word: one(".word", c) })));
  const wide = [];
  rows.forEach(r => r.forEach((c, k) => { wide[k] = Math.max(wide[k] || 0, ...c.lines.map(l => Math.ceil(long(l, 12, c.weight)))); }));
  const left = wide.map((w, k) => wide.slice(0, k).reduce((a, b) => a + b + 18, 4)), width = left[wide.length - 1] + wide[wide.length - 1] + 4;
  let y = 0;
  rows.forEach(r => {
    const high = Math.max(1, ...r.map(c => c.lines.length)) * 15 + 6;
    r.forEach((c, k) => c.lines.forEach((line, i) => {
      const end = c.css.textAlign === "right", text = words(line, end ? left[k] + wide[k] : left[k], y + 14 + 15 * i, 12, c.weight);
      if (end) text.setAttribute("text-anchor", "end");
      if (c.word && !i) {
        const said = plain(c.word), verdict = draw("tspan", { fill: getComputedStyle(c.word).color, "font-weight": 600 });
        verdict.textContent = said; text.textContent = line.slice(said.length); text.prepend(verdict);
      }
      svg.append(text);
    }));
    y += high;
    svg.append(draw("line", { x1: 0, x2: width, y1: y - 1, y2: y - 1, stroke: "#d5dae0" }));
  });
  Object.entries({ width, height: y + 2 }).forEach(([k, v]) => svg.setAttribute(k, v));
  return svg;
};
/* The tables of a figure that is made of them, of folded ones those that are open; lists of one case side by side. */
const tablesOf = fig => {
  const tables = all("table", fig), open = tables.filter(t => !t.closest("details:not([open])")), cases = all(".case", fig).length;
  return (open.length ? open : tables).map(t => {
    const above = t.parentNode.previousElementSibling, box = t.closest(".case"), list = t.closest(".list");
    const title = (cases > 1 ? [plain(one("h3", box))] : []).concat(above && above.matches("h3,h4") ? plain(above) : []).join(": ");
    return { svg: tableSvg(t), title, alone: !list, first: list && !list.previousElementSibling, drawn: true };
  });
};
const figureSvg = fig => inLight(() => {
  const root = draw("svg", {});
  let y = 12, wide = 320;
  const above = lines(heading(fig), 80);
  above.forEach(line => { wide = Math.max(wide, Math.ceil(long(line, 14, 600)) + 24); });
  above.forEach(line => { root.append(words(line, 12, y + 12, 14, 600)); y += 19; });
  y += 6;
  const rows = all("td.plot svg", fig);
  rows.forEach(svg => {
    const said = lines(svg.dataset.name, 44), h = Math.max(Number(svg.getAttribute("height")), said.length * 15 + 4);
    said.forEach((line, i) => root.append(words(line, 12, y + 13 + 15 * i, 12, 400)));
    const copy = freeze(svg); copy.setAttribute("x", 312); copy.setAttribute("y", y); root.append(copy);
    const value = one(".n", svg.closest("tr")), range = one(".range", svg.closest("tr"));
    root.append(words((value ? value.textContent : "") + (range ? " " + range.textContent : ""), 624, y + 14, 12, 400));
    y += h + 8; wide = 860;
  });
  const group = fig.closest("section"), shared = group && one(":scope > .legend svg", group);
  const holder = one(".panels", fig), columns = holder ? Number((holder.className.match(/cols(\d+)/) || [0, 1])[1]) : all(".lists", fig).length ? 3 : 1;
  const blocks = holder ? all(".panel", fig).map(p => ({ svg: one("svg", p), title: (one(".paneltitle", p) || {}).textContent })) : all(".pic svg", fig).map(svg => ({ svg }));
  all(".legend svg,.strip svg", fig).concat(shared && blocks.length ? [shared] : []).forEach(svg => blocks.push({ svg, alone: true }));
  all(".passage", fig).filter(box => !box.hidden).forEach(box => blocks.push({ svg: passageSvg(box), title: box.getAttribute("aria-label"), alone: true, drawn: true }));
  if ("tables" in fig.dataset) blocks.push(...tablesOf(fig));
  let x = 8, row = 0, column = 0;
  blocks.forEach(b => {
    if (b.alone || b.first || column >= columns) { y += row; x = 8; row = 0; column = 0; }
    const w = Number(b.svg.getAttribute("width")), h = Number(b.svg.getAttribute("height")), title = lines(b.title || "", w / 7.6), top = title.length * 17 + 3;
    title.forEach((line, i) => root.append(words(line, x + 4, y + 14 + i * 17, 13, 600)));
    const copy = b.drawn ? b.svg : freeze(b.svg); copy.setAttribute("x", x); copy.setAttribute("y", y + top); root.append(copy);
    x += w + 16; row = Math.max(row, h + top + 14); wide = Math.max(wide, x); column = b.alone ? columns : column + 1;
  });
  y += row;
  all(".matrixclaims li", fig).forEach(li => { lines(li.value + ". " + plain(li), wide / 7).forEach(line => { root.append(words(line, 12, y + 12, 11.5, 400)); y += 16; }); });
  lines(source(fig), wide / 7).forEach(line => { root.append(words(line, 12, y + 12, 11.5, 400)); y += 16; });
  y = Math.ceil(y + 6); wide = Math.ceil(wide);
  root.prepend(draw("rect", { width: wide, height: y, fill: "#ffffff" }));
  Object.entries({ xmlns: svgNs, width: wide, height: y, viewBox: "0 0 " + wide + " " + y }).forEach(([k, v]) => root.setAttribute(k, v));
  return new XMLSerializer().serializeToString(root);
});
const plainJson = fig => { const list = dataOf(fig).map(d => Object.assign({}, d, { values: d.values.map(digits) }, d.low ? { low: d.low.map(end), high: d.high.map(end) } : {})); return JSON.stringify(list.length === 1 ? list[0] : list); };
const savers = {
  svg: (fig, name) => save(name + ".svg", "image/svg+xml", figureSvg(fig)),
  png: (fig, name) => savePng(name + ".png", figureSvg(fig)),
  csv: (fig, name) => saveTable(fig, name, figureRows(fig)),
  json: (fig, name) => save(name + ".json", "application/json", plainJson(fig)),
  "rows-csv": (fig, name) => saveTable(fig, name, tableRows(one("table", fig)))
};
all(".tools").forEach(t => {
  t.append("Download ");
  t.dataset.saves.split(" ").forEach(kind => {
    const b = make("button", "", kind.split("-").pop().toUpperCase() + (/^(att|mom).*[vg]$/.test(kind) ? " of the chosen head" : /^(svg|png)$/.test(kind) && all(".case", t.closest("figure")).length > 1 ? " of the open lists" : ""));
    b.type = "button"; b.dataset.save = kind; t.append(b, " ");
  });
  t.hidden = false;
});
document.addEventListener("click", e => {
  const b = e.target.closest("button[data-save]");
  if (!b) return;
  const fig = b.closest("figure");
  savers[b.dataset.save](fig, fig.dataset.name.replace(/[^\w.-]+/g, "_"));
});
