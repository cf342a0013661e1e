/* Colours come from the style sheet, so that light and dark are said once. */
const probe = make("span"); probe.hidden = true; document.body.append(probe);
const colour = cls => { probe.className = cls; const s = getComputedStyle(probe); return [s.getPropertyValue("--c").trim(), s.getPropertyValue("--ct").trim()]; };
const variable = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
let ramp = [];
/* What is drawn again where its colours change. */
const viewers = [];
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
    const out = box.nextElementSibling.matches(".readout") ? box.nextElementSibling : one(".readout", fig), tokens = all(".tk", box);
    out.hidden = false; out.textContent = "Point at a token, or move with the arrow keys.";
    tokens.forEach(t => { t.id = "tk" + serial++; t.dataset.said = t.title; t.removeAttribute("title"); });
    roving(box, tokens, i => {
      const [text, id, value, next, top] = data[p][i];
      out.textContent = "";
      out.append("Token " + i + " of " + data[p].length + " ", make("b", "", text), " · id " + id + " · value ", make("b", "", show(value)));
      if (next !== null) out.append(" · log-probability of the true next token " + show(next));
      if (top.length) {
        out.append(make("br"), "Most probable next: ");
        top.forEach(([t, q]) => { const s = make("span", "g"); s.append(make("b", "", t), " " + (100 * q).toFixed(1) + " %"); out.append(s, " "); });
      }
    });
  });
});
/* Of many passages those with some text, in them or in their headings: "top", "random" and the quantiles are there. */
all("figure.text.many").forEach(fig => {
  const boxes = all(".passage", fig), data = JSON.parse(one(".tokdata", fig).textContent);
  const texts = boxes.map((box, p) => (box.previousElementSibling.textContent + "\n" + data[p].map(t => t[0]).join("").replace(/\u00b7/g, " ")).toLowerCase());
  const label = make("label", "find", "Only passages with "), field = make("input"), said = make("output");
  field.type = "search";
  field.oninput = () => {
    const asked = field.value.toLowerCase();
    boxes.forEach((box, p) => { box.hidden = box.previousElementSibling.hidden = !texts[p].includes(asked); });
    said.textContent = asked ? " " + boxes.filter(box => !box.hidden).length + " of " + boxes.length : "";
  };
  label.append(field, said);
  one(".legend", fig).after(label);
});
const tokenRows = fig => {
  const rows = [["passage", "index", "text", "id", "value", "log_prob_next"]];
  JSON.parse(one(".tokdata", fig).textContent).forEach((p, n) => p.forEach((t, i) => rows.push([n, i, t[0], t[1], t[2], t[3]])));
  return rows;
};
savers["tokens-csv"] = (fig, name) => saveTable(fig, name, tokenRows(fig));
savers["tokens-json"] = (fig, name) => save(name + ".json", "application/json", one(".tokdata", fig).textContent);

const tableData = fig => JSON.parse((one(".tabledata", fig) || one(".tabledata", fig.closest("section"))).textContent);
savers["table-csv"] = (fig, name) => { const d = tableData(fig); saveTable(fig, name, [d.headers].concat(d.rows)); };
savers["claims-csv"] = (fig, name) => { const d = tableData(fig); saveTable(fig, name, [d.headers].concat(d.rows.map(r => [one("#claim-" + r[0] + " bdi").textContent].concat(r.slice(1))))); };
savers["table-json"] = (fig, name) => save(name + ".json", "application/json", one(".tabledata", fig).textContent);
