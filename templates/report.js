"use strict";
(() => {
const all = (s, r) => Array.from((r || document).querySelectorAll(s));
const one = (s, r) => (r || document).querySelector(s);
const make = (tag, cls, text) => { const e = document.createElement(tag); if (cls) e.className = cls; if (text !== undefined) e.textContent = text; return e; };
const show = v => v === null ? "undefined" : typeof v === "string" ? v : v === 0 ? "0" : Math.abs(v) >= 1000 || Math.abs(v) < 0.1 ? v.toPrecision(3) : v.toFixed(3);

/* What is selected lives in the hash after a semicolon: #m-scores;at=L1H2 */
const parts = () => { const h = decodeURIComponent(location.hash.slice(1)).split(";"); const p = { id: h[0] }; h.slice(1).forEach(x => { const i = x.indexOf("="); if (i > 0) p[x.slice(0, i)] = x.slice(i + 1); }); return p; };
const listeners = [];
let selected = "", position = "";
let later = 0;
/* Browsers refuse too many changes of the address in a row. */
const write = () => { clearTimeout(later); later = setTimeout(writeNow, 150); };
const writeNow = () => {
  const p = parts(), rest = [];
  if (selected) rest.push("at=" + encodeURIComponent(selected));
  if (position !== "") rest.push("pos=" + encodeURIComponent(position));
  history.replaceState(null, "", "#" + p.id + (rest.length ? ";" + rest.join(";") : ""));
};
const paint = () => {
  all(".sel").forEach(e => e.classList.remove("sel"));
  if (selected) all("[data-at]").forEach(e => { if (e.dataset.at === selected) { e.classList.add("sel"); if (e.classList.contains("cell")) e.parentNode.insertBefore(e, e.parentNode.querySelector("text")); } });
  all("button.thumb,button.pick").forEach(b => b.setAttribute("aria-pressed", String(b.dataset.at === selected)));
  const box = one("#selection");
  box.hidden = !selected;
  box.textContent = selected ? "Selected: " + selected + " " : "";
  if (selected) { const b = make("button", "", "clear"); b.type = "button"; b.onclick = () => select(""); box.append(b); }
  listeners.forEach(f => f(selected));
};
const select = at => { selected = at; write(); paint(); };
const follow = () => {
  const p = parts();
  selected = p.at || ""; position = p.pos || "";
  const target = p.id && document.getElementById(p.id);
  paint();
  if (target) target.scrollIntoView({ behavior: "instant" });
};
document.addEventListener("click", e => {
  const link = e.target.closest("a[href^='#']");
  if (link && (selected || position !== "")) { e.preventDefault(); history.pushState(null, "", link.getAttribute("href")); writeNow(); const t = document.getElementById(link.getAttribute("href").slice(1)); if (t) { t.scrollIntoView(); t.tabIndex = -1; t.focus({ preventScroll: true }); } return; }
  const cell = e.target.closest("[data-at]");
  if (cell && !cell.matches("tr") && cell.dataset.at) select(cell.dataset.at === selected && !cell.matches(".thumb") ? "" : cell.dataset.at);
});

/* Values under the pointer: the pictures' own <title>s, shown at once instead of after a second. */
const tip = one("#tip");
all("svg title").forEach(t => { t.parentNode.dataset.tip = t.textContent; t.remove(); });
const place = (x, y) => {
  tip.style.left = Math.max(4, Math.min(x + 12, innerWidth - tip.offsetWidth - 8)) + "px";
  tip.style.top = (y + 18 + tip.offsetHeight > innerHeight ? y - tip.offsetHeight - 10 : y + 16) + "px";
};
document.addEventListener("pointermove", e => {
  const t = e.target.closest && e.target.closest("[data-tip]");
  if (!t) { tip.hidden = true; return; }
  tip.textContent = t.dataset.tip; tip.hidden = false; place(e.clientX, e.clientY);
});
document.addEventListener("scroll", () => { tip.hidden = true; }, { passive: true, capture: true });

/* Contents follow the reader. */
const links = all(".contents a");
if ("IntersectionObserver" in window) {
  const seen = new Set();
  const watch = new IntersectionObserver(es => {
    es.forEach(e => e.isIntersecting ? seen.add(e.target.id) : seen.delete(e.target.id));
    const now = links.find(a => seen.has(a.hash.slice(1)));
    const list = one(".contents ol");
    if (now && list.scrollWidth > list.clientWidth) list.scrollLeft = now.parentNode.offsetLeft - list.offsetLeft - 24;
    links.forEach(a => a === now ? a.setAttribute("aria-current", "true") : a.removeAttribute("aria-current"));
  }, { rootMargin: "-8% 0px -60% 0px" });
  all("main > section").forEach(s => watch.observe(s));
}

/* Tables that sort; a component in a table selects it. */
all("table.sortable").forEach(table => {
  const body = table.tBodies[0];
  all("th", table.tHead).forEach((th, column) => {
    const b = make("button", "", th.textContent); b.type = "button"; th.textContent = ""; th.append(b);
    b.onclick = () => {
      const down = th.getAttribute("aria-sort") !== "descending";
      all("th", table.tHead).forEach(o => o.removeAttribute("aria-sort"));
      th.setAttribute("aria-sort", down ? "descending" : "ascending");
      const key = r => r.cells[column].dataset.sort;
      const rows = Array.from(body.rows);
      const numbers = rows.every(r => key(r) === "" || !isNaN(key(r)));
      rows.sort((a, b) => {
        const x = key(a), y = key(b);
        if (numbers) { if (x === "" || y === "") return (x === "") - (y === ""); return (down ? y - x : x - y); }
        return down ? y.localeCompare(x, "en", { numeric: true }) : x.localeCompare(y, "en", { numeric: true });
      }).forEach(r => body.append(r));
    };
  });
  all("tr[data-at]", body).forEach(row => {
    const cell = row.cells[0];
    if (cell.textContent !== row.dataset.at) return;
    const b = make("button", "pick", cell.textContent); b.type = "button"; b.dataset.at = row.dataset.at;
    cell.textContent = ""; cell.append(b);
  });
});

/* Downloads of exactly what is drawn. */
const save = (name, type, text) => {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const a = make("a"); a.href = url; a.download = name; document.body.append(a); a.click(); a.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
};
/* A spreadsheet takes a text that begins like a formula for one: an apostrophe says that it is text. */
const formula = s => /^[=+\-@\t\r]/.test(s) && Number.isNaN(Number(s));
const quote = v => { let s = v === null || v === undefined ? "" : String(v); if (formula(s)) s = "'" + s; return /[",\n\r]/.test(s) ? '"' + s.replace(/"/g, '""') + '"' : s; };
const csv = rows => rows.map(r => r.map(quote).join(",")).join("\r\n") + "\r\n";
const figureCsv = d => {
  const rows = [d.axes.map(a => a.name).concat(["value"], d.low ? ["low", "high"] : [])];
  d.values.forEach((v, i) => {
    const row = []; let rest = i;
    for (let k = d.axes.length - 1; k >= 0; k--) { const n = d.axes[k].labels.length; row.unshift(d.axes[k].labels[rest % n]); rest = Math.floor(rest / n); }
    rows.push(row.concat([v], d.low ? [d.low[i], d.high[i]] : []));
  });
  return csv(rows);
};
const styled = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "font-size", "font-weight", "font-family", "text-anchor", "image-rendering"];
const freeze = svg => {
  const copy = svg.cloneNode(true), from = [svg].concat(all("*", svg)), to = [copy].concat(all("*", copy));
  from.forEach((e, i) => {
    const css = getComputedStyle(e);
    styled.forEach(p => { const v = css.getPropertyValue(p); if (v && v !== "normal") to[i].setAttribute(p, v.includes("url(") ? "#9994" : v); });
    if (e.dataset && e.dataset.tip) { const t = document.createElementNS("http://www.w3.org/2000/svg", "title"); t.textContent = e.dataset.tip; to[i].prepend(t); to[i].removeAttribute("data-tip"); }
    to[i].removeAttribute("class");
  });
  return copy;
};
const figureSvg = fig => {
  const ns = "http://www.w3.org/2000/svg", root = document.createElementNS(ns, "svg");
  let y = 8, wide = 0;
  const columns = Number((one(".panels", fig).className.match(/cols(\d+)/) || [0, 1])[1]);
  const blocks = all(".panel", fig).map(p => ({ svg: one("svg", p), title: (one(".paneltitle", p) || {}).textContent }));
  all(".legend svg,.strip svg", fig).forEach(svg => blocks.push({ svg, alone: true }));
  let x = 8, row = 0, column = 0;
  blocks.forEach(b => {
    if (b.alone || column >= columns) { y += row; x = 8; row = 0; column = 0; }
    const w = Number(b.svg.getAttribute("width")), h = Number(b.svg.getAttribute("height")), top = b.title ? 20 : 0;
    if (b.title) { const t = document.createElementNS(ns, "text"); t.textContent = b.title; [["x", x + 4], ["y", y + 14], ["font-size", 13], ["font-weight", 600], ["font-family", "sans-serif"], ["fill", getComputedStyle(document.body).color]].forEach(([k, v]) => t.setAttribute(k, v)); root.append(t); }
    const copy = freeze(b.svg); copy.setAttribute("x", x); copy.setAttribute("y", y + top); root.append(copy);
    x += w + 16; row = Math.max(row, h + top + 14); wide = Math.max(wide, x); column = b.alone ? columns : column + 1;
  });
  const back = document.createElementNS(ns, "rect");
  [["width", wide], ["height", y + row], ["fill", getComputedStyle(document.body).backgroundColor]].forEach(([k, v]) => back.setAttribute(k, v));
  root.prepend(back);
  [["xmlns", ns], ["width", wide], ["height", y + row], ["viewBox", "0 0 " + wide + " " + (y + row)]].forEach(([k, v]) => root.setAttribute(k, v));
  return new XMLSerializer().serializeToString(root);
};
const savers = {};
all(".tools").forEach(t => { t.hidden = false; });
document.addEventListener("click", e => {
  const b = e.target.closest("button[data-save]");
  if (!b) return;
  const fig = b.closest("figure"), name = fig.dataset.name.replace(/[^\w.-]+/g, "_"), kind = b.dataset.save;
  if (kind === "svg") { save(name + ".svg", "image/svg+xml", figureSvg(fig)); return; }
  if (kind === "csv" || kind === "json") {
    const text = one(".figdata", fig).textContent;
    save(name + "." + kind, kind === "csv" ? "text/csv" : "application/json", kind === "csv" ? figureCsv(JSON.parse(text)) : text);
    return;
  }
  if (savers[kind]) savers[kind](fig, name);
});
all("[data-copy]").forEach(b => {
  b.hidden = false;
  b.onclick = () => {
    const target = document.getElementById(b.dataset.copy);
    const done = () => { b.textContent = "Copied"; setTimeout(() => { b.textContent = "Copy"; }, 1600); };
    const mark = () => { const r = document.createRange(); r.selectNodeContents(target); const s = getSelection(); s.removeAllRanges(); s.addRange(r); };
    if (navigator.clipboard) navigator.clipboard.writeText(target.textContent).then(done, mark); else mark();
  };
});

/* Colours come from the style sheet, so that light and dark are said once. */
const probe = make("span"); probe.hidden = true; document.body.append(probe);
const colour = cls => { probe.className = cls; const s = getComputedStyle(probe); return [s.getPropertyValue("--c").trim(), s.getPropertyValue("--ct").trim()]; };
const variable = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
let ramp = [];
const rgb = hex => [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16));
const readRamp = () => { ramp = []; for (let k = 0; k <= 20; k++) ramp.push(colour("s" + k)); };
readRamp();

/* Lists of tokens: one stop for the tab key, arrows inside. */
const roving = (box, tokens, onChange) => {
  let at = -1;
  box.setAttribute("role", "listbox"); box.tabIndex = 0;
  const go = i => {
    if (i < 0 || i >= tokens.length) return;
    if (at >= 0) { tokens[at].classList.remove("on"); tokens[at].setAttribute("aria-selected", "false"); }
    at = i;
    tokens[at].classList.add("on"); tokens[at].setAttribute("aria-selected", "true");
    box.setAttribute("aria-activedescendant", tokens[at].id);
    onChange(at);
  };
  tokens.forEach((t, i) => { t.setAttribute("role", "option"); t.setAttribute("aria-selected", "false"); t.onpointerenter = () => go(i); t.onclick = () => go(i); });
  box.addEventListener("keydown", e => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 8, ArrowUp: -8 }[e.key];
    const to = e.key === "Home" ? 0 : e.key === "End" ? tokens.length - 1 : step ? Math.max(0, Math.min(tokens.length - 1, at + step)) : -1;
    if (to >= 0) { e.preventDefault(); go(to); tokens[to].scrollIntoView({ block: "nearest" }); }
  });
  box.addEventListener("focus", () => { if (at < 0) go(0); });
  return go;
};

