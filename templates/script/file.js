/* A file that the reader downloads. */
const saveBlob = (name, blob) => {
  const url = URL.createObjectURL(blob);
  const a = make("a"); a.href = url; a.download = name; document.body.append(a); a.click(); a.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
};
const save = (name, type, text) => saveBlob(name, new Blob([text], { type }));
