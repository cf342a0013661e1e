const all = (s, r) => Array.from((r || document).querySelectorAll(s));
const one = (s, r) => (r || document).querySelector(s);
const make = (tag, cls, text) => { const e = document.createElement(tag); if (cls) e.className = cls; if (text !== undefined) e.textContent = text; return e; };
const svgNs = "http://www.w3.org/2000/svg";
const draw = (tag, attributes) => { const e = document.createElementNS(svgNs, tag); Object.entries(attributes).forEach(([k, v]) => e.setAttribute(k, v)); return e; };
const show = v => v === null || Number.isNaN(v) ? "undefined" : typeof v === "string" ? v : v === 0 ? "0" : (Math.abs(v) >= 1000 || Math.abs(v) < 0.1 ? v.toPrecision(3) : v.toFixed(3)).replace(/-/g, "−");

/* What a page carries of its numbers is packed. A browser that cannot unpack it leaves the page as it is without scripts. */
if (!("DecompressionStream" in window)) return;
const unpack = async s => {
  const packed = new Blob([Uint8Array.from(atob(s.textContent), c => c.charCodeAt(0))]);
  s.textContent = await new Response(packed.stream().pipeThrough(new DecompressionStream("deflate-raw"))).text();
};
await Promise.all(all("script[type='application/json']").map(unpack));

/* Numbers of a figure: float32 in base64, the highest byte of each, then the next; NaN where undefined. */
const bytes = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
const floats = text => { const b = bytes(text), n = b.length / 4, v = new DataView(new ArrayBuffer(4)); return Array.from({ length: n }, (_, i) => { v.setUint32(0, (b[i] << 24 | b[n + i] << 16 | b[2 * n + i] << 8 | b[3 * n + i]) >>> 0); return v.getFloat32(0); }); };
const unpacked = d => { d.values = floats(d.values); if (d.low) { d.low = floats(d.low); d.high = floats(d.high); } return d; };
const loaded = new WeakMap();
/* What a figure draws: one entry, or several where numbers of one metric share a table; by name what other figures carry. */
const dataOf = fig => {
  if (!loaded.has(fig)) {
    const s = one("script.figdata", fig), of = fig.dataset.of;
    const d = of ? all("figure:not([data-of])").flatMap(dataOf).filter((d, i, l) => of.split("|").includes(d.name) && l.findIndex(e => e.name === d.name) === i) : s ? JSON.parse(s.textContent) : [];
    loaded.set(fig, of ? d : (Array.isArray(d) ? d : [d]).map(unpacked));
  }
  return loaded.get(fig);
};

/* Places of a flat index on every axis, and what they are called. */
const coordinates = (d, flat) => { const at = []; for (let k = d.axes.length - 1; k >= 0; k--) { const n = d.axes[k].labels.length; at[k] = flat % n; flat = Math.floor(flat / n); } return at; };
const numeric = s => /^[-+]?[0-9]+([.][0-9]+)?([eE][-+]?[0-9]+)?$/.test(s);
const named = (axis, i) => (numeric(axis.labels[i]) ? axis.name.replace(/_/g, " ") + " " : "") + axis.labels[i];
const naming = ["layer", "head", "kv_head", "neuron", "component"];
const component = (d, at) => {
  const label = name => { const k = d.axes.findIndex(a => a.name === name); return k < 0 ? null : d.axes[k].labels[at[k]]; };
  const letter = (c, s) => s.startsWith(c) ? s : c + s;
  const layer = label("layer"), inner = [["head", "H"], ["kv_head", "KV"], ["neuron", "N"]].find(([name]) => label(name) !== null);
  if (layer !== null && inner) return letter("L", layer) + letter(inner[1], label(inner[0]));
  const c = label("component");
  return c && /^L[0-9]+[HN][0-9]+$/.test(c) ? c : "";
};
/* The model of a number by name, and its place among the models of its figure ("seed 1"). */
const unitOf = (d, at) => d.axes.slice(0, d.modelAxes).map((a, k) => named(a, at[k])).join(", ");
const modelOf = (d, at) => {
  let i = 0;
  for (let k = 0; k < d.modelAxes; k++) i = i * d.axes[k].labels.length + at[k];
  return d.models.length > 1 ? d.models[i] : d.models[0] || unitOf(d, at);
};
/* A cell by name: its component, or its place on the axes that tell no models apart. */
const cellOf = (d, at) => component(d, at) || d.axes.map((a, k) => k < d.modelAxes ? "" : named(a, at[k])).filter(s => s).join(", ");
const where = (d, flat) => {
  const at = coordinates(d, flat), c = component(d, at);
  return (c ? [c] : []).concat(d.axes.map((a, k) => c && naming.includes(a.name) ? "" : named(a, at[k])).filter(s => s)).join(", ");
};
const numberText = (d, flat) => show(d.values[flat]) + (d.low ? " [" + show(d.low[flat]) + ", " + show(d.high[flat]) + "]" : "");
const hint = (d, flat) => where(d, flat) + ": " + numberText(d, flat) + (d.unit ? " " + d.unit : "");

/* Where a map's cells lie on its picture; columns of unlike width have edges, and rows whose numbers lie apart a start each. */
const grid = svg => {
  const [left, top, width, height, columns, rows, offset] = svg.dataset.map.split(" ").map(Number), list = s => s && s.split(" ").map(Number);
  return { left, top, width, height, columns, rows, offset, edges: list(svg.dataset.edges), starts: list(svg.dataset.rows), stride: Number(svg.dataset.stride) };
};
/* The place of a cell among the figure's numbers. */
const flatAt = (g, cell) => g.starts ? g.starts[Math.floor(cell / g.columns)] + cell % g.columns * g.stride : g.offset + cell;
const onPicture = (svg, e) => { const b = svg.getBoundingClientRect(), v = svg.viewBox.baseVal; return { x: (e.clientX - b.left) * v.width / b.width, y: (e.clientY - b.top) * v.height / b.height }; };
const cellAt = (svg, e) => {
  const g = grid(svg), p = onPicture(svg, e), c = g.edges ? g.edges.filter(x => x <= p.x).length - 1 : Math.floor((p.x - g.left) / g.width), r = Math.floor((p.y - g.top) / g.height);
  return c < 0 || r < 0 || c >= g.columns || r >= g.rows || g.starts && g.starts[r] < 0 ? -1 : r * g.columns + c;
};
const outline = (svg, cell, cls) => {
  const g = grid(svg), c = cell % g.columns, x = g.edges ? g.edges[c] : g.left + c * g.width;
  return draw("rect", { class: cls, x, y: g.top + Math.floor(cell / g.columns) * g.height, width: g.edges ? g.edges[c + 1] - x : g.width, height: g.height });
};