/* Coloured text. */
let serial = 0;
all("figure.text").forEach(fig => {
  const data = JSON.parse(one(".tokdata", fig).textContent);
  all(".passage", fig).forEach((box, p) => {
    const out = box.nextElementSibling, tokens = all(".tk", box);
    out.hidden = false; out.textContent = "Point at a token, or move with the arrow keys.";
    tokens.forEach(t => { t.id = "tk" + serial++; t.removeAttribute("title"); });
    roving(box, tokens, i => {
      const [text, id, value, next, top] = data[p][i];
      out.textContent = "";
      out.append("Token " + i + " of " + data[p].length + " ", make("b", "", text), " · id " + id + " · value ", make("b", "", show(value)));
      if (next !== null) out.append(" · log-probability of the true next token " + show(next));
      if (top.length) {
        out.append(make("br"), "Likeliest next: ");
        top.forEach(([t, q]) => { const s = make("span", "g"); s.append(make("b", "", t), " " + (100 * q).toFixed(1) + " %"); out.append(s, " "); });
      }
    });
  });
});
const tokenRows = fig => {
  const rows = [["passage", "index", "text", "id", "value", "log_prob_next"]];
  JSON.parse(one(".tokdata", fig).textContent).forEach((p, n) => p.forEach((t, i) => rows.push([n, i, t[0], t[1], t[2], t[3]])));
  return rows;
};
savers["tokens-csv"] = (fig, name) => save(name + ".csv", "text/csv", csv(tokenRows(fig)));
savers["tokens-json"] = (fig, name) => save(name + ".json", "application/json", one(".tokdata", fig).textContent);

