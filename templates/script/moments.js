/* Attention of one head at several steps of a training: one map for each step, and one cell of all of them in words. */
for (const fig of all("figure.moments")) {
  const data = JSON.parse(one(".momentdata", fig).textContent), viewer = one(".viewer", fig), six = one(".six", fig), out = one(".readout", fig);
  const unitBox = one("select.unit", fig), headBox = one("select.head", fig), sheets = all("[data-unit]", fig), n = data.queries, width = data.keys;
  /* The sheets are the data: each colour is one weight. */
  const weights = new Map(), palette = bytes(data.palette);
  for (let w = 0; w < palette.length / 3; w++) weights.set(palette[3 * w] << 16 | palette[3 * w + 1] << 8 | palette[3 * w + 2], w);
  for (const u of data.units) {
    const image = new Image(), c = make("canvas"), g = c.getContext("2d");
    image.src = one("image", sheets[data.units.indexOf(u)]).getAttribute("href");
    await image.decode();
    c.width = image.width; c.height = image.height; g.drawImage(image, 0, 0);
    const p = g.getImageData(0, 0, c.width, c.height).data;
    u.weights = Uint8Array.from({ length: p.length / 4 }, (_, i) => p[4 * i + 3] ? weights.get(p[4 * i] << 16 | p[4 * i + 1] << 8 | p[4 * i + 2]) : 255);
    u.row = c.width;
  }
  let unit = 0, head = data.first, query = -1, key = 0;
  const moments = () => data.units[unit].steps.map((step, m) => ({ step, m, queries: n, keys: width }));
  const weight = (m, q, k) => { const u = data.units[unit]; return u.weights[(head * n + q) * u.row + m.m * width + k]; };
  const raster = m => {
    const c = make("canvas"), g = c.getContext("2d"), colours = ramp.map(r => r[0]);
    c.width = m.keys; c.height = m.queries;
    for (let q = 0; q < m.queries; q++) for (let k = 0; k < m.keys; k++) { const w = weight(m, q, k); g.fillStyle = w === 255 ? "#8c8c8c2e" : colours[Math.round(w / 254 * 20)]; g.fillRect(k, q, 1, 1); }
    return c;
  };
  const word = i => i + " " + data.tokens[i];
  const point = () => {
    all(".spot", six).forEach(e => e.remove());
    if (query < 0) return;
    const m = moments()[0];
    all(".moment", six).forEach(box => { const s = make("span", "spot"); s.style.cssText = "left:" + key / m.keys * 100 + "%;top:" + query / m.queries * 100 + "%;width:" + 100 / m.keys + "%;height:" + 100 / m.queries + "%"; one(".face", box).append(s); });
    out.textContent = "";
    out.append(make("b", "", data.heads[head]), ", query ", make("b", "", word(query)), " → key ", make("b", "", word(key)), ": ", moments().map(m => { const w = weight(m, query, key); return (w === 255 ? "masked" : (w / 254).toFixed(2)) + " at step " + m.step; }).join(", "));
  };
  const refresh = () => {
    headBox.value = String(head);
    if (unitBox) unitBox.value = String(unit);
    six.textContent = "";
    moments().forEach(m => {
      const box = make("div", "moment"), face = make("div", "face"), c = raster(m);
      c.setAttribute("role", "img"); c.setAttribute("aria-label", data.heads[head] + " at step " + m.step);
      face.append(c); box.append(make("p", "paneltitle", "Step " + m.step), face); six.append(box);
    });
    sheets.forEach((s, u) => { all(".chosen", s).forEach(e => e.remove()); if (u === unit) { const b = one("image", s).getBBox(), h = b.height / data.heads.length; one("svg", s).append(draw("rect", { class: "chosen", x: b.x, y: b.y + head * h, width: b.width - 4, height: h - 4 })); } });
    point();
  };
  const turn = (u, h) => { unit = u; head = h; refresh(); };
  const pick = () => { const u = data.units[unit]; select({ id: home(fig), at: data.heads[head], unit: u.label, model: u.model }); };
  headBox.onchange = () => { head = Number(headBox.value); pick(); refresh(); };
  if (unitBox) unitBox.onchange = () => { unit = Number(unitBox.value); pick(); refresh(); };
  const cell = e => {
    const c = e.target.closest && e.target.closest(".face");
    if (!c) return;
    const b = c.getBoundingClientRect(), m = moments()[0];
    query = Math.min(m.queries - 1, Math.floor((e.clientY - b.top) / b.height * m.queries)); key = Math.min(m.keys - 1, Math.floor((e.clientX - b.left) / b.width * m.keys));
    point();
  };
  six.addEventListener("pointermove", cell);
  six.addEventListener("click", cell);
  six.addEventListener("keydown", e => {
    const way = steps[e.key], m = moments()[0], within = (v, n) => Math.max(0, Math.min(n - 1, v));
    if (!way) return;
    e.preventDefault();
    if (query < 0) query = 0; else { key = within(key + way[0], m.keys); query = within(query + way[1], m.queries); }
    point();
  });
  sheets.forEach((s, u) => { s.onclick = e => {
    const b = one("image", s).getBBox(), h = Math.floor((onPicture(one("svg", s), e).y - b.y) / b.height * data.heads.length);
    if (h >= 0 && h < data.heads.length) { turn(u, h); pick(); }
  }; });
  listeners.push(() => {
    const h = data.heads.indexOf(chosen.at), u = data.units.findIndex(x => chosen.model !== null && training(chosen.model) === x.model);
    if (h >= 0 && u < 0 && chosen.model !== null) { query = -1; point(); out.textContent = "No attention was kept of " + training(chosen.model) + "; shown is " + data.units[unit].model + "."; return; }
    if (h >= 0 && (u >= 0 || chosen.model === null) && (h !== head || u >= 0 && u !== unit)) turn(Math.max(0, u), h);
  });
  viewer.hidden = false;
  viewers.push(refresh);
  refresh();
  const picture = () => {
    const side = 150, ms = moments(), root = draw("svg", { xmlns: svgNs, width: 12 + ms.length * (side + 12), height: side + 122, viewBox: "0 0 " + (12 + ms.length * (side + 12)) + " " + (side + 122), "font-family": "sans-serif", "font-size": 12 });
    const text = (x, y, t) => { const n = draw("text", { x, y, fill: "#1c2128" }); n.textContent = t; root.append(n); };
    root.append(draw("rect", { width: "100%", height: "100%", fill: "#ffffff" }));
    text(12, 18, heading(fig) + ", " + data.heads[head] + (data.units[unit].label ? ", " + data.units[unit].label : "") + ": queries down, keys across");
    ms.forEach((m, i) => { const x = 12 + i * (side + 12); text(x, 40, "step " + m.step); root.append(draw("image", { x, y: 48, width: side, height: side, "image-rendering": "pixelated", preserveAspectRatio: "none", href: raster(m).toDataURL() }), draw("rect", { x, y: 48, width: side, height: side, fill: "none", stroke: "#9aa5b1" })); });
    attentionNote(root, 12, side + 58, "model: " + data.units[unit].model + "; " + source(fig));
    return new XMLSerializer().serializeToString(root);
  };
  fig.viewer = {
    csv: name => {
      const rows = [["model", "step", "head", "query", "query_token", "key", "key_token", "weight"]];
      moments().forEach(m => { for (let q = 0; q < m.queries; q++) for (let k = 0; k < m.keys; k++) { const w = weight(m, q, k); rows.push([data.units[unit].model, m.step, data.heads[head], q, data.tokens[q], k, data.tokens[k], w === 255 ? "" : (w / 254).toFixed(4)]); } });
      saveTable(fig, name + "-" + data.heads[head], rows);
    },
    svg: name => save(name + "-" + data.heads[head] + ".svg", "image/svg+xml", inLight(() => { readRamp(); return picture(); })),
    png: name => savePng(name + "-" + data.heads[head] + ".png", inLight(() => { readRamp(); return picture(); })),
    thumb: () => null
  };
}
["csv", "svg", "png"].forEach(kind => { savers["moments-" + kind] = (fig, name) => { fig.viewer[kind](name); readRamp(); }; });
