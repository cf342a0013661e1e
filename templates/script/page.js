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

all("[data-copy]").forEach(b => {
  b.hidden = false;
  b.onclick = () => {
    const target = document.getElementById(b.dataset.copy);
    const done = () => { b.textContent = "Copied"; setTimeout(() => { b.textContent = "Copy"; }, 1600); };
    const mark = () => { const r = document.createRange(); r.selectNodeContents(target); const s = getSelection(); s.removeAllRanges(); s.addRange(r); };
    if (navigator.clipboard) navigator.clipboard.writeText(target.textContent).then(done, mark); else mark();
  };
});