savers["table-csv"] = (fig, name) => { const d = JSON.parse(one(".tabledata", fig).textContent); save(name + ".csv", "text/csv", csv([d.headers].concat(d.rows))); };
savers["table-json"] = (fig, name) => save(name + ".json", "application/json", one(".tabledata", fig).textContent);

/* Attention: thumbnails and one map, on canvas. */
const viewers = [];
all("figure.attention").forEach(fig => {
  const data = JSON.parse(one(".attdata", fig).textContent);
  if (!data.examples.length) return;
  data.examples.forEach(e => { e.bytes = Uint8Array.from(atob(e.weights), c => c.charCodeAt(0)); });
  const weight = (e, h, q, k) => {
    if (!e.causal) return e.bytes[(h * e.queries + q) * e.keys + k];
    return k > q ? 255 : e.bytes[h * e.queries * (e.queries + 1) / 2 + q * (q + 1) / 2 + k];
  };
  const viewer = one(".viewer", fig), canvas = one("canvas.map", fig), side = one(".tokens", fig), out = one(".readout", fig);
  const headBox = one("select.head", fig), exampleBox = one("select.example", fig), radios = all("input[type=radio]", fig);
  let head = 0, ex = 0, token = -1, go = () => {};
  viewer.hidden = false;
  const direction = () => radios.find(r => r.checked).value;
  const cellColour = w => w === 255 ? null : ramp[Math.round(w / 254 * 20)][0];
  const raster = (e, h, size) => {
    const c = make("canvas"); c.width = e.keys; c.height = e.queries;
    const g = c.getContext("2d"), image = g.createImageData(e.keys, e.queries), grey = rgb("#8c8c8c"), colours = ramp.map(r => rgb(r[0]));
    for (let q = 0; q < e.queries; q++) for (let k = 0; k < e.keys; k++) {
      const w = weight(e, h, q, k), i = 4 * (q * e.keys + k), masked = w === 255, c3 = masked ? grey : colours[Math.round(w / 254 * 20)];
      image.data[i] = c3[0]; image.data[i + 1] = c3[1]; image.data[i + 2] = c3[2]; image.data[i + 3] = masked ? 46 : 255;
    }
    g.putImageData(image, 0, 0);
    return c;
  };
  const thumbs = () => all(".thumb", fig).forEach(b => {
    const e = data.examples[ex], h = Number(b.dataset.head);
    const c = raster(e, h); c.setAttribute("aria-hidden", "true");
    const old = b.firstElementChild; if (old && !old.classList.contains("thumbname")) old.remove();
    b.prepend(c); b.setAttribute("aria-label", "Head " + data.heads[h]);
  });
  const geometry = () => {
    const e = data.examples[ex], left = 64, top = 64, n = Math.max(e.queries, e.keys), cell = (460 - left - 4) / n;
    return { e, left, top, cell };
  };
  const draw = () => {
    const { e, left, top, cell } = geometry(), scale = devicePixelRatio || 1;
    canvas.width = 460 * scale; canvas.height = 460 * scale;
    const g = canvas.getContext("2d"); g.scale(scale, scale);
    g.clearRect(0, 0, 460, 460);
    const ink = variable("--ink"), faint = variable("--faint"), accent = variable("--accent");
    const width = cell * e.keys, height = cell * e.queries;
    g.save(); g.beginPath(); g.rect(left, top, width, height); g.clip();
    g.strokeStyle = faint; g.globalAlpha = .35; g.lineWidth = 1;
    for (let d = -460; d < 920; d += 6) { g.beginPath(); g.moveTo(left + d, top); g.lineTo(left + d + 460, top + 460); g.stroke(); }
    g.restore();
    for (let q = 0; q < e.queries; q++) for (let k = 0; k < e.keys; k++) {
      const c = cellColour(weight(e, head, q, k));
      if (c) { g.fillStyle = c; g.fillRect(left + k * cell, top + q * cell, cell + .3, cell + .3); }
    }
    g.strokeStyle = faint; g.globalAlpha = .5; g.strokeRect(left, top, width, height); g.globalAlpha = 1;
    const size = Math.min(12, Math.max(8, cell)), every = Math.ceil(11 / cell), clip = s => s.length > 9 ? s.slice(0, 8) + "…" : s;
    g.font = size + "px " + getComputedStyle(side).fontFamily; g.fillStyle = ink; g.textBaseline = "middle";
    for (let i = 0; i < e.queries; i += every) { g.textAlign = "right"; g.fillStyle = i === token && direction() === "from" ? accent : ink; g.fillText(clip(e.tokens[i]), left - 4, top + (i + .5) * cell); }
    for (let i = 0; i < e.keys; i += every) { g.save(); g.translate(left + (i + .5) * cell, top - 4); g.rotate(-Math.PI / 2); g.textAlign = "left"; g.fillStyle = i === token && direction() === "to" ? accent : ink; g.fillText(clip(e.tokens[i]), 0, 0); g.restore(); }
    if (token >= 0) {
      g.strokeStyle = accent; g.lineWidth = 2;
      if (direction() === "from") g.strokeRect(left, top + token * cell, width, cell); else g.strokeRect(left + token * cell, top, cell, height);
    }
    canvas.setAttribute("aria-label", "Attention map of " + data.heads[head] + ", " + e.queries + " queries by " + e.keys + " keys; the token list beside it reads it out");
  };
  const colourTokens = () => {
    const e = data.examples[ex], from = direction() === "from", spans = all(".tk", side);
    if (token < 0) { spans.forEach(s => { s.className = "tk"; }); return; }
    const found = [];
    spans.forEach((s, i) => {
      const w = from ? weight(e, head, token, i) : weight(e, head, i, token);
      s.className = "tk " + (w === 255 ? "na" : "s" + Math.round(w / 254 * 20)) + (i === token ? " on" : "");
      if (w !== 255) found.push([w / 254, i]);
    });
    found.sort((a, b) => b[0] - a[0]);
    out.textContent = "";
    out.append(make("b", "", data.heads[head]), from ? ", query " : ", key ", make("b", "", token + " " + e.tokens[token]), from ? " looks at: " : " is looked at by: ");
    found.slice(0, 4).forEach(([w, i]) => { const s = make("span", "g"); s.append(make("b", "", e.tokens[i]), " (" + i + ") " + w.toFixed(2)); out.append(s, " "); });
  };
  const refresh = () => { draw(); colourTokens(); };
  const tokens = () => {
    const e = data.examples[ex];
    side.textContent = ""; token = -1;
    const spans = e.tokens.map((t, i) => { const s = make("span", "tk", t); s.id = "tk" + serial++; side.append(s, make("wbr")); return s; });
    go = roving(side, spans, i => { token = i; position = String(i); write(); refresh(); });
  };
  const choose = h => { head = h; headBox.value = String(h); refresh(); };
  headBox.onchange = () => select(data.heads[Number(headBox.value)]);
  if (exampleBox) exampleBox.onchange = () => { ex = Number(exampleBox.value); tokens(); thumbs(); refresh(); };
  radios.forEach(r => { r.onchange = refresh; });
  canvas.addEventListener("pointermove", ev => {
    const { e, left, top, cell } = geometry(), box = canvas.getBoundingClientRect(), f = 460 / box.width;
    const k = Math.floor(((ev.clientX - box.left) * f - left) / cell), q = Math.floor(((ev.clientY - box.top) * f - top) / cell);
    if (q < 0 || k < 0 || q >= e.queries || k >= e.keys) { tip.hidden = true; return; }
    const w = weight(e, head, q, k);
    tip.textContent = "query " + q + " " + e.tokens[q] + " → key " + k + " " + e.tokens[k] + ": " + (w === 255 ? "masked" : (w / 254).toFixed(3));
    tip.hidden = false; place(ev.clientX, ev.clientY); ev.stopPropagation();
    const wanted = direction() === "from" ? q : k;
    if (wanted !== token) go(wanted);
  });
  listeners.push(at => { const h = data.heads.indexOf(at); if (h >= 0 && h !== head) choose(h); });
  viewers.push(() => { thumbs(); refresh(); });
  tokens(); thumbs(); refresh();
  const paintRamp = () => { const bar = one(".ramp0", fig); bar.style.background = "linear-gradient(90deg," + ramp.map(r => r[0]).join(",") + ")"; };
  paintRamp(); viewers.push(paintRamp);
  const wanted = parts(); if (wanted.pos !== undefined && Number(wanted.pos) < data.examples[0].tokens.length) go(Number(wanted.pos));
  savers["attention-csv"] = savers["attention-csv"] || ((f, name) => f.dataset.viewer && viewers.byFigure[f.dataset.viewer].csv(name));
  fig.dataset.viewer = String(viewers.length);
  viewers.byFigure = viewers.byFigure || {};
  viewers.byFigure[fig.dataset.viewer] = {
    csv: name => {
      const e = data.examples[ex], rows = [["query", "query_token", "key", "key_token", "weight"]];
      for (let q = 0; q < e.queries; q++) for (let k = 0; k < e.keys; k++) { const w = weight(e, head, q, k); rows.push([q, e.tokens[q], k, e.tokens[k], w === 255 ? "" : (w / 254).toFixed(4)]); }
      save(name + "-" + data.heads[head] + ".csv", "text/csv", csv(rows));
    },
    svg: name => {
      const { e, left, top, cell } = geometry(), esc = s => s.replace(/[&<>"]/g, c => "&#" + c.charCodeAt(0) + ";"), bits = [];
      for (let q = 0; q < e.queries; q++) for (let k = 0; k < e.keys; k++) { const c = cellColour(weight(e, head, q, k)); if (c) bits.push('<rect x="' + (left + k * cell).toFixed(1) + '" y="' + (top + q * cell).toFixed(1) + '" width="' + cell.toFixed(2) + '" height="' + cell.toFixed(2) + '" fill="' + c + '"/>'); }
      e.tokens.forEach((t, i) => { if (i < e.queries) bits.push('<text x="' + (left - 4) + '" y="' + (top + (i + .7) * cell).toFixed(1) + '" text-anchor="end">' + esc(t) + "</text>"); });
      save(name + "-" + data.heads[head] + ".svg", "image/svg+xml", '<svg xmlns="http://www.w3.org/2000/svg" width="460" height="460" font-family="monospace" font-size="' + Math.min(12, cell).toFixed(1) + '" fill="' + variable("--ink") + '"><rect width="460" height="460" fill="' + variable("--paper") + '"/>' + bits.join("") + "</svg>");
    }
  };
});
savers["attention-csv"] = (f, name) => viewers.byFigure[f.dataset.viewer].csv(name);
savers["attention-svg"] = (f, name) => viewers.byFigure[f.dataset.viewer].svg(name);
savers["attention-json"] = (f, name) => save(name + ".json", "application/json", one(".attdata", f).textContent);

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readRamp(); viewers.forEach(f => f()); });
addEventListener("hashchange", follow);
/* What scripts unfold has moved the place that the browser went to. */
follow();
document.documentElement.dataset.ready = "true";
})();
