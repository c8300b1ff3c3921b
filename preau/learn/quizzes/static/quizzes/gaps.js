// Words to be dragged into a text. Take a word (click, Enter or drag), then the gap it belongs in;
// each gap's list stays what is sent, and can be used instead.
for (const words of document.querySelectorAll("[data-words]")) {
  const text = words.previousElementSibling;
  const gaps = [...text.querySelectorAll("select")];
  let taken = null;
  words.hidden = false;

  const take = (word) => {
    taken = word;
    for (const it of words.querySelectorAll(".word")) it.setAttribute("aria-pressed", String(it === word));
    for (const gap of gaps) gap.closest(".gap").classList.toggle("is-target", Boolean(word) && takes(gap, word));
  };
  const takes = (gap, word) => [...gap.options].some((it) => it.value === word.dataset.word);
  const put = (gap, word) => {
    if (!word || !takes(gap, word)) return;
    if (!("unlimited" in word.dataset)) {
      for (const other of gaps) if (other !== gap && other.value === word.dataset.word) set(other, "");
    }
    set(gap, word.dataset.word);
    take(null);
  };
  const set = (gap, value) => {
    gap.value = value;
    gap.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const show = () => {
    for (const word of words.querySelectorAll(".word")) {
      const used = gaps.some((gap) => gap.value === word.dataset.word);
      word.classList.toggle("is-used", used && !("unlimited" in word.dataset));
    }
  };

  for (const word of words.querySelectorAll(".word")) {
    word.draggable = true;
    word.addEventListener("click", () => take(taken === word ? null : word));
    word.addEventListener("dragstart", (event) => { take(word); event.dataTransfer.setData("text/plain", word.textContent); });
    word.addEventListener("dragend", () => take(null));
  }
  for (const gap of gaps) {
    const place = gap.closest(".gap");
    place.addEventListener("pointerdown", (event) => { if (taken) { event.preventDefault(); put(gap, taken); } });
    gap.addEventListener("keydown", (event) => { if (taken && event.key === "Enter") { event.preventDefault(); put(gap, taken); } });
    place.addEventListener("dragover", (event) => { if (taken && takes(gap, taken)) event.preventDefault(); });
    place.addEventListener("drop", (event) => { event.preventDefault(); put(gap, taken); });
    gap.addEventListener("change", show);
  }
  text.closest("[data-slot]").addEventListener("restored", show);
  show();
}
