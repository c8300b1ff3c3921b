// A note that is typed but not saved waits in this tab, for this person, until the server has it.
const form = document.querySelector("form[data-note]");
const { note, seen } = form.elements;
const version = seen.value; // of the note that the server has; it refuses to overwrite a newer one
const saved = (document.querySelector("#note-kept") ?? note).defaultValue.trim();
const key = `preau-note ${document.body.dataset.person} ${form.getAttribute("action")}`;

function read() {
  try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; }
}

function keep() {
  try {
    if (note.value.trim() === saved) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify({ text: note.value, version: seen.value }));
  } catch { /* private mode: this page only */ }
}

function restore(draft, line) {
  note.value = draft.text;
  seen.value = draft.version;
  line.hidden = false;
  line.querySelector("[role=status]").textContent = line.dataset.noteDraft;
  line.querySelector("button").addEventListener("click", () => {
    note.value = note.defaultValue;
    seen.value = version;
    line.hidden = true;
    keep();
    note.focus();
  });
  form.closest("details").open = true;
}

note.addEventListener("input", keep);
const draft = read();
const line = form.querySelector("[data-note-draft]");
if (draft?.text.trim() === saved) keep();
else if (draft && line) restore(draft, line);
