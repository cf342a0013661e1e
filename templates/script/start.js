matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readRamp(); viewers.forEach(f => f()); });
addEventListener("hashchange", follow);
/* What scripts unfold has moved the place that the browser went to. */
follow();
document.documentElement.dataset.ready = "true";
