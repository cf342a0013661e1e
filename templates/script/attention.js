/* Attention: thumbnails and one map, on canvas. */
all("figure.attention").forEach(fig => {
  const data = JSON.parse(one(".attdata", fig).textContent);
  if (!data.examples.length) return;
  data.examples.forEach(e => { e.bytes = bytes(e.weights); });
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
  const drawMap = () => {
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
  const refresh = () => { drawMap(); colourTokens(); };
  const tokens = () => {
    const e = data.examples[ex];
    side.textContent = ""; token = -1;
    const spans = e.tokens.map((t, i) => { const s = make("span", "tk", t); s.id = "tk" + serial++; side.append(s, make("wbr")); return s; });
    go = roving(side, spans, i => { token = i; position = String(i); write(); refresh(); });
  };
  const turn = h => { head = h; headBox.value = String(h); refresh(); };
  headBox.onchange = () => choose(fig, data.heads[Number(headBox.value)], "", soleModel(fig));
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
  listeners.push(() => { const h = data.heads.indexOf(chosen.at); if (h >= 0 && h !== head && sameModel(fig, home(fig))) turn(h); });
  viewers.push(() => { thumbs(); refresh(); });
  tokens(); thumbs(); refresh();
  const paintRamp = () => { const bar = one(".ramp0", fig); bar.style.background = "linear-gradient(90deg," + ramp.map(r => r[0]).join(",") + ")"; };
  paintRamp(); viewers.push(paintRamp);
  const wanted = parts(); if (wanted.pos !== undefined && Number(wanted.pos) < data.examples[0].tokens.length) go(Number(wanted.pos));
  const picture = () => {
    const { e, left, top, cell } = geometry(), bits = [], title = heading(fig) + ", " + data.heads[head];
    const text = (x, y, t, anchor, turned) => { const n = draw("text", { x, y, "text-anchor": anchor, fill: "#1c2128" }); if (turned) n.setAttribute("transform", "rotate(-90 " + x + " " + y + ")"); n.textContent = t.length > 9 ? t.slice(0, 8) + "…" : t; return n; };
    const root = draw("svg", { xmlns: svgNs, width: 480, height: 560, viewBox: "0 -40 480 560", "font-family": "monospace", "font-size": Math.min(12, Math.max(7, cell)).toFixed(1) });
    root.append(draw("rect", { y: -40, width: 480, height: 560, fill: "#ffffff" }));
    const caption = text(8, -22, "", "start"); caption.textContent = title; caption.setAttribute("font-size", "13"); root.append(caption);
    for (let q = 0; q < e.queries; q++) for (let k = 0; k < e.keys; k++) {
      const c = cellColour(weight(e, head, q, k)) || "#e9e9e9";
      root.append(draw("rect", { x: (left + k * cell).toFixed(1), y: (top + q * cell).toFixed(1), width: cell.toFixed(2), height: cell.toFixed(2), fill: c }));
    }
    const every = Math.ceil(9 / cell);
    for (let i = 0; i < e.queries; i += every) root.append(text(left - 4, top + (i + .7) * cell, e.tokens[i], "end"));
    for (let i = 0; i < e.keys; i += every) root.append(text(left + (i + .7) * cell, top - 4, e.tokens[i], "start", true));
    const named = (x, y, t, turned) => { const n = text(x, y, t, "middle", turned); n.setAttribute("font-weight", "600"); root.append(n); };
    named(left + cell * e.keys / 2, 2, "key"); named(10, top + cell * e.queries / 2, "query", true);
    attentionNote(root, 8, top + cell * e.queries + 12, source(fig) + (data.examples.length > 1 ? "; example " + (ex + 1) : ""));
    return new XMLSerializer().serializeToString(root);
  };
  /* In the colours of light paper, whatever the page shows. */
  const light = () => { const made = inLight(() => { readRamp(); return picture(); }); readRamp(); return made; };
  fig.viewer = {
    csv: name => {
      const e = data.examples[ex], rows = [["head", "query", "query_token", "key", "key_token", "weight"]];
      for (let q = 0; q < e.queries; q++) for (let k = 0; k < e.keys; k++) { const w = weight(e, head, q, k); rows.push([data.heads[head], q, e.tokens[q], k, e.tokens[k], w === 255 ? "" : (w / 254).toFixed(4)]); }
      saveTable(fig, name + "-" + data.heads[head], rows);
    },
    svg: name => save(name + "-" + data.heads[head] + ".svg", "image/svg+xml", light()),
    png: name => savePng(name + "-" + data.heads[head] + ".png", light()),
    thumb: at => { const h = data.heads.indexOf(at); return h < 0 ? null : raster(data.examples[ex], h); }
  };
});
["csv", "svg", "png"].forEach(kind => { savers["attention-" + kind] = (fig, name) => fig.viewer[kind](name); });
savers["attention-json"] = (fig, name) => save(name + ".json", "application/json", one(".attdata", fig).textContent);
