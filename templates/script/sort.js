/* Tables that sort by what their cells say; a component in a table selects it. */
const asNumber = text => { const t = text.split(" ")[0].replace(/−/g, "-").replace(/,/g, ""); return t === "" || t === "undefined" ? NaN : t === "∞" ? Infinity : t === "-∞" ? -Infinity : Number(t); };
all("table.sortable").forEach(table => {
  const body = table.tBodies[0];
  all("th", table.tHead).forEach((th, column) => {
    const b = make("button", "", th.textContent); b.type = "button"; th.textContent = ""; th.append(b);
    b.onclick = () => {
      const down = th.getAttribute("aria-sort") !== "descending";
      all("th", table.tHead).forEach(o => o.removeAttribute("aria-sort"));
      th.setAttribute("aria-sort", down ? "descending" : "ascending");
      const key = r => r.cells[column].dataset.key || r.cells[column].textContent.trim();
      const rows = Array.from(body.rows);
      const numbers = rows.every(r => key(r) === "" || key(r) === "undefined" || !Number.isNaN(asNumber(key(r))));
      rows.sort((a, b) => {
        if (numbers) { const x = asNumber(key(a)), y = asNumber(key(b)); if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) - Number.isNaN(y); return down ? y - x : x - y; }
        return (down ? -1 : 1) * key(a).localeCompare(key(b), "en", { numeric: true });
      }).forEach(r => body.append(r));
    };
  });
  all("tr[data-at]", body).forEach(row => {
    const cell = row.cells[0];
    if (cell.textContent.trim() !== row.dataset.at) return;
    const b = make("button", "pick", row.dataset.at); b.type = "button"; b.dataset.at = row.dataset.at; b.setAttribute("aria-pressed", "false");
    cell.textContent = ""; cell.append(b);
  });
});
/* Heads in a list ("L1H0 (1.00), L1H2 (1.00)") are chosen in the model of their column. */
all("table.data td").filter(td => /^L\d+H\d+ \(\d[.]\d\d\)(, L\d+H\d+ \(\d[.]\d\d\))*$/.test(td.textContent)).forEach(td => {
  const fig = td.closest("figure"), d = dataOf(fig)[0], unit = td.closest("table").tHead.rows[0].cells[td.cellIndex].textContent;
  let model = soleModel(fig);
  for (let flat = 0; d && model === null && flat < d.values.length; flat++) { const at = coordinates(d, flat); if (unitOf(d, at) === unit) model = modelOf(d, at); }
  const heads = td.textContent.split(", ");
  td.textContent = ""; td.className = "heads";
  heads.forEach((text, i) => {
    const [at, depth] = text.split(" "), b = make("button", "pick", at); b.type = "button"; b.setAttribute("aria-pressed", "false");
    b.onclick = () => choose(fig, at, soleModel(fig) === null ? unit : "", model);
    td.append(i ? ", " : "", b, " " + depth);
  });
});
